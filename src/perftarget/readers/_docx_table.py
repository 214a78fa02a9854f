"""A table of a Word file to a grid: its raster, its merged cells, its texts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from lxml import etree

from perftarget.grid import Cell, Grid
from perftarget.language import say
from perftarget.readers._docx_xml import Placed, child, inside, is_on, number, value, w

_MOST_COLUMNS: Final = 1000
"""Word has 63; a span beyond this is damage."""
_TOLERANCE: Final = 0.02
"""Of the table's width: how far the edges of cells in different rows may be apart and still mean one line."""


@dataclass
class _Box:
    """A cell of one row: its element, where it begins and ends, and how it is merged."""

    placed: Placed
    start: float
    end: float
    down: str = ""  # restart or continue
    ordinal: int = 0


@dataclass
class _Merged:
    """A cell with the rows that it spans."""

    box: _Box
    row: int
    rows: int = 1
    texts: list[str] = field(default_factory=list)


def rows_of(table: Placed) -> Iterator[Placed]:
    """The rows that are shown: neither hidden nor tracked as deleted."""
    for row in inside(table, w("tr").__eq__):
        properties = child(row.element, "trPr")
        gone = properties is not None and (properties.find(w("del")) is not None or is_on(properties.find(w("hidden"))))
        if not gone:
            yield row


def cells_of(row: Placed) -> Iterator[Placed]:
    return inside(row, w("tc").__eq__)


def grid_of(table: Placed, text: Callable[[Placed], str], ordinal: int) -> Grid:
    """The table as a grid; `ordinal` is its number in the file, for people."""
    boxes = _raster(table)
    edges = sorted({edge for row in boxes for box in row for edge in (box.start, box.end)})
    merged = _merge(boxes, text)
    cells = [_cell(one, edges, ordinal) for one in merged]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(tuple(cells), len(boxes), max(len(edges) - 1, 0))


def _raster(table: Placed) -> list[list[_Box]]:
    """The cells of each row with their edges, counted in columns; in widths where the rows do not agree on columns."""
    columns = [number(one.get(w("w"))) for one in table.element.findall(f"{w('tblGrid')}/{w('gridCol')}")]
    rows = list(rows_of(table))
    counted = [list(_counted(row)) for row in rows]
    totals = {_total(row, boxes) for row, boxes in zip(rows, counted, strict=True) if boxes}
    if len(totals) > 1:
        measured = [list(_measured(row, columns)) for row in rows]
        if all(box.end > box.start for row in measured for box in row):
            counted = _snapped(measured)
    return [_numbered(row) for row in map(_joined, counted) if row]


def _total(row: Placed, boxes: list[_Box]) -> float:
    return boxes[-1].end + _span(row.element, "trPr", "gridAfter", default=0)


def _span(element: etree._Element, *path: str, default: int) -> int:
    return min(max(number(value(element, *path), default), 0), _MOST_COLUMNS)


def _counted(row: Placed) -> Iterator[_Box]:
    start = _span(row.element, "trPr", "gridBefore", default=0)
    for cell in cells_of(row):
        span = max(_span(cell.element, "tcPr", "gridSpan", default=1), 1)
        if not _is_deleted(cell):
            yield _Box(cell, start, start + span, _down(cell.element))
        start += span


def _measured(row: Placed, columns: list[int]) -> Iterator[_Box]:
    """The same by widths, in twentieths of a point; a cell that tells none has that of its columns."""
    at = _span(row.element, "trPr", "gridBefore", default=0)
    start = _width(row.element, "trPr", "wBefore") or sum(columns[:at])
    for cell in cells_of(row):
        span = max(_span(cell.element, "tcPr", "gridSpan", default=1), 1)
        width = _width(cell.element, "tcPr", "tcW") or sum(columns[at : at + span])
        if not _is_deleted(cell):
            yield _Box(cell, start, start + width, _down(cell.element))
        at, start = at + span, start + width


def _width(element: etree._Element, *path: str) -> int:
    found = child(element, *path)
    if found is None or found.get(w("type"), "dxa") != "dxa":
        return 0
    return max(number(found.get(w("w"))), 0)


def _snapped(rows: list[list[_Box]]) -> list[list[_Box]]:
    """Edges that are nearly the same made one."""
    edges = sorted({edge for row in rows for box in row for edge in (box.start, box.end)})
    room = (edges[-1] - edges[0]) * _TOLERANCE if edges else 0
    lines = edges[:1]
    lines += [edge for before, edge in pairwise(edges) if edge - before > room]

    def line(edge: float) -> float:
        return lines[max(bisect_left(lines, edge + room / 2) - 1, 0)]

    return [[replace(box, start=line(box.start), end=line(box.end)) for box in row] for row in rows]


def _is_deleted(cell: Placed) -> bool:
    return child(cell.element, "tcPr", "cellDel") is not None


def _down(cell: etree._Element) -> str:
    """How the cell is merged downwards: restart, continue, or not; with tracked merges as they end up."""
    if (merge := child(cell, "tcPr", "cellMerge")) is not None and merge.get(w("vMerge")):
        return "continue" if merge.get(w("vMerge")) == "cont" else "restart"
    merge = child(cell, "tcPr", "vMerge")
    return "" if merge is None else "restart" if merge.get(w("val")) == "restart" else "continue"


def _joined(row: list[_Box]) -> list[_Box]:
    """Cells merged in the way of old files, each a cell of its own that goes on with the one before it."""
    found: list[_Box] = []
    for box in row:
        merge = child(box.placed.element, "tcPr", "hMerge")
        if found and merge is not None and merge.get(w("val")) != "restart":
            found[-1] = replace(found[-1], end=box.end)
        else:
            found.append(box)
    return found


def _numbered(row: list[_Box]) -> list[_Box]:
    return [replace(box, ordinal=ordinal) for ordinal, box in enumerate(row, start=1)]


def _merge(rows: Iterable[list[_Box]], text: Callable[[Placed], str]) -> list[_Merged]:
    """Cells that go on downwards made one; a cell that goes on from nothing of its own width is one by itself."""
    found: list[_Merged] = []
    above: dict[float, _Merged] = {}
    for number_, row in enumerate(rows):
        here: dict[float, _Merged] = {}
        for box in row:
            one = above.get(box.start) if box.down == "continue" else None
            if one is None or one.box.end != box.end:
                one = _Merged(box, number_, 0)
                found.append(one)
            one.rows += 1
            one.texts.append(text(box.placed))
            if box.down:
                here[box.start] = one
        above = here
    return found


def _cell(one: _Merged, edges: list[float], table: int) -> Cell:
    start, end = bisect_left(edges, one.box.start), bisect_left(edges, one.box.end)
    row, column = one.row + 1, one.box.ordinal
    return Cell(
        "\n".join(filter(None, one.texts)),
        one.row,
        start,
        one.rows,
        max(end - start, 1),
        label=say(f"表{table} 第{row}行 第{column}列", f"table {table} row {row} column {column}"),
        anchor=one.box.placed.anchor,
    )
