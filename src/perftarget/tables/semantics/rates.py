"""Decide if a rate can have the size that is written."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Final

from perftarget.config.profile import Profile
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.tables.once import once_per_table
from perftarget.tables.semantics.lexicon import rate_pattern
from perftarget.tables.semantics.names import Sense, plain_name, understand
from perftarget.tables.semantics.value_kinds import unit_of
from perftarget.values.parser import Operator, Quantity

_FULL: Final = 100
_FAR_BEYOND: Final = 200
"""More than this is no degree of completion either."""
_HIGH: Final = 80
_LOW: Final = 20
_LOST: Final = 10
_SISTERS: Final = 2
_MINIMUM: Final = frozenset({None, Operator.AT_LEAST, Operator.ABOVE, Operator.EQUAL})


class Size(Enum):
    """What is wrong with the size of a rate."""

    OVER = "over"
    BEYOND = "beyond"
    NEGATIVE = "negative"
    ZERO = "zero"
    PER_MILLE = "per mille"
    LOST_DIGIT = "lost digit"


def is_bounded(row: Indicator, profile: Profile) -> bool:
    """Return True if the name is that of a share of a whole, which is from 0 to 100%."""
    return understand(row, profile).is_share and not _matches(row, profile, "unbounded")


def wrong_size(row: Indicator, table: Table, profile: Profile) -> Size | None:
    """Return what is wrong with the size of a rate, or None."""
    value, sense = row.value, understand(row, profile)
    if not isinstance(value, Quantity) or not sense.is_share or (percent := percentage(row)) is None:
        return None
    if not is_bounded(row, profile):
        return Size.BEYOND if percent > _FAR_BEYOND and sense.certain and _is_completion(row) else None
    if percent > _FULL or (percent == _FULL and value.operator is Operator.ABOVE):
        return Size.OVER
    if percent < 0:
        return Size.NEGATIVE
    return _too_small(row, sense, percent, table, profile)


def percentage(row: Indicator) -> Decimal | None:
    """Return the number of a rate in percent; None if its unit, in the value or in the name, is no rate."""
    value, unit = row.value, unit_of(row.value) or row.named_unit
    if not isinstance(value, Quantity) or unit is None or not unit.is_rate or value.scale:
        return None
    return value.number / 10 if unit.symbol == "‰" else value.number


def _too_small(row: Indicator, sense: Sense, percent: Decimal, table: Table, profile: Profile) -> Size | None:
    value = row.value
    is_higher = sense.polarity == "higher" and isinstance(value, Quantity) and value.operator in _MINIMUM
    if not isinstance(value, Quantity):
        return None
    if percent == 0:
        return Size.ZERO if is_higher or value.operator is Operator.AT_LEAST else None
    unit = unit_of(value) or row.named_unit
    if unit is not None and unit.symbol == "‰":
        return Size.PER_MILLE if is_higher and not _matches(row, profile, "per_mille") else None
    is_lost = is_higher and sense.kind == "rate" and percent < _LOST and percent == int(percent)
    if is_lost and not _matches(row, profile, "low") and _has_high_sisters(table, profile, row):
        return Size.LOST_DIGIT
    return None


def _has_high_sisters(table: Table, profile: Profile, row: Indicator) -> bool:
    others = [number for other, number in _high_rates(table, profile) if other is not row]
    return len(others) >= _SISTERS and min(others) >= _LOW and sorted(others)[len(others) // 2] >= _HIGH


@once_per_table
def _high_rates(table: Table, profile: Profile) -> list[tuple[Indicator, Decimal]]:
    """Return the rates of which more is better, without those that may well be low."""
    rates = []
    for row in table.indicators:
        sense, number = understand(row, profile), percentage(row)
        is_high = sense.is_share and sense.polarity == "higher" and not _matches(row, profile, "low")
        if is_high and number is not None and is_bounded(row, profile):
            rates.append((row, number))
    return rates


def _is_completion(row: Indicator) -> bool:
    return plain_name(row.name).endswith(
        ("完成率", "执行率", "到位率", "实现率", "达成率", "巩固率", "收缴率", "入学率", "入园率")
    )


def _matches(row: Indicator, profile: Profile, group: str) -> bool:
    return bool(rate_pattern(profile, group).search(plain_name(row.name)))
