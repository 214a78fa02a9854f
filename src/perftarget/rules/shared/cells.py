"""The short texts of a table by cell: the fields of its head and the names and values of its indicators."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.tables.keys import GOALS
from perftarget.tables.model import Table
from perftarget.tables.once import once_per_table
from perftarget.text.source import Loc


@once_per_table
def cells(table: Table, profile: Profile) -> list[tuple[Loc, str]]:
    """Return the location and the text of each cell that is not empty, without the goals."""
    return list(_cells(table, profile))


def _cells(table: Table, profile: Profile) -> Iterator[tuple[Loc, str]]:
    for label in (label for row in profile.head for label in row):
        if label != GOALS and (text := table.field(label)):
            yield (label,), text
    for row in table.indicators:
        if row.name:
            yield row.name_loc, row.name
        if row.written:
            yield row.loc, row.written
