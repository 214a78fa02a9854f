"""Comparison of the strength of two targets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from perftarget.diff.change import Change, Kind, TargetContext
from perftarget.diff.deadlines import compare_dates, compare_days
from perftarget.diff.grades import compare_grades
from perftarget.diff.magnitude import TIMES_PER_YEAR, increase
from perftarget.diff.years import relative_base
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
    Unit,
    Value,
    Zero,
)

_UPPER_BOUNDS: Final = frozenset({Operator.AT_MOST, Operator.BELOW})
_LOWER_BOUNDS: Final = frozenset({Operator.AT_LEAST, Operator.ABOVE})
_BOUNDS: Final = _UPPER_BOUNDS | _LOWER_BOUNDS
_STRICT: Final = frozenset({Operator.ABOVE, Operator.BELOW})
_DIFFERENT_STRICTNESS: Final = ({Operator.ABOVE, Operator.AT_LEAST}, {Operator.BELOW, Operator.AT_MOST})
"""Pairs of operators that differ only in that one excludes the bound itself."""


def compare_strength(old: Value, new: Value, context: TargetContext) -> Change:
    """Compare a target with its former value.

    A change that cannot be ordered is `UNCLEAR`, neither weaker nor unchanged. Another notation of the same target is
    `SAME`.
    """
    if old == new and not (isinstance(old, (Date, Period)) and len(set(context.years)) > 1):
        return Kind.SAME, ""
    for type_, compare in _COMPARATORS:
        if isinstance(old, type_) and isinstance(new, type_):
            return compare(old, new, context)
    before, after = _as_quantity(old, new, context), _as_quantity(new, old, context)
    if before is not None and after is not None:
        kind, note = _compare_quantities(before, after, _direction(before, after, context))
        # The operator of a range is inferred, so a missing operator was not removed by the author.
        is_range = isinstance(old, Range) or isinstance(new, Range)
        return (Kind.CHANGED if kind in {Kind.UNBOUND, Kind.SAME} and is_range else kind), note
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
    difference = increase(before, after)
    operators = {before.operator, after.operator}
    if difference is None:
        return Kind.UNCLEAR, ""
    if operators & _LOWER_BOUNDS and operators & _UPPER_BOUNDS:
        return _compare_reversed_bounds(after, lower_is_better)
    if difference and lower_is_better is not None:
        return (Kind.LOWERED if (difference > 0) == lower_is_better else Kind.RAISED), ""
    if before.operator in _BOUNDS and after.operator is None:
        return Kind.UNBOUND, ""
    if not difference:
        return _compare_equal(before, after)
    is_amount = before.money is not None and before.per == after.per
    sign = "+" if difference > 0 else "−"
    return (Kind.AMOUNT, f"{sign}{format_exact_amount(abs(difference))}") if is_amount else (Kind.UNCLEAR, "")


def _compare_equal(before: Quantity, after: Quantity) -> Change:
    """Compare two targets of the same number by their operators and words."""
    if {before.operator, after.operator} in _DIFFERENT_STRICTNESS:
        return _compare_strictness(before), ""
    if before.approximate != after.approximate:
        note = tr("只是大约的数", "only about that number")
        return (Kind.LOWERED, note) if after.approximate else (Kind.RAISED, "")
    if before.operator is Operator.EQUAL and after.operator in _BOUNDS and not _is_limit(after):
        return Kind.LOWERED, tr("由等于放宽", "no longer exactly that number")
    words = _words(before) == _words(after)
    operators = {before.operator, after.operator} - {None, Operator.EQUAL}
    is_limit = None not in {before.operator, after.operator} and (_is_limit(before) or _is_limit(after))
    same_bound = before.operator == after.operator or not operators or is_limit
    return (Kind.SAME if words and same_bound and _same_period(before, after) else Kind.CHANGED), ""


def _words(target: Quantity) -> tuple[str, ...]:
    """Return the words around a number; 达到95% says no more than 95%."""
    return target.lead, target.rest, "" if target.reach in {"达到", "达"} else target.reach


def _is_limit(target: Quantity) -> bool:
    """Return True for ≥100% and ≤0, which nothing but the number itself can meet."""
    if target.operator is Operator.AT_LEAST:
        return target.is_rate and increase(target, Quantity(Decimal(100), Unit("%"))) == 0
    return target.operator is Operator.AT_MOST and target.amount == 0


def _same_period(before: Quantity, after: Quantity) -> bool:
    """Return True unless the targets are per something else; 500元/月 is settled otherwise than 6000元/年."""
    return before.per == after.per or before.unit is None or after.unit is None


def _compare_strictness(before: Quantity) -> Kind:
    """Return the kind of a change between a strict and a non-strict bound: >95% promises a little more than ≥95%."""
    return Kind.LOWERED if before.operator in _STRICT else Kind.RAISED


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
    bases = [relative_base(change.base, year) for change, year in zip((old, new), context.years, strict=True)]
    if before is None or after is None or (all(bases) and bases[0] != bases[1]):
        return Kind.UNCLEAR, ""
    kind, note = _compare_changes(old, new, context)
    if bases[0] and not bases[1] and not kind.weaker:
        return Kind.UNBASED, ""
    return (Kind.CHANGED if kind is Kind.SAME and bases[0] != bases[1] else kind), note


def _compare_changes(old: Delta, new: Delta, context: TargetContext) -> Change:
    """Compare two changes from one base."""
    before, after = old.signed, new.signed
    if before is None or after is None:
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
        return compare_days(old, new)
    before, after = (_times_per_year(frequency) for frequency in (old, new))
    if before is None or after is None:
        return Kind.UNCLEAR, ""
    operators = {before.operator, after.operator}
    lower = bool(operators & _UPPER_BOUNDS) if operators & _BOUNDS else context.lower_is_better
    kind, note = _compare_quantities(before, after, lower)
    other = old.period != new.period or old.action != new.action
    return (Kind.CHANGED if kind is Kind.SAME and other else kind), note


def _times_per_year(frequency: Frequency) -> Quantity | None:
    """Return the times per year, once in each period if no number is written; None if the period is unknown."""
    times = TIMES_PER_YEAR.get(frequency.period)
    if times is None:
        return None
    quantity = frequency.quantity or Quantity(Decimal(1))
    return replace(quantity, number=quantity.number * times, unit=None)


def _compare_multiple(old: MultipleValues, new: MultipleValues, context: TargetContext) -> Change:
    """Return the worst change of the parts; unclear if the number of parts differs."""
    if len(old.parts) != len(new.parts):
        return Kind.UNCLEAR, ""
    pairs = zip(old.parts, new.parts, strict=True)
    changes = (compare_strength(old_part, new_part, context) for old_part, new_part in pairs)
    return min(changes, key=lambda change: change[0].rank)


_COMPARATORS: Final[tuple[tuple[Any, Callable[..., Change]], ...]] = (
    ((Date, Period), compare_dates),
    (Delta, _compare_deltas),
    (Frequency, _compare_frequencies),
    (Grade, compare_grades),
    (MultipleValues, _compare_multiple),
)
"""Comparators of the values that are not compared as quantities."""
