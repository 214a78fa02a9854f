"""Find captions that stand above or beside several cells in the head of a form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.tables.form.evidence import Evidence
from perftarget.tables.form.goals import is_goal_marker
from perftarget.tables.form.pairs import amount_lines
from perftarget.tables.form.rows import Row
from perftarget.tables.form.words import Words, has_digit, is_number
from perftarget.tables.keys import AMOUNT, GOALS

_GOAL_CAPTION: Final = re.compile(r"目标(?:描述|内容)?(?:[（(].*[）)])?[：:]?$")
_SENTENCE: Final = re.compile("[，。；]")
_MAX_SUBCAPTION: Final = 25
"""Characters of a caption inside the block of the goals."""


def captions_above(rows: Sequence[Row], words: Words) -> list[tuple[Cell, Cell]]:
    """Return the captions of a row that has only captions, with their values in the row below, or []."""
    if goals := goals_below(rows, words):
        return goals
    captions = [cell for cell in rows[0].cells if not words.is_group(cell)]
    values = [cell for row in rows[1:2] for cell in row.cells if not words.is_group(cell)]
    is_single = len(rows[0].cells) == len(captions) == 1
    if not (len(captions) > 1 or is_single) or not all(cell.text for cell in captions):
        return []
    if [cell.column for cell in values] != [cell.column for cell in captions] or any(
        is_known(cell, words) if is_single else words.is_caption(cell) for cell in values
    ):
        return []
    are_amounts = all(is_number(cell.text) or not cell.text for cell in values) and any(cell.text for cell in values)
    are_captions = not any(is_number(cell.text) for cell in captions)
    is_field = bool(words.field_of(captions[-1].text) or words.is_other_amount(captions[-1]))
    if not is_field and not (len(captions) > 1 and are_amounts and are_captions):
        return []
    return list(zip(captions, values, strict=True))


def goals_below(rows: Sequence[Row], words: Words) -> list[tuple[Cell, Cell]]:
    """Return the captions of goals that are all of a row without merged cells, with the texts below them, or []."""
    if len(rows) < 2 or not rows[0].filled:
        return []
    captions, values = rows[0].filled, rows[1].filled
    is_whole = len(rows[0].cells) == 1 or (len(rows[0].cells) > 2 and all(c.columns == 1 for c in rows[0].cells))
    if not is_whole or [cell.column for cell in captions] != [cell.column for cell in values]:
        return []
    if not all(is_goal_caption(cell.text) for cell in captions) or any(map(words.is_caption, values)):
        return []
    is_inline = [words.field_of(words.inline_field(cell)[0]) for cell in values if not _SENTENCE.search(cell.text)]
    return list(zip(captions, values, strict=True)) if all(f is None or f[0] == GOALS for f in is_inline) else []


def columns_below(rows: Sequence[Row]) -> list[tuple[Cell, Cell]]:
    """Return the captions of a row with the values in the row below, or [] if they are not above each other."""
    if len(rows) < 2 or len(rows[0].filled) < 2:
        return []
    below = {cell.column: cell for cell in rows[1].cells}
    captions = rows[0].filled
    columns = {cell.column for cell in captions}
    if not columns <= below.keys() or any(cell.column not in columns for cell in rows[1].filled):
        return []
    return [(cell, below[cell.column]) for cell in captions]


def is_group_beside(caption: Cell, rest: Sequence[Cell], words: Words) -> bool:
    """Return True for a caption of captions: 资金情况, or 项目资金 if the next cell is the caption 年度资金总额."""
    following = rest[:1]
    if not following:
        return words.is_group(caption)
    if amount_lines(following[0].text):
        return False
    if words.is_group(caption) and len(rest) % 2 == 0 and not is_number(following[0].text):
        return True
    if not is_known(following[0], words) or not _is_beside(caption, following[0], words):
        return False
    found = words.field_of(caption.text)
    is_weak = found is not None and found[1] == Evidence.IMPLIED and found[0] in {AMOUNT, GOALS}
    return is_weak or words.is_group(caption) or (caption.rows > 1 and not (found and found[0] == GOALS))


def has_amount_further_right(caption: Cell, cells: Sequence[Cell], words: Words) -> bool:
    """Return True if a cell without a digit is between the caption of an amount and the amount.

    For example, 总投资 is a second caption in 项目资金｜总投资｜300.
    """
    found = words.field_of(caption.text)
    if not found or found[0] != AMOUNT or len(cells) < 2:
        return False
    between, amount = cells[:2]
    return bool(between.text) and not has_digit(between.text) and has_digit(amount.text) and is_number(amount.text)


def is_known(cell: Cell, words: Words) -> bool:
    """Return True if the cell is a caption, or an inline field or source."""
    if words.is_caption(cell):
        return True
    return bool(words.inline_field(cell)[0] or words.inline_source(cell)[0])


def is_short(text: str) -> bool:
    """Return True if a text can be a caption inside the block of the goals."""
    return len(text) <= _MAX_SUBCAPTION and not _SENTENCE.search(text)


def is_goal_caption(text: str) -> bool:
    """Return True for the caption of one of several goals (长期目标)."""
    return is_short(text) and bool(_GOAL_CAPTION.search(text)) and not is_goal_marker(text)


def side_caption(rows: Sequence[Row], words: Words) -> tuple[Cell | None, list[Row], int]:
    """Return the caption that stands beside several rows, these rows without it, and their number.

    It spans the rows or, without merged cells, has only blank cells below it.
    """
    first = rows[0].filled[0]
    if first is not rows[0].cells[0]:
        return None, [], 0
    if first.rows > 1:
        bottom = first.row + first.rows
        inner = list(takewhile(lambda row: row.grid == rows[0].grid and row.number < bottom, rows))
    else:
        found = words.field_of(first.text)
        if not words.is_group(first) and not (found and found[0] in {AMOUNT, GOALS}):
            return None, [], 0
        inner = [rows[0]]
        for row in rows[1:]:
            head = row.cells[0]
            if row.grid != rows[0].grid or head.column != first.column or head.text or not row.filled:
                break
            inner.append(row)
        if len(inner) < 2:
            return None, [], 0
    parts = [row.without(*(cell for cell in row.cells if cell.column == first.column)) for row in inner]
    return first, [row for row in parts if row.cells], len(inner)


def _is_beside(caption: Cell, following: Cell, words: Words) -> bool:
    """Return True if a known caption beside another is no value of it.

    Beside a caption of the form, text such as 年度目标：造林3万亩 is the value, although elsewhere it would be an
    inline field. The exception are the parts of an amount (其中：财政拨款：80), which are read separately.
    """
    found = words.field_of(caption.text)
    return not found or found[0] == AMOUNT or words.is_caption(following)
