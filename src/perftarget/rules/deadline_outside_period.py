"""Report deadlines that are outside the period of the project."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, rule
from perftarget.rules.shared.project_period import PERIOD, parse_project_period
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.values.parser import Date, Period, Value

_MAX_YEARS: Final = 20


class _DateRange(NamedTuple):
    """The range from the first to the last possible day."""

    first: date
    last: date


@rule(
    title=("时限超出项目期限", "A deadline lies outside the period of the project"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="算术",
)
def deadline_outside_period(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""时效指标的时限应在项目期限之内。

    The deadlines of a project lie within its period.

    ## 为什么

    项目到年底为止，时限却写在下一年的三月，到期时这一项无法评价；写在上一年的，多半是沿用旧表没有改年份。

    ## 例

    ```yaml
    项目期限: 2025年1月至12月 # ↳ 项目期限到 2025年12月31日
    绩效指标:
      13-时效指标:
        补贴发放完成时间: 2026年3月底前 # ✗ “2026年3月底前”晚于项目期限的结束；请核对时限和项目期限
        资格审核完成时间: 6月30日前
    ```

    ```yaml
    项目期限: 2025年1月至12月 # ↳ 项目期限从 2025年1月1日起
    绩效指标:
      13-时效指标:
        工程完工时间: 2024年11月30日前 # ✗ “2024年11月30日前”早于项目期限的开始；请核对时限和项目期限
    ```

    ## 怎样改

    ```yaml
    项目期限: 2025年1月至12月
    绩效指标:
      13-时效指标:
        补贴发放完成时间: 2025年12月20日前
        工程完工时间: 2025年11月30日前
    ```

    ## 依据

    算术。没有写年份的时限，按项目期限的年份看；期限跨年的，有一年合适就可以。方案、招标一类的准备工作可以在开始以前，
    决算、审计、自评一类的收尾工作可以在结束以后。期限看不出起止的不检查。
    """
    period = _project_period(table)
    if period is None:
        return
    for row in table.indicators:
        deadline = _deadline_range(row.value, period) if "时效" in profile.tier_name(row.second) else None
        if deadline and deadline.first > period.last and not profile.pattern("after_the_period").search(row.name):
            yield _finding(
                row,
                ("晚于项目期限的结束", "after the period of the project"),
                tr(f"项目期限到 {_format_date(period.last)}", f"the period ends on {_format_date(period.last)}"),
            )
        elif deadline and deadline.last < period.first and not profile.pattern("before_the_period").search(row.name):
            yield _finding(
                row,
                ("早于项目期限的开始", "before the period of the project"),
                tr(f"项目期限从 {_format_date(period.first)}起", f"the period begins on {_format_date(period.first)}"),
            )


def _project_period(table: Table) -> _DateRange | None:
    value = parse_project_period(table.period.strip())
    if isinstance(value, Period) and value.first and value.last and not value.reversed:
        return _DateRange(value.first, value.last)
    if isinstance(value, Date) and value.last:
        return _DateRange(date.min, value.last)  # 2025年12月底前 has no beginning
    return None


def _deadline_range(value: Value, period: _DateRange) -> _DateRange | None:
    """Return the range of days of a deadline.

    A deadline without a year is in the first year of the project in which it overlaps the period, else in the last.
    """
    if isinstance(value, Period):
        return _DateRange(value.first, value.last) if value.first and value.last else None
    if not isinstance(value, Date) or value.next_year:
        return None
    first = max(period.first.year, period.last.year - _MAX_YEARS)
    years = [value.year] if value.year else range(first, period.last.year + 1)
    ranges = [_range_in_year(value, year) for year in years]
    return next(
        (deadline for deadline in ranges if deadline.first <= period.last and deadline.last >= period.first), ranges[-1]
    )


def _range_in_year(value: Date, year: int) -> _DateRange:
    last = value.last_in(year) or date.max
    return _DateRange(last if value.day else date(year, value.month or 1, 1), last)


def _finding(row: Indicator, relation: tuple[str, str], label: str) -> Finding:
    zh_relation, en_relation = relation
    message = tr(
        f"“{row.text}”{zh_relation}；请核对时限和项目期限",
        f"“{row.text}” is {en_relation}; check the deadline and the period",
    )
    return Finding(row.loc, message, [Related((PERIOD,), label)])


def _format_date(day: date) -> str:
    return tr(f"{day.year}年{day.month}月{day.day}日", day.isoformat())
