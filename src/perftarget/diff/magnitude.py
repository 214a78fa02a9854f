"""Difference of two quantities in a common unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from perftarget.values.parser import Quantity

TIMES_PER_YEAR: Final = {"日": 365, "天": 365, "周": 52, "月": 12, "季度": 4, "学期": 2, "半年": 2, "年": 1}
_UNIT_SIZES: Final = {
    "%": {"%": "1", "‰": "0.1"},
    "秒": {"秒": "1", "分钟": "60", "小时": "3600", "天": "86400", "日": "86400", "周": "604800"},
    "米": {"毫米": "0.001", "厘米": "0.01", "米": "1", "千米": "1000", "公里": "1000"},
    "平方米": {"平方米": "1", "公顷": "10000", "平方千米": "1000000", "平方公里": "1000000"},
    "人": {"人": "1", "名": "1"},
    "克": {"克": "1", "千克": "1000", "公斤": "1000", "吨": "1000000"},
}
"""The units of each kind by their base unit, with their sizes in base units."""
_UNIT_FACTORS: Final = {
    unit: (base, Decimal(size)) for base, sizes in _UNIT_SIZES.items() for unit, size in sizes.items()
}


def increase(before: Quantity, after: Quantity) -> Decimal | None:
    """Return the increase of the number in a common unit; None if the units are not comparable."""
    if before.unit == after.unit or not (before.amount or after.amount):
        return after.amount - before.amount
    old_amount, old_unit = _in_base_unit(before, after)
    new_amount, new_unit = _in_base_unit(after, before)
    return new_amount - old_amount if old_unit == new_unit else None


def _in_base_unit(quantity: Quantity, other: Quantity) -> tuple[Decimal, object]:
    """Return the number in the base unit of its kind, and that unit.

    A zero takes the unit of the `other` quantity. So does a number without a unit: 718 beside 718人, 95 beside 95%. A
    fraction beside a rate is 0.97 for 97%; 1 beside a rate may be 1% or all of it, so it takes no unit.
    """
    unit = quantity.unit if quantity.amount else other.unit
    if unit is None or not unit.symbol:
        if other.is_rate and 0 < quantity.amount < 1:
            return quantity.amount * 100, ("%", ())
        takes_unit = not quantity.scale and not other.scale and (not other.is_rate or quantity.amount > 1)
        if not takes_unit or other.unit is None or not other.unit.symbol:
            return quantity.amount, None
        unit = other.unit
    base, factor = _UNIT_FACTORS.get(unit.symbol, (unit.symbol, Decimal(1)))
    per = sorted("年" if part in TIMES_PER_YEAR else part for part in unit.per)
    for part in unit.per:
        factor *= TIMES_PER_YEAR.get(part, 1)
    return quantity.amount * factor, (base, tuple(per))
