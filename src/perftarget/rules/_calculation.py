"""The lines of 资金测算, computed; shared by the rules that need what they come to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from perftarget.model import CALCULATION, Calculation, Indicator, Table
from perftarget.money import TIMES_A_YEAR, Line, exactly, read_amount
from perftarget.profile import Profile
from perftarget.quantity import Quantity, comparable, parse, period_in_name, unit_in_name
from perftarget.source import Loc

_SHARE: Final = re.compile(
    r"(?P<percent>[0-9]+(?:\.[0-9]+)?)[%％]|(?P<above>[0-9]{1,6})/(?P<below>[1-9][0-9]{0,5})|(?P<part>[01](?:\.[0-9]+)?)"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A line that could be computed; `text` is its product written out."""

    item: str
    yuan: Decimal
    text: str
    loc: Loc

    def __str__(self) -> str:
        return f"{self.item}：{self.text}" if self.item else self.text


@dataclass(frozen=True, slots=True)
class Gap:
    """What keeps a line from being computed."""

    message: str
    loc: Loc


class _Missing(Exception):
    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key
        self.message = message


def terms(table: Table, profile: Profile) -> list[Term | Gap]:
    """Every line of 资金测算 in order, computed or not."""
    return [_term(line, (CALCULATION, index), table, profile) for index, line in table.calculations.items()]


def _term(line: Calculation, loc: Loc, table: Table, profile: Profile) -> Term | Gap:
    try:
        if line.amount:
            return _lump(line, (*loc, "金额"), profile)
        product = _line(line, table)
        return Term(line.item, product.yuan, str(product), (*loc, "项目") if line.item else loc)
    except _Missing as missing:
        return Gap(missing.message, (*loc, missing.key))


def _lump(line: Calculation, loc: Loc, profile: Profile) -> Term:
    amount = read_amount(line.amount, profile.amount_unit)
    if amount is None:
        raise _Missing("金额", f"“{line.amount}”不是金额；请写成“12 万元”这样的金额")
    return Term(line.item, amount.yuan, exactly(amount.yuan), loc)


def _line(line: Calculation, table: Table) -> Line:
    standard, period = _standard(line, table)
    share = _share(line)
    if line.person_months:
        months = _number("人月", line.person_months)
        return Line(
            months.amount,
            f"{_plain(months)} 人·月",
            standard.money or Decimal(0),
            _words(standard),
            share=share,
        )
    people, people_text = _people(line, table)
    times, times_text = _times(line, period)
    return Line(people, people_text, standard.money or Decimal(0), _words(standard), times, times_text, share)


def _standard(line: Calculation, table: Table) -> tuple[Quantity, str | None]:
    """The standard as an amount, and its period: written with it, or in the name of the indicator."""
    if not line.standard:
        raise _Missing("项目", "没有写标准或金额，算不出这一项；请补上“标准”，或写“金额”")
    row = _row(line.standard, table)
    value = row.value if row else parse(line.standard)
    if not isinstance(value, Quantity) or value.money is None:
        hint = "请写成“2050 元/月”这样的标准，或照抄指标名称"
        raise _Missing(
            "标准",
            f"“{line.standard}”不是本表的指标，也不是金额；{hint}"
            if not row
            else f"指标“{row.name}”的绩效值“{row.text}”不是金额；{hint}",
        )
    period = next((part for part in value.per if part in TIMES_A_YEAR), None)
    return value, period or period_in_name(line.standard)


def _people(line: Calculation, table: Table) -> tuple[Decimal, str]:
    hint = "请写成“10 人”这样的数量，或照抄指标名称"
    if not line.people:
        raise _Missing("项目", "没有写人数或人月，算不出这一项；请补上")
    row = _row(line.people, table)
    value = row.value if row else parse(line.people)
    if not isinstance(value, Quantity) or value.money is not None:
        raise _Missing(
            "人数",
            f"指标“{row.name}”的绩效值“{row.text}”不是数量；{hint}"
            if row
            else f"“{line.people}”不是本表的指标，也不是带单位的数量；{hint}",
        )
    unit = value.unit or (unit_in_name(row.name) if row else None)
    return value.amount, f"{_plain(value)} {unit or '人'}"


def _times(line: Calculation, period: str | None) -> tuple[Decimal, str]:
    if line.months:
        months = _number("月数", line.months)
        return months.amount, f"{_plain(months)} 个月"
    if period == "月":
        raise _Missing("标准", "标准是按月的，却没有写月数或人月；请补上")
    if period is None:
        raise _Missing("标准", "标准没有写期间，也没有写月数，算不出这一项；请写成“7000 元/年”，或补上月数")
    times = Decimal(TIMES_A_YEAR[period])
    return times, f"{times} 个{period}" if times != 1 else ""


def _number(key: str, text: str) -> Quantity:
    value = parse(text)
    if not isinstance(value, Quantity) or value.number < 0:
        raise _Missing(key, f"“{text}”不是数；{key}请写成“12”这样的数")
    return value


def _share(line: Calculation) -> Decimal:
    if not line.share:
        return Decimal(1)
    matched = _SHARE.fullmatch(line.share.strip())
    if not matched:
        raise _Missing("比例", f"“{line.share}”不是比例；请写成“80%”或“2/3”")
    if matched["percent"]:
        return Decimal(matched["percent"]) / 100
    return Decimal(matched["part"]) if matched["part"] else Decimal(matched["above"]) / Decimal(matched["below"])


def _row(name: str, table: Table) -> Indicator | None:
    """The indicator of that name; as written, else but for spaces, brackets and the unit at its end."""
    rows = [row for row in table.indicators if row.name == name]
    rows = rows or [row for row in table.indicators if comparable(row.name) == comparable(name)]
    return rows[0] if rows else None


def _plain(value: Quantity) -> str:
    return f"{value.number:f}{value.scale}"


def _words(value: Quantity) -> str:
    return value.raw.strip()
