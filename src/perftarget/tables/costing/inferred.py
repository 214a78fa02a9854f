"""What a table's indicators say about its amount: who gets how much, how often; shared by the rules of 资金匹配性."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.tables.costing.rates import PEOPLE, Rate, parse_rate, times
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.text.similarity import similarity
from perftarget.text.source import Loc
from perftarget.values.money import (
    Amount,
    Line,
    amount_of_quantity,
    format_exact_amount,
    parse_amount,
    periods,
    product,
    total,
)
from perftarget.values.parser import Date, Period, Quantity, parse

_PER_HEAD: Final = re.compile("人均|户均|每人|每户|每次|标准|单价")
_SUBSIDY: Final = re.compile("(?:补贴|补助|津贴|工资|待遇)(?:费|额)?$")
_FOR_ONE: Final = Decimal(200_000)
"""A subsidy of more than this without 人均 or 标准 in its name is the sum for all who get it."""
_HARM: Final = re.compile("社会|生态|环境")
_TOTAL: Final = re.compile("总|合计|共计|预算|成本控制")
_ALIKE: Final = Decimal("0.3")
_CLEARLY: Final = Decimal("0.1")
_MOST: Final = 40
"""Counts and standards of one form; with more of them names tell nothing, and comparing all takes too long."""


class Count(NamedTuple):
    """How many are served: 718 人."""

    row: Indicator
    number: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.number:f} {self.unit}".rstrip()


class Standard(NamedTuple):
    """How much each of them gets; `rate` is None where no unit of money is written."""

    row: Indicator
    written: str
    rate: Rate | None


class LumpSum(NamedTuple):
    """A cost that is a sum of its own: 12 万元, or 1 万元/月 for the months of the period."""

    row: Indicator
    amount: Amount
    at_most: bool
    text: str


@dataclass(frozen=True)
class Costing:
    """The rows that bear on the amount. A standard has one count by name, or it is not paired."""

    amount: Amount | None
    months: int
    months_known: bool
    lumps: tuple[LumpSum, ...]
    pairs: tuple[tuple[Count, Standard], ...]
    unpaired: tuple[Standard, ...]
    counts: tuple[Count, ...]

    def lines(self, assumed: str) -> list[Line] | None:
        """The products, a missing period read as `assumed`; None where one cannot be computed."""
        lines = [_line(count, standard, assumed, self.months) for count, standard in self.pairs]
        return None if self.unpaired or None in lines else [line for line in lines if line]

    @property
    def standards(self) -> list[Standard]:
        """Every standard, paired or not."""
        return [*(standard for _, standard in self.pairs), *self.unpaired]

    @property
    def uncountable(self) -> list[tuple[Count, Standard]]:
        """The pairs whose product does not come to a year's sum: 元/人·天, without the days."""
        return [pair for pair in self.pairs if _line(*pair, "年", self.months) is None]

    def countable(self, standard: Standard) -> bool:
        """Whether anything is counted that the standard can be for."""
        return bool(_fitting(standard.rate.item if standard.rate else "", self.counts))

    @property
    def above(self) -> list[LumpSum]:
        """The lumps that are more than the whole amount, each by itself."""
        amount = self.amount
        over = [lump for lump in self.lumps if amount and 0 < amount.yuan < lump.amount.yuan]
        return [lump for lump in over if amount and not amount.rounds_to(lump.amount.yuan)]

    @property
    def without_period(self) -> list[Standard]:
        return [standard for _, standard in self.pairs if standard.rate and standard.rate.period is None]

    @cached_property
    def reading(self) -> tuple[str, list[Line]] | None:
        """The lines; where a period is missing, by year or by month, whichever comes nearer to the amount.

        None where the rows do not say how the amount is composed: that is for 资金测算 to do.
        """
        if self.amount is None or self.amount.yuan <= 0 or not self.pairs:
            return None
        readings = [(period, lines) for period in ("年", "月") if (lines := self.lines(period))]
        declared = self.amount.yuan
        return min(readings, key=lambda one: abs(self.sum(one[1]) - declared), default=None)

    def sum(self, lines: Sequence[Line]) -> Decimal:
        return total([*(line.yuan for line in lines), *(lump.amount.yuan for lump in self.lumps)])

    def operands(self, assumed: str) -> Iterator[tuple[Loc, str]]:
        """Where the numbers of the arithmetic stand, each once."""
        for loc, count in {count.row.loc: count for count, _ in self.pairs}.items():
            people, things = tr(f"人数 {count}", f"headcount {count}"), tr(f"数量 {count}", f"quantity {count}")
            yield (loc, people if count.unit in PEOPLE else things)
        for count, standard in self.pairs:
            often = self._how_often(count, standard, assumed)
            yield (standard.row.loc, tr("标准 ", "standard ") + standard.written + often)
        yield from ((lump.row.loc, tr("另列 ", "separately ") + lump.text) for lump in self.lumps)

    def arithmetic(self, lines: Sequence[Line]) -> Iterator[str]:
        """The products and their sum, written out."""
        yield from (tr("测算：", "calculated: ") + str(line) for line in lines)
        for lump in self.lumps:
            yield tr(f"另列：{lump.row.name} {lump.text}", f"separately: “{lump.row.name}” {lump.text}")
        if len(lines) + len(self.lumps) > 1:
            yield tr("合计 ", "total ") + format_exact_amount(self.sum(lines))

    def _how_often(self, count: Count, standard: Standard, assumed: str) -> str:
        """What is said of a standard's period: ，按 12 个月计"""
        if count.unit == "人次":
            return tr("，按人次计", ", counted per person-time")
        written = standard.rate.period if standard.rate else None
        period = written or assumed
        number = times(period, self.months)
        often = periods(number, period) if period == "月" or number != 1 else ""
        counted = tr(f"，按 {often}计", f", counted for {often}") if often else ""
        if written:
            return counted
        return tr("，未写期间", ", without a period") + (counted or tr("，按每年计", ", counted per year"))


