"""Numbers and dates as Excel shows them, by the format of their cell."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

GENERAL: Final = "General"
_DATE: Final = 'yyyy"年"m"月"d"日"'
BUILT_IN: Final = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    49: "@",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    22: "yyyy/m/d h:mm",
    30: "m/d/yy",
    31: _DATE,
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0",
    42: '"¥"#,##0;"¥"-#,##0',
    43: "#,##0.00;-#,##0.00",
    44: '"¥"#,##0.00;"¥"-#,##0.00',
}
"""The formats that a file names by number only, as a Chinese Excel shows them; the others are General."""

_DIGITS: Final = 15  # as many as Excel keeps; the rest is noise of the binary fraction
_PRECISION: Final = Context(prec=_DIGITS, rounding=ROUND_HALF_UP)
_ROUNDING: Final = Context(prec=60, rounding=ROUND_HALF_UP)
_LARGEST: Final = 30  # digits before the point; beyond, a number is left as it is written
_LAST_DAY: Final = 2958466  # 9999-12-31
_LEAP_BUG: Final = 60  # Excel has a 29th of February 1900
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a calendar without zones
_EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CHINESE_WEEKDAYS: Final = "一二三四五六日"

_TOKEN: Final = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | _(?P<room>.) | \*(?P<fill>.)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式)
    | (?P<half>AM/PM|A/P|上午/下午)
    | (?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+(?![+-])|a{3,4}(?!\w))
    | (?P<scientific>E[+-]?)
    | (?P<digits>[0\#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<text>@) | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_COMPARE: Final = {
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
    "=": Decimal.__eq__,
    "<>": Decimal.__ne__,
}


class _Token(NamedTuple):
    kind: str
    text: str


class _Section(NamedTuple):
    """One of the parts of a format that semicolons make: for positive numbers, negative ones, zero."""

    tokens: tuple[_Token, ...]
    condition: tuple[str, Decimal] | None


def shown(written: str, code: str, *, from_1904: bool = False) -> str:
    """The number as the format shows it; where the format is beyond us, the plain number. Never raises."""
    try:
        value = _PRECISION.create_decimal(written)
    except InvalidOperation:
        return written
    if not value.is_finite() or value.adjusted() > _LARGEST:
        return written
    sections = _sections(code)
    index = _chosen(value, sections)
    section = sections[index]
    kinds = {token.kind for token in section.tokens}
    if "date" in kinds and not kinds & {"scientific"}:
        return _date(value, section.tokens, from_1904=from_1904) or plain(value)
    if not kinds & {"digits", "general", "text"}:
        return "".join(token.text for token in section.tokens if token.kind == "literal") or plain(value)
    absolute = index > 0 and section.condition is None and len(sections) > 1
    return _number(abs(value) if absolute else value, section.tokens)


def plain(value: Decimal) -> str:
    """718, 1367.67: without an exponent and idle zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    """The sections for numbers; a fourth one would be for text."""
    parts: list[list[_Token]] = [[]]
    for found in _TOKEN.finditer(code):
        kind = found.lastgroup or "other"
        if kind == "other" and found["other"] == ";":
            parts.append([])
        else:
            parts[-1].append(_Token(kind, found[kind]))
    return tuple(_section(tokens) for tokens in parts[:3])


def _section(tokens: list[_Token]) -> _Section:
    if "".join(token.text for token in tokens).strip().lower() == "":
        return _Section((_Token("general", ""),), None)
    condition = None
    read = []
    for kind, text in tokens:
        if kind == "bracket":
            if found := _CONDITION.fullmatch(text):
                condition = (found[1], _PRECISION.create_decimal(found[2]))
            elif text.startswith("$"):
                read.append(_Token("literal", text[1:].partition("-")[0]))
            elif re.fullmatch("h+|m+|s+", text, re.IGNORECASE):
                read.append(_Token("date", f"[{text.lower()}]"))
        elif kind in {"quoted", "escaped", "other"}:
            read.append(_Token("literal", text))
        elif kind not in {"room", "fill"}:
            read.append(_Token(kind, text.lower() if kind == "date" else text))
    return _Section(tuple(read), condition)


