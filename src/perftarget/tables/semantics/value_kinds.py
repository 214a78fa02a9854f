"""What a value is: a rate, a number of people or things, money, a date or a duration."""

from __future__ import annotations

from typing import Final

from perftarget.tables.indicators import Indicator
from perftarget.values.parser import Date, Frequency, Period, Quantity, Range, Unit, Value, Zero

PEOPLE: Final = frozenset({"人", "名", "位", "员", "学生"})
HOUSEHOLDS: Final = frozenset({"户", "户次"})
_KINDS: Final = {
    "money": "money",
    "currency": "money",
    "time": "duration",
    "area": "area",
    "length": "length",
    "frequency": "frequency",
    **dict.fromkeys(("volume", "mass", "energy", "pressure", "electricity"), "measure"),
}


def kind_of_value(row: Indicator) -> str:
    """Return the kind of a target by its form and unit; "" if it cannot be told, as for a bare number or a change."""
    kind: str | None = row.derived.get(kind_of_value)
    if kind is None:
        kind = row.derived[kind_of_value] = _kind_of_value(row)
    return kind


def _kind_of_value(row: Indicator) -> str:
    value = row.value
    if isinstance(value, (Date, Period)):
        return "date"
    if isinstance(value, Frequency) and value.quantity is None:
        return "schedule"
    return kind_of_unit(unit_of(value) or row.named_unit) if isinstance(value, (Quantity, Range, Zero)) else ""


def unit_of(value: Value) -> Unit | None:
    """Return the unit of a quantity, a range or a zero; None for other values and without a unit."""
    unit = value.unit if isinstance(value, (Quantity, Range, Zero)) else None
    return unit if unit is not None and (unit.symbol or unit.per) else None


def kind_of_unit(unit: Unit | None) -> str:
    """Return what a number with that unit counts or measures; "" if it cannot be told."""
    if unit is None or not unit.symbol:
        return ""
    if unit.is_rate:
        return "rate"
    if unit.kind in {"frequency", "money"}:
        return _KINDS[unit.kind]
    if unit.per:
        return ""
    if unit.symbol in PEOPLE or unit.symbol in HOUSEHOLDS or unit.symbol == "人次":
        return "people"
    return "count" if unit.kind == "count" else _KINDS.get(unit.kind, "")
