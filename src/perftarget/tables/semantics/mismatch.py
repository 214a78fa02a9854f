"""Which kinds of values fit what a name says: the matrix of names and values."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.tables.indicators import Indicator
from perftarget.tables.semantics.names import Sense, understand
from perftarget.tables.semantics.value_kinds import (
    HOUSEHOLDS,
    PEOPLE,
    kind_of_unit,
    kind_of_value,
    unit_of,
)
from perftarget.values.parser import Unit

_THINGS: Final = frozenset({"people", "count", "money", "date", "schedule", "area", "length", "measure"})
_NOT_MONEY: Final = frozenset({"people", "count", "rate", "date", "schedule", "duration", "area", "length", "measure"})
_NOT_COUNTED: Final = frozenset({"rate", "money", "date"})
_MISFITS: Final = {
    "rate": _THINGS | {"duration", "frequency"},
    "satisfaction": _THINGS | {"duration", "frequency"},
    "people": _NOT_COUNTED | {"area", "length", "measure", "duration"},
    "count": _NOT_COUNTED | {"duration"},
    "event": _NOT_COUNTED | {"duration", "area", "length"},
    "area": _NOT_COUNTED | {"people", "count", "length", "duration", "frequency"},
    "length": _NOT_COUNTED | {"people", "count", "area", "duration", "frequency"},
    "measure": _NOT_COUNTED | {"people"},
    "amount": _NOT_MONEY - {"schedule"},
    "income": _NOT_MONEY - {"rate", "schedule"},
    "cost": _NOT_MONEY,
    "standard": _NOT_MONEY,
    "date": frozenset({"people", "count", "rate", "money", "area", "length", "measure"}),
    "duration": frozenset({"people", "count", "rate", "money", "area", "length", "measure"}),
    "score": frozenset({"people", "count", "money", "date", "duration", "area", "length", "measure"}),
    "frequency": frozenset({"people", "rate", "money", "area", "length", "measure"}),
}
"""The kinds of values that cannot be the target of an indicator of a kind; what is not listed fits, or is unknown."""
_ENDS: Final = (
    (("人次", "人次数"), frozenset({"人次"})),
    (("户数", "户数量", "家庭户数"), HOUSEHOLDS | {"家"}),
    (("人数", "总人数"), PEOPLE),
)
"""The units of numbers of people by the end of the name: 人次 counts occasions, and 户 families."""
_CHANGE: Final = re.compile("降低|下降|减少|压减|压降|节约|节省|增长|提高|提升|降幅|增幅")
"""An amount that changes is a rate as well: 降低用电成本 ≥5%."""
_EITHER: Final = ("用户", "租户", "商户", "账户", "客户", "网户", "储户", "散户")
_ANY_PERSON: Final = PEOPLE | HOUSEHOLDS | {"人次"}


class Mismatch(NamedTuple):
    """A value that does not fit the name: what the name asks for, with an example, and what was written."""

    expected: str
    example: str
    written: str
    is_sure: bool = True


def find_mismatch(row: Indicator, profile: Profile) -> Mismatch | None:
    """Return how the value of an indicator contradicts its name; None if it fits or cannot be told."""
    key = (find_mismatch, profile)
    if key not in row.derived:
        row.derived[key] = _find_mismatch(row, profile)
    found: Mismatch | None = row.derived[key]
    return found


def _find_mismatch(row: Indicator, profile: Profile) -> Mismatch | None:
    sense, written = understand(row, profile), kind_of_value(row)
    is_change = written == "rate" and sense.is_money and _CHANGE.search(row.name)
    if written in _MISFITS.get(sense.kind, ()) and not is_change:
        return Mismatch(*_expected(sense), _name_of(written))
    return _unit_mismatch(row, sense) or _people_mismatch(row, sense)


def _unit_mismatch(row: Indicator, sense: Sense) -> Mismatch | None:
    """Compare the unit in the name with that of the value."""
    value = unit_of(row.value)
    named, written = kind_of_unit(sense.unit), kind_of_unit(value)
    if not named or not written or {named, written} == {"people", "count"}:
        return None
    if named == written and (named != "people" or _group(sense.unit) == _group(value)):
        return None
    unit = str(sense.unit)
    shown = f"“{value}”" if named == written else _name_of(written)
    return Mismatch(tr(f"以“{unit}”计的数", f"a number of {unit}"), f"100{unit}", shown, is_sure=named != written)


def _group(unit: Unit | None) -> str:
    """Return what a unit of people counts: persons (人), families (户) or occasions (人次)."""
    symbol = unit.symbol if unit is not None else ""
    return "人" if symbol in PEOPLE else "户" if symbol in HOUSEHOLDS else symbol


def _people_mismatch(row: Indicator, sense: Sense) -> Mismatch | None:
    """Compare the unit of a number of people with the end of the name: 人数, 人次, 户数."""
    unit = unit_of(row.value)
    if sense.kind != "people" or unit is None or unit.per or unit.kind != "count":
        return None
    name = sense.subject + sense.head
    named = "" if sense.unit is None else sense.unit.symbol
    allowed = next((units | {named} for ends, units in _ENDS if name.endswith(ends)), None)
    if allowed is None or (allowed >= HOUSEHOLDS and name.removesuffix("数").removesuffix("数量").endswith(_EITHER)):
        allowed = _ANY_PERSON | {"个", "家"}
    if unit.symbol in allowed:
        return None
    expected = next(iter(sorted(allowed & {"人", "人次", "户"}, key=len)))
    return Mismatch(
        tr(f"以“{expected}”计的数", f"a number of {expected}"), f"100{expected}", f"“{unit}”", is_sure=False
    )


def _expected(sense: Sense) -> tuple[str, str]:
    return (tr(*_EXPECTED[sense.kind][:2]), _EXPECTED[sense.kind][2])


def _name_of(kind: str) -> str:
    return tr(*_WRITTEN[kind])


_EXPECTED: Final = {
    "rate": ("比率", "a rate", "≥95%"),
    "satisfaction": ("比率", "a rate", "≥90%"),
    "people": ("人数或者户数", "a number of people", "100人"),
    "count": ("数量", "a number", "10个"),
    "event": ("发生的次数", "a number of events", "0起"),
    "area": ("面积", "an area", "100平方米"),
    "length": ("长度", "a length", "10公里"),
    "measure": ("有计量单位的数", "a measure", "100吨"),
    "amount": ("金额", "an amount of money", "12万元"),
    "income": ("金额", "an amount of money", "12万元"),
    "cost": ("金额", "an amount of money", "≤12万元"),
    "standard": ("金额标准", "an amount of money for each", "200元/人·月"),
    "date": ("完成的时间", "a date", "2025年10月31日前"),
    "duration": ("时长", "a duration", "≤3个工作日"),
    "score": ("得分", "points", "≥90分"),
    "frequency": ("频次", "a frequency", "≥1次/月"),
}
_WRITTEN: Final = {
    "rate": ("比率", "a rate"),
    "people": ("人数或者户数", "a number of people"),
    "count": ("数量", "a number of things"),
    "area": ("面积", "an area"),
    "length": ("长度", "a length"),
    "measure": ("重量、容积等的量", "a measure"),
    "money": ("金额", "an amount of money"),
    "date": ("日期", "a date"),
    "schedule": ("时间安排", "a schedule"),
    "duration": ("时长", "a duration"),
    "frequency": ("频次", "a frequency"),
}
