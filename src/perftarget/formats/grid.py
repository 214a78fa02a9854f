"""A table of cells with spans, as Word, Excel and HTML have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from perftarget.text.source import Loc, Problem

Role = Literal["title", "unit", "caption", "value", "goals", "head", "tier", "name", "target", ""]
"""What a cell is on the form, so that a writer can style it: the table's title, the line 单位：万元, the caption
of a field, a field's value, the goals, the head of a column, a first- or second-tier label, an indicator's name,
its target value; empty where a reader does not know."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `row` and `column` are the 0-based place of its upper left corner, `rows` and `columns` its span.

    `text` is as read, its paragraphs separated by a line feed. `label` tells a person where the cell stands
    in the file that it came from (表1 第6行 第4列); `anchor` tells a program, in a way of the reader's own. `at` is
    the place in a table's data that a cell of its form shows.
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


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells in reading order (by row, then by column) on a raster of `rows` × `columns`."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class GridDocument:
    """What a reader made of a file.

    `flows` are what no form reaches across, such as the sheets of a workbook; each is its grids in reading order,
    and a form may go on from one to the next. A line outside of a table is a grid of one cell. `notes` are sentences
    for the author about what could not be read as it was meant, each with its place.
    """

    flows: tuple[tuple[Grid, ...], ...]
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """What is to be said at a cell of the file that it came from; `anchor` is that of the cell."""

    anchor: str
    text: str
