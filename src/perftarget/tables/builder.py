"""Build a table from the data of a file, and report the parts that do not fit the form."""

from __future__ import annotations

from typing import Any, Final

from pydantic import ValidationError

from perftarget.formats.yaml.loader import Data
from perftarget.tables.model import Table
from perftarget.tables.shapes import SHAPE_NAMES
from perftarget.text.source import KEY, Loc, Problem, Span


def build_table(data: Data, *, is_form: bool = False) -> tuple[Table, list[Problem]]:
    """Return the table without the parts that do not fit the form, and a problem for each of these parts.

    `is_form` is True if the data comes from a Word, Excel or text file.
    """
    problems: list[Problem] = []
    while True:
        try:
            shape_errors = frozenset(problem.at for problem in problems if not isinstance(problem.at, Span))
            return Table.of(data, shape_errors, is_form=is_form), problems
        except ValidationError as error:
            new_problems = [_problem(detail) for detail in error.errors(include_url=False)]
            problems += new_problems
            for problem in new_problems:
                data = _without(data, problem.at)


_EXPECTED: Final = {"Table": "mapping", "model_type": "mapping", "dict_type": "mapping", "list_type": "list"}


def _problem(error: Any) -> Problem:
    """Return the problem of one error of pydantic."""
    loc: Loc = tuple(part for part in error["loc"] if part not in SHAPE_NAMES)
    if error["type"] == "extra_forbidden":
        return Problem("unknown-key", (*loc, KEY))
    return Problem("wrong-type", loc, {"expected": _expected(error), "found": kind_of(error["input"])})


def _expected(error: Any) -> str:
    """Return the name of the shape that was expected."""
    if error["type"] == "string_type":
        return "text"
    return _EXPECTED.get(error["type"], "form")


def kind_of(data: object) -> str:
    """Return the name of the shape of a value: text, list or mapping."""
    return "text" if isinstance(data, str) else "list" if isinstance(data, list) else "mapping"


def _without(data: Any, loc: Loc) -> Any:
    """Return a copy of `data` without the part at `loc`.

    An item of a list is replaced by an empty value, so that the locations of other items stay valid.
    """
    parts: list[Any] = [part for part in loc if part != KEY]
    head, *rest = parts
    if not isinstance(data, (dict, list)):
        return data  # its parent did not fit either and has already been removed
    copy = data.copy()
    if rest:
        copy[head] = _without(copy[head], tuple(rest)) if isinstance(copy, list) or head in copy else ""
    elif isinstance(copy, dict):
        copy.pop(head, None)
    else:
        copy[head] = {} if isinstance(copy[head], str) else ""
    return copy
