"""Convert a table of a Word file to a grid, with its merged cells and their texts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from perftarget.formats.docx.read_raster import RowCell, read_raster
from perftarget.formats.docx.read_xml import AnchoredElement
from perftarget.formats.grid import Cell, Grid
from perftarget.i18n import tr


@dataclass(slots=True)
class _MergedCell:
    """A cell with the number of rows that it spans and the texts of the cells merged into it."""

    first: RowCell
    row: int
    ordinal: int
    rows: int = 0
    texts: list[str] = field(default_factory=list)


def build_grid(table: AnchoredElement, cell_text: Callable[[AnchoredElement], str], label: str) -> Grid:
    """Return the grid of a table, with only those columns at whose edges a cell starts or ends.

    `cell_text` returns the text of a cell element; `label` names the table in the labels of the cells.
    """
    rows = read_raster(table)
    edges = sorted({edge for row in rows for cell in row for edge in (cell.start, cell.end)})
    cells = [_grid_cell(merged, edges, label) for merged in _merge_rows(rows, cell_text)]
    return Grid(tuple(cells), len(rows), max(len(edges) - 1, 0))


def _merge_rows(rows: Iterable[list[RowCell]], cell_text: Callable[[AnchoredElement], str]) -> list[_MergedCell]:
    """Merge each cell that continues the cell above; without a cell of the same width above, it is separate."""
    merged_cells: list[_MergedCell] = []
    above: dict[tuple[int, int], _MergedCell] = {}
    for row_index, row in enumerate(rows):
        open_cells = {}
        for ordinal, cell in enumerate(row, start=1):
            edges = cell.start, cell.end
            merged = above.get(edges) if cell.vertical_merge == "continue" else None
            if merged is None:
                merged = _MergedCell(cell, row_index, ordinal)
                merged_cells.append(merged)
            merged.rows += 1
            merged.texts += map(cell_text, cell.elements)
            if cell.vertical_merge:
                open_cells[edges] = merged
        above = open_cells
    return merged_cells


def _grid_cell(merged: _MergedCell, edges: list[int], table_label: str) -> Cell:
    """Return the cell of the grid, with its columns counted between the edges."""
    start, end = bisect_left(edges, merged.first.start), bisect_left(edges, merged.first.end)
    row = merged.row + 1
    return Cell(
        "\n".join(filter(None, merged.texts)),
        merged.row,
        start,
        merged.rows,
        end - start,
        label=tr(f"{table_label} 第{row}行 第{merged.ordinal}列", f"{table_label} row {row} column {merged.ordinal}"),
        anchor=merged.first.elements[0].anchor,
    )
