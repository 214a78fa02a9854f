"""Report standards without a count and headcounts without a standard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.costing.costing import Costing, Standard
from perftarget.tables.costing.inferred import cost_rows, infer_costing
from perftarget.tables.costing.rates import PEOPLE
from perftarget.tables.indicators import Indicator
from perftarget.tables.keys import CALCULATION
from perftarget.tables.model import Table
from perftarget.values.parser import Operator, Quantity, Range, parse_unit

_PER_PERSON: Final = re.compile("人均|每人|生均")


@rule(
    title=("有标准无数量，或有人数无标准", "A standard without a count, or a number of people without a standard"),
    severity=Severity.INFO,
    category="资金匹配性",
    basis="财预〔2015〕88号：相应匹配（地方参照）；通行审核要求",
    superseded_by=("standard-without-period", "above-standard"),
)
def unpaired_cost(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""有人均标准的应有人数，按人发放补贴的应有标准。

    A standard has the number of those who get it, and people who get money have a standard.

    ## 为什么

    人数乘标准才是金额。只写了标准，不知道发给多少人；只写了人数，不知道每人多少钱：两种写法都无法核对年度金额。

    ## 例

    ```yaml
    项目年度金额: 120 万元
    绩效指标:
      11-数量指标:
        组织评审次数: 2 次
      14-成本指标:
        见习补贴人均标准: 2000 元/月 # ✗ “2000 元/月”没有对应的人数；请在数量指标中写上，或者在“资金测算”中写明
    ```

    ```yaml
    项目年度金额: 120 万元
    绩效指标:
      11-数量指标:
        享受见习补贴人数（人）: 50 # ✗ “享受见习补贴人数（人）”没有对应的标准；请在成本指标中写上，或者在“资金测算”中写明
      14-成本指标:
        项目总成本: ≤120 万元
    ```

    ## 怎样改

    ```yaml
    项目年度金额: 120 万元
    绩效指标:
      11-数量指标:
        享受见习补贴人数（人）: 50
      14-成本指标:
        见习补贴人均标准: 2000 元/月
    ```

    ## 依据

    《中央部门预算绩效目标管理办法》（财预〔2015〕88号，地方参照）：绩效目标应与预算资金相应匹配。“≤”的支出标准（会
    议费、培训费等的上限）和另有总额成本的表不检查；只看按人发放的人数，培训、服务、宣传的人数不必有标准。没有写期间
    的标准，由 standard-without-period 说明。
    """
    costing = infer_costing(table, profile)
    if table.writes(CALCULATION) or costing.lump_sums:
        return
    for standard in costing.unpaired:
        if _is_multiplied(standard) and not _has_count(standard, costing, table, profile):
            yield _no_count_finding(standard, table)
    if not costing.standards and _has_plain_costs(table, profile):
        for count in costing.counts:
            if count.unit in PEOPLE and profile.pattern("paid_people").search(count.row.name):
                yield _no_standard_finding(count.row, table)


def _is_multiplied(standard: Standard) -> bool:
    """Return True if the amount is calculated with a standard; a maximum (≤) only limits spending."""
    value = standard.row.value
    is_maximum = isinstance(value, Quantity) and value.operator in {Operator.AT_MOST, Operator.BELOW}
    return standard.rate is not None and not is_maximum


def _item(standard: Standard) -> str:
    """Return the item of a standard, such as 人, also if only the name has it; else ""."""
    item = standard.rate.item if standard.rate else ""
    return item or ("人" if _PER_PERSON.search(standard.row.name) else "")


def _has_count(standard: Standard, costing: Costing, table: Table, profile: Profile) -> bool:
    """Return True if the table has a count that the standard may be multiplied by.

    A count of the same kind of unit is sufficient, and so is any range and any target that cannot be read.
    """
    item = _item(standard)
    counts = [row for row in table.indicators if "数量" in profile.tier_name(row.second)]
    if any(isinstance(row.value, Range) or row.unreadable for row in counts):
        return True
    if not item:
        return bool(costing.counts)
    if item in PEOPLE:
        return any(count.unit in PEOPLE for count in costing.counts)
    return any(_kind(count.unit) == _kind(item) for count in costing.counts)


def _kind(symbol: str) -> str:
    unit = parse_unit(symbol)
    return unit.kind if unit else "unknown"


def _has_plain_costs(table: Table, profile: Profile) -> bool:
    """Return True if there are costs, and none of them describes the payment in words."""
    costs = cost_rows(table, profile)
    other_payment = profile.pattern("paid_otherwise")
    return bool(costs) and not any(other_payment.search(row.name + row.text) for row in costs)


def _elsewhere(table: Table) -> tuple[str, str]:
    """Return the other place for the missing number, which only a YAML file has."""
    return ("", "") if table.is_form else ("，或者在“资金测算”中写明", ", or in “资金测算”")


def _no_count_finding(standard: Standard, table: Table) -> Finding:
    zh, en = _elsewhere(table)
    item = _item(standard)
    is_headcount = not item or item in PEOPLE
    message = tr(
        f"“{standard.written}”没有对应的{'人数' if is_headcount else f'数量（{item}）'}；请在数量指标中写上{zh}",
        f"“{standard.written}” has no {'headcount' if is_headcount else f'count of “{item}”'}; write it among the counts{en}",
    )
    return Finding(standard.row.loc, message)


def _no_standard_finding(row: Indicator, table: Table) -> Finding:
    zh, en = _elsewhere(table)
    message = tr(
        f"“{row.name}”没有对应的标准；请在成本指标中写上{zh}",
        f"“{row.name}” has no standard; write it among the costs{en}",
    )
    return Finding(row.loc, message)
