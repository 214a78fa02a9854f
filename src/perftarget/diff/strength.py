"""Comparison of the strength of two targets."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final, TypeAlias

from perftarget.diff.change import Kind, TargetContext
from perftarget.i18n import tr
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

_UPPER_BOUNDS: Final = frozenset({Operator.AT_MOST, Operator.BELOW})
_LOWER_BOUNDS: Final = frozenset({Operator.AT_LEAST, Operator.ABOVE})
_BOUNDS: Final = _UPPER_BOUNDS | _LOWER_BOUNDS
_STRICT: Final = frozenset({Operator.ABOVE, Operator.BELOW})
_DIFFERENT_STRICTNESS: Final = ({Operator.ABOVE, Operator.AT_LEAST}, {Operator.BELOW, Operator.AT_MOST})
"""Pairs of operators that differ only in that one excludes the bound itself."""
_GRADE_SCALES: Final = (
    (("优", "优秀", "优等"), ("良", "良好", "优良"), ("中", "中等"), ("差",)),
    (("很好", "极好"), ("好",), ("较好",), ("一般",), ("较差",), ("差",)),
    (("高",), ("较高",), ("较低",), ("低",)),
    (("非常满意",), ("满意",), ("较满意", "比较满意"), ("基本满意",), ("不满意",)),
)
"""Scales of grades, the best grade first; a grade is a tuple of synonyms."""
_TIMES_PER_YEAR: Final = {"日": 365, "天": 365, "周": 52, "月": 12, "季度": 4, "学期": 2, "半年": 2, "年": 1}
_UNIT_SIZES: Final = {
    "%": {"%": "1", "‰": "0.1"},
    "秒": {"秒": "1", "分钟": "60", "小时": "3600", "天": "86400", "日": "86400", "周": "604800"},
    "米": {"毫米": "0.001", "厘米": "0.01", "米": "1", "千米": "1000", "公里": "1000"},
    "平方米": {"平方米": "1", "公顷": "10000", "平方千米": "1000000", "平方公里": "1000000"},
    "克": {"克": "1", "千克": "1000", "公斤": "1000", "吨": "1000000"},
}
"""The units of each kind by their base unit, with their sizes in base units."""
_UNIT_FACTORS: Final = {
    unit: (base, Decimal(size)) for base, sizes in _UNIT_SIZES.items() for unit, size in sizes.items()
}
_DAY: Final = re.compile(r"([0-9]{1,2})(?=日)")


Change: TypeAlias = tuple[Kind, str]
"""The kind of a change and a note, such as the amount of the change."""


def compare_strength(old: Value, new: Value, context: TargetContext) -> Change:
    """Compare a target with its former value.

    A change that cannot be ordered is `UNCLEAR`, neither weaker nor unchanged.
    """
    for type_, compare in _COMPARATORS:
        if isinstance(old, type_) and isinstance(new, type_):
            return compare(old, new, context)
    before, after = _as_quantity(old, new, context), _as_quantity(new, old, context)
    if before is not None and after is not None:
        kind, note = _compare_quantities(before, after, _direction(before, after, context))
        # The operator of a range is inferred, so a missing operator was not removed by the author.
        return (Kind.CHANGED if kind is Kind.UNBOUND and isinstance(old, Range) else kind), note
    if old.numeric == new.numeric:
        return Kind.UNCLEAR, ""
    # “是” in place of 100% promises as much.
    complete = (
        isinstance(new, Boolean) and new.answer and before is not None and before.is_rate and before.number == 100
    )
    return (Kind.VAGUE if old.numeric and not complete else Kind.CHANGED), ""


def _as_quantity(value: Value, other: Value, context: TargetContext) -> Quantity | None:
    """Return a value as a quantity; None if it is not a number.

    “None at all” is at most 0. A range becomes its binding end, chosen by the operator of the `other` value or by the
    indicator; None if neither determines it.
    """
    if isinstance(value, Zero):
        return Quantity(Decimal(0), value.unit, Operator.AT_MOST)
    if not isinstance(value, Range):
        return value if isinstance(value, Quantity) else None
    operator = other.operator if isinstance(other, Quantity) else None
    if operator not in _BOUNDS and not value.is_rate:
        return None
    is_upper = operator in _UPPER_BOUNDS or (operator not in _LOWER_BOUNDS and context.lower_is_better)
    end, bound = (value.high, Operator.AT_MOST) if is_upper else (value.low, Operator.AT_LEAST)
    return replace(end, operator=bound)


def _compare_quantities(before: Quantity, after: Quantity, lower_is_better: bool | None) -> Change:
    """Compare two quantities; `lower_is_better` is None if the direction is unknown."""
    increase = _increase(before, after)
    operators = {before.operator, after.operator}
    if increase is None:
        return Kind.UNCLEAR, ""
    if operators & _LOWER_BOUNDS and operators & _UPPER_BOUNDS:
        return _compare_reversed_bounds(after, lower_is_better)
    if increase and lower_is_better is not None:
        return (Kind.LOWERED if (increase > 0) == lower_is_better else Kind.RAISED), ""
    if before.operator in _BOUNDS and after.operator is None:
        return Kind.UNBOUND, ""
    if not increase:
        return (_compare_strictness(before) if operators in _DIFFERENT_STRICTNESS else Kind.CHANGED), ""
    is_amount = before.money is not None and before.per == after.per
    sign = "+" if increase > 0 else "−"
    return (Kind.AMOUNT, f"{sign}{format_exact_amount(abs(increase))}") if is_amount else (Kind.UNCLEAR, "")


def _compare_strictness(before: Quantity) -> Kind:
    """Return the kind of a change between a strict and a non-strict bound: >95% promises a little more than ≥95%."""
    return Kind.LOWERED if before.operator in _STRICT else Kind.RAISED


def _increase(before: Quantity, after: Quantity) -> Decimal | None:
    """Return the increase of the number in a common unit; None if the units are not comparable."""
    if before.unit == after.unit:
        return after.amount - before.amount
    old_amount, old_unit = _in_base_unit(before, after)
    new_amount, new_unit = _in_base_unit(after, before)
    return new_amount - old_amount if old_unit == new_unit else None


def _in_base_unit(quantity: Quantity, other: Quantity) -> tuple[Decimal, object]:
    """Return the number in the base unit of its kind, and that unit.

    A zero takes the unit of the `other` quantity, and a fraction beside a rate is a rate too.
    """
    unit = quantity.unit if quantity.amount else other.unit
    if unit is None or not unit.symbol:
        if other.is_rate and 0 < quantity.amount < 1:
            return quantity.amount * 100, ("%", ())
        return quantity.amount, None
    base, factor = _UNIT_FACTORS.get(unit.symbol, (unit.symbol, Decimal(1)))
    per = sorted("年" if part in _TIMES_PER_YEAR else part for part in unit.per)
    for part in unit.per:
        factor *= _TIMES_PER_YEAR.get(part, 1)
    return quantity.amount * factor, (base, tuple(per))


def _compare_reversed_bounds(after: Quantity, lower_is_better: bool | None) -> Change:
    """Compare an upper with a lower bound; the target is weaker unless the former operator was wrong."""
    lowered = lower_is_better is (after.operator in _LOWER_BOUNDS)
    return (Kind.LOWERED if lowered else Kind.CHANGED), tr("比较符号反了", "the sign is turned")


def _direction(before: Quantity, after: Quantity, context: TargetContext) -> bool | None:
    """Return True if lower is better, judged by the operators, else by the indicator; None if it is unknown."""
    operators = {before.operator, after.operator}
    if operators & _UPPER_BOUNDS and operators & _LOWER_BOUNDS:
        return context.is_cost or context.lower_is_better
    if operators & _BOUNDS:
        return bool(operators & _UPPER_BOUNDS)
    if context.is_cost or not (before.is_rate or after.is_rate or operators == {Operator.EQUAL}):
        return None
    return context.lower_is_better


def _compare_deltas(old: Delta, new: Delta, context: TargetContext) -> Change:
    """Compare two changes by their signed numbers: a fall by 3% is less than a fall by 5%."""
    before, after = old.signed, new.signed
    if before is None or after is None or (old.base and new.base and old.base != new.base):
        return Kind.UNCLEAR, ""
    operators = {before.operator, after.operator}
    if operators & _BOUNDS and not (operators & _UPPER_BOUNDS and operators & _LOWER_BOUNDS):
        return _compare_quantities(before, after, bool(operators & _UPPER_BOUNDS))
    if {old.direction, new.direction} == {"up", "down"}:
        was_wrong = context.lower_is_better and old.direction == "up"
        return (Kind.CHANGED if was_wrong else Kind.LOWERED), tr("方向反了", "the direction is turned")
    return _compare_quantities(before, after, old.direction == "down" or context.lower_is_better)


def _compare_frequencies(old: Frequency, new: Frequency, context: TargetContext) -> Change:
    """Compare two frequencies by the times per year, or by the day in the period if the days differ."""
    if old.at != new.at:
        return _compare_days(old, new)
    before, after = (_times_per_year(frequency) for frequency in (old, new))
    if before is None or after is None:
        return Kind.UNCLEAR, ""
    operators = {before.operator, after.operator}
    lower = bool(operators & _UPPER_BOUNDS) if operators & _BOUNDS else context.lower_is_better
    return _compare_quantities(before, after, lower)


def _compare_days(old: Frequency, new: Frequency) -> Change:
    old_days, new_days = _DAY.findall(old.at), _DAY.findall(new.at)
    comparable = old.period == new.period and _DAY.sub("", old.at) == _DAY.sub("", new.at)
    if not comparable or len(old_days) != 1 or len(new_days) != 1:
        return Kind.UNCLEAR, ""
    return _compare_deadlines(int(old_days[0]), int(new_days[0]))


def _times_per_year(frequency: Frequency) -> Quantity | None:
    """Return the times per year, once in each period if no number is written; None if the period is unknown."""
    times = _TIMES_PER_YEAR.get(frequency.period)
    if times is None:
        return None
    quantity = frequency.quantity or Quantity(Decimal(1))
    return replace(quantity, number=quantity.number * times, unit=None)


def _compare_grades(old: Grade, new: Grade, _: TargetContext) -> Change:
    """Compare two grades of one scale.

    A grade may be meant exactly or as a minimum, so only another grade is a difference.
    """
    for scale in _GRADE_SCALES:
        before, after = (
            next((index for index, names in enumerate(scale) if grade.name in names), None) for grade in (old, new)
        )
        if before is not None and after is not None:
            if before == after:
                lost = old.operator is not None and new.operator is None
                return (Kind.UNBOUND if lost else Kind.CHANGED), ""
            return (Kind.LOWERED if after > before else Kind.RAISED), ""
    return Kind.UNCLEAR, ""


def _compare_dates(old: Date | Period, new: Date | Period, context: TargetContext) -> Change:
    """Compare two deadlines by their days.

    For a budget of a later year the deadline is expected to move by the same number of years. A deadline that moved
    by less is earlier for annual work but later for one-off work, so it is `UNCLEAR`.
    """
    ends = [value if isinstance(value, Date) else value.end for value in (old, new)]
    if {end.year for end in ends} == {None}:
        context = context._replace(years=(2000, 2000))
    before, after = (end.last_in(year) for end, year in zip(ends, context.years, strict=True))
    if before is None or after is None:
        return Kind.UNCLEAR, ""
    old_year, new_year = context.years
    if old_year is None or new_year is None:
        old_year = new_year = before.year
        if after.year != before.year:
            return Kind.UNCLEAR, ""
    actual = (after.year, after.month, after.day)
    expected = (before.year + new_year - old_year, before.month, before.day)
    if actual == expected or after == before:
        return Kind.CHANGED, ""
    if new_year != old_year and (actual < expected) != (after < before):
        return Kind.UNCLEAR, ""
    return _compare_deadlines(expected, actual)


def _compare_deadlines(before: Any, after: Any) -> Change:
    if before == after:
        return Kind.CHANGED, ""
    return (Kind.LOWERED, tr("推迟", "later")) if after > before else (Kind.RAISED, tr("提前", "earlier"))


def _compare_multiple(old: MultipleValues, new: MultipleValues, context: TargetContext) -> Change:
    """Return the worst change of the parts; unclear if the number of parts differs."""
    if len(old.parts) != len(new.parts):
        return Kind.UNCLEAR, ""
    pairs = zip(old.parts, new.parts, strict=True)
    changes = (compare_strength(old_part, new_part, context) for old_part, new_part in pairs)
    return min(changes, key=lambda change: change[0].rank)


_COMPARATORS: Final[tuple[tuple[Any, Callable[..., Change]], ...]] = (
    ((Date, Period), _compare_dates),
    (Delta, _compare_deltas),
    (Frequency, _compare_frequencies),
    (Grade, _compare_grades),
    (MultipleValues, _compare_multiple),
)
"""Comparators of the values that are not compared as quantities."""
