"""Compute the lines of the section 资金测算."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.tables.costing.rates import Rate, parse_rate, times
from perftarget.tables.entries import Calculation
from perftarget.tables.indicators import Indicator
from perftarget.tables.keys import CALCULATION
from perftarget.tables.model import Table
from perftarget.tables.once import once_per_table
from perftarget.text.similarity import nearest_name
from perftarget.text.source import Loc
from perftarget.values.money import Line, format_exact_amount, parse_amount, period_name, product
from perftarget.values.parser import Quantity, normalize_name, parse

_SHARE: Final = re.compile(
    r"(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,6})?)[%％]"
    r"|(?P<above>[0-9]{1,6})/(?P<below>[1-9][0-9]{0,5})|(?P<part>[01](?:\.[0-9]{1,8})?)"
)
_MONTHS: Final = re.compile(r"(?P<number>[0-9]{1,3}(?:\.[0-9]{1,4})?)\s*(?:个?月)?")
_STANDARD_FORM: Final = (
    "；请写成“2050 元/月”这样的标准，或照抄指标名称",
    "; write a standard like “2050 元/月”, or copy the name of an indicator",
)
_COUNT_FORM: Final = (
    "；请写成“10 人”这样的数量，或照抄指标名称",
    "; write a count like “10 人”, or copy the name of an indicator",
)


class Term(NamedTuple):
    """A computed line, with its amount in 元; `text` is its written-out product.

    `line` is the product, None for a fixed amount.
    """

    item: str
    yuan: Decimal
    text: str
    loc: Loc
    line: Line | None = None

    def __str__(self) -> str:
        return tr(f"{self.item}：{self.text}", f"“{self.item}”: {self.text}") if self.item else self.text


class MissingOperand(NamedTuple):
    """An operand that is missing or invalid, so that its line cannot be computed; `loc` is where to fix it."""

    message: str
    loc: Loc


class _MissingOperandError(Exception):
    """A missing or invalid operand; `key` is the key in the line to fix."""

    def __init__(self, key: str, zh: str, en: str) -> None:
        self.key = key
        self.message = tr(zh, en)
        super().__init__(self.message)


def calculation_terms(table: Table, profile: Profile) -> list[Term | MissingOperand]:
    """Return the result of each line of 资金测算, in order."""
    return [_term(line, (CALCULATION, index), table, profile) for index, line in table.calculations.items()]


def _term(line: Calculation, loc: Loc, table: Table, profile: Profile) -> Term | MissingOperand:
    """Return the result of the line at `loc`."""
    try:
        _check_alternatives(line)
        if line.amount:
            return _lump_sum(line, (*loc, "金额"), profile)
        computed = _product(line, table)
        return Term(line.item, computed.yuan, str(computed), (*loc, "项目") if line.item else loc, computed)
    except _MissingOperandError as error:
        return MissingOperand(error.message, (*loc, error.key))


def _check_alternatives(line: Calculation) -> None:
    """Raise _MissingOperandError if a line has operands that would be ignored."""
    if line.amount and (line.people or line.standard or line.months or line.person_months):
        raise _MissingOperandError(
            "金额",
            "写了金额，就不再写人数、标准、月数；请只留一种写法",
            "an amount takes no headcount, standard or months with it; keep one of the two",
        )
    if line.person_months and (line.people or line.months):
        raise _MissingOperandError(
            "人月",
            "写了人月，就不再写人数、月数；请只留一种写法",
            "person-months take no headcount or months with them; keep one of the two",
        )


def _lump_sum(line: Calculation, loc: Loc, profile: Profile) -> Term:
    """Return the result of a line with a fixed amount."""
    amount = parse_amount(line.amount, profile.amount_unit)
    if amount is None:
        raise _MissingOperandError(
            "金额",
            f"“{line.amount}”不是金额；请写成“12 万元”这样的金额",
            f"“{line.amount}” is no amount; write one like “12 万元”",
        )
    share = _share(line)
    yuan = product(amount.yuan, share)
    text = (
        format_exact_amount(yuan)
        if share == 1
        else f"{format_exact_amount(amount.yuan)} × {line.share.strip()} = {format_exact_amount(yuan)}"
    )
    return Term(line.item, yuan, text, loc)


def _product(line: Calculation, table: Table) -> Line:
    """Return the product of a line with a standard."""
    standard, text = _standard(line, table)
    share = _share(line)
    if line.person_months:
        if standard.period not in {"月", None}:
            raise _MissingOperandError(
                "人月",
                f"标准是按{standard.period}的，不能与人月相乘；请写人数，或把标准写成按月",
                f"the standard is per {period_name(standard.period)} and cannot be multiplied by person-months;"
                " write a headcount, or the standard per month",
            )
        months = parse(line.person_months)
        if not isinstance(months, Quantity) or months.number < 0:
            raise _MissingOperandError(
                "人月",
                f"“{line.person_months}”不是数；人月请写成“2999”这样的数",
                f"“{line.person_months}” is no number; write person-months like “2999”",
            )
        return Line(months.amount, f"{months.number:f}{months.scale} 人·月", standard.yuan, text, share=share)
    people, people_text = _people(line, table)
    often, period = _times(line, standard.period)
    return Line(people, people_text, standard.yuan, text, often, period, share)


def _standard(line: Calculation, table: Table) -> tuple[Rate, str]:
    """Return the rate of the standard, whose period can also be in the name of its indicator or line, and its text."""
    if not line.standard:
        raise _MissingOperandError(
            "项目",
            "没有写标准或金额，算不出这一项；请补充“标准”，或写“金额”",
            "there is no standard and no amount to compute this line with; add “标准”, or write “金额”",
        )
    row = _row(line.standard, table)
    value = row.value if row else parse(line.standard)
    rate = parse_rate(value, f"{line.standard} {line.item}") if isinstance(value, Quantity) else None
    if rate is None and row:
        raise _MissingOperandError(
            "标准",
            f"指标“{row.name}”的绩效值“{row.text}”不是金额{tr(*_STANDARD_FORM)}",
            f"the target “{row.text}” of “{row.name}” is no amount{tr(*_STANDARD_FORM)}",
        )
    if rate is None:
        hint = _suggestion(line.standard, table) or tr(*_STANDARD_FORM)
        raise _MissingOperandError(
            "标准",
            f"“{line.standard}”不是本表的指标，也不是金额{hint}",
            f"“{line.standard}” is neither an indicator of this table nor an amount{hint}",
        )
    return rate, value.raw.strip()


def _people(line: Calculation, table: Table) -> tuple[Decimal, str]:
    """Return the headcount and its text."""
    if not line.people:
        raise _MissingOperandError(
            "项目",
            "没有写人数或人月，算不出这一项；请补上",
            "there is no “人数” and no “人月” to compute this line with; add one",
        )
    row = _row(line.people, table)
    value = row.value if row else parse(line.people)
    count = value if isinstance(value, Quantity) and value.money is None and value.number >= 0 else None
    if count is None and row:
        raise _MissingOperandError(
            "人数",
            f"指标“{row.name}”的绩效值“{row.text}”不是数量{tr(*_COUNT_FORM)}",
            f"the target “{row.text}” of “{row.name}” is no count{tr(*_COUNT_FORM)}",
        )
    if count is None:
        hint = _suggestion(line.people, table) or tr(*_COUNT_FORM)
        raise _MissingOperandError(
            "人数",
            f"“{line.people}”不是本表的指标，也不是带单位的数量{hint}",
            f"“{line.people}” is neither an indicator of this table nor a count with a unit{hint}",
        )
    unit = count.unit or (row.named_unit if row else None)
    return count.amount, f"{count.number:f}{count.scale} {unit or '人'}"


def _times(line: Calculation, period: str | None) -> tuple[Decimal, str]:
    """Return the number of payments and their period (12 and 月)."""
    if line.months:
        return _months(line.months, period)
    if period == "月":
        raise _MissingOperandError(
            "标准",
            "标准是按月的，却没有写月数或人月；请补上",
            "the standard is per month, but there is no “月数” and no “人月”; add one",
        )
    often = times(period, 12) if period else None
    if often is None:
        per = tr(f"标准是按{period}的", f"the standard is per {period_name(period or '')}")
        cause = per if period else tr("标准没有写期间", "the standard has no period")
        raise _MissingOperandError(
            "标准",
            f"{cause}，也没有写月数，算不出这一项；请写成“7000 元/年”，或补上月数",
            f"{cause}, and there is no “月数” to compute this line with; write it like “7000 元/年”, or add “月数”",
        )
    return Decimal(often), period or ""


def _months(text: str, period: str | None) -> tuple[Decimal, str]:
    """Return the number of months and the period 月, for a standard with that period."""
    if period not in {"月", None}:
        raise _MissingOperandError(
            "月数",
            f"标准是按{period}的，不应再乘月数；请删去月数，或把标准写成按月",
            f"the standard is per {period_name(period or '')}, so it takes no months; "
            "delete “月数”, or write it per month",
        )
    match = _MONTHS.fullmatch(text.strip())
    if not match:
        raise _MissingOperandError(
            "月数", f"“{text}”不是月数；请写成“12”这样的数", f"“{text}” is no number of months; write one like “12”"
        )
    number = Decimal(match["number"])
    if number > 12:
        raise _MissingOperandError(
            "月数",
            f"月数“{text}”超过一年的 12 个月；补发上年的请另写一行",
            f"“{text}” is more than the 12 months of a year; write arrears of last year in a line of their own",
        )
    return number, "月"


def _share(line: Calculation) -> Decimal:
    """Return the share of a line, between 0 and 1."""
    if not line.share:
        return Decimal(1)
    match = _SHARE.fullmatch(line.share.strip())
    if not match:
        raise _MissingOperandError(
            "比例",
            f"“{line.share}”不是比例；请写成“80%”或“2/3”",
            f"“{line.share}” is no share; write it like “80%” or “2/3”",
        )
    percent, part = match["percent"], match["part"]
    share = Decimal(percent) / 100 if percent else Decimal(part) if part else _fraction(match)
    if share > 1:
        raise _MissingOperandError(
            "比例",
            f"比例“{line.share}”超过 100%；本年度金额负担的不能多于全部",
            f"the share “{line.share}” is more than 100%; the year's amount cannot carry more than all",
        )
    return share


def _fraction(match: re.Match[str]) -> Decimal:
    """Return the value of a share such as 2/3."""
    return Decimal(match["above"]) / Decimal(match["below"])


def _row(name: str, table: Table) -> Indicator | None:
    """Return the indicator of that name, as written or else ignoring spaces, brackets and the unit at its end."""
    by_name = _rows_by_name(table)
    return by_name.get(name) or by_name.get(f"\0{normalize_name(name)}")


@once_per_table
def _rows_by_name(table: Table) -> dict[str, Indicator]:
    """Return the indicators by name as written, and by normalized name with the prefix NUL."""
    rows = {f"\0{row.bare_name}": row for row in reversed(table.indicators)}
    return rows | {row.name: row for row in reversed(table.indicators)}


def _suggestion(name: str, table: Table) -> str:
    """Return a question about the indicator with the most similar name, or "" if there is none."""
    nearest = nearest_name(name, [row.name for row in table.indicators[:100]], 0.6)
    return tr(f"；是否为“{nearest}”？", f"; did you mean “{nearest}”?") if nearest else ""
