"""Find the value of a caption in its row."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.tables.form.evidence import Evidence
from perftarget.tables.form.words import Words, has_digit, is_number
from perftarget.tables.keys import AMOUNT

_AMOUNT_LINE: Final = re.compile(r"\s*(?:其中[：:]?)?([^：:]{2,20})[：:]\s*([0-9０-９.．,\uff0c]*(?:元|万元|亿元)?)\s*")


@dataclass(frozen=True, slots=True)
class Pair:
    """A caption with its value; `is_positional` if blank cells stand between them that are not blank everywhere."""

    caption: Cell
    value: Cell
    is_positional: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """The way in which the pairs of a row are written.

    Without merged cells, blank cells can stand between a caption and its value (`is_spaced`). A value can have the
    words of a caption (`takes_captions`).
    """

    is_spaced: bool
    takes_captions: bool = False


class PairFinder:
    """Finder of the captions of one row and their values."""

    def __init__(self, row: Sequence[Cell], words: Words) -> None:
        self.row = row
        self.words = words
        self._texts = [index for index, cell in enumerate(row) if cell.text]

    def after(self, index: int) -> list[Cell]:
        """Return the cells with text after the index."""
        return [self.row[at] for at in self._texts[bisect_right(self._texts, index) :]]

    def pair_at(self, index: int, style: Style) -> tuple[Pair | None, int]:
        """Return the caption at the index with its value, if it has one, and the index of the next caption.

        The only text between a caption and the next is its value, wherever it stands.
        """
        if index + 1 >= len(self.row):
            return None, index + 1
        texts = self._texts_between(index, style)
        beside = self.row[index + 1]
        if not beside.text and (beside.columns > 1 or not texts):
            position = index + 1  # merged cells without text are a blank value, and no space before one
        elif not texts:
            return None, index + 1
        elif texts[0] == index + 1 or len(texts) == 1 or style.is_spaced:
            position = texts[0]
        else:
            is_known = self.words.is_caption(self.row[index])
            position = texts[0] if is_known and texts[1] > texts[0] + 1 else index + 1
        is_near = position == index + 1 or style.is_spaced or len(texts) <= 1
        return Pair(self.row[index], self.row[position], not is_near), position + 1

    def best_style(self, *, spaced: bool) -> Style:
        """Return the style in which the row is read: the one that leaves the fewest texts without a partner.

        Of equals it is that of the form, in which no value is worded like a caption.
        """
        styles = [Style(is_spaced, takes) for takes in (False, True) for is_spaced in (spaced, not spaced)]
        return styles[0] if not self._alone(styles[0]) else min(styles, key=self._alone)

    def _alone(self, style: Style) -> int:
        """Return the number of texts that are neither the caption nor the value of a pair."""
        index = paired = 0
        while index < len(self.row):
            pair, following = self.pair_at(index, style) if self.row[index].text else (None, index + 1)
            if pair:
                paired += 2 if pair.value.text else 1
            index = following
        return len(self._texts) - paired

    def _texts_between(self, index: int, style: Style) -> list[int]:
        """Return the positions of the first two texts between the index and the next caption."""
        start = bisect_right(self._texts, index)
        found: list[int] = []
        for number in range(start, min(start + 2, len(self._texts))):
            is_beside = style.takes_captions and self._texts[number] == index + 1
            if self._is_next(number) and not (is_beside and not _has_amount_inside(self.row[index], self.words)):
                break
            found.append(self._texts[number])
        return found

    def _is_next(self, number: int) -> bool:
        """Return True if the text with that number is the caption of a further field rather than a value."""
        index = self._texts[number]
        cell = self.row[index]
        before = self.row[self._texts[number - 1]] if number else None
        words = self.words
        if words.is_caption(cell):
            if words.field_of(cell.text) or words.is_group(cell) or words.is_other_amount(cell):
                return True
            after = self.row[index + 1 : index + 2]  # a funding source has an amount beside it; elsewhere it is a value
            return bool(after) and (is_number(after[0].text) or (not after[0].text and _is_amount(before, words)))
        if not words.inline_field(cell)[0] and not words.inline_source(cell)[0]:
            return False
        found = words.field_of(before.text) if before else None
        return not amount_lines(cell.text) and (not found or found[0] == AMOUNT)


def _has_amount_inside(cell: Cell, words: Words) -> bool:
    """Return True for the caption of captions, or one of an amount that can have others beside it (项目资金)."""
    found = words.field_of(cell.text)
    return words.is_group(cell) or (found is not None and found[0] == AMOUNT and found[1] < Evidence.EXACT)


def _is_amount(cell: Cell | None, words: Words) -> bool:
    """Return True if the cell is a number or the caption of an amount, after which a funding source can follow."""
    if cell is None or is_number(cell.text):
        return True
    found = words.field_of(cell.text)
    return bool(words.source_name(cell)) or (found is not None and found[0] == AMOUNT)


def is_spaced(row: Sequence[Cell], words: Words) -> bool | None:
    """Return True if blank cells stand between the captions of a row and their values, or None if it does not tell."""
    texts = [index for index, cell in enumerate(row) if cell.text]
    found = False
    for number, index in enumerate(texts[:-1]):
        if not words.field_of(row[index].text) or words.is_caption(row[texts[number + 1]]):
            continue
        if texts[number + 1] == index + 1:
            return False
        found = True
    return True if found else None


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
