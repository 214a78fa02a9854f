"""Conversion of a sheet to a grid, without hidden and blank rows and columns; merged ranges keep their span."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable
from typing import Final, NamedTuple

from perftarget.errors import UnreadableFileError
from perftarget.formats.grid import Cell, Grid
from perftarget.formats.xlsx.read_sheet import MAX_COLUMNS, CellAddress, MergedRange, Worksheet

_MAX_PLACES: Final = 500_000
"""Places of the raster of a sheet, including blank ones."""
_MAX_SEARCH: Final = 100
"""Rows or columns of a merged range in which a visible one is searched."""


class Raster(NamedTuple):
    """Grid of a sheet, and the cells with text that are not in it because they are hidden or covered by a range."""

    grid: Grid
    hidden: list[CellAddress]
    covered: list[CellAddress]


class _Owner(NamedTuple):
    """First cell of a merged range, and the span of the range in the raster."""

    first: CellAddress
    rows: int
    columns: int


_Owners = dict[tuple[int, int], _Owner | None]
"""Owner of the first place of each merged range in the raster; None for the other places of the range."""


_FREE: Final = _Owner(CellAddress(0, 0), 1, 1)
"""Owner of the places that are in no merged range."""


def build_raster(name: str, part: str, sheet: Worksheet) -> Raster:
    """Build the grid of a sheet from the rows and columns with text.

    `name` is the name of the sheet in the labels of cells, `part` the name of its part in their anchors. Raises
    UnreadableFileError if the raster has too many places.
    """
    shown = {}
    for merged in sheet.merged:
        # If the first cell of a range is hidden, Excel shows its text in the visible rest of the range.
        if merged.first in sheet.texts and (address := _first_visible(merged, sheet)):
            shown[merged.first] = address
    unmerged = {address for address in sheet.texts if address not in shown and not sheet.is_hidden(address)}
    texts = unmerged | set(shown.values())
    rows = sorted({address.row for address in texts})
    columns = sorted({address.column for address in texts} | _blank_value_columns(sheet, unmerged, shown))
    if len(rows) * len(columns) > _MAX_PLACES:
        raise UnreadableFileError("many-cells", limit=_MAX_PLACES)
    owners = _find_owners(sheet.merged, rows, columns)
    places = [(row, column) for row in range(len(rows)) for column in range(len(columns))]
    cells = []
    for row, column in places:
        if (owner := owners.get((row, column), _FREE)) is not None:
            address = CellAddress(rows[row], columns[column]) if owner is _FREE else owner.first
            label, anchor, text = f"{name}!{address}", f"{part}!{address}", sheet.texts.get(address, "")
            cells.append(Cell(text, row, column, owner.rows, owner.columns, label=label, anchor=anchor))
    hidden = [address for address in sheet.texts if sheet.is_hidden(address) and address not in shown]
    inner = (
        CellAddress(rows[row], columns[column]) for row, column in places if owners.get((row, column), _FREE) is None
    )
    covered = [address for address in inner if sheet.texts.get(address) and address in unmerged]
    return Raster(Grid(tuple(cells), len(rows), len(columns)), hidden, covered)


def _first_visible(merged: MergedRange, sheet: Worksheet) -> CellAddress | None:
    """Return the first visible cell of a range, within the search limit."""
    rows = range(merged.first.row, min(merged.last.row, merged.first.row + _MAX_SEARCH) + 1)
    columns = range(merged.first.column, min(merged.last.column, merged.first.column + _MAX_SEARCH) + 1)
    row = next((row for row in rows if row not in sheet.hidden_rows), 0)
    column = next((column for column in columns if column not in sheet.hidden_columns), 0)
    return CellAddress(row, column) if row and column else None


def _blank_value_columns(sheet: Worksheet, unmerged: Iterable[CellAddress], shown: Container[CellAddress]) -> set[int]:
    """Return blank columns under a merged text that follow a narrower cell, such as that of an unfilled value."""
    wide = [merged for merged in sheet.merged if merged.first in shown]
    inner = bytearray(MAX_COLUMNS + 2)
    for merged in wide:
        first, last = merged.first.column, merged.last.column
        inner[first + 1 : last + 1] = b"\1" * (last - first)
    ends = {merged.last.column + 1 for merged in wide} | {address.column + 1 for address in unmerged}
    return {column for column in ends if inner[column]} - sheet.hidden_columns


def _find_owners(ranges: Iterable[MergedRange], rows: list[int], columns: list[int]) -> _Owners:
    """Return the owners of the places in merged ranges.

    Raises UnreadableFileError if the ranges have too many places in total.
    """
    owners: _Owners = {}
    work = 0
    for merged in ranges:
        top, bottom = bisect_left(rows, merged.first.row), bisect_left(rows, merged.last.row + 1)
        left, right = bisect_left(columns, merged.first.column), bisect_left(columns, merged.last.column + 1)
        work += (bottom - top) * (right - left)
        if work > _MAX_PLACES:
            raise UnreadableFileError("many-cells", limit=_MAX_PLACES)
        places = [(row, column) for row in range(top, bottom) for column in range(left, right)]
        # Ranges overlap only in a damaged file; the first of them is used.
        if places and not any(place in owners for place in places):
            owners |= dict.fromkeys(places)
            owners[top, left] = _Owner(merged.first, bottom - top, right - left)
    return owners
