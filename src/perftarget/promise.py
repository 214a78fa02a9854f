"""What has become of a target: whether less is promised than before, and how that is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from typing import Any, Final, TypeAlias

from perftarget.language import say
from perftarget.model import Indicator
from perftarget.money import exactly
from perftarget.profile import Profile
from perftarget.quantity import (
    Date,
    Delta,
    Frequency,
    Grade,
    Operator,
    Period,
    Quantity,
    Range,
    Several,
    Value,
    Zero,
)
from perftarget.unwanted import is_unwanted

_CEILINGS: Final = frozenset({Operator.AT_MOST, Operator.BELOW})
_FLOORS: Final = frozenset({Operator.AT_LEAST, Operator.ABOVE})
_SIGNS: Final = _CEILINGS | _FLOORS
_LADDERS: Final = (
    (("优", "优秀", "优等"), ("良", "良好", "优良"), ("中", "中等"), ("差",)),
    (("很好", "极好"), ("好",), ("较好",), ("一般",), ("较差",), ("差",)),
    (("高",), ("较高",), ("较低",), ("低",)),
    (("非常满意",), ("满意",), ("较满意", "比较满意"), ("基本满意",), ("不满意",)),
)
"""Grades of one scale, the best first; those beside each other are the same."""
_A_YEAR: Final = {"日": 365, "天": 365, "周": 52, "月": 12, "季度": 4, "学期": 2, "半年": 2, "年": 1}
"""How many of a period a year has."""


class Kind(Enum):
    """What has become of a cell or a row, in the order in which a reviewer wants to see it."""

    LOWERED = ("lowered", "目标降低", "target lowered")
    UNBOUND = ("unbound", "失去比较符号", "sign lost")
    VAGUE = ("vague", "不再是数", "no number any more")
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
        return say(*self.value[1:])

    @property
    def weaker(self) -> bool:
        """Whether less is promised than before."""
        return self in {Kind.LOWERED, Kind.UNBOUND, Kind.VAGUE}

    @property
    def rank(self) -> int:
        return list(Kind).index(self)


Become: TypeAlias = tuple[Kind, str]
"""What has become of a target, and by how much."""


def become(old: Value, new: Value, row: Indicator, profile: Profile) -> Become:
    """What has become of the target of `row`. What cannot be told to be less is never called less."""
    for kind, compared in _COMPARED:
        if isinstance(old, kind) and isinstance(new, kind):
            return compared(old, new, row, profile)
    before, after = _number(old, new, row, profile), _number(new, old, row, profile)
    if before is None or after is None:
        return (Kind.VAGUE if old.numeric and not new.numeric else Kind.CHANGED), ""
    found, note = _numbers(before, after, _lower_is_better(before, after, row, profile))
    # The sign of a range is ours: none is written that could be lost.
    return (Kind.CHANGED if found is Kind.UNBOUND and isinstance(old, Range) else found), note


def _number(value: Value, other: Value, row: Indicator, profile: Profile) -> Quantity | None:
    """A number; no event at all is none of them, at most; of a range the end that binds, where that can be told."""
    if isinstance(value, Zero):
        return Quantity(Decimal(0), value.unit, Operator.AT_MOST)
    if not isinstance(value, Range):
        return value if isinstance(value, Quantity) else None
    sign = other.operator if isinstance(other, Quantity) else None
    if sign not in _SIGNS and not value.is_rate:
        return None
    lower = sign in _CEILINGS or (sign not in _FLOORS and is_unwanted(row, profile))
    end, operator = (value.high, Operator.AT_MOST) if lower else (value.low, Operator.AT_LEAST)
    return replace(end, operator=operator)


def _numbers(before: Quantity, after: Quantity, lower_is_better: bool | None) -> Become:
    of_money = before.money is not None and after.money is not None and before.per == after.per
    if before.unit != after.unit and not of_money:
        return Kind.CHANGED, ""
    if {before.operator, after.operator} & _FLOORS and {before.operator, after.operator} & _CEILINGS:
        return _turned(after, lower_is_better)
    gap = Decimal((after.money or 0) - (before.money or 0)) if of_money else after.amount - before.amount
    if gap and lower_is_better is not None:
        return (Kind.LOWERED if (gap > 0) == lower_is_better else Kind.RAISED), ""
    if before.operator in _SIGNS and after.operator is None:
        return Kind.UNBOUND, ""
    if gap and of_money:
        return Kind.AMOUNT, f"{'+' if gap > 0 else '−'}{exactly(abs(gap))}"
    return Kind.CHANGED, ""


def _turned(after: Quantity, lower_is_better: bool | None) -> Become:
    """≥ has become ≤, or the other way round: less is promised, unless it was wrong before."""
    lowered = lower_is_better is (after.operator in _FLOORS)
    return (Kind.LOWERED if lowered else Kind.CHANGED), say("比较符号反了", "the sign is turned")


def _lower_is_better(before: Quantity, after: Quantity, row: Indicator, profile: Profile) -> bool | None:
    """By the signs; without one by what is measured, and None where that does not tell."""
    signs = {before.operator, after.operator}
    cost = "成本" in profile.tier_name(row.second)
    if signs & _CEILINGS and signs & _FLOORS:
        return cost or is_unwanted(row, profile)
    if signs & _SIGNS:
        return bool(signs & _CEILINGS)
    if cost or not (before.is_rate or signs == {Operator.EQUAL}):
        return None
    return is_unwanted(row, profile)


def _delta(old: Delta, new: Delta, row: Indicator, profile: Profile) -> Become:
    """By the change with its sign: to fall by 3 % is less than to fall by 5 %, to rise by 3 % less than by 5 %."""
    before, after = old.signed, new.signed
    if before is None or after is None or (old.base and new.base and old.base != new.base):
        return Kind.CHANGED, ""
    signs = {before.operator, after.operator}
    if signs & _SIGNS and not (signs & _CEILINGS and signs & _FLOORS):
        lower: bool | None = bool(signs & _CEILINGS)
    elif "up" in {old.direction, new.direction} and "down" in {old.direction, new.direction}:
        lower = None
    elif old.direction == "down":
        lower = True
    else:
        lower = is_unwanted(row, profile)
    return _numbers(before, after, lower)


def _frequency(old: Frequency, new: Frequency, row: Indicator, profile: Profile) -> Become:
    """So many times a year; once in each period where no number is written."""
    if old.at != new.at:
        return Kind.CHANGED, ""
    before, after = (_times_a_year(one) for one in (old, new))
    if before is None or after is None:
        return Kind.CHANGED, ""
    signs = {before.operator, after.operator}
    return _numbers(before, after, is_unwanted(row, profile) if not signs & _SIGNS else bool(signs & _CEILINGS))


def _times_a_year(one: Frequency) -> Quantity | None:
    times = _A_YEAR.get(one.period)
    if times is None:
        return None
    quantity = one.quantity or Quantity(Decimal(1))
    return replace(quantity, number=quantity.number * times, unit=None)


def _grade(old: Grade, new: Grade, *_: object) -> Become:
    """By the rungs of one scale; “良” may be all of it or the least, so only another rung is a difference."""
    for ladder in _LADDERS:
        rungs = [next((i for i, names in enumerate(ladder) if one.name in names), None) for one in (old, new)]
        before, after = rungs
        if before is not None and after is not None:
            if before == after:
                lost = old.operator is not None and new.operator is None
                return (Kind.UNBOUND if lost else Kind.CHANGED), ""
            return (Kind.LOWERED if after > before else Kind.RAISED), ""
    return Kind.CHANGED, ""


def _time(old: Date | Period, new: Date | Period, *_: object) -> Become:
    """A deadline later in the year is a target lowered; that of another year is compared by its day."""
    before, after = old.last, new.last
    if before is None or after is None:
        return Kind.CHANGED, ""
    days = ((after.month, after.day) > (before.month, before.day)) - (
        (after.month, after.day) < (before.month, before.day)
    )
    if not days:
        return Kind.CHANGED, ""
    return (Kind.LOWERED, say("推迟", "later")) if days > 0 else (Kind.RAISED, say("提前", "earlier"))


def _several(old: Several, new: Several, row: Indicator, profile: Profile) -> Become:
    """The worst of what has become of each, where they are as many."""
    if len(old.parts) != len(new.parts):
        return Kind.CHANGED, ""
    pairs = zip(old.parts, new.parts, strict=True)
    return min((become(one, other, row, profile) for one, other in pairs), key=lambda one: one[0].rank)


_COMPARED: Final[tuple[tuple[Any, Callable[..., Become]], ...]] = (
    ((Date, Period), _time),
    (Delta, _delta),
    (Frequency, _frequency),
    (Grade, _grade),
    (Several, _several),
)
"""What is compared as what it is, and not as a number."""
