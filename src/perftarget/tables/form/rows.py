"""Rows of a flow of grids, and the positions where forms start."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from perftarget.formats.grid import Cell, Grid
from perftarget.tables.form.words import Words, is_heading
from perftarget.tables.model import FIELD_NAMES

_NAME: Final = next(iter(FIELD_NAMES))
_MIN_FIELDS: Final = 2
"""Fields of the form in two rows that mark the start of a form without 项目名称."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that start in one row of the grid with index `grid` in the flow."""

    cells: tuple[Cell, ...]
    grid: int

    @property
    def filled(self) -> list[Cell]:
        """The cells that are not blank."""
        return [cell for cell in self.cells if cell.text]

    @property
    def number(self) -> int:
        """The index of the row in its grid."""
        return self.cells[0].row


def flow_rows(flow: Iterable[Grid]) -> list[Row]:
    """Return the rows of all grids of a flow."""
    return [
        Row(tuple(cells), index)
        for index, grid in enumerate(flow)
        for _, cells in groupby(grid.cells, key=lambda cell: cell.row)
    ]


def split_forms(rows: Sequence[Row], words: Words) -> tuple[list[list[Row]], list[Row]]:
    """Return the rows of each form, including its title lines, and the rows before the first form."""
    tops: list[int] = []
    for start in _form_starts(rows, words):
        top = start
        while top > (tops[-1] if tops else 0) and _is_title_row(rows[top - 1], words):
            top -= 1
        tops.append(top)
    ends = [*tops[1:], len(rows)]
    return [list(rows[top:end]) for top, end in zip(tops, ends, strict=False)], list(rows[: tops[0] if tops else None])


def _is_title_row(row: Row, words: Words) -> bool:
    """Return True for a row that can be above the fields: a title, 单位：万元, 填报单位：甲, or 一、基本信息."""
    cells = row.filled
    return bool(cells) and all(
        is_heading(cell.text) or bool(words.inline_field(cell)[0]) or words.is_group(cell) for cell in cells
    )


def _form_starts(rows: Sequence[Row], words: Words) -> Iterator[int]:
    """Yield the index of the first field of each form.

    A form starts at 项目名称; without it, at the first other field after indicators, or at the heads of its indicators.
    """
    headed, names = [is_head_row(row, words) for row in rows], [_project_name(row, words) for row in rows]
    follows = _heads_follow(headed, names)
    current_name, started, heads_seen = "", False, True
    for index, row in enumerate(rows):
        name = names[index]
        if headed[index]:
            if not started:
                yield index
                started = True
            heads_seen = True
        elif name is not None:
            if started and name == current_name and (not heads_seen or _is_continued(rows, index)):
                heads_seen = False
            elif follows[index] or not _is_single_cell(row):
                yield index
                current_name, started, heads_seen = name, True, False
        elif heads_seen and follows[index] and _is_first_row(rows, index, words):
            yield index
            current_name, started, heads_seen = "", True, False


def _project_name(row: Row, words: Words) -> str | None:
    """Return the name in a row with the field 项目名称, or None for another row."""
    filled = row.filled
    if not filled or row.cells[0].column > 0:  # beside a tier label it is the name of an indicator
        return None
    label, text = words.inline_field(filled[0])
    if label == _NAME:
        return text
    for cell in filled[:2]:  # the first cell may be a caption over several rows, such as 基本信息
        if words.field_label(cell) == _NAME:
            return next((other.text for other in row.cells if other.column > cell.column), "")
        if not words.is_group(cell):
            break
    return None


def _is_continued(rows: Sequence[Row], index: int) -> bool:
    """Return True if the row above is a title with （续）, after which the fields are repeated."""
    above = rows[index - 1].filled if index else []
    return any("续" in cell.text and is_heading(cell.text) for cell in above)


def _is_single_cell(row: Row) -> bool:
    """Return True if the row has one cell, as a line of text has."""
    return len(row.cells) == 1


def _heads_follow(headed: Sequence[bool], names: Sequence[str | None]) -> list[bool]:
    """Return, for each row, True if heads of indicators follow before the next 项目名称.

    Only then can a line of text 项目名称：甲 start a form.
    """
    follows, after = [], False
    for is_headed, name in zip(reversed(headed), reversed(names), strict=True):
        follows.append(after)
        after = is_headed or (after and name is None)
    return follows[::-1]


def _is_first_row(rows: Sequence[Row], index: int, words: Words) -> bool:
    """Return True if the row starts with a field of the form, and it and the next row have at least two of them."""
    cells = [cell for row in rows[index : index + 2] for cell in row.filled]
    first = rows[index].filled
    fields = [cell for cell in cells if words.field_label(cell) in FIELD_NAMES]
    return bool(first) and words.field_label(first[0]) in FIELD_NAMES and len(fields) >= _MIN_FIELDS


def is_head_row(row: Row, words: Words) -> bool:
    """Return True if the row contains heads of the indicator columns, at least for name and value."""
    return {"name", "value"} <= {words.head_role(cell) for cell in row.filled}
