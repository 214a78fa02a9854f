"""Diagnosis of values that have digits, a sign or a unit and fit no known form: 36OO块, 95%≥, 2025年11月31日前."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from perftarget.text.normalize import FOLDS, compact
from perftarget.values.faults import Cause, Repair
from perftarget.values.measures import Quantity
from perftarget.values.parser import MAX_LENGTH, MultipleValues, Text, parse
from perftarget.values.repairs import REPAIRS
from perftarget.values.repairs_of_dates import bare_date, is_blank_date, repair_dates
from perftarget.values.standards import names_standard
from perftarget.values.units import is_known, parse_unit

_MAX_READINGS: Final = 3
_MAX_DEPTH: Final = 2
"""Number of faults in a text up to which a reading is looked for."""
_MAX_REPAIRED: Final = 60
"""Length up to which readings are looked for; a longer text with a number is prose."""
_MARK: Final = re.compile("[0-9≥≤<>=≯≮〇]|[OolI]{1,4}[\u4e00-\u9fff%]")
_NUMBER_IN_PROSE: Final = re.compile(
    r"[≥≤<>=]?[0-9]+(?:[,\uff0c][0-9]{3})*(?:\.[0-9]+)?(?:[-—~至到][0-9]+(?:\.[0-9]+)?)?([^0-9\uff0c\u3002\uff1b\uff1a、,;:（）()\s]{0,6})"
)
_MONEY: Final = re.compile("金额|资金|经费|费用|成本|预算|投资|收入|支出|产值|元|数量|人数|面积")
_TIME: Final = re.compile("时间|时限|日期|期限|工期|进度|时效|节点|完成|完工|竣工")
_LIST_OF_TWO: Final = re.compile(r"\s*[≥≤<>=]{0,2}[0-9]{1,3}([,，])([0-9]{1,2}|[0-9]{4,})([^0-9,，]{0,8})")
_CLOCK: Final = "(?:[0-9]{1,2}[:：][0-9]{2}|[0-9]{1,2}[时点](?:[0-9]{1,2}分|半)?)"
_TIME_OF_DAY: Final = re.compile(
    f"(?:每[日天]|每个?工作日|当[日天]|次日|上午|下午|早|晚)*{_CLOCK}(?:[-—~至到]{_CLOCK})?(?:之?前|之?后|以前)?[\u4e00-\u9fff]{{0,6}}"
)
_BASE: Final = re.compile(
    r"[(（](?:(?:19|20)[0-9]{2}年|上年|去年|基期|现状|目前|原)[^()（）]{0,12}[0-9][^()（）]{0,10}[)）]"
)
"""A former value in brackets, which is the base of a change and no remark: 缩短10分钟（2024年为35分钟）."""
_UNIT_ALONE: Final = re.compile(r"[≥≤<>=]{0,2}[(（]?([^()（）]{1,12})[)）]?")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A value that cannot be read: its cause, the characters at fault, and the nearest readings."""

    cause: Cause
    span: tuple[int, int]
    """Start and end of the characters at fault in `text`."""
    readings: tuple[str, ...]
    """What the author may have meant, most likely first; empty if nothing is near."""
    text: str

    @property
    def fault(self) -> str:
        """The characters at fault."""
        return self.text[slice(*self.span)]


def diagnose(text: str, name: str = "") -> Unreadable | None:
    """Return why a value cannot be read, or None if it can be or if it is only words.

    The name of the indicator decides if a bare 20251130 is a date.
    """
    if len(text) > MAX_LENGTH:
        return None
    return _diagnose(text, bool(_TIME.search(name)), bool(_MONEY.search(name)))


@lru_cache(maxsize=4096)
def _diagnose(text: str, is_time: bool, is_amount: bool) -> Unreadable | None:
    value = parse(text)
    if isinstance(value, Text):
        return _diagnose_text(text)
    if isinstance(value, Quantity) and value.unit is None and not value.words:
        folded, offsets = _fold_with_offsets(text)
        found = bare_date(folded, is_time=is_time) if is_time or not is_amount else None
        return found and _located(found, text, folded, offsets, (found.reading,))
    if isinstance(value, MultipleValues) and value.separator == "、":
        return _diagnose_list(text)
    return None


def is_time_of_day(text: str) -> bool:
    """Return True for a time of the day: 每日7时前, 9:00-17:00."""
    return _TIME_OF_DAY.fullmatch(text) is not None


