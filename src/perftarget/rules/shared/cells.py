"""The short texts of a table by cell: the fields of its head and the names and values of its indicators."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.tables.entries import ENTRY_KEYS, Calculation, Suppression
from perftarget.tables.keys import GOALS, INDICATORS
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


def written_texts(table: Table) -> Iterator[tuple[Loc, str]]:
    """Yield the location and the text of everything written in a table: head, goals, names, values and columns."""
    for label in table.labels:
        yield from _texts_of((label,), table.content(label) if label != INDICATORS else "")
    for row in table.indicators:
        if row.name:
            yield row.name_loc, row.name
        if row.columns is None:
            yield row.loc, row.written
        else:
            names = row.columns.model_fields_set - {"name"}
            yield from (((*row.name_loc[:-1], ENTRY_KEYS[name]), getattr(row.columns, name)) for name in names)


def _texts_of(loc: Loc, content: object) -> Iterator[tuple[Loc, str]]:
    """Yield the texts in the content of a field or section."""
    if isinstance(content, str):
        yield loc, content
    elif isinstance(content, (Calculation, Suppression)):
        fields = type(content).model_fields
        yield from (((*loc, str(fields[name].alias)), getattr(content, name)) for name in content.model_fields_set)
    elif isinstance(content, dict):
        yield from (pair for key, part in content.items() for pair in _texts_of((*loc, str(key)), part))
    elif isinstance(content, list):
        yield from (pair for index, part in enumerate(content) for pair in _texts_of((*loc, index), part))
