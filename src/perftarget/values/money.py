"""Amounts in 元 and the arithmetic of funding: headcount × standard × periods × share, plus lump sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Context, Decimal
from functools import reduce
from typing import Final, NamedTuple

from perftarget.i18n import count_noun, tr
from perftarget.values.parser import Quantity, Unit, parse, parse_unit

_EXACT: Final = Context(prec=120)  # precise enough that no product of parsed numbers is rounded
_PERIOD_NAMES: Final = {
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
"""Typical factors between a mistaken and the correct amount, with their explanation in Chinese and English."""
SLIP_TOLERANCE: Final = Decimal("0.005")
"""Relative deviation from such a factor that is still a slip."""
MAX_CHANCE: Final = Decimal("0.05")
"""Probability of a match by chance above which an explanation is not offered."""


class Amount(NamedTuple):
    """Amount of money as written.

    `yuan` is the amount in 元; `digit` is the value of one unit of its last written digit in 元: 100 for 1649.45 万元.
    """

    yuan: Decimal
    digit: Decimal
    unit: str

    def __str__(self) -> str:
        return format_amount(self.yuan, self.unit)

    def rounds_to(self, yuan: Decimal) -> bool:
        """Return True if `yuan` rounds or truncates to this amount at its last digit and differs by at most 1 %."""
        gap = yuan - self.yuan
        return (0 <= gap < self.digit or abs(gap) <= self.digit / 2) and abs(gap) <= abs(self.yuan) / 100


def parse_amount(text: str, form_unit: str) -> Amount | None:
    """Return the amount in a cell; without a unit in the cell, the unit is that of the form, such as 万元."""
    value = parse(text)
    return amount_of_quantity(value, form_unit) if isinstance(value, Quantity) else None


def amount_of_quantity(value: Quantity, form_unit: str) -> Amount | None:
    """Return the amount of a quantity.

    None if the quantity is approximate, contradictory or part of a phrase, or its unit is not money or is money per
    something.
    """
    if value.approximate or value.conflict or value.lead or value.rest:
        return None
    if value.unit is None:
        unit = parse_unit(form_unit) if not value.scale else Unit("元")
        value = value.with_unit(unit or Unit("元"))
    yuan = value.money
    if yuan is None or value.per:
        return None
    exponent = value.number.as_tuple().exponent
    scale = value.amount / value.number if value.number else Decimal(1)
    digit = _EXACT.multiply(Decimal(1).scaleb(min(int(exponent), 0)), scale)
    return Amount(yuan, digit, f"{value.scale}元" if value.scale in {"万", "亿"} else "元")


def format_amount(yuan: Decimal, unit: str) -> str:
    """Return the amount in 元, 万元 or 亿元, with at most two decimals: `1766.28 万元`."""
    factor = {"元": 1, "万元": 10_000, "亿元": 100_000_000}[unit]
    value = round_to_places(_EXACT.divide(yuan, Decimal(factor)), 2)
    return f"{value:,f} 元" if unit == "元" else f"{value:f} {unit}"


def format_exact_amount(yuan: Decimal) -> str:
    """Return the amount in 元 to the cent: `15,658,034.04 元`."""
    return f"{round_to_places(yuan, 2):,f} 元"


def in_wan_yuan(text: str) -> str | None:
    """Return an amount of `format_exact_amount` in 万元: `1565.8 万元`; None if it is less than 1 万元."""
    yuan = Decimal(text.removesuffix("元").strip().replace(",", ""))
    return format_amount(yuan, "万元") if yuan >= 10_000 else None


def period_name(period: str) -> str:
    """Return the name of a period in the language of the process: `月`, `month`."""
    return tr(period, _PERIOD_NAMES.get(period, f"“{period}”"))


def count_periods(number: object, period: str) -> str:
    """Return a number of periods in the language of the process: `12 个月`, `12 months`."""
    return tr(f"{number} 个{period}", count_noun(number, period_name(period)))


def round_to_places(value: Decimal, places: int) -> Decimal:
    """Return `value` rounded to this number of decimals, half to even, without trailing zeros."""
    rounded = value.quantize(Decimal(1).scaleb(-places), context=_EXACT)
    if rounded == rounded.to_integral_value():
        return rounded.quantize(Decimal(1), context=_EXACT)
    return rounded.normalize(_EXACT)


class Line(NamedTuple):
    """Product in a calculation: headcount × standard × times × share.

    `standard` is the amount per person and period, in 元. `times` is the number of periods, `period` their name.
    `share` is the part that this amount bears, 1 for all of it. The texts are the factors as written.
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
        """Value of the product in 元."""
        return product(self.people, self.standard, self.times, self.share)

    @property
    def factors(self) -> tuple[tuple[str, Decimal], ...]:
        """The text and the value of each factor, also of those that are 1."""
        share = f"{round_to_places(self.share * 100, 2):f}%"
        times = count_periods(f"{self.times:f}", self.period)
        return (
            (self.people_text, self.people),
            (self.standard_text, self.standard),
            (times, self.times),
            (share, self.share),
        )

    def __str__(self) -> str:
        share = f"{round_to_places(self.share * 100, 2):f}%" if self.share != 1 else ""
        times = count_periods(f"{self.times:f}", self.period) if self.period == "月" or self.times != 1 else ""
        factors = (self.people_text, self.standard_text, times, share)
        return f"{' × '.join(factor for factor in factors if factor)} = {format_exact_amount(self.yuan)}"


