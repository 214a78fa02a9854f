"""Build a table from the data of a file: what fits the form is kept, the rest is reported."""

from __future__ import annotations

from typing import Any, Final

from pydantic import ValidationError

from perftarget.formats.yaml.loader import Data
from perftarget.tables.model import Table
from perftarget.tables.shapes import SHAPE_NAMES
from perftarget.text.source import KEY, Loc, Problem, Span


def build_table(data: Data) -> tuple[Table, list[Problem]]:
    """Return the table of what fits the form, and a problem for each part that does not and was left out."""
    found: list[Problem] = []
    while True:
        try:
            return Table.of(data, frozenset(problem.at for problem in found if not isinstance(problem.at, Span))), found
        except ValidationError as error:
            unfit = [_problem(entry) for entry in error.errors(include_url=False)]
            found += unfit
            for problem in unfit:
                data = _without(data, problem.at)


_EXPECTED: Final = {"Table": "mapping", "model_type": "mapping", "dict_type": "mapping", "list_type": "list"}


def _problem(error: Any) -> Problem:
    loc: Loc = tuple(part for part in error["loc"] if part not in SHAPE_NAMES)
    if error["type"] == "extra_forbidden":
        return Problem("unknown-key", (*loc, KEY))
    return Problem("wrong-type", loc, {"expected": _expected(error), "found": kind_of(error["input"])})


def _expected(error: Any) -> str:
    if error["type"] == "string_type":
        return "text"
    return _EXPECTED.get(error["type"], "form")


def kind_of(data: object) -> str:
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
