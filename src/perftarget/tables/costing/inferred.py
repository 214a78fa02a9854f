"""Infer the composition of the amount from the indicators: standards, the counts they apply to, and lump sums."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from perftarget.config.profile import Profile
from perftarget.tables.costing.costing import Costing, Count, LumpSum, Standard, fitting_counts
from perftarget.tables.costing.rates import parse_rate, times
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.tables.once import once_per_table
from perftarget.text.similarity import similarity
from perftarget.values.money import (
    Amount,
    amount_of_quantity,
    format_exact_amount,
    parse_amount,
    product,
    total,
)
from perftarget.values.parser import Date, Period, Quantity, parse

_PER_HEAD: Final = re.compile("人均|户均|每人|每户|每次|标准|单价")
_SUBSIDY: Final = re.compile("(?:补贴|补助|津贴|工资|待遇)(?:费|额)?$")
_MAX_PER_PERSON: Final = Decimal(200_000)
"""In 元; a higher subsidy without 人均 or 标准 in its name is the sum for all recipients."""
_HARM: Final = re.compile("社会|生态|环境")
_TOTAL: Final = re.compile("总|合计|共计|预算|成本控制")
_MIN_SIMILARITY: Final = Decimal("0.3")
_MIN_LEAD: Final = Decimal("0.1")
_MAX_PAIRS: Final = 40
"""Limit of the counts and standards of a form that are paired; among more, names are ambiguous and slow to compare."""


@once_per_table
def infer_costing(table: Table, profile: Profile) -> Costing:
    """Return the costing of a table."""
    months = _months(table.period)
    costs = cost_rows(table, profile)
    standards = [standard for row in costs if (standard := _standard(row))]
    standard_locs = {standard.row.loc for standard in standards}
    others = [row for row in costs if row.loc not in standard_locs]
    lump_sums = [lump for row in others if (lump := _lump_sum(row, profile, months or 12))]
    counts = [count for row in table.indicators if (count := _count(row, profile))]
    pairs = [(_count_for(standard, counts), standard) for standard in standards[:_MAX_PAIRS]]
    amount = parse_amount(table.amount, profile.amount_unit)
    return Costing(
        amount,
        months or 12,
        bool(months) or not table.period.strip(),
        tuple(_without_totals(lump_sums, amount)),
        tuple((count, standard) for count, standard in pairs if count and standard.rate),
        (*(standard for count, standard in pairs if not (count and standard.rate)), *standards[_MAX_PAIRS:]),
        tuple(counts),
    )


@once_per_table
def cost_rows(table: Table, profile: Profile) -> list[Indicator]:
    """Return the indicators of the costs that the amount pays for."""
    return [row for row in table.indicators if _costs_money(profile.tier_name(row.second))]


def _costs_money(tier: str) -> bool:
    """Return True for a tier of costs, except social and environmental costs, which the amount does not pay for."""
    return "成本" in tier and not _HARM.search(tier)


def _months(period: str) -> int | None:
    """Return the length of a project period in months, at most 12, or None if it is unknown."""
    value = parse(period)
    if isinstance(value, Period):
        return min(value.months or 12, 12)
    if isinstance(value, Quantity) and value.unit and value.unit.symbol == "个月" and 0 < value.number <= 12:
        return int(value.number)
    if isinstance(value, Date) and "半年" in period:
        return 6
    return 3 if isinstance(value, Date) and "季度" in period else None


def _standard(row: Indicator) -> Standard | None:
    """Return the standard that a cost states, or None.

    A standard is an amount for each item. An amount that is only per month or year is a lump sum, unless the name of
    the indicator states that it is per person.
    """
    value = row.value
    if not isinstance(value, Quantity) or (value.unit is not None and value.money is None) or value.number <= 0:
        return None
    rate = parse_rate(value, row.name)
    if not (rate and rate.item) and not _is_per_head(row.bare_name, value):
        return None
    return Standard(row, row.text, rate)


def _is_per_head(name: str, value: Quantity) -> bool:
    """Return True if the amount is per person by its name, or is a subsidy small enough to be that."""
    return bool(_PER_HEAD.search(name) or (_SUBSIDY.search(name) and (value.money or 0) <= _MAX_PER_PERSON))


def _lump_sum(row: Indicator, profile: Profile, months: int) -> LumpSum | None:
    """Return the lump sum that a cost states, or None."""
    value = row.value
    if not isinstance(value, Quantity) or profile.pattern("not_costs").search(row.name):
        return None
    text, amount = "", amount_of_quantity(value, profile.amount_unit)
    rate = parse_rate(value, row.name)
    if amount is None and rate and rate.period and (number := times(rate.period, months)):
        yuan = product(rate.yuan, Decimal(number))
        amount = Amount(yuan, Decimal(1), "元")
        text = f"{row.text} × {number} = {format_exact_amount(yuan)}"
    if amount is None or amount.yuan <= 0:
        return None
    return LumpSum(row, amount, str(value.operator or "") in {"≤", "<"}, text or str(amount))


def _without_totals(lump_sums: list[LumpSum], amount: Amount | None) -> Iterator[LumpSum]:
    """Yield the lump sums that are not the total of the others, by their name or by their amount."""
    sum_of_all = total(lump.amount.yuan for lump in lump_sums)
    for lump in lump_sums:
        yuan = lump.amount.yuan
        is_total = amount is not None and yuan == amount.yuan and sum_of_all in {yuan, 2 * yuan}
        if not _TOTAL.search(lump.row.name) and not is_total:
            yield lump


def _count(row: Indicator, profile: Profile) -> Count | None:
    """Return the count that an indicator states, or None."""
    value = row.value
    if "数量" not in profile.tier_name(row.second) or not isinstance(value, Quantity) or value.number <= 0:
        return None
    unit = value.unit or row.named_unit
    if unit and unit.per:
        return Count(row, value.amount, "人次") if (unit.symbol, unit.per) == ("人", ("次",)) else None
    symbol = unit.symbol if unit else "人" if "人数" in row.name else ""
    return Count(row, value.amount, symbol) if symbol else None


def _count_for(standard: Standard, counts: Sequence[Count]) -> Count | None:
    """Return the only count that fits the standard or, of several, the one with clearly the most similar name."""
    fitting = fitting_counts(standard.rate.item if standard.rate else "", counts)
    if len(fitting) == 1:
        return fitting[0]
    if len(fitting) > _MAX_PAIRS:
        return None
    name = standard.row.bare_name
    similarities = ((similarity(name, count.row.bare_name), index) for index, count in enumerate(fitting))
    ranked = sorted(similarities, reverse=True)
    if len(ranked) > 1 and ranked[0][0] >= max(_MIN_SIMILARITY, ranked[1][0] + _MIN_LEAD):
        return fitting[ranked[0][1]]
    return None