def _chosen(value: Decimal, sections: tuple[_Section, ...]) -> int:
    if any(section.condition for section in sections):
        for index, section in enumerate(sections):
            if section.condition is None or _COMPARE[section.condition[0]](value, section.condition[1]):
                return index
        return len(sections) - 1
    if value < 0 and len(sections) > 1:
        return 1
    return 2 if value == 0 and len(sections) > 2 else 0


def _number(value: Decimal, tokens: tuple[_Token, ...]) -> str:
    places = [index for index, token in enumerate(tokens) if token.kind == "digits"]
    if not places:
        texts = (plain(value) if token.kind in {"general", "text"} else token.text for token in tokens)
        return "".join(texts).strip()
    first, last = places[0], places[-1]
    inner = tokens[first : last + 1]
    if any(token.kind in {"literal", "scientific", "date"} for token in inner) or _is_fraction(tokens):
        return plain(value)
    trailing = 0
    while last + 1 + trailing < len(tokens) and tokens[last + 1 + trailing].kind == "comma":
        trailing += 1
    value = value * 100 ** sum(token.kind == "percent" for token in tokens) / 1000**trailing
    digits = _digits(abs(value), inner)
    before = "".join(token.text for token in tokens[:first] if token.kind != "comma")
    after = "".join(token.text for token in tokens[last + 1 + trailing :])
    sign = "-" if value < 0 and digits.strip("0.,") else ""
    return f"{sign}{before}{digits}{after}".strip()


def _is_fraction(tokens: tuple[_Token, ...]) -> bool:
    return any(
        token.kind == "literal" and token.text == "/" and before.kind == "digits" for before, token in pairwise(tokens)
    )


def _digits(value: Decimal, tokens: tuple[_Token, ...]) -> str:
    """The digits of a number by their placeholders: 0 always, # where there is one."""
    point = next((index for index, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole = [token.text for token in tokens[:point] if token.kind == "digits"]
    part = [token.text for token in tokens[point:] if token.kind == "digits"]
    rounded = value.quantize(Decimal(1).scaleb(-len(part)), context=_ROUNDING)
    left, _, right = f"{rounded:f}".partition(".")
    while right and part[len(right) - 1] != "0" and right.endswith("0"):
        right = right[:-1]
    left = left.lstrip("0").rjust(whole.count("0"), "0")
    if any(token.kind == "comma" for token in tokens[:point]):
        left = re.sub(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", ",", left)
    return f"{left}.{right}" if right else left


def _date(value: Decimal, tokens: tuple[_Token, ...], *, from_1904: bool) -> str:
    if not 0 <= value < _LAST_DAY:
        return ""
    seconds = int((value * 86400).to_integral_value(ROUND_HALF_UP))
    start = _EPOCH_1904 if from_1904 else _EPOCH if value >= _LEAP_BUG else _EPOCH + timedelta(days=1)
    moment = start + timedelta(seconds=seconds)
    half = any(token.kind == "half" for token in tokens)
    texts = []
    for index, token in enumerate(tokens):
        if token.kind == "half":
            names = ("上午", "下午") if token.text.startswith("上") else ("AM", "PM")
            texts.append(names[moment.hour >= 12])
        elif token.kind == "date":
            minutes = token.text.startswith(("m", "[m")) and _is_minute(index, tokens)
            texts.append(_part(token.text, moment, seconds, half=half, minutes=minutes))
        else:
            texts.append(token.text)
    return "".join(texts).strip()


def _is_minute(index: int, tokens: tuple[_Token, ...]) -> bool:
    """m is the minute after an hour and before a second, else the month."""
    dates = [(place, token.text.strip("[]")) for place, token in enumerate(tokens) if token.kind == "date"]
    at = next(number for number, (place, _) in enumerate(dates) if place == index)
    after_hour = at > 0 and dates[at - 1][1].startswith("h")
    return after_hour or (at + 1 < len(dates) and dates[at + 1][1].startswith("s"))


def _part(token: str, moment: datetime, seconds: int, *, half: bool, minutes: bool) -> str:
    letter, count = token.strip("[]")[0], len(token.strip("[]").partition(".")[0])
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
    hour = (moment.hour % 12 or 12) if half else moment.hour
    number = {"m": moment.minute if minutes else moment.month, "d": moment.day, "h": hour, "s": moment.second}[letter]
    return f"{number:02}" if count > 1 else str(number)
