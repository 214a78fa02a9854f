"""Split the text of a goals cell at its numbered markers (目标1：…目标2：…)."""

from __future__ import annotations

import re
from typing import Final

from perftarget.text.chinese_numerals import chinese_number
from perftarget.text.normalize import fold

_MARKER: Final = re.compile(
    r"目标\s*([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})\s*(?:[：:、]|[.．](?!\s*[0-9０-９]))\s*"
)
_FIRST_WITHOUT_WORD: Final = re.compile(r"\s*[1１一]\s*(?:[：:、]|[.．](?!\s*[0-9０-９]))")
_SENTENCE_ENDS: Final = frozenset("。；;！!\n\r\t \u3000")


def is_goal_marker(text: str) -> bool:
    """Return True if the text starts with a marker (目标1：, but not 目标1.2万人)."""
    return bool(_MARKER.match(text))


def split_goals(text: str) -> list[str] | None:
    """Return the items of a numbered text without their markers, or None if the text is not numbered.

    A marker is recognized only at the start of the text, a line or a sentence, and only in sequence from 1, so that a
    number inside a sentence is not mistaken for a marker (新增就业目标1.2万人). The first marker may lack 目标
    (1：…目标2：…); its number then stays in the item.
    """
    markers: list[tuple[int, int]] = []
    first = 2 if _FIRST_WITHOUT_WORD.match(text) else 1
    for match in _MARKER.finditer(text):
        before = text[: match.start()]
        if (not before or before[-1] in _SENTENCE_ENDS) and _ordinal(match[1]) == len(markers) + first:
            markers.append(match.span())
    if not markers:
        return None
    item_ends = [start for start, _ in markers[1:]] + [len(text)]
    items = (text[start:end] for (_, start), end in zip(markers, item_ends, strict=True))
    parts = [text[: markers[0][0]], *items]
    return [part.strip() for part in parts if part.strip()] or None


def _ordinal(numeral: str) -> int:
    """Return the number of a marker, or 0 if the numeral is malformed (一十一, 二二)."""
    digits = fold(numeral)
    return int(digits) if digits.isdigit() else int(chinese_number(numeral) or 0)
