"""Where a table says in words what it is about: its name, its goals, the names of its indicators."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from perftarget.rules.shared.goals import goals
from perftarget.tables.model import FIELD_NAMES, Table
from perftarget.text.normalize import cached_by_text, fold
from perftarget.text.source import Loc

NAME: Loc = (next(label for label, name in FIELD_NAMES.items() if name == "name"),)
_LONGEST = 2000  # characters; forms allow a few hundred


class Said(NamedTuple):
    """A text without white space, and where."""

    text: str
    loc: Loc


@lru_cache(maxsize=1)  # five rules ask in turn for the same table
def texts(table: Table) -> list[Said]:
    """In the order of the form."""
    rows = (Said(plain(row.name), row.name_loc) for row in table.indicators)
    return [Said(plain(table.name), NAME), *goal_texts(table), *rows]


@lru_cache(maxsize=1)
def goal_texts(table: Table) -> list[Said]:
    return [Said(plain(goal.text), goal.loc) for goal in goals(table)]


def in_one(said: Iterable[Said]) -> str:
    """The texts one below the other, to see at once whether a word stands in any of them."""
    return "\n".join(text for text, _ in said)


@cached_by_text
def plain(text: str) -> str:
    return "".join(fold(text[:_LONGEST]).split())
