"""Rows of a flow of grids, and forms that stand side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from perftarget.formats.grid import Cell, Grid, full_text


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that start in one row of the grid with index `grid` in the flow; `filled` are those with text."""

    cells: tuple[Cell, ...]
    grid: int
    filled: list[Cell] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "filled", [cell for cell in self.cells if cell.text])

    @property
    def number(self) -> int:
        """The index of the row in its grid."""
        return self.cells[0].row

    def without(self, *cells: Cell) -> Row:
        """Return the row without some of its cells."""
        return Row(tuple(cell for cell in self.cells if not any(cell is other for other in cells)), self.grid)


def flow_rows(flow: Iterable[Grid]) -> list[Row]:
    """Return the rows of all grids of a flow."""
    return [
        Row(tuple(_with_tables(cell) for cell in cells), index)
        for index, grid in enumerate(flow)
        for _, cells in groupby(grid.cells, key=lambda cell: cell.row)
    ]


def _with_tables(cell: Cell) -> Cell:
    """Return the cell with the text of the tables inside it, for which few cells have a use as tables."""
    return replace(cell, text=full_text(cell)) if cell.nested else cell


def cut_at(grid: Grid, columns: Iterable[int]) -> Iterator[Grid]:
    """Yield the parts of a grid between those columns, from left to right, each with its columns counted from 0."""
    edges = [0, *columns, grid.columns]
    for start, end in pairwise(edges):
        cells = tuple(replace(cell, column=cell.column - start) for cell in grid.cells if start <= cell.column < end)
        yield Grid(cells, grid.rows, end - start)
