"""What a table's indicators say about its amount: who gets how much, how often; shared by the rules of 资金匹配性."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from perftarget.model import Indicator, Table
from perftarget.money import TIMES_A_YEAR, Amount, Line, amount_of, likeness, read_amount, total
from perftarget.profile import Profile
from perftarget.quantity import Period, Quantity, comparable, parse, period_in_name, unit_in_name

PEOPLE: Final = frozenset({"人", "名", "位", "人次", "人/次", "户"})
PERSON_TIMES: Final = frozenset({"人次", "人/次"})
"""A count of payments rather than of people: it is not multiplied by how often they are made."""

_PER_HEAD: Final = re.compile("人均|户均|每人|每户|标准|单价")
_ONCE: Final = re.compile("一次性")
_ALIKE: Final = Decimal("0.3")
_CLEARLY: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Count:
    """How many are served: 718 人."""

    row: Indicator
    number: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.number:f} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Standard:
    """How much each of them gets, in 元; `item` is what it is per, `period` None where none is written."""

    row: Indicator
    yuan: Decimal
    written: str
    item: str
    period: str | None


@dataclass(frozen=True, slots=True)
class Lump:
    """A cost that is a sum of its own: 12 万元."""

    row: Indicator
    amount: Amount
    at_most: bool


@dataclass(frozen=True, slots=True)
class Costing:
    """The rows that bear on the amount. A standard has one count by name, or it is not paired."""

    amount: Amount | None
    months: int
    lumps: tuple[Lump, ...]
    pairs: tuple[tuple[Count, Standard], ...]
    unpaired: tuple[Standard, ...]

    def lines(self, assumed: str) -> list[Line] | None:
        """The products, a missing period read as `assumed`; None where one cannot be computed."""
        lines = [_line(count, standard, assumed, self.months) for count, standard in self.pairs]
        return None if self.unpaired or None in lines else [line for line in lines if line]

    @property
    def without_period(self) -> list[Standard]:
        return [standard for _, standard in self.pairs if standard.period is None]

    def how_often(self, standard: Standard, assumed: str) -> str:
        """What is said of a standard's period: ，按 12 个月计"""
        if any(count.unit in PERSON_TIMES for count, other in self.pairs if other is standard):
            return "，按人次计"
        period = standard.period or assumed
        times = self.months if period == "月" else TIMES_A_YEAR.get(period, 1)
        counted = f"按 {times} 个{period}计" if period == "月" or times != 1 else ""
        if standard.period is None:
            counted = f"未写期间，{counted or '按每年计'}"
        return f"，{counted}" if counted else ""

    def reading(self) -> tuple[str, list[Line]] | None:
        """The lines; where a period is missing, by year or by month, whichever comes nearer to the amount.

        None where the rows do not say how the amount is composed: that is for 资金测算 to do.
        """
        if self.amount is None or not self.pairs:
            return None
        readings = [(period, lines) for period in ("年", "月") if (lines := self.lines(period))]
        declared = self.amount.yuan
        return min(readings, key=lambda one: abs(self.sum(one[1]) - declared), default=None)

    def sum(self, lines: Sequence[Line]) -> Decimal:
        return total([*(line.yuan for line in lines), *(lump.amount.yuan for lump in self.lumps)])


@lru_cache(maxsize=1)  # four rules ask in turn for the same table
def costing(table: Table, profile: Profile) -> Costing:
    amount = read_amount(table.amount, profile.amount_unit)
    period = parse(table.period)
    months = period.months if isinstance(period, Period) else None
    costs = [row for row in table.indicators if "成本" in profile.tier_name(row.second)]
    standards = [standard for row in costs if (standard := _standard(row, profile))]
    taken = {standard.row.loc for standard in standards}
    lumps = [lump for row in costs if row.loc not in taken and (lump := _lump(row, profile))]
    counts = [count for row in table.indicators if (count := _count(row, profile))]
    pairs = [(_count_for(standard, counts), standard) for standard in standards]
    return Costing(
        amount,
        min(months or 12, 12),
        tuple(lump for lump in lumps if not amount or lump.amount.yuan != amount.yuan),
        tuple((count, standard) for count, standard in pairs if count),
        tuple(standard for count, standard in pairs if not count),
    )


def _standard(row: Indicator, profile: Profile) -> Standard | None:
    value = row.value
    if not isinstance(value, Quantity) or (value.unit is not None and value.money is None) or value.number <= 0:
        return None
    if not value.per and not _PER_HEAD.search(row.name):
        return None
    yuan = value.money
    if yuan is None:
        named = amount_of(value, profile.amount_unit)
        yuan = named.yuan if named else None
    if yuan is None:
        return None
    items = [part for part in value.per if part not in TIMES_A_YEAR]
    periods = [part for part in value.per if part in TIMES_A_YEAR]
    period = periods[0] if periods else _period_of(row, items)
    return Standard(row, yuan, row.text, items[0] if items else "", period)


def _period_of(row: Indicator, items: list[str]) -> str | None:
    """What the name says; a price per thing is paid once."""
    if _ONCE.search(row.name) or any(item not in PEOPLE or item == "人次" for item in items):
        return "次"
    return period_in_name(row.name)


def _lump(row: Indicator, profile: Profile) -> Lump | None:
    value = row.value
    amount = amount_of(value, profile.amount_unit) if isinstance(value, Quantity) else None
    if amount is None or amount.yuan <= 0 or not isinstance(value, Quantity):
        return None
    return Lump(row, amount, str(value.operator or "") in {"≤", "<"})


def _count(row: Indicator, profile: Profile) -> Count | None:
    if "数量" not in profile.tier_name(row.second):
        return None
    value = row.value
    if not isinstance(value, Quantity) or value.number <= 0 or value.per:
        return None
    unit = value.unit or unit_in_name(row.name)
    symbol = unit.symbol if unit else "人" if "人数" in row.name else ""
    return Count(row, value.amount, symbol) if symbol else None


def _count_for(standard: Standard, counts: Sequence[Count]) -> Count | None:
    """The count that a standard is for: the only one of its unit, else the one whose name is clearly most alike."""
    wanted = PEOPLE if standard.item in PEOPLE | {""} else {standard.item}
    fitting = [count for count in counts if count.unit in wanted]
    if len(fitting) == 1:
        return fitting[0]
    name = comparable(standard.row.name)
    ranked = sorted(((likeness(name, comparable(count.row.name)), i) for i, count in enumerate(fitting)), reverse=True)
    if len(ranked) > 1 and ranked[0][0] >= max(_ALIKE, ranked[1][0] + _CLEARLY):
        return fitting[ranked[0][1]]
    return None


def _line(count: Count, standard: Standard, assumed: str, months: int) -> Line | None:
    period = standard.period or assumed
    if period not in TIMES_A_YEAR:
        return None
    if count.unit in PERSON_TIMES:
        return Line(count.number, str(count), standard.yuan, standard.written)
    times = Decimal(months if period == "月" else TIMES_A_YEAR[period])
    text = f"{times} 个{period}" if period == "月" or times != 1 else ""
    return Line(count.number, str(count), standard.yuan, standard.written, times, text)
