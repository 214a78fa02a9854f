"""Measures of the form on the page, and an estimate of its height.

Lengths are in twentieths of a point, the unit of Word files.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from perftarget.formats.docx.write_text import balanced_width, line_count, split_paragraphs
from perftarget.formats.grid import Cell, Grid, Role

PAGE_HEIGHT: Final = 12756  # 225 mm
CELL_PADDING: Final = 28  # 1.4 pt above and below the text of a cell
_BORDER: Final = 10
_MIN_HEIGHT: Final = 454  # 8 mm
_MIN_HEIGHTS: Final[dict[Role, int]] = {"title": 624, "unit": 397}  # 11 and 7 mm
_LEFT_OR_RIGHT_ALIGNED: Final = {"unit", "goals", "name"}


@dataclass(frozen=True, slots=True, eq=False)  # two instances exist, and identity makes them cheap cache keys
class Sizes:
    """Sizes of the text of all tables of a document, and the column widths and margins that go with them.

    `text`, `line`, `title` and `title_line` are font sizes and line heights. Margins are left and right of the text.
    """

    text: int
    line: int
    title: int
    title_line: int
    columns: tuple[int, ...]
    margins: tuple[int, int]
    goals_margins: tuple[int, int]
    name_margins: tuple[int, int]


SMALL_FOUR: Final = Sizes(  # 小四
    text=240,
    line=320,
    title=360,
    title_line=560,
    columns=(1537, 2138, 3027, 2143),  # 27.1, 37.7, 53.4, 37.8 mm
    margins=(45, 45),  # 0.8 mm
    goals_margins=(79, 45),  # 1.4, 0.8 mm
    name_margins=(79, 11),  # 1.4, 0.2 mm
)

FIVE: Final = Sizes(  # 五号
    text=210,
    line=300,
    title=360,
    title_line=560,
    columns=(1474, 1984, 3402, 1985),  # 26, 35, 60, 35 mm
    margins=(68, 68),  # 1.2 mm
    goals_margins=(79, 68),
    name_margins=(68, 68),
)


def rows_of(grid: Grid) -> list[list[Cell]]:
    """Return the cells of each row from left to right: with those merged down into it, and blank cells for gaps."""
    rows: list[list[Cell]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rows):
            rows[row].append(cell)
    return [_fill_gaps(row, number, grid.columns) for number, row in enumerate(rows)]


def _fill_gaps(row: list[Cell], number: int, columns: int) -> list[Cell]:
    row.sort(key=lambda cell: cell.column)
    if sum(cell.columns for cell in row) == columns:
        return row
    taken = {column for cell in row for column in range(cell.column, cell.column + cell.columns)}
    blanks = [Cell("", number, column) for column in range(columns) if column not in taken]
    return sorted([*row, *blanks], key=lambda cell: cell.column)


def cell_width(cell: Cell, sizes: Sizes) -> int:
    """Return the width of a cell over all its columns."""
    return sum(sizes.columns[cell.column : cell.column + cell.columns])


def min_row_height(row: list[Cell]) -> int:
    """Return the least height of a row, which depends on the role of its first cell."""
    return _MIN_HEIGHTS.get(row[0].role, _MIN_HEIGHT)


def cell_lines(cell: Cell, sizes: Sizes) -> int:
    """Return the number of lines of the text of a cell."""
    return _cell_lines(cell.text, cell.role, cell.column, cell.columns, sizes)


@lru_cache(maxsize=8192)
def _cell_lines(text: str, role: Role, column: int, columns: int, sizes: Sizes) -> int:
    return line_count(text, _line_width(Cell("", 0, column, columns=columns, role=role), sizes))


def cell_margins(cell: Cell, sizes: Sizes) -> tuple[int, int]:
    """Return the margins left and right; those of a long centred text grow until its lines are equally long."""
    margins = _default_margins(cell, sizes)
    if cell.role in _LEFT_OR_RIGHT_ALIGNED:
        return margins
    width = _line_width(cell, sizes)
    balanced = max(balanced_width(paragraph, width) for paragraph in split_paragraphs(cell.text))
    if balanced == width:
        return margins
    # A third of a character is left over for fonts whose digits are wider than half a character.
    size = _text_size(cell, sizes)
    margin = (cell_width(cell, sizes) - balanced * size // 2 - size // 3) // 2
    return max(margin, margins[0]), max(margin, margins[1])


def form_height(grid: Grid, sizes: Sizes) -> int:
    """Return the height of the form."""
    return sum(heights(grid, sizes))


def heights(grid: Grid, sizes: Sizes) -> list[int]:
    """Return the height of each row; the last row of a merged cell takes what its text needs beyond its rows."""
    row_heights = [_MIN_HEIGHT] * grid.rows  # least heights include the border
    merged = []
    for cell in grid.cells:
        if cell.rows > 1:
            merged.append(cell)
            continue
        if cell.role in _MIN_HEIGHTS:
            row_heights[cell.row] = _MIN_HEIGHTS[cell.role]
        row_heights[cell.row] = max(row_heights[cell.row], _text_height(cell, sizes))
    for cell in sorted(merged, key=lambda cell: cell.rows):
        end = cell.row + cell.rows
        row_heights[end - 1] += max(0, _text_height(cell, sizes) - sum(row_heights[cell.row : end]))
    return row_heights


def _text_height(cell: Cell, sizes: Sizes) -> int:
    line = sizes.title_line if cell.role == "title" else sizes.line
    return cell_lines(cell, sizes) * line + 2 * CELL_PADDING + _BORDER


def _line_width(cell: Cell, sizes: Sizes) -> int:
    """Return the number of half-width characters that fit on a line of the cell."""
    return 2 * (cell_width(cell, sizes) - sum(_default_margins(cell, sizes))) // _text_size(cell, sizes)


def _text_size(cell: Cell, sizes: Sizes) -> int:
    return sizes.title if cell.role == "title" else sizes.text


def _default_margins(cell: Cell, sizes: Sizes) -> tuple[int, int]:
    by_role = {"goals": sizes.goals_margins, "name": sizes.name_margins}
    return by_role.get(cell.role, sizes.margins)
