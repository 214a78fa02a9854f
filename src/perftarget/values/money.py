"""Amounts in 元, and the funding arithmetic: headcount × standard × times a year × share, plus lump sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Context, Decimal
from functools import reduce
from typing import Final, NamedTuple

from perftarget.i18n import count_noun, tr
from perftarget.values.parser import Quantity, Unit, parse, parse_unit

_EXACT: Final = Context(prec=120)  # wide enough that no product of numbers that can be written is ever rounded
_PERIODS: Final = {
    "日": "day",
    "天": "day",
    "周": "week",
    "月": "month",
    "季度": "quarter",
    "半年": "half-year",
    "学期": "term",
    "学年": "school year",
    "年": "year",
    "次": "time",
}

SLIPS: Final = {
    Decimal(10): ("差一位", "a digit too many or too few"),
    Decimal(100): ("差两位", "two digits too many or too few"),
    Decimal(1000): ("差三位", "three digits too many or too few"),
    Decimal(10000): ("元与万元混淆", "“元” and “万元” mixed up"),
    Decimal(12): ("按年与按月混淆", "per year and per month mixed up"),
}
SLIP_TOLERANCE: Final = Decimal("0.005")
COINCIDENCE: Final = Decimal("0.05")
"""An explanation that chance alone would bring about more often than this is no explanation."""


class Amount(NamedTuple):
    """`yuan` in 元; `digit` is what one unit of the last digit written is worth, in 元: 100 of 1649.45 万元."""

    yuan: Decimal
    digit: Decimal
    unit: str

    def __str__(self) -> str:
        return format_amount(self.yuan, self.unit)

    def rounds_to(self, yuan: Decimal) -> bool:
        """Whether `yuan`, rounded or cut off at the last digit written, is this amount; by no more than 1 %."""
        gap = yuan - self.yuan
        return (0 <= gap < self.digit or abs(gap) <= self.digit / 2) and abs(gap) <= abs(self.yuan) / 100


def parse_amount(text: str, form_unit: str) -> Amount | None:
    """The amount that a cell states; without a unit in the cell it has that of the form (万元)."""
    value = parse(text)
    return amount_of_quantity(value, form_unit) if isinstance(value, Quantity) else None


def amount_of_quantity(value: Quantity, form_unit: str) -> Amount | None:
    """The same of a value; None where its unit is not money, or is money per something, or it is only about so much."""
    if value.approximate or value.conflict:
        return None
    if value.unit is None:
        named = parse_unit(form_unit) if not value.scale else Unit("元")
        value = value.with_unit(named or Unit("元"))
    yuan = value.money
    if yuan is None or value.per:
        return None
    exponent = value.number.as_tuple().exponent
    scale = value.amount / value.number if value.number else Decimal(1)
    digit = _EXACT.multiply(Decimal(1).scaleb(min(int(exponent), 0)), scale)
    return Amount(yuan, digit, f"{value.scale}元" if value.scale in {"万", "亿"} else "元")


def format_amount(yuan: Decimal, unit_: str) -> str:
    """`1766.28 万元`: to the cent where it is 元, to two decimals where it is more."""
    factor = {"元": 1, "万元": 10_000, "亿元": 100_000_000}[unit_]
    value = round_half_up(_EXACT.divide(yuan, Decimal(factor)), 2)
    return f"{value:,f} 元" if unit_ == "元" else f"{value:f} {unit_}"


def format_exact_amount(yuan: Decimal) -> str:
    """`15,658,034.04 元`"""
    return f"{round_half_up(yuan, 2):,f} 元"


def period_name(period: str) -> str:
    """`月`, `month`"""
    return tr(period, _PERIODS.get(period, f"“{period}”"))


def periods(number: object, period: str) -> str:
    """`12 个月`, `12 months`"""
    return tr(f"{number} 个{period}", count_noun(number, period_name(period)))


def round_half_up(value: Decimal, places: int) -> Decimal:
    """`value` to so many decimals, without zeros at the end."""
    shorter = value.quantize(Decimal(1).scaleb(-places), context=_EXACT)
    return shorter.quantize(Decimal(1), context=_EXACT) if shorter == shorter.to_integral_value() else _bare(shorter)


def _bare(value: Decimal) -> Decimal:
    return value.normalize(_EXACT)


class Line(NamedTuple):
    """One product. `people` is how many and `standard` how much each, in 元; `times` how often, `period` of what.

    `share` is the part of it that the amount carries, 1 for all.
    """

    people: Decimal
    people_text: str
    standard: Decimal
    standard_text: str
    times: Decimal = Decimal(1)
    period: str = ""
    share: Decimal = Decimal(1)

    @property
    def yuan(self) -> Decimal:
        return product(self.people, self.standard, self.times, self.share)

    def __str__(self) -> str:
        share = f"{round_half_up(self.share * 100, 2):f}%" if self.share != 1 else ""
        often = periods(f"{self.times:f}", self.period) if self.period == "月" or self.times != 1 else ""
        factors = (self.people_text, self.standard_text, often, share)
        return f"{' × '.join(factor for factor in factors if factor)} = {format_exact_amount(self.yuan)}"


def product(*factors: Decimal) -> Decimal:
    return reduce(_EXACT.multiply, factors, Decimal(1))


def total(parts: Iterable[Decimal]) -> Decimal:
    return reduce(_EXACT.add, parts, Decimal(0))


def deviation(declared: Decimal, computed: Decimal) -> Decimal:
    """How far the declared amount is from the computed one, as a part of the computed one; that is not zero."""
    return _EXACT.divide(_EXACT.subtract(declared, computed), computed)


def percent(part: Decimal) -> str:
    """`25.27%`, without its sign."""
    return f"{abs(part * 100).quantize(Decimal('0.01'), context=_EXACT):f}%"


def slip(declared: Decimal, computed: Decimal) -> tuple[Decimal, str] | None:
    """The factor between two amounts, and what it betrays, where it is that of a slip of unit, digit or period."""
    if declared <= 0 or computed <= 0:
        return None
    larger, smaller = max(declared, computed), min(declared, computed)
    ratio = _EXACT.divide(larger, smaller)
    return next(((of, tr(*why)) for of, why in SLIPS.items() if abs(ratio - of) <= of * SLIP_TOLERANCE), None)


def explanations(declared: Amount, lines: Sequence[Line]) -> list[str]:
    """What would make monthly lines come to a smaller amount; exact ones only where chance is unlikely to."""
    monthly = total(product(line.people, line.standard, line.share) for line in lines)
    if not monthly or any(line.period != "月" for line in lines):
        return []
    said = [_average(declared, monthly, lines), _person_months(declared, lines), _months(declared, monthly)]
    return [sentence for sentence in said if sentence]


def _average(declared: Amount, monthly: Decimal, lines: Sequence[Line]) -> str:
    months = periods(round_half_up(_EXACT.divide(declared.yuan, monthly), 2), "月")
    average = tr(f"相当于平均 {months}", f"that is {months} on average")
    if len(lines) > 1:
        return average
    line = lines[0]
    in_post = round_half_up(_EXACT.divide(declared.yuan, product(line.standard, line.times, line.share)), 1)
    return average + tr(f"，或年均 {in_post} 人在岗", f", or a yearly average of {in_post} people in post")


def _person_months(declared: Amount, lines: Sequence[Line]) -> str:
    """A whole number of person-months: unlikely where the standard is many times the last digit of the amount."""
    line = lines[0]
    each = product(line.standard, line.share)
    if len(lines) > 1 or declared.digit >= each * COINCIDENCE:
        return ""
    number = _EXACT.divide(declared.yuan, each).to_integral_value()
    gap = abs(number * each - declared.yuan)
    exact = f"{number} 人·月 × {line.standard_text.split('/')[0]}"
    return _exact(exact, gap) if gap < declared.digit else ""


def _months(declared: Amount, monthly: Decimal) -> str:
    """Whole or half months, likewise."""
    if declared.digit * 2 >= monthly * COINCIDENCE:
        return ""
    halves = _EXACT.divide(declared.yuan * 2, monthly).to_integral_value()
    gap = abs(halves * monthly / 2 - declared.yuan)
    return _exact(periods(round_half_up(halves / 2, 1), "月"), gap) if gap < declared.digit else ""


def _exact(what: str, gap: Decimal) -> str:
    off = (
        tr(f"（相差 {format_exact_amount(gap)}，在取整范围内）", f" ({format_exact_amount(gap)} off, within rounding)")
        if gap
        else ""
    )
    return tr(f"恰为 {what}", f"exactly {what}") + off
