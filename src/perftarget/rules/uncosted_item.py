"""Report cost items of the goals that are missing among the costs."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, rule
from perftarget.rules.shared.goal_costs import find_uncosted_items
from perftarget.tables.keys import AMOUNT
from perftarget.tables.model import Table


@rule(
    title=("目标所列支出未设置成本指标", "An item that the goals list has no cost"),
    severity=Severity.INFO,
    category="资金匹配性",
    basis="财预〔2015〕88号：相应匹配（地方参照）；通行审核要求",
    superseded_by=("amount-mismatch", "cost-sum"),
)
def uncosted_item(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""目标中列出的各项支出，成本指标或资金测算中应有。

    The items that the goals list are among the costs or in 资金测算.

    ## 为什么

    目标说钱用于生活补贴、安家费、培训费，成本只写了生活补贴的标准：安家费和培训费要么没有钱，要么从别处挤，
    年度金额也就无法核对。

    ## 例

    ```yaml
    项目年度金额: 316.8 万元 # ✗ 目标中列有安家费、体检费，成本指标中没有；请在成本指标或“资金测算”中补列
    年度总体绩效目标: 资金用于“三支一扶”人员生活补贴、安家费以及体检费等支出，保障 48 名人员在岗服务。 # ↳ 列有这些支出
    绩效指标:
      11-数量指标:
        享受生活补贴人员数量（人）: 48 人
      14-成本指标:
        “三支一扶”人员经费人均标准: 5500 元/月
    ```

    ## 怎样改

    ```yaml
    项目年度金额: 332.8 万元
    年度总体绩效目标: 资金用于“三支一扶”人员生活补贴、安家费以及体检费等支出，保障 48 名人员在岗服务。
    绩效指标:
      11-数量指标:
        享受生活补贴人员数量（人）: 48 人
      14-成本指标:
        “三支一扶”人员经费人均标准: 5500 元/月
        安家费: 14 万元
        体检费: 2 万元
    ```

    ## 依据

    《中央部门预算绩效目标管理办法》（财预〔2015〕88号，地方参照）：绩效目标应与预算资金相应匹配。一句话里列出两项以
    上支出、其中有的有成本、有的没有，才提示；成本里有“总成本”“其他”“等”的不提示。金额与测算已经对不上的，由
    amount-mismatch、cost-sum 一并说明，这里不再重复。
    """
    uncosted_items = find_uncosted_items(table, profile)
    if uncosted_items is None:
        return
    zh, en = ("", "") if table.is_form else ("或“资金测算”", " or in “资金测算”")
    message = tr(f"{uncosted_items}；请在成本指标{zh}中补列", f"{uncosted_items}; add it to the costs{en}")
    related = [Related(goal, tr("列有这些支出", "lists them")) for goal in uncosted_items.goals]
    yield Finding((AMOUNT,), message, related)
