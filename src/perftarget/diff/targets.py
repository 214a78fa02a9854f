"""Comparison of the targets of two indicators, with all that a cell and its name say."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from perftarget.diff.change import Change, Kind, TargetContext
from perftarget.diff.prose import compare_prose, lost_base
from perftarget.diff.strength import compare_strength
from perftarget.i18n import tr
from perftarget.tables.indicators import Indicator
from perftarget.values.measurability import measured_by
from perftarget.values.parser import (
    Boolean,
    MultipleValues,
    Operator,
    Quantity,
    Range,
    Text,
    Unit,
    Value,
    Zero,
    parse,
)
from perftarget.values.unreadable import diagnose

_WHOLE: Final = Quantity(Decimal(100), Unit("%"), Operator.EQUAL)


class Reading(NamedTuple):
    """A target as read: its value, and what the reading had to suppose."""

    value: Value
    note: str = ""
    readable: bool = True


def compare_targets(old: Indicator, new: Indicator, context: TargetContext) -> Change:
    """Compare the targets of two rows; `SAME` if they say the same in another notation."""
    if isinstance(old.value, Text) and isinstance(new.value, Text) and (old.value.sentence or new.value.sentence):
        return compare_prose(old.text, new.text, context)
    before, after = _read(old), _read(new)
    if not before.readable or not after.readable:
        return Kind.UNCLEAR, before.note or after.note
    kind, note = _compare(before.value, after.value, (old, new), context)
    if kind in {Kind.SAME, Kind.CHANGED, Kind.UNCLEAR} and lost_base(old.text, new.text) and _is_change(after.value):
        kind, note = Kind.UNBASED, ""
    if kind is Kind.UNCLEAR and _has_words(before.value) and _has_words(after.value):
        kind, note = compare_prose(old.text, new.text, context)
    supposed = before.note or after.note
    if kind is Kind.SAME and supposed:
        kind = Kind.CHANGED
    return kind, tr("；", "; ").join(filter(None, (note, supposed)))


def _read(row: Indicator) -> Reading:
    """Return the value of a row with the unit in its name, or the nearest reading of a mistyped one."""
    value, text = row.value, row.text.strip()
    if isinstance(value, Quantity) and value.unit is None and not value.scale:
        unit = row.named_unit
        return Reading(value.with_unit(unit) if unit is not None else value)
    if not isinstance(value, Text) or not text or (fault := diagnose(text, row.name)) is None:
        return Reading(value)
    shown = " ".join(text.split())
    if len(fault.readings) != 1:
        return Reading(value, tr(f"“{shown}”读不出绩效值", f"“{shown}” cannot be read"), readable=False)
    reading = fault.readings[0]
    return Reading(parse(reading, name=row.name), tr(f"“{shown}”读作“{reading}”", f"“{shown}” read as “{reading}”"))


def _compare(before: Value, after: Value, rows: tuple[Indicator, Indicator], context: TargetContext) -> Change:
    """Compare two values, and two texts by the numbers in them."""
    old, new = rows
    if isinstance(before, Text) and isinstance(after, Text):
        kind, note = compare_prose(old.text, new.text, context)
        if kind is not Kind.CHANGED:
            return kind, note
    wholes = [_as_whole(value, other, row) for value, other, row in ((before, after, old), (after, before, new))]
    if wholes != [before, after]:
        kind, note = compare_strength(wholes[0], wholes[1], context)
        return (Kind.CHANGED if kind in {Kind.SAME, Kind.UNBOUND} else kind), note
    kind, note = compare_strength(before, after, context)
    if kind is Kind.VAGUE and _is_measured(after, new):
        return Kind.UNCLEAR, note
    if kind is Kind.UNCLEAR and not after.numeric and _is_measured(before, old) and not _is_measured(after, new):
        return Kind.VAGUE, note
    return kind, note


def _is_measured(value: Value, row: Indicator) -> bool:
    return value.numeric or measured_by(row.text, row.name) is not None


def _as_whole(value: Value, other: Value, row: Indicator) -> Value:
    """Return 100% for a word such as 全覆盖 beside a rate, and 0 for words that something must not happen."""
    if not isinstance(value, (Text, Boolean)):
        return value
    measured = measured_by(row.text, row.name)
    if measured == "zero":
        return Zero(Unit("起"))
    is_whole = measured == "whole" or (isinstance(value, Boolean) and value.answer and _is_old(other))
    is_rate = isinstance(other, (Quantity, Range)) and other.is_rate
    return _WHOLE if is_rate and is_whole else value


def _is_old(other: Value) -> bool:
    """Return True if `other` is a part of the whole, so that 完成 beside it means all."""
    return isinstance(other, Quantity) and other.is_rate and other.number < 100 and other.operator is not None


def _is_change(value: Value) -> bool:
    """Return True unless the value is a target that needs no base."""
    return not isinstance(value, (Zero, Range))


def _has_words(value: Value) -> bool:
    """Return True for a number in a phrase that says what is done: 完成道路120公里."""
    parts = value.parts if isinstance(value, MultipleValues) else (value,)
    return all(isinstance(part, (Quantity, Range)) and bool(part.lead) for part in parts)