@lru_cache(maxsize=1)  # four rules ask in turn for the same table
def infer_costing(table: Table, profile: Profile) -> Costing:
    months = _months(table.period)
    costs = cost_rows(table, profile)
    standards = [standard for row in costs if (standard := _standard(row))]
    taken = {standard.row.loc for standard in standards}
    lumps = [lump for row in costs if row.loc not in taken and (lump := _lump(row, profile, months or 12))]
    counts = [count for row in table.indicators if (count := _count(row, profile))]
    pairs = [(_count_for(standard, counts), standard) for standard in standards[:_MOST]]
    amount = parse_amount(table.amount, profile.amount_unit)
    return Costing(
        amount,
        months or 12,
        bool(months) or not table.period.strip(),
        tuple(_parts(lumps, amount)),
        tuple((count, standard) for count, standard in pairs if count and standard.rate),
        (*(standard for count, standard in pairs if not (count and standard.rate)), *standards[_MOST:]),
        tuple(counts),
    )


@lru_cache(maxsize=1)
def cost_rows(table: Table, profile: Profile) -> list[Indicator]:
    """The rows of the costs that the amount pays for."""
    return [row for row in table.indicators if _costs_money(profile.tier_name(row.second))]


def _costs_money(tier: str) -> bool:
    """What a project costs others, and nature, is a cost on some forms, and none to its amount."""
    return "成本" in tier and not _HARM.search(tier)


def _months(period: str) -> int | None:
    """The months of the year that a project lasts, at most 12; None where its period does not tell."""
    value = parse(period)
    if isinstance(value, Period):
        return min(value.months or 12, 12)
    if isinstance(value, Quantity) and value.unit and value.unit.symbol == "个月" and 0 < value.number <= 12:
        return int(value.number)
    if isinstance(value, Date) and "半年" in period:
        return 6
    return 3 if isinstance(value, Date) and "季度" in period else None


