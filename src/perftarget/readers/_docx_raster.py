"""Where the cells of a table in a Word file begin and end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from lxml import etree

from perftarget.readers._docx_xml import Placed, child, inside, is_on, number, value, w

_MOST_COLUMNS: Final = 1000
"""Word has 63; a span beyond this is damage."""
_TOLERANCE: Final = 0.02
"""Of the table's width: how far the edges of cells in different rows may be apart and still mean one line."""


@dataclass(slots=True)
class Box:
    """A cell of one row as it is seen, which may be several merged sideways, and where it begins and ends."""

    cells: list[Placed]
    start: int
    end: int
    down: str = ""
    """restart or continue, where it is merged downwards"""


def rows_of(table: Placed) -> Iterator[Placed]:
    """The rows that are shown: neither hidden nor tracked as deleted."""
    for row in inside(table, w("tr").__eq__):
        properties = child(row.element, "trPr")
        gone = properties is not None and (properties.find(w("del")) is not None or is_on(properties.find(w("hidden"))))
        if not gone:
            yield row


def cells_of(row: Placed) -> Iterator[Placed]:
    """The cells that are shown: not those tracked as deleted, whose place the next ones take."""
    for cell in inside(row, w("tc").__eq__):
        if child(cell.element, "tcPr", "cellDel") is None:
            yield cell


def raster(table: Placed) -> list[list[Box]]:
    """The rows that have cells. Edges are counted in columns, or measured where that shows which of them are one."""
    columns = [number(one.get(w("w"))) for one in table.element.findall(f"{w('tblGrid')}/{w('gridCol')}")]
    rows = [row for row in rows_of(table) if next(cells_of(row), None)]
    counted = [list(_counted(row)) for row in rows]
    if len({boxes[-1].end + _after(row) for row, boxes in zip(rows, counted, strict=True)}) > 1:
        measured = [list(_measured(row, columns)) for row in rows]
    else:
        lines = [0, *accumulate(columns)]
        measured = [
            [Box(one.cells, _at(lines, one.start), _at(lines, one.end), one.down) for one in row] for row in counted
        ]
    measured = _snapped(measured)
    usable = all(box.start < box.end for row in measured for box in row)
    return [_joined(row) for row in (measured if usable else counted)]


def _at(lines: list[int], column: int) -> int:
    return lines[column] if column < len(lines) else 0


def _after(row: Placed) -> int:
    return _span(row.element, "trPr", "gridAfter", default=0)


def _span(element: etree._Element, *path: str, default: int) -> int:
    return min(max(number(value(element, *path), default), default), _MOST_COLUMNS)


def _counted(row: Placed) -> Iterator[Box]:
    start = _span(row.element, "trPr", "gridBefore", default=0)
    for cell in cells_of(row):
        end = start + _span(cell.element, "tcPr", "gridSpan", default=1)
        yield Box([cell], start, end, _down(cell.element))
        start = end


def _measured(row: Placed, columns: list[int]) -> Iterator[Box]:
    """The same in twentieths of a point; a cell that tells no width has that of its columns."""
    at = _span(row.element, "trPr", "gridBefore", default=0)
    start = _width(row.element, "trPr", "wBefore") or sum(columns[:at])
    for cell in cells_of(row):
        span = _span(cell.element, "tcPr", "gridSpan", default=1)
        end = start + (_width(cell.element, "tcPr", "tcW") or sum(columns[at : at + span]))
        yield Box([cell], start, end, _down(cell.element))
        at, start = at + span, end


def _width(element: etree._Element, *path: str) -> int:
    found = child(element, *path)
    if found is None or found.get(w("type"), "dxa") != "dxa":
        return 0
    return max(number(found.get(w("w"))), 0)


def _snapped(rows: list[list[Box]]) -> list[list[Box]]:
    """Edges that are nearly the same made one: those of a row that somebody dragged a little."""
    edges = sorted({edge for row in rows for box in row for edge in (box.start, box.end)})
    room = (edges[-1] - edges[0]) * _TOLERANCE if edges else 0
    lines = edges[:1] + [edge for before, edge in pairwise(edges) if edge - before > room]

    def line(edge: int) -> int:
        return lines[bisect_right(lines, edge) - 1]

    return [[Box(box.cells, line(box.start), line(box.end), box.down) for box in row] for row in rows]


def _down(cell: etree._Element) -> str:
    """How the cell is merged downwards; with tracked merges as they end up."""
    if (merge := child(cell, "tcPr", "cellMerge")) is not None and merge.get(w("vMerge")):
        return "continue" if merge.get(w("vMerge")) == "cont" else "restart"
    merge = child(cell, "tcPr", "vMerge")
    return "" if merge is None else "restart" if merge.get(w("val")) == "restart" else "continue"


def _joined(row: list[Box]) -> list[Box]:
    """Cells merged sideways in the way of old files, each a cell of its own that goes on with the one before it."""
    found: list[Box] = []
    goes_on = False
    for box in row:
        merge = child(box.cells[0].element, "tcPr", "hMerge")
        if goes_on and merge is not None and merge.get(w("val")) != "restart":
            found[-1].cells += box.cells
            found[-1].end = box.end
        else:
            found.append(box)
        goes_on = merge is not None
    return found
