"""Decide if a number of people or things, an amount or a duration can have the size that is written."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from typing import Final

from perftarget.config.profile import Profile
from perftarget.tables.indicators import Indicator
from perftarget.tables.semantics.names import Sense, understand
from perftarget.tables.semantics.value_kinds import PEOPLE, kind_of_value, unit_of
from perftarget.text.normalize import fold
from perftarget.values.parser import Operator, Quantity, Unit, Zero
from perftarget.values.units import KINDS

_DIVISIBLE: Final = frozenset(
    {"度", "课时", "学时", "班", "期", "台班", "门", "节", "人·月", "人·年", "人·天", "层", "轮", "届"}
)
"""Things that are counted in fractions as well: lessons, person-months."""
_DONE: Final = frozenset({"people", "count", "area", "length", "measure", "frequency", "duration", "score"})
_RUNNING: Final = frozenset({"date", "duration"})
_AT_ONCE: Final = re.compile("即办|立等|当场|零等待|零时")
_DIFFERENCE: Final = re.compile("增|减|净|差|变化")
_DEGREES: Final = re.compile("级|档|点")
"""Things in a phrase that can be divided: 0.3个等级."""
_FREE: Final = re.compile("收费|免费|减免|超支|欠|负担|自付")
_NEW: Final = re.compile("新增|新发生")
_SCALED_TWICE: Final = 10_000
"""So many 万 are an 亿, which nobody writes as 万 except in money."""


class Size(Enum):
    """What is wrong with a number."""

    ZERO = "zero"
    NEGATIVE = "negative"
    FRACTION = "fraction"
    SCALED_TWICE = "scaled twice"


def wrong_number(row: Indicator, profile: Profile) -> Size | None:
    """Return what is wrong with a number of people or things, an amount or a duration; None if nothing is."""
    value = row.value
    if not isinstance(value, (Quantity, Zero)):
        return None
    unit, sense = unit_of(value) or row.named_unit, understand(row, profile)
    is_wanted = sense.polarity != "ceiling" and not (sense.certain and sense.polarity == "lower")
    is_time = sense.kind in _RUNNING
    is_wanted = is_wanted and (is_time or not profile.pattern("unwanted_people").search(row.name))
    if value.number <= 0 and is_wanted and (size := _nothing(row, sense, profile)):
        return size
    if isinstance(value, Quantity) and _is_scaled_twice(value, unit):
        return Size.SCALED_TWICE
    is_fraction = _is_fraction(value) and not _DEGREES.search(value.rest if isinstance(value, Quantity) else "")
    if is_fraction and _is_whole(unit, row) and not profile.pattern("averages").search(row.name):
        return Size.FRACTION
    return None


def _nothing(row: Indicator, sense: Sense, profile: Profile) -> Size | None:
    """Return the fault of a number that is zero or below where something has to happen."""
    tier, kind, value = profile.tier_name(row.second), kind_of_value(row), row.value
    if not isinstance(value, (Quantity, Zero)):
        return None
    is_output, is_cost = tier.startswith("数量"), "成本" in tier and kind == "money"
    is_time = kind == "duration" and sense.kind in _RUNNING and not _AT_ONCE.search(row.name)
    is_done = is_output and kind not in {"rate", "money"} and (sense.kind in _DONE or kind in _DONE)
    if is_cost and value.number == 0 and _FREE.search(row.name):
        return None
    if is_cost or is_time:
        return Size.NEGATIVE if value.number < 0 else Size.ZERO
    is_sure = sense.kind in _DONE and sense.polarity == "higher" and not _DIFFERENCE.search(row.name)
    if value.number < 0:
        return Size.NEGATIVE if is_done or is_sure else None
    is_floor = isinstance(value, Quantity) and value.operator is Operator.AT_LEAST
    return Size.ZERO if (is_done and _is_empty(row)) or (is_sure and is_floor) else None


def _is_empty(row: Indicator) -> bool:
    """Return True for 0人 and ≥0人; =0 is a target where something new is not to be, and ≤0 anywhere."""
    value = row.value
    if isinstance(value, Zero):
        text = fold(row.text).strip()
        return text.startswith("0") or (text.startswith("=") and not _NEW.search(row.name))
    if not isinstance(value, Quantity):
        return False
    return value.operator is Operator.AT_LEAST or (value.operator is Operator.EQUAL and not _NEW.search(row.name))


def _is_whole(unit: Unit | None, row: Indicator) -> bool:
    """Return True if the unit counts people or things that cannot be divided."""
    if unit is None:
        return "人数" in row.name
    if unit.per or unit.symbol in _DIVISIBLE:
        return False
    return unit.symbol in PEOPLE or KINDS.get(unit.symbol) == "count"


def _is_fraction(value: Quantity | Zero) -> bool:
    return isinstance(value, Quantity) and value.amount != value.amount.to_integral_value()


def _is_scaled_twice(value: Quantity, unit: Unit | None) -> bool:
    scale = value.scale or (unit.scale if unit is not None else "")
    is_money = unit is None or unit.kind in {"money", "currency"}
    return scale == "万" and not is_money and value.number >= Decimal(_SCALED_TWICE)
