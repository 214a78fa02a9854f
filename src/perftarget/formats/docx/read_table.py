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
    label: str
    rows: int = 0
    texts: list[str] = field(default_factory=list)


def build_grid(table: AnchoredElement, cell_text: Callable[[AnchoredElement, str], str], label: str) -> Grid:
    """Return the grid of a table, with only those columns at whose edges a cell starts or ends.

    `cell_text` returns the text of a cell element, given the label of the cell; `label` names the table in the labels.
    """
    rows = read_raster(table)
    edges = sorted({edge for row in rows for cell in row for edge in (cell.start, cell.end)})
    cells = [_grid_cell(merged, edges) for merged in _merge_rows(rows, cell_text, label)]
    return Grid(tuple(cells), len(rows), max(len(edges) - 1, 0))


def _merge_rows(
    rows: Iterable[list[RowCell]], cell_text: Callable[[AnchoredElement, str], str], table_label: str
) -> list[_MergedCell]:
    """Merge each cell that continues the cell above; without a cell of the same width above, it is separate."""
    merged_cells: list[_MergedCell] = []
    above: dict[tuple[int, int], _MergedCell] = {}
    for row_index, row in enumerate(rows):
        open_cells = {}
        for ordinal, cell in enumerate(row, start=1):
            edges = cell.start, cell.end
            merged = above.get(edges) if cell.vertical_merge == "continue" else None
            if merged is None:
                merged = _MergedCell(cell, row_index, _cell_label(table_label, row_index + 1, ordinal))
                merged_cells.append(merged)
            merged.rows += 1
            merged.texts += [cell_text(element, merged.label) for element in cell.elements]
            if cell.vertical_merge:
                open_cells[edges] = merged
        above = open_cells
    return merged_cells


def _cell_label(table_label: str, row: int, ordinal: int) -> str:
    """Return the label of a cell by the numbers of its row and of the cell in it."""
    return tr(f"{table_label} 第{row}行 第{ordinal}列", f"{table_label} row {row} column {ordinal}")


def _grid_cell(merged: _MergedCell, edges: list[int]) -> Cell:
    """Return the cell of the grid, with its columns counted between the edges."""
    start, end = bisect_left(edges, merged.first.start), bisect_left(edges, merged.first.end)
    return Cell(
        "\n".join(filter(None, merged.texts)),
        merged.row,
        start,
        merged.rows,
        end - start,
        label=merged.label,
        anchor=merged.first.elements[0].anchor,
    )
