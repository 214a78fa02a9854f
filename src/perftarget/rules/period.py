"""Report periods that end before they begin, are outside the budget year or cannot be parsed."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, Undetermined, rule
from perftarget.rules.shared.field_texts import refers_elsewhere
from perftarget.rules.shared.project_period import PERIOD, YEAR, parse_project_period
from perftarget.tables.model import Table
from perftarget.text.normalize import fold
from perftarget.values.parser import Date, Frequency, MultipleValues, Period, Quantity, Range, Value
from perftarget.values.years import parse_year

_RUN_OF_DIGITS: Final = re.compile(r"[0-9]{5,8}")
_NO_END: Final = re.compile(r"(?:[至到~～—–―-]|起)+[ _]*$")
_UNFILLED: Final = re.compile(r"年[ _]+月|月[ _]+日|[至到—–-] *(?:年|月)|[_*]{2,}|年[ _]*$(?<=[至到 ]年)")
_MONTH: Final = re.compile(r"([0-9]+)月|(?:19|20)[0-9]{2}[./-]([0-9]{1,2})(?![0-9])")
_DAY: Final = re.compile(r"((?:19|20)[0-9]{2})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})(?![0-9])")


class _BudgetYear(NamedTuple):
    """The budget year and the field of the table that contains it, or "" if it is set by the profile."""

    number: int
    field: str


@rule(
    title=("项目期限有误", "The period of the project is wrong"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="算术；通行审核要求",
)
def period(table: Table, profile: Profile) -> Iterator[Finding | Undetermined]:
    r"""项目期限的结束不早于开始，期限不在预算年度之外，起止看得出来。

    The period ends after it begins, lies in the budget year and can be read.

    ## 为什么

    期限决定按几个月测算、什么时候算完成。去年的表改了名称再用，最常忘记改的就是期限。

    ## 例

    ```yaml
    项目期限: 2025年12月至2025年1月 # ✗ 项目期限“2025年12月至2025年1月”的结束早于开始；请核对
    ```

    ```yaml
    项目期限: 2025年12月至1月 # ✗警告 项目期限“2025年12月至1月”按同一年计，结束早于开始；跨年的请写成“2025年12月至2026年1月”
    ```

    ```yaml
    项目期限: 20246-202516 # ✗警告 项目期限“20246-202516”看不出起止；请写成“2025年1月至12月”这样的期限
    ```

    ```yaml
    项目期限: 2025年1月至 # ✗警告 项目期限“2025年1月至”没有写到什么时候；请写成“2025年1月至12月”这样的期限
    ```

    ```yaml
    项目期限: 2025年2月30日至2025年12月31日 # ✗ 项目期限“2025年2月30日至2025年12月31日”中没有“2025年2月30日”这一天；请核对
    ```

    ```yaml
    项目期限: 见合同 # ✗警告 项目期限“见合同”看不出起止；请写成“2025年1月至12月”这样的期限
    ```

    预算年度写在配置里，或者写在表里：

    ```yaml config
    year: 2025
    ```

    ```yaml
    项目期限: 2024年1月至12月 # ✗警告 项目期限“2024年1月至12月”不在预算年度 2025 年之内；请核对
    # = 预算年度由配置的 year 规定
    ```

    ## 怎样改

    ```yaml
    项目期限: 2025年1月至12月
    ```

    ## 依据

    算术（先后）；通行审核要求（预算年度）。与预算年度有重叠就可以，如跨年的学年、多年的项目。长期、一年、十二个月
    这样不写起止的期限不判；有年月而没有读懂的，列为没有判定。
    """
    written = table.period.strip()
    if not written:
        return
    value = parse_project_period(written)
    if isinstance(value, Period) and value.reversed:
        yield from _check_reversed(value, written)
    elif (not isinstance(value, Period) or _NO_END.search(written)) and (finding := _defect(fold(written), written)):
        yield finding
    elif isinstance(value, (Period, Date)):
        yield from _check_budget_year(value, written, _budget_year(table, profile))
    elif refers_elsewhere(written) or not _is_open_ended(value, written, profile):
        yield _unparsed(value, written)


def _check_reversed(value: Period, written: str) -> Iterator[Finding]:
    """Yield a finding for a reversed period; with only one year written, the period may end in the next year."""
    years = YEAR.findall(written)
    if len(years) > 1:
        message = tr(
            f"项目期限“{written}”的结束早于开始；请核对",
            f"the period “{written}” ends before it begins; check it",
        )
        yield Finding((PERIOD,), message)
    elif value.start.year is not None:
        across = Period(value.start, replace(value.end, year=value.start.year + 1))
        message = tr(
            f"项目期限“{written}”按同一年计，结束早于开始；跨年的请写成“{across}”",
            f"the period “{written}” ends before it begins within one year; if it ends in the next, write “{across}”",
        )
        yield Finding((PERIOD,), message, severity=Severity.WARNING)


def _check_budget_year(value: Period | Date, written: str, year: _BudgetYear | None) -> Iterator[Finding]:
    last = value.last
    first = value.first if isinstance(value, Period) else None
    if year is None or not ((last and last.year < year.number) or (first and first.year > year.number)):
        return
    message = tr(
        f"项目期限“{written}”不在预算年度 {year.number} 年之内；请核对",
        f"the period “{written}” lies outside the budget year {year.number}; check it",
    )
    related = [Related((year.field,), tr("预算年度", "the budget year"))] if year.field else []
    note = tr("预算年度由配置的 year 规定", "the budget year is set by “year” in the configuration")
    yield Finding((PERIOD,), message, related, [] if year.field else [note], severity=Severity.WARNING)


def _budget_year(table: Table, profile: Profile) -> _BudgetYear | None:
    """Return the budget year of the table, else that of the profile, or None."""
    for label in profile.terms("year_fields"):
        written = table.field(label)
        match = YEAR.search(written)
        if year := parse_year(written) or (int(match[0]) if match else None):
            return _BudgetYear(year, label)
    return _BudgetYear(profile.year, "") if profile.year else None


def _is_open_ended(value: Value, written: str, profile: Profile) -> bool:
    """Return True if the period intentionally has no beginning, such as one year, every year or long-term."""
    if isinstance(value, (Quantity, Range)):
        return value.unit is not None and value.unit.kind == "time" and not value.unit.per
    return isinstance(value, (Frequency, MultipleValues)) or bool(profile.pattern("open_periods").search(written))


def _defect(text: str, written: str) -> Finding | None:
    """Return a finding about a period without an end, with a blank, or with a day or month that does not exist."""
    example = tr("；请写成“2025年1月至12月”这样的期限", "; write it like “2025年1月至12月”")
    if impossible := _impossible_date(text):
        message = tr(
            f"项目期限“{written}”中没有“{impossible}”这一天；请核对",
            f"the period “{written}” has a date that does not exist, “{impossible}”; check it",
        )
        return Finding((PERIOD,), message)
    if _UNFILLED.search(text):
        message = tr(f"项目期限“{written}”没有填完", f"the period “{written}” is not filled in") + example
        return Finding((PERIOD,), message, severity=Severity.WARNING)
    if _NO_END.search(text):
        message = tr(f"项目期限“{written}”没有写到什么时候", f"the period “{written}” has no end") + example
        return Finding((PERIOD,), message, severity=Severity.WARNING)
    return None


def _impossible_date(text: str) -> str:
    """Return a date in the text that does not exist, such as 13月, or "" if there is none."""
    for match in _MONTH.finditer(text):
        if not 1 <= int(match[1] or match[2]) <= 12:
            return match[0]
    for match in _DAY.finditer(text):
        year, month, day = map(int, match.groups())
        if not 1 <= day <= monthrange(year, month)[1]:
            return match[0] if not match[0].endswith(match[3]) or "月" not in match[0] else f"{match[0]}日"
    return ""


def _unparsed(value: Value, written: str) -> Finding | Undetermined:
    """Return an undetermined result if the text has a readable year, else a finding."""
    if YEAR.search(written) and not _RUN_OF_DIGITS.search(written):
        reason = tr(
            f"资料不足：没有读懂项目期限“{written}”的起止；请写成“2025年1月至12月”这样的期限",
            f"not enough data: the period “{written}” could not be read; write it like “2025年1月至12月”",
        )
        return Undetermined((PERIOD,), reason)
    message = tr(
        f"项目期限“{written}”看不出起止；请写成“2025年1月至12月”这样的期限",
        f"the period “{written}” does not tell its ends; write it like “2025年1月至12月”",
    )
    return Finding((PERIOD,), message, severity=Severity.WARNING)
