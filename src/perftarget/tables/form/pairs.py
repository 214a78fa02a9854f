"""Find the value of a caption in its row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.tables.form.words import Words, has_digit, is_number
from perftarget.tables.keys import AMOUNT

_AMOUNT_LINE: Final = re.compile(r"\s*(?:其中[：:]?)?([^：:]{2,20})[：:]\s*([0-9０-９.．,，]*(?:元|万元|亿元)?)\s*")


@dataclass(frozen=True, slots=True)
class Pair:
    """A caption with its value; `is_positional` if blank cells stand between them that are not blank everywhere."""

    caption: Cell
    value: Cell
    is_positional: bool = False


def pair_at(row: Sequence[Cell], index: int, words: Words, *, spaced: bool) -> tuple[Pair | None, int]:
    """Return the caption at the index with its value, if it has one, and the index of the next caption.

    Without merged cells, blank cells can stand between a caption and its value: `spaced` tells that they do in this
    form. The only text between a caption and the next is its value, wherever it stands.
    """
    caption = row[index]
    end = next((at for at in range(index + 1, len(row)) if _is_next(row, at, words)), len(row))
    texts = [at for at in range(index + 1, end) if row[at].text]
    if index + 1 < end and not row[index + 1].text and row[index + 1].columns > 1:
        texts = []  # merged cells without text are a blank value, and no space before one
    position = _value_position(index, texts, end, spaced=spaced, is_known=words.is_caption(caption))
    if position is None:
        return None, index + 1
    is_near = position == index + 1 or spaced or len(texts) <= 1
    return Pair(caption, row[position], not is_near), position + 1


def best_style(row: Sequence[Cell], words: Words, *, spaced: bool) -> bool:
    """Return whether blank cells stand between the captions and the values of a row.

    It is the reading that leaves no text without a partner; if both do, that of the form.
    """
    alone = {style: _alone(row, words, spaced=style) for style in (spaced, not spaced)}
    return min(alone, key=lambda style: alone[style])


def _alone(row: Sequence[Cell], words: Words, *, spaced: bool) -> int:
    """Return the number of texts in a row that are neither the caption nor the value of a pair."""
    index = paired = 0
    while index < len(row):
        pair, following = pair_at(row, index, words, spaced=spaced) if row[index].text else (None, index + 1)
        if pair:
            paired += 2 if pair.value.text else 1
        index = following
    return sum(bool(cell.text) for cell in row) - paired


def _value_position(index: int, texts: list[int], end: int, *, spaced: bool, is_known: bool) -> int | None:
    """Return the position of the value of the caption at `index`, or None if it has none."""
    if index + 1 >= end:
        return None
    is_adjacent = bool(texts) and texts[0] == index + 1
    if not texts or is_adjacent:
        return index + 1
    if len(texts) == 1 or spaced:
        return texts[0]
    return texts[0] if is_known and texts[1] > texts[0] + 1 else index + 1


def _is_next(row: Sequence[Cell], index: int, words: Words) -> bool:
    """Return True if the cell at the index is the caption of a further field rather than a value."""
    cell = row[index]
    before = next((row[at] for at in range(index - 1, -1, -1) if row[at].text), None)
    if words.is_caption(cell):
        found = words.field_of(cell.text)
        if found or words.is_group(cell) or words.is_other_amount(cell):
            return True
        after = row[index + 1 : index + 2]  # a funding source has an amount beside it; elsewhere it is a value
        return bool(after) and (is_number(after[0].text) or (not after[0].text and _is_amount(before, words)))
    if not words.inline_field(cell)[0] and not words.inline_source(cell)[0]:
        return False
    found = words.field_of(before.text) if before else None
    return not amount_lines(cell.text) and (not found or found[0] == AMOUNT)


def _is_amount(cell: Cell | None, words: Words) -> bool:
    """Return True if the cell is a number or the caption of an amount, after which a funding source can follow."""
    if cell is None or is_number(cell.text):
        return True
    found = words.field_of(cell.text)
    return bool(words.source_name(cell)) or (found is not None and found[0] == AMOUNT)


def is_spaced(row: Sequence[Cell], words: Words) -> bool | None:
    """Return True if blank cells stand between the captions of a row and their values, or None if it does not tell."""
    known = [index for index, cell in enumerate(row) if words.field_of(cell.text) and index + 1 < len(row)]
    beside = [row[index + 1] for index in known]
    if any(cell.text and not words.is_caption(cell) for cell in beside):
        return False
    spaced = [
        index
        for index in known
        if not row[index + 1].text
        and any(cell.text for cell in row[index + 2 :])
        and not words.is_caption(next(cell for cell in row[index + 2 :] if cell.text))
    ]
    return True if spaced else None


def amount_lines(text: str) -> list[tuple[str, str]]:
    """Return the captions and amounts of a text of lines such as 资金总额：30, or [] if it has other lines.

    The first line may be an amount without a caption.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    first = [("", lines[0])] if lines and is_number(lines[0]) and has_digit(lines[0]) else []
    matches = [_AMOUNT_LINE.fullmatch(line) for line in lines[len(first) :]]
    if len(lines) < 2 or not all(matches):
        return []
    return first + [(match[1], match[2]) for match in matches if match]
