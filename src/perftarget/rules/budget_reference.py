"""Report cost targets that only refer to the budget instead of an amount."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Replace, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.values.money import parse_amount
from perftarget.values.parser import BudgetReference

_STANDARDS: Final = ("标准", "单价", "定额")


@rule(
    title=("绩效值只说控制在预算内", "A target only says to stay within the budget"),
    severity=Severity.WARNING,
    category="指标科学性",
    basis="通行审核要求",
)
def budget_reference(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""成本的绩效值应写明金额。

    A target of cost names the amount.

    ## 为什么

    “控制在预算内”没有写预算是多少，年度金额调整以后更说不清是按哪一个数考核。

    ## 例

    ```yaml
    项目年度金额: 38 万元
    绩效指标:
      14-成本指标:
        活动总成本: 控制在预算内 # ✗ “控制在预算内”没有写金额；请写成“≤38万元”
    ```
    ```yaml fixed unsafe
    项目年度金额: 38 万元
    绩效指标:
      14-成本指标:
        活动总成本: ≤38万元
    ```

    ## 怎样改

    ```yaml
    项目年度金额: 38 万元
    绩效指标:
      14-成本指标:
        活动总成本: ≤38万元
    ```

    ## 依据

    通行审核要求。句子里写了标准的，建议写成这个标准；一项成本不是全部支出的，请写这一项的金额。
    """
    for row in table.indicators:
        value = row.value
        if not isinstance(value, BudgetReference) or "成本" not in profile.tier_name(row.second):
            continue
        is_whole_budget = _is_whole_budget(row, table, profile)
        amount = parse_amount(table.amount, profile.amount_unit) if is_whole_budget else None
        text = f"≤{value.hint}" if value.hint else f"≤{str(amount).replace(' ', '')}" if amount else ""
        problem = tr(f"“{row.text.strip()}”没有写金额；", f"“{row.text.strip()}” names no amount; ")
        if value.hint:
            problem = tr(f"“{row.text.strip()}”不是一个数；", f"“{row.text.strip()}” is no number; ")
        remedy = (
            tr(f"请写成“{text}”", f"write “{text}”")
            if text
            else tr("请写这一项的金额，如“≤20万元”", "write the amount of this item, like “≤20万元”")
        )
        fix = Fix(tr(f"写成“{text}”", f"Write “{text}”"), (Replace(row.loc, text),), safe=False) if text else None
        yield Finding(row.loc, problem + remedy, fix=fix)


def _is_whole_budget(row: Indicator, table: Table, profile: Profile) -> bool:
    """Return True if the target is the budget of the whole project, not of a single cost or of an average."""
    is_for_each = profile.pattern("averages").search(row.name) or any(word in row.name for word in _STANDARDS)
    if is_for_each or not profile.pattern("budget_words").search(row.text):
        return False
    costs = [cost_row for cost_row in table.indicators if "成本" in profile.tier_name(cost_row.second)]
    return len(costs) == 1 or bool(profile.pattern("whole_costs").search(row.name))
