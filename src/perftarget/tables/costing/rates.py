"""Rates of standards (2050元/人·月): an amount of money for each item and period."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from perftarget.values.parser import Quantity, period_in_name
from perftarget.values.units import PERIODS

PEOPLE: Final = frozenset({"人", "名", "位", "户", "人次"})
_PERIODS: Final = frozenset(PERIODS.values())
_ONCE_PER_YEAR: Final = frozenset({"学年", "年", "次"})
_ONCE: Final = re.compile("一次性")
_PRICE: Final = re.compile("成本|单价|费用|[收缴]费|价格?$|费$")
_PAID: Final = re.compile("标准|补[贴助]|津贴|工资|待遇|人均|户均|生活费|奖")
"""Payments to people recur; the price of a service for a person (筛查成本 49元/人) does not."""


class Rate(NamedTuple):
    """An amount in 元 for each `item` ("" if not specified), paid once per `period` (None if not specified)."""

    yuan: Decimal
    item: str
    period: str | None


def parse_rate(value: Quantity, name: str) -> Rate | None:
    """Return the rate that a value states as the target of the indicator `name`, or None if it is not money."""
    if value.money is None or value.money <= 0:
        return None
    items = [part for part in value.per if part not in _PERIODS]
    periods = [part for part in value.per if part in _PERIODS]
    item = "人次" if {"人", "次"} <= set(items) else items[0] if items else ""
    return Rate(value.money, item, periods[0] if periods else _period(name, item))


def _period(name: str, item: str) -> str | None:
    """Return the period in the name; the price of a thing or of one occasion is paid once for each (次)."""
    if _ONCE.search(name) or (item and item not in PEOPLE) or item == "人次":
        return "次"
    if item and _PRICE.search(name) and not _PAID.search(name):
        return period_in_name(name) or "次"
    return period_in_name(name)


def times(period: str, months: int) -> int | None:
    """Return how often a period starts within that many months, or None if months do not determine it (天, 周)."""
    counts = {"月": months, "季度": -(-months // 3), "半年": -(-months // 6), "学期": 1 if months <= 6 else 2}
    return counts.get(period, 1 if period in _ONCE_PER_YEAR else None)
