"""The calculation of an amount: standards, counts and lump sums with their arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from perftarget.i18n import tr
from perftarget.tables.costing.rates import PEOPLE, Rate, times
from perftarget.tables.indicators import Indicator
from perftarget.text.source import Loc
from perftarget.values.money import Amount, Line, count_periods, format_exact_amount, total


class Count(NamedTuple):
    """The number of persons or things that a project serves: 718 人."""

    row: Indicator
    number: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.number:f} {self.unit}".rstrip()


class Standard(NamedTuple):
    """The amount for each person or thing; `rate` is None if it has no unit of money."""

    row: Indicator
    written: str
    rate: Rate | None


class LumpSum(NamedTuple):
    """A cost that is not multiplied by a count: 12 万元, or 1 万元/月 for the months of the project period."""

    row: Indicator
    amount: Amount
    at_most: bool
    text: str


@dataclass(frozen=True)
class Costing:
    """The costs and counts of a table, with the standards that could be paired with a count.

    `months` is the length of the project period within the year; 12 if unknown, and then `months_known` is False
    unless the period is blank.
    """

    amount: Amount | None
    months: int
    months_known: bool
    lump_sums: tuple[LumpSum, ...]
    pairs: tuple[tuple[Count, Standard], ...]
    unpaired: tuple[Standard, ...]
    counts: tuple[Count, ...]

    def lines(self, assumed: str) -> list[Line] | None:
        """Return the products, with missing periods read as `assumed`, or None if a product cannot be computed."""
        lines = [_line(count, standard, assumed, self.months) for count, standard in self.pairs]
        return None if self.unpaired or None in lines else [line for line in lines if line]

    @property
    def standards(self) -> list[Standard]:
        """All standards, paired or not."""
        return [*(standard for _, standard in self.pairs), *self.unpaired]

    @property
    def pairs_without_total(self) -> list[tuple[Count, Standard]]:
        """The pairs without a yearly sum, because the number of periods is unknown (元/人·天)."""
        return [pair for pair in self.pairs if _line(*pair, "年", self.months) is None]

    def countable(self, standard: Standard) -> bool:
        """Return True if there is a count that the standard can apply to."""
        return bool(fitting_counts(standard.rate.item if standard.rate else "", self.counts))

    @property
    def above(self) -> list[LumpSum]:
        """The lump sums that each exceed the whole amount."""
        amount = self.amount
        larger = [lump for lump in self.lump_sums if amount and 0 < amount.yuan < lump.amount.yuan]
        return [lump for lump in larger if amount and not amount.rounds_to(lump.amount.yuan)]

    @property
    def standards_without_period(self) -> list[Standard]:
        """The paired standards without a period."""
        return [standard for _, standard in self.pairs if standard.rate and standard.rate.period is None]

    @cached_property
    def reading(self) -> tuple[str, list[Line]] | None:
        """The assumed period and the lines: per year or per month, whichever sum is nearer to the amount.

        None if the indicators do not determine how the amount is composed; the table then needs 资金测算.
        """
        if self.amount is None or self.amount.yuan <= 0 or not self.pairs:
            return None
        readings = [(period, lines) for period in ("年", "月") if (lines := self.lines(period))]
        declared = self.amount.yuan
        return min(readings, key=lambda reading: abs(self.sum(reading[1]) - declared), default=None)

    def sum(self, lines: Sequence[Line]) -> Decimal:
        """Return the sum of the lines and the lump sums, in 元."""
        return total([*(line.yuan for line in lines), *(lump.amount.yuan for lump in self.lump_sums)])

    def operands(self, assumed: str) -> Iterator[tuple[Loc, str]]:
        """Yield the location and description of each number in the calculation, once."""
        for loc, count in {count.row.loc: count for count, _ in self.pairs}.items():
            headcount, quantity = tr(f"人数 {count}", f"headcount {count}"), tr(f"数量 {count}", f"quantity {count}")
            yield (loc, headcount if count.unit in PEOPLE else quantity)
        for count, standard in self.pairs:
            note = self._period_note(count, standard, assumed)
            yield (standard.row.loc, tr("标准 ", "standard ") + standard.written + note)
        yield from ((lump.row.loc, tr("另列 ", "separately ") + lump.text) for lump in self.lump_sums)

    def arithmetic(self, lines: Sequence[Line]) -> Iterator[str]:
        """Yield the written-out products, the lump sums and the total."""
        yield from (tr("测算：", "calculated: ") + str(line) for line in lines)
        for lump in self.lump_sums:
            yield tr(f"另列：{lump.row.name} {lump.text}", f"separately: “{lump.row.name}” {lump.text}")
        if len(lines) + len(self.lump_sums) > 1:
            yield tr("合计 ", "total ") + format_exact_amount(self.sum(lines))

    def _period_note(self, count: Count, standard: Standard, assumed: str) -> str:
        """Return the note on the periods that a standard is multiplied by (，按 12 个月计)."""
        if count.unit == "人次":
            return tr("，按人次计", ", counted per person-time")
        written = standard.rate.period if standard.rate else None
        period = written or assumed
        number = times(period, self.months)
        number_text = count_periods(number, period) if period == "月" or number != 1 else ""
        note = tr(f"，按 {number_text}计", f", counted for {number_text}") if number_text else ""
        if written:
            return note
        return tr("，未写期间", ", without a period") + (note or tr("，按每年计", ", counted per year"))


def fitting_counts(item: str, counts: Sequence[Count]) -> list[Count]:
    """Return the counts of that item; counts of people if the item is blank or of people and has no count itself."""
    of_item = [count for count in counts if count.unit == item]
    if of_item or item not in PEOPLE | {"", "次"}:
        return of_item
    return [count for count in counts if count.unit in PEOPLE]


def _line(count: Count, standard: Standard, assumed: str, months: int) -> Line | None:
    """Return the product of a count and a standard, or None if it cannot be computed."""
    if standard.rate is None:
        return None
    period = standard.rate.period or assumed
    if count.unit == "人次":  # the count is that of all payments, so there is no factor for periods
        return Line(count.number, str(count), standard.rate.yuan, standard.written)
    number = times(period, months)
    if number is None:
        return None
    return Line(count.number, str(count), standard.rate.yuan, standard.written, Decimal(number), period)