def _standard(row: Indicator) -> Standard | None:
    """A cost for each of something; one that is only per month or year is a sum of its own, unless its name says."""
    value = row.value
    if not isinstance(value, Quantity) or (value.unit is not None and value.money is None) or value.number <= 0:
        return None
    found = parse_rate(value, row.name)
    if not (found and found.item) and not _is_per_head(row.bare_name, value):
        return None
    return Standard(row, row.text, found)


def _is_per_head(name: str, value: Quantity) -> bool:
    return bool(_PER_HEAD.search(name) or (_SUBSIDY.search(name) and (value.money or 0) <= _FOR_ONE))


def _lump(row: Indicator, profile: Profile, months: int) -> LumpSum | None:
    value = row.value
    if not isinstance(value, Quantity) or profile.pattern("not_costs").search(row.name):
        return None
    text, amount = "", amount_of_quantity(value, profile.amount_unit)
    found = parse_rate(value, row.name)
    if amount is None and found and found.period and (often := times(found.period, months)):
        yuan = product(found.yuan, Decimal(often))
        amount = Amount(yuan, Decimal(1), "元")
        text = f"{row.text} × {often} = {format_exact_amount(yuan)}"
    if amount is None or amount.yuan <= 0:
        return None
    return LumpSum(row, amount, str(value.operator or "") in {"≤", "<"}, text or str(amount))


def _parts(lumps: list[LumpSum], amount: Amount | None) -> Iterator[LumpSum]:
    """The lumps without one that is the total of the others, by its name or by its sum."""
    every = total(lump.amount.yuan for lump in lumps)
    for lump in lumps:
        yuan = lump.amount.yuan
        of_all = amount is not None and yuan == amount.yuan and every in {yuan, 2 * yuan}
        if not _TOTAL.search(lump.row.name) and not of_all:
            yield lump


def _count(row: Indicator, profile: Profile) -> Count | None:
    value = row.value
    if "数量" not in profile.tier_name(row.second) or not isinstance(value, Quantity) or value.number <= 0:
        return None
    unit = value.unit or row.named_unit
    if unit and unit.per:
        return Count(row, value.amount, "人次") if (unit.symbol, unit.per) == ("人", ("次",)) else None
    symbol = unit.symbol if unit else "人" if "人数" in row.name else ""
    return Count(row, value.amount, symbol) if symbol else None


def _count_for(standard: Standard, counts: Sequence[Count]) -> Count | None:
    """The count that a standard is for: the only one of its unit, else the one whose name is clearly most alike."""
    fitting = _fitting(standard.rate.item if standard.rate else "", counts)
    if len(fitting) == 1:
        return fitting[0]
    if len(fitting) > _MOST:
        return None
    name = standard.row.bare_name
    ranked = sorted(((similarity(name, count.row.bare_name), i) for i, count in enumerate(fitting)), reverse=True)
    if len(ranked) > 1 and ranked[0][0] >= max(_ALIKE, ranked[1][0] + _CLEARLY):
        return fitting[ranked[0][1]]
    return None


def _fitting(item: str, counts: Sequence[Count]) -> list[Count]:
    """The counts of what a standard is per; of people where that is nothing or nothing of it is counted."""
    of_item = [count for count in counts if count.unit == item]
    if of_item or item not in PEOPLE | {"", "次"}:
        return of_item
    return [count for count in counts if count.unit in PEOPLE]


def _line(count: Count, standard: Standard, assumed: str, months: int) -> Line | None:
    if standard.rate is None:
        return None
    period = standard.rate.period or assumed
    if count.unit == "人次":  # payments are counted, and not made again each month
        return Line(count.number, str(count), standard.rate.yuan, standard.written)
    often = times(period, months)
    if often is None:
        return None
    return Line(count.number, str(count), standard.rate.yuan, standard.written, Decimal(often), period)
