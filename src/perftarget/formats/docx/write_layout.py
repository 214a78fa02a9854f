"""The measures of the form on the page, and by estimate its height."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from perftarget.formats.docx.write_text import even_room, line_count, paragraphs
from perftarget.formats.grid import Cell, Grid, Role

# Lengths are in twentieths of a point, the unit of Word files.
PAGE: Final = 12756  # 225 mm
PAD: Final = 28  # 1.4 pt over and under the text of a cell
_BORDER: Final = 10
_LEAST: Final = 454  # 8 mm
_LEASTS: Final[dict[Role, int]] = {"title": 624, "unit": 397}  # 11 and 7 mm
_NOT_CENTRED: Final = {"unit", "goals", "name"}


@dataclass(frozen=True, slots=True, eq=False)  # there are two, and each is itself
class Sizes:
    """One rung of the ladder of text sizes; `text` to `title_line` are what the styles of the template say."""

    text: int
    line: int
    title: int
    title_line: int
    columns: tuple[int, ...]
    sides: tuple[int, int]  # left and right of the text of a cell
    goals_sides: tuple[int, int]
    name_sides: tuple[int, int]


SMALL_FOUR: Final = Sizes(  # 小四
    text=240,
    line=320,
    title=360,
    title_line=560,
    columns=(1537, 2138, 3027, 2143),  # 27.1, 37.7, 53.4, 37.8 mm
    sides=(45, 45),  # 0.8 mm
    goals_sides=(79, 45),  # 1.4, 0.8 mm
    name_sides=(79, 11),  # 1.4, 0.2 mm
)

FIVE: Final = Sizes(  # 五号
    text=210,
    line=300,
    title=360,
    title_line=560,
    columns=(1474, 1984, 3402, 1985),  # 26, 35, 60, 35 mm
    sides=(68, 68),  # 1.2 mm
    goals_sides=(79, 68),
    name_sides=(68, 68),
)


def rows_of(grid: Grid) -> list[list[Cell]]:
    """The cells of each row from left to right, with those that hang down into it, and blanks for gaps."""
    rows: list[list[Cell]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rows):
            rows[row].append(cell)
    return [_filled(row, number, grid.columns) for number, row in enumerate(rows)]


def _filled(row: list[Cell], number: int, columns: int) -> list[Cell]:
    row.sort(key=lambda cell: cell.column)
    if sum(cell.columns for cell in row) == columns:
        return row
    taken = {column for cell in row for column in range(cell.column, cell.column + cell.columns)}
    blanks = [Cell("", number, column) for column in range(columns) if column not in taken]
    return sorted([*row, *blanks], key=lambda cell: cell.column)


def width(cell: Cell, sizes: Sizes) -> int:
    return sum(sizes.columns[cell.column : cell.column + cell.columns])


def least_height(row: list[Cell]) -> int:
    return _LEASTS.get(row[0].role, _LEAST)


def lines(cell: Cell, sizes: Sizes) -> int:
    return _lines_in(cell.text, cell.role, cell.column, cell.columns, sizes)


@lru_cache(maxsize=8192)
def _lines_in(text: str, role: Role, column: int, columns: int, sizes: Sizes) -> int:
    return line_count(text, _room(Cell("", 0, column, columns=columns, role=role), sizes))


def sides(cell: Cell, sizes: Sizes) -> tuple[int, int]:
    """The margins left and right; those of a long centred text grow until its lines are of one length."""
    narrow = _sides(cell, sizes)
    if cell.role in _NOT_CENTRED:
        return narrow
    room = _room(cell, sizes)
    even = max(even_room(line, room) for line in paragraphs(cell.text))
    if even == room:
        return narrow
    # A third of a character is left over: for the digits of a face that are wider than half a character.
    half = (width(cell, sizes) - even * _size(cell, sizes) // 2 - _size(cell, sizes) // 3) // 2
    return max(half, narrow[0]), max(half, narrow[1])


def height(grid: Grid, sizes: Sizes) -> int:
    """What the form takes of a page."""
    return sum(heights(grid, sizes))


def heights(grid: Grid, sizes: Sizes) -> list[int]:
    """What each row takes: a merged cell lends its last row what its text needs beyond its rows."""
    high = [_LEAST] * grid.rows  # the least heights include the line of the border
    merged = []
    for cell in grid.cells:
        if cell.rows > 1:
            merged.append(cell)
            continue
        if cell.role in _LEASTS:
            high[cell.row] = _LEASTS[cell.role]
        high[cell.row] = max(high[cell.row], _text_height(cell, sizes))
    for cell in sorted(merged, key=lambda cell: cell.rows):
        end = cell.row + cell.rows
        high[end - 1] += max(0, _text_height(cell, sizes) - sum(high[cell.row : end]))
    return high


def _text_height(cell: Cell, sizes: Sizes) -> int:
    line = sizes.title_line if cell.role == "title" else sizes.line
    return lines(cell, sizes) * line + 2 * PAD + _BORDER


def _room(cell: Cell, sizes: Sizes) -> int:
    """The half-widths that stand on a line."""
    return 2 * (width(cell, sizes) - sum(_sides(cell, sizes))) // _size(cell, sizes)


def _size(cell: Cell, sizes: Sizes) -> int:
    return sizes.title if cell.role == "title" else sizes.text


def _sides(cell: Cell, sizes: Sizes) -> tuple[int, int]:
    own = {"goals": sizes.goals_sides, "name": sizes.name_sides}
    return own.get(cell.role, sizes.sides)
