"""Parser for numbers written in Chinese numerals."""

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
    """Return the number that a numeral stands for: 十二 → 12, 三点五 → 3.5.

    None for text that is not a well-formed numeral, such as 百, 一二 or 二百五.
    """
    whole, point, fraction = text.partition("点")
    number = _parse_integer(whole)
    if number is None or not point:
        return None if number is None else Decimal(number)
    if not fraction or any(char not in _DIGITS for char in fraction):
        return None
    return Decimal(f"{number}." + "".join(str(_DIGITS[char]) for char in fraction))


def _parse_integer(text: str) -> int | None:
    """Parse a whole number, split at 亿 and then at 万 into sections below 10 000."""
    upper, separator, lower = text.rpartition("亿")
    if separator:
        return None if "亿" in upper else _combine(_parse_integer(upper), lower, 10**8)
    upper, separator, lower = text.rpartition("万")
    if separator:
        return _combine(_parse_section(upper), lower, 10**4)
    return _parse_section(text)


def _combine(upper: int | None, lower: str, factor: int) -> int | None:
    """Return `upper` × `factor` plus the number in `lower`."""
    if not upper:
        return None
    rest = _parse_integer(lower) if lower else 0
    # 三万五 is ambiguous (35 000 or 30 005) and therefore rejected.
    return None if rest is None or (len(lower) == 1 and lower != "零") else upper * factor + rest


def _parse_section(text: str) -> int | None:
    """Parse a number below 10 000, with 千, 百 and 十 in descending order."""
    total, digit, last_power = 0, None, 10**4
    for char in text:
        if char in _TENS:
            if _TENS[char] >= last_power or (not digit and (char != "十" or total)):
                return None
            last_power = _TENS[char]
            total, digit = total + (digit or 1) * last_power, None
        elif char not in _DIGITS or digit:
            return None
        else:
            digit = _DIGITS[char]
    # 二百五 is ambiguous (250 or 205).
    ambiguous = last_power > 10 and total and digit and text[-2] in _TENS
    return None if not text or ambiguous else total + (digit or 0)
