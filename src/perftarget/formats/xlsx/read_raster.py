"""A sheet as a grid: what is hidden and what is blank is left out, merged ranges keep their span."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable
from typing import Final, NamedTuple

from perftarget.errors import UnreadableFileError
from perftarget.formats.grid import Cell, Grid
from perftarget.formats.xlsx.read_sheet import LARGEST, At, Merged, Worksheet

_MOST_PLACES: Final = 500_000
"""Of a sheet's raster, blank ones too."""
_NEAR: Final = 100  # rows or columns of a merged range that are looked at for one that is shown


class Raster(NamedTuple):
    """The grid, and what has a text that is not in it: because it is hidden, or covered by a merged range."""

    grid: Grid
    hidden: list[At]
    covered: list[At]


class _Owner(NamedTuple):
    """The merged range that begins at a place of the raster, with its span there."""

    first: At
    rows: int
    columns: int


_Owners = dict[tuple[int, int], _Owner | None]
"""None for the places that a merged range covers."""


_FREE: Final = _Owner(At(0, 0), 1, 1)


def raster(name: str, part: str, sheet: Worksheet) -> Raster:
    """Rows and columns with text in them; a blank one between them is none of the form's."""
    shown = {}
    for one in sheet.merged:
        # Where the first cell of a range is hidden, its text stands in what is left of the range.
        if one.first in sheet.texts and (at := _first_shown(one, sheet)):
            shown[one.first] = at
    alone = {at for at in sheet.texts if at not in shown and not sheet.is_hidden(at)}
    texts = alone | set(shown.values())
    rows = sorted({at.row for at in texts})
    columns = sorted({at.column for at in texts} | _behind(sheet, alone, shown))
    if len(rows) * len(columns) > _MOST_PLACES:
        raise UnreadableFileError("many-cells", limit=_MOST_PLACES)
    owners = _owners(sheet.merged, rows, columns)
    places = [(row, column) for row in range(len(rows)) for column in range(len(columns))]
    cells = []
    for row, column in places:
        if (owner := owners.get((row, column), _FREE)) is not None:
            at = At(rows[row], columns[column]) if owner is _FREE else owner.first
            label, anchor, text = f"{name}!{at}", f"{part}!{at}", sheet.texts.get(at, "")
            cells.append(Cell(text, row, column, owner.rows, owner.columns, label=label, anchor=anchor))
    hidden = [at for at in sheet.texts if sheet.is_hidden(at) and at not in shown]
    under = (At(rows[row], columns[column]) for row, column in places if owners.get((row, column), _FREE) is None)
    return Raster(
        Grid(tuple(cells), len(rows), len(columns)), hidden, [at for at in under if sheet.texts.get(at) and at in alone]
    )


def _first_shown(merged: Merged, sheet: Worksheet) -> At | None:
    """The first cell of a range that is not hidden, among the nearest."""
    rows = range(merged.first.row, min(merged.last.row, merged.first.row + _NEAR) + 1)
    columns = range(merged.first.column, min(merged.last.column, merged.first.column + _NEAR) + 1)
    row = next((row for row in rows if row not in sheet.hidden_rows), 0)
    column = next((column for column in columns if column not in sheet.hidden_columns), 0)
    return At(row, column) if row and column else None


def _behind(sheet: Worksheet, alone: Iterable[At], shown: Container[At]) -> set[int]:
    """Blank columns below a merged text where something narrower ends, as that of a value that nobody filled in."""
    wide = [one for one in sheet.merged if one.first in shown]
    inner = bytearray(LARGEST + 2)
    for one in wide:
        inner[one.first.column + 1 : one.last.column + 1] = b"\1" * (one.last.column - one.first.column)
    ends = {one.last.column + 1 for one in wide} | {at.column + 1 for at in alone}
    return {column for column in ends if inner[column]} - sheet.hidden_columns


def _owners(merged: Iterable[Merged], rows: list[int], columns: list[int]) -> _Owners:
    owners: _Owners = {}
    work = 0
    for one in merged:
        top, bottom = bisect_left(rows, one.first.row), bisect_left(rows, one.last.row + 1)
        left, right = bisect_left(columns, one.first.column), bisect_left(columns, one.last.column + 1)
        work += (bottom - top) * (right - left)
        if work > _MOST_PLACES:
            raise UnreadableFileError("many-cells", limit=_MOST_PLACES)
        places = [(row, column) for row in range(top, bottom) for column in range(left, right)]
        if places and not any(place in owners for place in places):  # ranges that overlap are damage: the first wins
            owners |= dict.fromkeys(places)
            owners[top, left] = _Owner(one.first, bottom - top, right - left)
    return owners