def product(*factors: Decimal) -> Decimal:
    """Return the exact product of the factors."""
    return reduce(_EXACT.multiply, factors, Decimal(1))


def total(parts: Iterable[Decimal]) -> Decimal:
    """Return the exact sum of the parts."""
    return reduce(_EXACT.add, parts, Decimal(0))


def deviation(declared: Decimal, computed: Decimal) -> Decimal:
    """Return the difference of the amounts as a fraction of the computed amount, which must not be zero."""
    return _EXACT.divide(_EXACT.subtract(declared, computed), computed)


def percent(part: Decimal) -> str:
    """Return a fraction as an unsigned percentage with two decimals: `25.27%`."""
    return f"{abs(part * 100).quantize(Decimal('0.01'), context=_EXACT):f}%"


def find_round_factor(declared: Decimal, computed: Decimal) -> tuple[Decimal, str] | None:
    """Return the factor between two amounts and its explanation, if a slip of unit, digit or period explains it."""
    if declared <= 0 or computed <= 0:
        return None
    larger, smaller = max(declared, computed), min(declared, computed)
    ratio = _EXACT.divide(larger, smaller)
    for factor, explanation in SLIPS.items():
        if abs(ratio - factor) <= factor * SLIP_TOLERANCE:
            return factor, tr(*explanation)
    return None


def explain_shortfall(declared: Amount, lines: Sequence[Line]) -> list[str]:
    """Return possible explanations of a declared amount that is smaller than the sum of monthly lines.

    An exact number of months or person-months is offered only if it is unlikely to match by chance.
    """
    monthly = total(product(line.people, line.standard, line.share) for line in lines)
    if not monthly or any(line.period != "月" for line in lines):
        return []
    sentences = [
        _average_months(declared, monthly, lines),
        _exact_person_months(declared, lines),
        _exact_months(declared, monthly),
    ]
    return [sentence for sentence in sentences if sentence]


def _average_months(declared: Amount, monthly: Decimal, lines: Sequence[Line]) -> str:
    """Return the average number of months, and for a single line the average headcount."""
    months = count_periods(round_to_places(_EXACT.divide(declared.yuan, monthly), 2), "月")
    average = tr(f"相当于平均 {months}", f"that is {months} on average")
    if len(lines) > 1:
        return average
    line = lines[0]
    in_post = round_to_places(_EXACT.divide(declared.yuan, product(line.standard, line.times, line.share)), 1)
    return average + tr(f"，或年均 {in_post} 人在岗", f", or a yearly average of {in_post} people in post")


def _exact_person_months(declared: Amount, lines: Sequence[Line]) -> str:
    """Return a whole number of person-months that explains the amount, or "".

    A match by chance is unlikely if the standard is many times the last digit of the amount.
    """
    line = lines[0]
    standard = product(line.standard, line.share)
    if len(lines) > 1 or declared.digit >= standard * MAX_CHANCE:
        return ""
    number = _EXACT.divide(declared.yuan, standard).to_integral_value()
    gap = abs(number * standard - declared.yuan)
    unit = tr("人月", "person-months")
    text = f"{number} {unit} × {line.standard_text.split('/')[0]}"
    return _exact_match(text, gap) if gap < declared.digit else ""


def _exact_months(declared: Amount, monthly: Decimal) -> str:
    """Return a number of whole or half months that explains the amount, or ""."""
    if declared.digit * 2 >= monthly * MAX_CHANCE:
        return ""
    half_months = _EXACT.divide(declared.yuan * 2, monthly).to_integral_value()
    gap = abs(half_months * monthly / 2 - declared.yuan)
    return _exact_match(count_periods(round_to_places(half_months / 2, 1), "月"), gap) if gap < declared.digit else ""


def _exact_match(text: str, gap: Decimal) -> str:
    """Return the sentence for an exact explanation that differs from the amount by `gap` in 元."""
    difference = (
        tr(f"（相差 {format_exact_amount(gap)}，在取整范围内）", f" ({format_exact_amount(gap)} off, within rounding)")
        if gap
        else ""
    )
    return tr(f"恰好等于 {text}", f"exactly {text}") + difference
