"""Repairs of dates that do not exist or have lost their separators: 2025年11月31日前, 20251130, 2025年1130日前."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import Final

from perftarget.values.faults import Repair

_YEAR: Final = "(?:19|20)[0-9]{2}"
_WRITTEN: Final = re.compile(
    r"(?:(?<![0-9])([0-9]{4})\s*年\s*)?(?<![0-9])([0-9]{1,2})\s*月(?:\s*([0-9]{1,2})\s*[日号])?"
)
_DOTTED: Final = re.compile(rf"(?<![0-9])({_YEAR})([-./])([0-9]{{1,2}})(?:\2([0-9]{{1,2}}))?(?![0-9])")
_JOINED: Final = re.compile(
    rf"(?<![0-9])({_YEAR})(\s*[年./-]?\s*)([0-9]{{1,2}}?)(\s*[月日./-]?\s*)([0-9]{{1,2}})\s*[日号]?(?!\s*[0-9月年./-])"
)
_SPACED: Final = re.compile(rf"(?<![0-9])({_YEAR})[年\s]\s*([0-9]{{1,2}})[月\s]\s*([0-9]{{1,2}})\s*[日号]?(?![0-9])")
_YEAR_MONTH: Final = re.compile(rf"(?<![0-9])({_YEAR})[.]?([01]?[0-9])(?=月|[底末]|之?前)")
_MONTH_DAY: Final = re.compile(r"(?<![0-9年])([0-9]{1,2})月([0-9]{1,2})(?=之?前|底|止|$)")
_LONG_YEAR: Final = re.compile("(?<![0-9])([0-9]{1,3}|[0-9]{5,6})年(?=[0-9]{1,2}月)")
_OTHER_YEAR: Final = re.compile("(?<![0-9])(?!19|20)([0-9]{4})年")
_WRONG_WORD: Final = re.compile(rf"(?<![0-9])({_YEAR})[月日](?=[0-9]{{1,2}}月)")
_LOST_DOTS: Final = re.compile(rf"(?:{_YEAR}[0-9]{{1,2}})(?:[-~—]+|至|到)(?:{_YEAR}[0-9]{{1,2}})")
_SHORT_YEAR: Final = re.compile("(?<![0-9OoIl])([0-9]{2})年(?=[0-9]{1,2}月)")
_BLANK: Final = re.compile(r"(?:[0-9]{2,4})?\s*年[_\s]*月(?:[_\s]*日)?[底末前内止]*|[_\s]*月[_\s]*日[前内止]?")
_BARE: Final = re.compile(rf"({_YEAR})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])?")


def bare_date(text: str, *, is_time: bool) -> Repair | None:
    """Return 20251130 as a date; 202511 only if the indicator is a time."""
    match = _BARE.fullmatch(text.strip())
    if match is None or (not match[3] and not is_time):
        return None
    year, month = int(match[1]), int(match[2])
    start = len(text) - len(text.lstrip())
    span = (start, start + len(match[0]))
    if not match[3]:
        return Repair("garbled-date", *span, f"{year}年{month}月")
    last = monthrange(year, month)[1]
    return Repair("garbled-date", *span, f"{year}年{month}月{min(int(match[3]), last)}日")


def is_blank_date(text: str) -> bool:
    """Return True for a date of the form that was never filled in: 2025年 月 日前."""
    return _BLANK.fullmatch(text.strip()) is not None


def repair_dates(text: str) -> Iterator[Repair]:
    """Yield the repairs of the dates in a text."""
    yield from _impossible(text)
    yield from _garbled(text)


def _impossible(text: str) -> Iterator[Repair]:
    """2025年11月31日前, 2025.13.1."""
    for pattern, year, month, day in ((_WRITTEN, 1, 2, 3), (_DOTTED, 1, 3, 4)):
        for match in pattern.finditer(text):
            for group, meant in _nearest_parts(match[year], match[month], match[day]):
                start, end = match.span(month if group == "month" else day)
                yield Repair("impossible-date", start, end, f"{text[:start]}{meant}{text[end:]}")


def _nearest_parts(year: str | None, month: str, day: str | None) -> Iterator[tuple[str, int]]:
    """Yield what a month over 12, or a day that the month does not have, may stand for."""
    if not 1 <= int(month) <= 12:
        for meant in _nearest_months(int(month)):
            yield "month", meant
    elif day is not None:
        last = monthrange(int(year or 0) or 2000, int(month))[1]
        if not 1 <= int(day) <= last:
            yield "day", last if int(day) else 1


def _nearest_months(month: int) -> list[int]:
    """Return the months that 13 may stand for: 12, and those with one digit less."""
    digits = {int(digit) for digit in str(month)} - {0}
    return list(dict.fromkeys(([12] if month > 12 else [1]) + sorted(digits)))


def _garbled(text: str) -> Iterator[Repair]:
    """20251130, 2025年1130日前, 2025年11月30前, 2025 11 30, 20255年11月, 2025月11月30日."""
    for pattern in (_JOINED, _SPACED):
        for match in pattern.finditer(text):
            year, (month, day) = match[1], (match[3], match[5]) if pattern is _JOINED else (match[2], match[3])
            for meant in _splits(month, day):
                date = "{}年{}月{}日".format(year, *meant)
                reading = f"{text[: match.start()]}{date}{text[match.end() :]}"
                if reading != text:
                    yield Repair("garbled-date", *match.span(), reading)
    for pattern, replacement in _SIMPLE:
        for match in pattern.finditer(text):
            reading = text[: match.start()] + match.expand(replacement) + text[match.end() :]
            yield Repair("garbled-date", *match.span(), reading)
    for match in _LONG_YEAR.finditer(text):
        for year in _nearest_years(match[1]):
            yield Repair("garbled-date", *match.span(1), f"{text[: match.start(1)]}{year}{text[match.end(1) :]}")
    if _LOST_DOTS.fullmatch(text.strip()) or _OTHER_YEAR.search(text) or _LONG_YEAR.search(text):
        yield Repair("garbled-date", 0, len(text), "")


_SIMPLE: Final = (
    (_SHORT_YEAR, r"20\1年"),
    (_YEAR_MONTH, r"\1年\2"),
    (_MONTH_DAY, r"\1月\2日"),
    (_WRONG_WORD, r"\1年"),
    (re.compile(rf"({_YEAR}年[0-9]{{1,2}})日(?=[0-9]{{1,2}}日)"), r"\1月"),
    (re.compile(rf"({_YEAR}年[0-9]{{1,2}}月)\s*[日号](?=之?前|底|止|$)"), r"\1"),
    (re.compile(rf"({_YEAR}年[0-9]{{1,2}}月[0-9]{{1,2}})(?=之?前|止|底|完成|$)"), r"\1日"),
)


def _splits(month: str, day: str) -> Iterator[tuple[int, int]]:
    """Yield the month and day that digits may stand for: 1130 → 11, 30; 111 → 1, 11 and 11, 1."""
    digits = month + day
    for end in (2, 1) if len(digits) > 2 else (len(month),):
        first, last = int(digits[:end]), digits[end:]
        if last and len(last) <= 2 and 1 <= first <= 12 and 1 <= int(last) <= monthrange(2000, first)[1]:
            yield first, int(last)


def _nearest_years(digits: str) -> list[str]:
    """Return the years that a number with a digit too many may stand for: 20255 → 2025."""
    shorter = (digits[:index] + digits[index + 1 :] for index in range(len(digits)))
    return sorted({year for year in shorter if len(year) == 4 and year.startswith("20")})
