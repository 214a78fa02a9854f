"""TODO."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {
    char: value
    for value, chars in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}


_TENS = {"十": 10, "百": 100, "千": 1000}


NUMERALS = "零〇一二两三四五六七八九十百千万亿点"


def chinese_number(text: str) -> Decimal | None:
    """十二 → 12, 三点五 → 3.5; None for what is no well-formed numeral (百, 一二, 二百五)."""
    whole, point, fraction = text.partition("点")
    number = _chinese_integer(whole)
    if number is None or not point:
        return None if number is None else Decimal(number)
    if not fraction or any(char not in _DIGITS for char in fraction):
        return None
    return Decimal(f"{number}." + "".join(str(_DIGITS[char]) for char in fraction))


def _chinese_integer(text: str) -> int | None:
    """Whole and below 亿 by sections of 万, as the numeral is spoken."""
    upper, big, lower = text.rpartition("亿")
    if big:
        return None if "亿" in upper else _joined(_chinese_integer(upper), lower, 10**8)
    upper, big, lower = text.rpartition("万")
    if big:
        return _joined(_section(upper), lower, 10**4)
    return _section(text)


def _joined(upper: int | None, lower: str, factor: int) -> int | None:
    if not upper:
        return None
    rest = _chinese_integer(lower) if lower else 0
    # 三万五 may be 35 000 or 30 005: not read.
    return None if rest is None or (len(lower) == 1 and lower != "零") else upper * factor + rest


def _section(text: str) -> int | None:
    total, digit, above = 0, None, 10**4
    for char in text:
        if char in _TENS:
            if _TENS[char] >= above or (not digit and (char != "十" or total)):
                return None
            above = _TENS[char]
            total, digit = total + (digit or 1) * above, None
        elif char not in _DIGITS or digit:
            return None
        else:
            digit = _DIGITS[char]
    dangling = above > 10 and total and digit and text[-2] in _TENS
    return None if not text or dangling else total + (digit or 0)
