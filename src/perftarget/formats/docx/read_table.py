"""A table of a Word file to a grid: its merged cells and its texts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from perftarget.formats.docx.read_raster import Box, raster
from perftarget.formats.docx.read_xml import Placed
from perftarget.formats.grid import Cell, Grid
from perftarget.i18n import tr


@dataclass(slots=True)
class _Merged:
    """A cell with the rows that it spans."""

    box: Box
    row: int
    ordinal: int
    rows: int = 0
    texts: list[str] = field(default_factory=list)


def grid_of(table: Placed, text: Callable[[Placed], str], name: str) -> Grid:
    """The table as a grid, without the lines of its raster where no cell begins or ends; `name` is for people."""
    rows = raster(table)
    edges = sorted({edge for row in rows for box in row for edge in (box.start, box.end)})
    cells = [_cell(one, edges, name) for one in _merged(rows, text)]
    return Grid(tuple(cells), len(rows), max(len(edges) - 1, 0))


def _merged(rows: Iterable[list[Box]], text: Callable[[Placed], str]) -> list[_Merged]:
    """Cells that go on downwards made one; a cell that goes on from nothing of its own width is one by itself."""
    found: list[_Merged] = []
    above: dict[tuple[int, int], _Merged] = {}
    for number, row in enumerate(rows):
        here = {}
        for ordinal, box in enumerate(row, start=1):
            edges = box.start, box.end
            one = above.get(edges) if box.down == "continue" else None
            if one is None:
                one = _Merged(box, number, ordinal)
                found.append(one)
            one.rows += 1
            one.texts += map(text, box.cells)
            if box.down:
                here[edges] = one
        above = here
    return found


def _cell(one: _Merged, edges: list[int], table: str) -> Cell:
    start, end = bisect_left(edges, one.box.start), bisect_left(edges, one.box.end)
    row = one.row + 1
    return Cell(
        "\n".join(filter(None, one.texts)),
        one.row,
        start,
        one.rows,
        end - start,
        label=tr(f"{table} 第{row}行 第{one.ordinal}列", f"{table} row {row} column {one.ordinal}"),
        anchor=one.box.cells[0].anchor,
    )