def _diagnose_list(text: str) -> Unreadable | None:
    """Return the comma in 93，5%, which is a mistyped point or separates two values."""
    folded, offsets = _fold_with_offsets(text)
    match = _LIST_OF_TWO.fullmatch(folded)
    if match is None:
        return None
    if len(match[2]) > 2:
        joined = f"{folded[: match.start(1)]}{folded[match.end(1) :]}".strip()
        return _located(Repair("misplaced-comma", *match.span(1), joined), text, folded, offsets, (joined,))
    point = f"{folded[: match.start(1)]}.{folded[match.end(1) :]}".strip()
    unit = match[3].strip()
    both = f"{folded[: match.start(1)]}{unit}、{folded[match.end(1) :]}".strip()
    return _located(Repair("mistyped-point", *match.span(1), point), text, folded, offsets, (point, both))


def _diagnose_text(text: str) -> Unreadable | None:
    """Return the fault of a text that was not parsed as a value."""
    folded, offsets = _fold_with_offsets(text)
    bare = compact(folded.strip())
    if names_standard(bare) or is_time_of_day(bare) or parse(_BASE.sub("", bare)).numeric:
        return None
    start = len(folded) - len(folded.lstrip())
    whole = (start, start + len(folded.strip()))
    if _is_unit_alone(bare) or is_blank_date(folded):
        return _located(Repair("missing-number", *whole, ""), text, folded, offsets, ())
    if not _MARK.search(folded):
        return None
    if len(folded) <= _MAX_REPAIRED:
        for repairs in _by_cause(folded, _MAX_DEPTH):
            return _located(repairs[0][0], text, folded, offsets, tuple(reading for _, reading in repairs))
    hopeless = next((repair for repair in repair_dates(folded) if not repair.reading), None)
    if hopeless is None and _is_prose(folded):
        return None
    return _located(hopeless or Repair("unknown-form", *whole, ""), text, folded, offsets, ())


def _is_unit_alone(text: str) -> bool:
    """Return True for a unit whose number was never filled in: 公里, ≥万亩."""
    match = _UNIT_ALONE.fullmatch(text)
    unit = parse_unit(match[1]) if match else None
    return unit is not None and unit.kind != "unknown"


def _by_cause(text: str, depth: int) -> Iterator[list[tuple[Repair, str]]]:
    """Yield, for each kind of repair that leads to values, its repairs with their readings."""
    for find in REPAIRS:
        found: dict[str, Repair] = {}
        for repair in find(text):
            for reading in _readings(repair.reading, depth):
                found.setdefault(reading, repair)
        if found:
            yield [(repair, reading) for reading, repair in list(found.items())[:_MAX_READINGS]]


def _readings(text: str, depth: int) -> list[str]:
    """Return the text if it is a value, else its own nearest readings."""
    text = compact(text.strip())
    if parse(text).numeric:
        return [text]
    if depth <= 1 or not isinstance(parse(text), Text):
        return []
    return [reading for repairs in _by_cause(text, depth - 1) for _, reading in repairs if reading][:_MAX_READINGS]


def _is_prose(text: str) -> bool:
    """Return True for a sentence in which each number has a known unit: 超出3个月的部分予以补助."""
    if not re.search("[\u4e00-\u9fff]{2}", text):
        return False
    for match in _NUMBER_IN_PROSE.finditer(text):
        if match[1] and not any(_is_unit(match[1][:end]) for end in range(len(match[1]), 0, -1)):
            return False
    return not re.search("[0-9][OolI〇]|[OolI〇][0-9]|[≥≤](?![0-9])", text)


def _is_unit(text: str) -> bool:
    return is_known(text) or text in {"月", "号", "类", "版", "条例"}


def _fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Return the folded text and the offset of each of its characters in the text, with the offset of the end."""
    chars, offsets = [], []
    for offset, char in enumerate(text):
        plain = FOLDS.get(ord(char), char)
        if plain:
            chars.append(plain)
            offsets.append(offset)
    return "".join(chars), [*offsets, len(text)]


def _located(repair: Repair, text: str, folded: str, offsets: list[int], readings: tuple[str, ...]) -> Unreadable:
    """Return the diagnosis with the span in the text as written."""
    start, end = repair.start, max(repair.start, repair.end - 1)
    span = (offsets[start], offsets[min(end, len(offsets) - 2)] + 1) if folded else (0, len(text))
    return Unreadable(repair.cause, span, tuple(reading for reading in readings if reading), text)
