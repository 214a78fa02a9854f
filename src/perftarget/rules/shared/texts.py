"""The texts of a table that describe its subject: its name, its goals and the names of its indicators."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from perftarget.rules.shared.goals import goals
from perftarget.tables.model import FIELD_NAMES, Table
from perftarget.tables.once import once_per_table
from perftarget.text.normalize import cached_by_text, fold
from perftarget.text.source import Loc

NAME_LOC: Loc = (next(label for label, name in FIELD_NAMES.items() if name == "name"),)
_MAX_LENGTH = 2000  # characters; forms allow a few hundred


class LocatedText(NamedTuple):
    """A normalized text and its location."""

    text: str
    loc: Loc


@once_per_table
def table_texts(table: Table) -> list[LocatedText]:
    """Return the texts of a table in the order of the form."""
    names = (LocatedText(normalize(row.name), row.name_loc) for row in table.indicators)
    return [LocatedText(normalize(table.name), NAME_LOC), *goal_texts(table), *names]


@once_per_table
def goal_texts(table: Table) -> list[LocatedText]:
    """Return the texts of the goals of a table."""
    return [LocatedText(normalize(goal.text), goal.loc) for goal in goals(table)]


def join_texts(texts: Iterable[LocatedText]) -> str:
    """Return the texts on separate lines, to search all of them at once."""
    return "\n".join(text for text, _ in texts)


@cached_by_text
def normalize(text: str) -> str:
    """Return the folded text without white space, at most 2000 characters of it."""
    return "".join(fold(text[:_MAX_LENGTH]).split())
