"""One table as read: its source, its data, the table made of it, and the problems met on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from perftarget.formats.yaml.loader import Data
from perftarget.tables.model import SHAPE_NAMES, Table
from perftarget.text.source import KEY, Loc, Problem, Source


@dataclass(frozen=True, slots=True)
class Document:
    """`table` is None where the file is not a mapping or could not be parsed: then only `problems` speak.

    `notes` are sentences of the reader about what it could not read as it was meant, each with its place.
    """

    source: Source
    table: Table | None
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()


def build(source: Source, data: Data | None, problems: Iterable[Problem] = ()) -> Document:
    """Make a table of what fits the form; what does not fit becomes a problem and is left out, so that rules run."""
    met = list(problems)
    if data is None:
        return Document(source, None, tuple(met))
    if isinstance(data, str):
        met.append(Problem("invalid-yaml", (), {"cause": "text"}))
        return Document(source, None, tuple(met))
    if not isinstance(data, dict):
        met.append(Problem("wrong-type", (), {"expected": "mapping", "found": _kind(data), "root": True}))
        return Document(source, None, tuple(met))
    table, misfits = _table(data)
    return Document(source, table, (*met, *misfits))


def _table(data: Data) -> tuple[Table, list[Problem]]:
    found: list[Problem] = []
    while True:
        try:
            table = Table.model_validate(data)
        except ValidationError as error:
            misfits = [_misfit(entry) for entry in error.errors(include_url=False)]
            found += misfits
            for misfit in misfits:
                data = _without(data, misfit.at)
        else:
            vars(table)["misfits"] = frozenset(problem.at for problem in found)  # its only writer
            return table, found


_EXPECTED: Final = {"Table": "mapping", "model_type": "mapping", "dict_type": "mapping", "list_type": "list"}


def _misfit(error: Any) -> Problem:
    loc: Loc = tuple(part for part in error["loc"] if part not in SHAPE_NAMES)
    if error["type"] == "extra_forbidden":
        return Problem("unknown-key", (*loc, KEY))
    return Problem("wrong-type", loc, {"expected": _expected(error), "found": _kind(error["input"])})


def _expected(error: Any) -> str:
    if error["type"] == "string_type":
        return "text"
    return _EXPECTED.get(error["type"], "form")


def _kind(data: object) -> str:
    return "text" if isinstance(data, str) else "list" if isinstance(data, list) else "mapping"


def _without(data: Any, loc: Loc) -> Any:
    """A copy of `data` without what stands at `loc`; a list keeps its length, so that other places stay true."""
    parts: list[Any] = [part for part in loc if part != KEY]
    head, *rest = parts
    if not isinstance(data, (dict, list)):
        return data  # its parent did not fit either, and is gone already
    copy = data.copy()
    if rest:
        copy[head] = _without(copy[head], tuple(rest)) if isinstance(copy, list) or head in copy else ""
    elif isinstance(copy, dict):
        copy.pop(head, None)
    else:
        copy[head] = {} if isinstance(copy[head], str) else ""
    return copy
