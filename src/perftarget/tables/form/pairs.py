"""Find the value of a caption in its row."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.tables.form.words import Words
from perftarget.tables.keys import AMOUNT

_AMOUNT_LINE: Final = re.compile(r"\s*([^：:]{2,20})[：:]\s*([0-9０-９.．,，]*(?:元|万元|亿元)?)\s*")


@dataclass(frozen=True, slots=True)
class Pair:
    """A caption with its value; `is_positional` if blank cells stand between them that are not blank everywhere."""

    caption: Cell
    value: Cell
    is_positional: bool = False


def value_of(
    caption: Cell, cells: Sequence[Cell], words: Words, blank_columns: Collection[int]
) -> tuple[Pair | None, int]:
    """Return the caption with its value among the cells to its right, and how many of these were used.

    Without merged cells, blank cells can stand between both. The value is then the next text, unless that is the
    caption of another field or of an unknown one, which has its own value beside it.
    """
    blanks = next((index for index, cell in enumerate(cells) if cell.text), len(cells))
    is_known = words.is_caption(caption)
    if blanks < len(cells) and _is_value(cells[blanks], caption, words):
        value = cells[blanks]
        if not blanks:
            return Pair(caption, value), 1
        is_spaced = all(cell.column in blank_columns for cell in cells[:blanks])
        after = cells[blanks + 1 : blanks + 2]
        has_value = bool(after) and bool(after[0].text) and not words.is_caption(after[0])
        if not has_value and (is_spaced or is_known):
            return Pair(caption, value, not is_spaced), blanks + 1
    if blanks:
        return Pair(caption, cells[0]), blanks
    if is_known:
        return Pair(caption, Cell("", caption.row, caption.column, label=caption.label)), 0
    return None, 0


def _is_value(cell: Cell, caption: Cell, words: Words) -> bool:
    """Return True if the cell can be the value of the caption beside it.

    Beside a caption of the form, text such as 年度目标：造林3万亩 is the value, although elsewhere it would be an
    inline field. The exception are the parts of an amount (其中：财政拨款：80), which are read separately.
    """
    if amount_lines(cell.text):
        return True
    if not words.is_caption(cell) and not words.inline_field(cell)[0] and not words.inline_source(cell)[0]:
        return True
    found = words.field_of(caption.text)
    return bool(found) and found is not None and found[0] != AMOUNT and not words.is_caption(cell)


def amount_lines(text: str) -> list[tuple[str, str]]:
    """Return the captions and amounts of a text of lines such as 资金总额：30, or [] if it has other lines."""
    lines = [_AMOUNT_LINE.fullmatch(line) for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or not all(lines):
        return []
    return [(match[1], match[2]) for match in lines if match]
