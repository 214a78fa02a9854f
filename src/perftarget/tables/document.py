"""One table as read: its source, its data, the table made of it, and the problems met on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from perftarget.formats.yaml.loader import Data
from perftarget.tables.builder import build_table, kind_of
from perftarget.tables.model import Table
from perftarget.text.source import Problem, Source


@dataclass(frozen=True, slots=True)
class Document:
    """`table` is None where the file is not a mapping or could not be parsed: then only `problems` speak.

    `notes` are sentences of the reader about what it could not read as it was meant, each with its place.
    """

    source: Source
    table: Table | None
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()


def build_document(source: Source, data: Data | None, problems: Iterable[Problem] = ()) -> Document:
    """Make a table of what fits the form; what does not fit becomes a problem and is left out, so that rules run."""
    met = list(problems)
    if data is None:
        return Document(source, None, tuple(met))
    if isinstance(data, str):
        met.append(Problem("invalid-yaml", (), {"cause": "text"}))
        return Document(source, None, tuple(met))
    if not isinstance(data, dict):
        met.append(Problem("wrong-type", (), {"expected": "mapping", "found": kind_of(data), "root": True}))
        return Document(source, None, tuple(met))
    table, shape_errors = build_table(data)
    return Document(source, table, (*met, *shape_errors))
