"""A document: a table with its source text and the problems found while reading it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from perftarget.formats.yaml.loader import Data
from perftarget.tables.builder import build_table, kind_of
from perftarget.tables.model import Table
from perftarget.text.control_characters import find_control_character
from perftarget.text.source import KEY, Loc, Problem, Source


@dataclass(frozen=True, slots=True)
class Document:
    """A table with its source and the problems found while reading it.

    `table` is None if the file could not be parsed or is not a mapping; `problems` then has the reason. `notes` are
    sentences of the reader about content that it could not read, each with its place.
    """

    source: Source
    table: Table | None
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()


def build_document(source: Source, data: Data | None, problems: Iterable[Problem] = ()) -> Document:
    """Return the document of parsed data.

    The parts that do not fit the form become problems and are removed, so that rules can check the rest.
    """
    all_problems = list(problems)
    if data is None:
        return Document(source, None, tuple(all_problems))
    if isinstance(data, str):
        all_problems.append(Problem("invalid-yaml", (), {"cause": "text"}))
        return Document(source, None, tuple(all_problems))
    if not isinstance(data, dict):
        all_problems.append(Problem("wrong-type", (), {"expected": "mapping", "found": kind_of(data), "root": True}))
        return Document(source, None, tuple(all_problems))
    table, shape_errors = build_table(data, is_form=source.is_form)
    if "\\" in source.text:  # the parser accepts a control character only as an escape
        all_problems += _control_characters(data, ())
    return Document(source, table, (*all_problems, *shape_errors))


def _control_characters(data: Data, loc: Loc) -> Iterator[Problem]:
    """Yield a problem for each text or key with a control character."""
    if isinstance(data, str):
        if find_control_character(data):
            yield Problem("control-character", loc, {"text": data})
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _control_characters(item, (*loc, index))
    else:
        for key, value in data.items():
            if find_control_character(key):
                yield Problem("control-character", (*loc, key, KEY), {"text": key})
            yield from _control_characters(value, (*loc, key))
