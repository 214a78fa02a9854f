"""Draw grids in the syntax of tests/forms/*.txt."""

from __future__ import annotations

from collections.abc import Sequence

from perftarget.formats.grid import Grid


def picture(flow: Sequence[Grid]) -> str:
    """Return the grids as text: `<` merges with the cell to the left, `^` with the cell above."""
    return "\n===\n".join(_grid_picture(grid) for grid in flow)


def _grid_picture(grid: Grid) -> str:
    marks = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                marks[row][column] = "<" if column > cell.column else "^" if row > cell.row else _text(cell.text)
    return "\n".join(" | ".join(row) for row in marks)


def _text(text: str) -> str:
    return text.replace("\n", "\\n").strip(" ")
