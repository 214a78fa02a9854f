"""Formatting of dates and times as Excel shows them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from perftarget.formats.xlsx.read_codes import Section

_LEAP_BUG: Final = 60
"""Serial number of 29 February 1900, which exists only in Excel."""
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel has no time zones
_EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001
_END: Final = 2958466 * 86400
_END_1904: Final = _END - 1462 * 86400
"""Seconds from the epoch to the year 10000, in each of the two date systems."""
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CHINESE_WEEKDAYS: Final = "一二三四五六日"


def format_date(value: Decimal, section: Section, *, from_1904: bool) -> str:
    """Return a serial number as a date or time, or "" if Excel does not show a date for it."""
    letters = "".join(token.text for token in section.tokens if token.kind == "date")
    seconds = int((value * 86400).to_integral_value(ROUND_HALF_UP))
    if "." in letters or not 0 <= seconds < (_END_1904 if from_1904 else _END):
        return ""
    if not from_1904 and value < 1 and set(letters) & set("yeda"):
        return ""  # a formula that refers to a blank cell
    start = _EPOCH_1904 if from_1904 else _EPOCH if value >= _LEAP_BUG else _EPOCH + timedelta(days=1)
    return "".join(_format_tokens(section, start + timedelta(seconds=seconds), seconds)).strip()


def _format_tokens(section: Section, moment: datetime, seconds: int) -> list[str]:
    """Return the text of each token."""
    half_day = section.has("half")
    texts = []
    for index, token in enumerate(section.tokens):
        if token.kind == "half":
            names = ("上午", "下午") if token.text.startswith("上") else ("AM", "PM")
            texts.append(names[moment.hour >= 12])
        elif token.kind == "date":
            minutes = token.text.startswith(("m", "[m")) and _is_minute(index, section)
            texts.append(_format_part(token.text, moment, seconds, half_day=half_day, minutes=minutes))
        else:
            texts.append(token.text)
    return texts


def _is_minute(index: int, section: Section) -> bool:
    """Return True if the token m at `index` is a minute, after an hour or before a second, and not a month."""
    dates = [(place, token.text.strip("[]")) for place, token in enumerate(section.tokens) if token.kind == "date"]
    position = next(number for number, (place, _) in enumerate(dates) if place == index)
    after_hour = position > 0 and dates[position - 1][1].startswith("h")
    return after_hour or (position + 1 < len(dates) and dates[position + 1][1].startswith("s"))


def _format_part(token: str, moment: datetime, seconds: int, *, half_day: bool, minutes: bool) -> str:
    """Return the text of a date token; `half_day` is True for a 12-hour clock, `minutes` if m is a minute."""
    letter, count = token.strip("[]")[0], len(token.strip("[]"))
    if token.startswith("["):
        return str(seconds // {"h": 3600, "m": 60, "s": 1}[letter]).rjust(count, "0")
    if letter in {"y", "e"}:
        return f"{moment.year:04}" if count > 2 or letter == "e" else f"{moment.year % 100:02}"
    if letter == "m" and not minutes and count > 2:
        return _MONTHS[moment.month - 1][: 3 if count == 3 else 1 if count == 5 else None]
    if letter == "d" and count > 2:
        return _WEEKDAYS[moment.weekday()][: 3 if count == 3 else None]
    if letter == "a":
        return ("周" if count == 3 else "星期") + _CHINESE_WEEKDAYS[moment.weekday()]
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    number = {"m": moment.minute if minutes else moment.month, "d": moment.day, "h": hour, "s": moment.second}[letter]
    return f"{number:02}" if count > 1 else str(number)
