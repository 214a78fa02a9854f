"""Decide if the sign of a target points against what is good."""

from __future__ import annotations

from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.tables.indicators import Indicator
from perftarget.tables.semantics.names import Sense, understand
from perftarget.tables.semantics.value_kinds import kind_of_value
from perftarget.values.parser import Operator, Quantity

FLOORS: Final = frozenset({Operator.AT_LEAST, Operator.ABOVE})
CEILINGS: Final = frozenset({Operator.AT_MOST, Operator.BELOW})
_SURE: Final = frozenset({"rate", "satisfaction", "event"})
_COUNTED: Final = frozenset({"people", "count", "area", "length", "measure", "frequency"})
_SPENT: Final = frozenset({"cost", "standard"})
_HIGH_RATE: Final = 90
"""A rate of which less is better has no limit so high."""


class Reversal(NamedTuple):
    """A sign against what is good: the sign to write, why, and if it is sure.

    The reason is lower, higher, cost, short, long or usual.
    """

    sign: str
    reason: str
    is_sure: bool


def find_reversal(row: Indicator, profile: Profile) -> Reversal | None:
    """Return how the sign of a target points the wrong way; None if it does not, or if that cannot be told."""
    value = row.value
    if not isinstance(value, Quantity) or value.operator not in FLOORS | CEILINGS:
        return None
    sense = understand(row, profile)
    return (_floor if value.operator in FLOORS else _ceiling)(row, value, sense, profile)


def _floor(row: Indicator, value: Quantity, sense: Sense, profile: Profile) -> Reversal | None:
    if sense.kind in _SPENT:
        return _floor_of_cost(row, value, sense, profile)
    if sense.polarity == "lower" and sense.certain:
        return Reversal("≤", "lower", sense.kind in _SURE)
    if sense.polarity == "lower" and kind_of_value(row) == "duration":
        return Reversal("≤", "short", is_sure=False)
    return None


def _floor_of_cost(row: Indicator, value: Quantity, sense: Sense, profile: Profile) -> Reversal | None:
    """Return a minimum for money to be spent; what is paid to people, and what may well be more, can have one."""
    is_cost = sense.polarity in {"lower", "ceiling"} and "成本" in profile.tier_name(row.second)
    if not is_cost or kind_of_value(row) != "money" or profile.pattern("cost_floors").search(row.bare_name):
        return None
    is_price = sense.head.endswith(("单价", "均价", "成本"))
    per = value.per or (sense.unit.per if sense.unit else ())
    return Reversal("≤", "cost", is_sure=not per) if is_price or not per else None


def _ceiling(row: Indicator, value: Quantity, sense: Sense, profile: Profile) -> Reversal | None:
    if sense.polarity == "unknown" and sense.kind == "rate":
        is_high = value.is_rate and value.number >= _HIGH_RATE and str(value.unit) == "%"
        return Reversal("≥", "usual", is_sure=False) if is_high and value.number != 100 else None
    if sense.polarity != "higher" or sense.kind in _SPENT:
        return None
    if sense.kind in {"rate", "satisfaction"}:
        return Reversal("≥", "higher", is_sure=True)
    if sense.kind == "duration":
        return Reversal("≥", "long", is_sure=False)
    if sense.kind == "income" or sense.certain:
        return Reversal("≥", "higher", is_sure=False)
    is_output = profile.tier_name(row.second).startswith("数量")
    return Reversal("≥", "usual", is_sure=False) if is_output and sense.kind in _COUNTED else None
