"""Where a table says in words what it is about: its name, its goals, the names of its indicators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from perftarget.characters import fold, remembered
from perftarget.model import FIELD_NAMES, Table
from perftarget.rules._goals import goals
from perftarget.source import Loc

NAME: Loc = (next(label for label, name in FIELD_NAMES.items() if name == "name"),)
_LONGEST = 2000  # characters; forms allow a few hundred


class Said(NamedTuple):
    """A text without white space, and where."""

    text: str
    loc: Loc


def texts(table: Table) -> Iterator[Said]:
    """In the order of the form."""
    yield Said(plain(table.name), NAME)
    yield from goal_texts(table)
    for row in table.indicators:
        yield Said(plain(row.name), row.name_loc)


def goal_texts(table: Table) -> Iterator[Said]:
    for goal in goals(table):
        yield Said(plain(goal.text), goal.loc)


@remembered
def plain(text: str) -> str:
    return "".join(fold(text[:_LONGEST]).split())
