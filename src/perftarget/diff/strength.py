"""What has become of a target: whether less is promised than before, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from typing import Any, Final, NamedTuple, TypeAlias

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.tables.indicators import Indicator
from perftarget.tables.polarity import lower_is_better
from perftarget.values.money import format_exact_amount
from perftarget.values.parser import (
    Boolean,
    Date,
    Delta,
    Frequency,
    Grade,
    MultipleValues,
    Operator,
    Period,
    Quantity,
    Range,
    Value,
    Zero,
)

_CEILINGS: Final = frozenset({Operator.AT_MOST, Operator.BELOW})
_FLOORS: Final = frozenset({Operator.AT_LEAST, Operator.ABOVE})
_SIGNS: Final = _CEILINGS | _FLOORS
_STRICT: Final = frozenset({Operator.ABOVE, Operator.BELOW})
_STRICTNESS: Final = ({Operator.ABOVE, Operator.AT_LEAST}, {Operator.BELOW, Operator.AT_MOST})
_LADDERS: Final = (
    (("优", "优秀", "优等"), ("良", "良好", "优良"), ("中", "中等"), ("差",)),
    (("很好", "极好"), ("好",), ("较好",), ("一般",), ("较差",), ("差",)),
    (("高",), ("较高",), ("较低",), ("低",)),
    (("非常满意",), ("满意",), ("较满意", "比较满意"), ("基本满意",), ("不满意",)),
)
"""Grades of one scale, the best first; those beside each other are the same."""
_A_YEAR: Final = {"日": 365, "天": 365, "周": 52, "月": 12, "季度": 4, "学期": 2, "半年": 2, "年": 1}
"""How many of a period a year has."""
_SAME: Final = {
    "%": {"%": "1", "‰": "0.1"},
    "秒": {"秒": "1", "分钟": "60", "小时": "3600", "天": "86400", "日": "86400", "周": "604800"},
    "米": {"毫米": "0.001", "厘米": "0.01", "米": "1", "千米": "1000", "公里": "1000"},
    "平方米": {"平方米": "1", "公顷": "10000", "平方千米": "1000000", "平方公里": "1000000"},
    "克": {"克": "1", "千克": "1000", "公斤": "1000", "吨": "1000000"},
}
"""Units of one kind, and how many of the first each is."""
_FACTORS: Final = {unit: (base, Decimal(size)) for base, sizes in _SAME.items() for unit, size in sizes.items()}
_DAY: Final = re.compile(r"([0-9]{1,2})(?=日)")


class Kind(Enum):
    """What has become of a cell or a row, in the order in which a reviewer wants to see it."""

    LOWERED = ("lowered", "目标降低", "target lowered")
    UNBOUND = ("unbound", "失去比较符号", "sign lost")
    VAGUE = ("vague", "不再是数", "no number any more")
    UNCLEAR = ("unclear", "改动，高低请核对", "changed, look whether for the worse")
    AMOUNT = ("amount", "金额改动", "amount changed")
    REMOVED = ("removed", "删去", "removed")
    RENAMED = ("renamed", "改名", "renamed")
    MOVED = ("moved", "移到另一级", "moved")
    RAISED = ("raised", "目标提高", "target raised")
    CHANGED = ("changed", "改动", "changed")
    ADDED = ("added", "新增", "added")

    @property
    def word(self) -> str:
        return self.value[0]

    @property
    def title(self) -> str:
        return tr(*self.value[1:])

    @property
    def weaker(self) -> bool:
        """Whether less is promised than before."""
        return self in {Kind.LOWERED, Kind.UNBOUND, Kind.VAGUE}

    @property
    def rank(self) -> int:
        return list(Kind).index(self)


Become: TypeAlias = tuple[Kind, str]
"""What has become of a target, and by how much."""


class Case(NamedTuple):
    """What a target is of: its row as it is now, and the years of the budgets, None where they are not said."""

    row: Indicator
    profile: Profile
    years: tuple[int | None, int | None] = (None, None)

    @property
    def unwanted(self) -> bool:
        return lower_is_better(self.row, self.profile)

    @property
    def cost(self) -> bool:
        return "成本" in self.profile.tier_name(self.row.second)


def compare_strength(old: Value, new: Value, case: Case) -> Become:
    """What has become of a target. What cannot be told to be less is never called less, nor is it called the same."""
    for kind, compared in _COMPARED:
        if isinstance(old, kind) and isinstance(new, kind):
            return compared(old, new, case)
    before, after = _number(old, new, case), _number(new, old, case)
    if before is not None and after is not None:
        found, note = _numbers(before, after, _lower_is_better(before, after, case))
        # The sign of a range is ours: none is written that could be lost.
        return (Kind.CHANGED if found is Kind.UNBOUND and isinstance(old, Range) else found), note
    if old.numeric == new.numeric:
        return Kind.UNCLEAR, ""
    whole = isinstance(new, Boolean) and new.answer and before is not None and before.is_rate and before.number == 100
    return (Kind.VAGUE if old.numeric and not whole else Kind.CHANGED), ""


def _number(value: Value, other: Value, case: Case) -> Quantity | None:
    """A number; no event at all is none of them, at most; of a range the end that binds, where that can be told."""
    if isinstance(value, Zero):
        return Quantity(Decimal(0), value.unit, Operator.AT_MOST)
    if not isinstance(value, Range):
        return value if isinstance(value, Quantity) else None
    sign = other.operator if isinstance(other, Quantity) else None
    if sign not in _SIGNS and not value.is_rate:
        return None
    lower = sign in _CEILINGS or (sign not in _FLOORS and case.unwanted)
    end, operator = (value.high, Operator.AT_MOST) if lower else (value.low, Operator.AT_LEAST)
    return replace(end, operator=operator)


def _numbers(before: Quantity, after: Quantity, lower_is_better: bool | None) -> Become:
    gap = _gap(before, after)
    signs = {before.operator, after.operator}
    if gap is None:
        return Kind.UNCLEAR, ""
    if signs & _FLOORS and signs & _CEILINGS:
        return _turned(after, lower_is_better)
    if gap and lower_is_better is not None:
        return (Kind.LOWERED if (gap > 0) == lower_is_better else Kind.RAISED), ""
    if before.operator in _SIGNS and after.operator is None:
        return Kind.UNBOUND, ""
    if not gap:
        return (_stricter(before) if signs in _STRICTNESS else Kind.CHANGED), ""
    by = before.money is not None and before.per == after.per
    return (Kind.AMOUNT, f"{'+' if gap > 0 else '−'}{format_exact_amount(abs(gap))}") if by else (Kind.UNCLEAR, "")


def _stricter(before: Quantity) -> Kind:
    """More than 95 % is a little more than 95 % at least."""
    return Kind.LOWERED if before.operator in _STRICT else Kind.RAISED


def _gap(before: Quantity, after: Quantity) -> Decimal | None:
    """By how much the number has grown, in one unit; None where the units have nothing in common."""
    if before.unit == after.unit:
        return after.amount - before.amount
    (one, kind), (other, other_kind) = (_measured(side, beside) for side, beside in ((before, after), (after, before)))
    return other - one if kind == other_kind else None


def _measured(one: Quantity, beside: Quantity) -> tuple[Decimal, object]:
    """The number in the unit that others of its kind are told in, and that unit."""
    unit = one.unit if one.amount else beside.unit  # none of anything is none
    if unit is None or not unit.symbol:
        if beside.is_rate and 0 < one.amount < 1:
            return one.amount * 100, ("%", ())
        return one.amount, None
    base, factor = _FACTORS.get(unit.symbol, (unit.symbol, Decimal(1)))
    per = sorted("年" if part in _A_YEAR else part for part in unit.per)
    for part in unit.per:
        factor *= _A_YEAR.get(part, 1)
    return one.amount * factor, (base, tuple(per))


def _turned(after: Quantity, lower_is_better: bool | None) -> Become:
    """≥ has become ≤, or the other way round: less is promised, unless it was wrong before."""
    lowered = lower_is_better is (after.operator in _FLOORS)
    return (Kind.LOWERED if lowered else Kind.CHANGED), tr("比较符号反了", "the sign is turned")


def _lower_is_better(before: Quantity, after: Quantity, case: Case) -> bool | None:
    """By the signs; without one by what is measured, and None where that does not tell."""
    signs = {before.operator, after.operator}
    if signs & _CEILINGS and signs & _FLOORS:
        return case.cost or case.unwanted
    if signs & _SIGNS:
        return bool(signs & _CEILINGS)
    if case.cost or not (before.is_rate or after.is_rate or signs == {Operator.EQUAL}):
        return None
    return case.unwanted


def _delta(old: Delta, new: Delta, case: Case) -> Become:
    """By the change with its sign: to fall by 3 % is less than to fall by 5 %, to rise by 3 % less than by 5 %."""
    before, after = old.signed, new.signed
    if before is None or after is None or (old.base and new.base and old.base != new.base):
        return Kind.UNCLEAR, ""
    signs = {before.operator, after.operator}
    if signs & _SIGNS and not (signs & _CEILINGS and signs & _FLOORS):
        return _numbers(before, after, bool(signs & _CEILINGS))
    if {old.direction, new.direction} == {"up", "down"}:
        wrong = case.unwanted and old.direction == "up"
        return (Kind.CHANGED if wrong else Kind.LOWERED), tr("方向反了", "the direction is turned")
    return _numbers(before, after, old.direction == "down" or case.unwanted)


def _frequency(old: Frequency, new: Frequency, case: Case) -> Become:
    """So many times a year, once in each period where no number is written; or by the day in the period."""
    if old.at != new.at:
        return _day_of(old, new)
    before, after = (_times_a_year(one) for one in (old, new))
    if before is None or after is None:
        return Kind.UNCLEAR, ""
    signs = {before.operator, after.operator}
    return _numbers(before, after, case.unwanted if not signs & _SIGNS else bool(signs & _CEILINGS))


def _day_of(old: Frequency, new: Frequency) -> Become:
    days = [_DAY.findall(one.at) for one in (old, new)]
    alike = old.period == new.period and _DAY.sub("", old.at) == _DAY.sub("", new.at)
    if not alike or [len(found) for found in days] != [1, 1]:
        return Kind.UNCLEAR, ""
    return _moved(int(days[0][0]), int(days[1][0]))


def _times_a_year(one: Frequency) -> Quantity | None:
    times = _A_YEAR.get(one.period)
    if times is None:
        return None
    quantity = one.quantity or Quantity(Decimal(1))
    return replace(quantity, number=quantity.number * times, unit=None)


def _grade(old: Grade, new: Grade, _: Case) -> Become:
    """By the rungs of one scale; “良” may be all of it or the least, so only another rung is a difference."""
    for ladder in _LADDERS:
        rungs = [next((i for i, names in enumerate(ladder) if one.name in names), None) for one in (old, new)]
        before, after = rungs
        if before is not None and after is not None:
            if before == after:
                lost = old.operator is not None and new.operator is None
                return (Kind.UNBOUND if lost else Kind.CHANGED), ""
            return (Kind.LOWERED if after > before else Kind.RAISED), ""
    return Kind.UNCLEAR, ""


def _time(old: Date | Period, new: Date | Period, case: Case) -> Become:
    """By the day, for a budget of the same year.

    For that of a later year the deadline is expected to be as much later. One that is later, but not so much, is
    earlier in its year where the work is done each year, and later where it is done once.
    """
    ends = [one if isinstance(one, Date) else one.end for one in (old, new)]
    if {end.year for end in ends} == {None}:
        case = case._replace(years=(2000, 2000))
    before, after = (end.last_in(year) for end, year in zip(ends, case.years, strict=True))
    if before is None or after is None:
        return Kind.UNCLEAR, ""
    then, now = case.years
    if then is None or now is None:
        then = now = before.year
        if after.year != before.year:
            return Kind.UNCLEAR, ""
    day, expected = (after.year, after.month, after.day), (before.year + now - then, before.month, before.day)
    if day == expected or after == before:
        return Kind.CHANGED, ""
    if now != then and (day < expected) != (after < before):
        return Kind.UNCLEAR, ""
    return _moved(expected, day)


def _moved(before: Any, after: Any) -> Become:
    if before == after:
        return Kind.CHANGED, ""
    return (Kind.LOWERED, tr("推迟", "later")) if after > before else (Kind.RAISED, tr("提前", "earlier"))


def _several(old: MultipleValues, new: MultipleValues, case: Case) -> Become:
    """The worst of what has become of each, where they are as many."""
    if len(old.parts) != len(new.parts):
        return Kind.UNCLEAR, ""
    pairs = zip(old.parts, new.parts, strict=True)
    return min((compare_strength(one, other, case) for one, other in pairs), key=lambda one: one[0].rank)


_COMPARED: Final[tuple[tuple[Any, Callable[..., Become]], ...]] = (
    ((Date, Period), _time),
    (Delta, _delta),
    (Frequency, _frequency),
    (Grade, _grade),
    (MultipleValues, _several),
)
"""What is compared as what it is, and not as a number."""
