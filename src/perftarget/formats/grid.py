"""Grids: tables of cells with spans, as in Word, Excel and HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from perftarget.text.source import Loc, Problem

Role = Literal["title", "unit", "caption", "value", "other", "goals", "head", "tier", "name", "target", ""]
"""Role of a cell on the form, by which a writer styles it.

The roles are the title of the table, the line 单位：万元, the caption of a field, the value of a field of the form, the
value of another field, the goals or other long text, the head of a column, the label of a first or second tier, the
name of an indicator, and its target value. The role is empty in a grid that was read from a file.
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """Cell of a grid.

    `row` and `column` are the 0-based position of its upper left corner, `rows` and `columns` its span. `text` is the
    text as read, with paragraphs separated by line feeds. `label` is the position in the source file for the user
    (表1 第6行 第4列), and `anchor` is the same for the program, in a format defined by the reader. `at` is the path in
    the data of the table that a cell of its form shows. `nested` are the tables inside the cell, whose text is not part
    of `text`.
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    role: Role = ""
    label: str = ""
    anchor: str = ""
    at: Loc | None = None
    nested: tuple[Grid, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells in reading order (by row, then by column) on a raster of `rows` × `columns`."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int


def full_text(cell: Cell) -> str:
    """Return the text of a cell, followed by a line for each row of the tables inside it."""
    if not cell.nested:
        return cell.text
    return "\n".join(filter(None, (cell.text, *(text for grid in cell.nested for text in _row_texts(grid)))))


def _row_texts(grid: Grid) -> Iterator[str]:
    """Yield the text of each row, with its cells separated by spaces."""
    for _, cells in groupby(grid.cells, key=lambda cell: cell.row):
        yield " ".join(filter(None, map(full_text, cells)))


@dataclass(frozen=True, slots=True)
class GridDocument:
    """Result of reading a file.

    `flows` are the units that a form does not cross, such as the sheets of a workbook. Each flow is a sequence of grids
    in reading order, and a form may continue from one grid to the next. A line outside of a table is a grid of one
    cell. `notes` are messages to the author about content that was not read as shown, each with its place.
    """

    flows: tuple[tuple[Grid, ...], ...]
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """Comment for a cell of a source file; `anchor` is the anchor of the cell."""

    anchor: str
    text: str
