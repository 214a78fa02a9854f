"""Split the text of a goals cell at its numbered markers (目标1：…目标2：…)."""

from __future__ import annotations

import re
from typing import Final

from perftarget.text.chinese_numerals import chinese_number
from perftarget.text.normalize import fold

_MARKER: Final = re.compile(
    r"目标\s*([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})\s*(?:[：:、]|[.．](?!\s*[0-9０-９]))\s*"
)
_BARE_ONE: Final = re.compile(r"\s*[1１一]\s*(?:[：:、]|[.．](?!\s*[0-9０-９]))")
_ENDS_A_PIECE: Final = frozenset("。；;！!\n\r\t \u3000")


def is_goal_marker(text: str) -> bool:
    """Return True where the text begins with a marker: 目标1：, not 目标1.2万人."""
    return bool(_MARKER.match(text))


def split_goals(text: str) -> list[str] | None:
    """Return the items of a numbered text without their markers, or None where it is not numbered.

    A marker counts only at the start of a piece (of the text, a line or a sentence), and only in sequence from 1, so
    that a number inside a sentence is never taken for one: 新增就业目标1.2万人 stays as it is. The first may have lost
    its word (1：…目标2：…); its number then stays in the item.
    """
    starts: list[tuple[int, int]] = []
    first = 2 if _BARE_ONE.match(text) else 1
    for found in _MARKER.finditer(text):
        before = text[: found.start()]
        if (not before or before[-1] in _ENDS_A_PIECE) and _ordinal(found[1]) == len(starts) + first:
            starts.append(found.span())
    if not starts:
        return None
    ends = [start for start, _ in starts[1:]] + [len(text)]
    parts = [text[: starts[0][0]], *(text[end:next_] for (_, end), next_ in zip(starts, ends, strict=True))]
    return [part.strip() for part in parts if part.strip()] or None


def _ordinal(written: str) -> int:
    """Return the number of a marker; 0 for a numeral that is not well formed (一十一, 二二)."""
    digits = fold(written)
    return int(digits) if digits.isdigit() else int(chinese_number(written) or 0)
