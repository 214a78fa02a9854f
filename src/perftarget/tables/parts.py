"""Rows of a table that belong to the row before them: a whole and its parts (其中…)."""

from __future__ import annotations

from typing import NamedTuple

from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.tables.once import once_per_table
from perftarget.values.parser import Empty


class Whole(NamedTuple):
    """A row and the rows below it that are parts of it: 赛事场次, 其中：市级, 其中：区县级."""

    row: Indicator
    parts: tuple[Indicator, ...]

    @property
    def is_heading(self) -> bool:
        """True if the row has no target value of its own, since its parts have them."""
        return isinstance(self.row.value, Empty)


def is_part(row: Indicator) -> bool:
    """Return True if the name says that the row is a part of a row above it."""
    return row.bare_name.startswith("其中")


@once_per_table
def wholes(table: Table) -> list[Whole]:
    """Return the rows that are followed by their parts, in the same second tier."""
    found: list[Whole] = []
    parts: list[Indicator] = []
    above: Indicator | None = None
    for row in table.indicators:
        if above is not None and is_part(row) and row.tier_loc == above.tier_loc:
            parts.append(row)
            continue
        if above is not None and parts:
            found.append(Whole(above, tuple(parts)))
        above, parts = row, []
    if above is not None and parts:
        found.append(Whole(above, tuple(parts)))
    return found


@once_per_table
def headings(table: Table) -> frozenset[tuple[object, ...]]:
    """Return the locations of the rows that have parts and no value of their own."""
    return frozenset(whole.row.loc for whole in wholes(table) if whole.is_heading)
