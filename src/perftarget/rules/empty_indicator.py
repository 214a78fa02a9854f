"""Report indicators without a name or a target."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.model import Table
from perftarget.tables.parts import headings
from perftarget.values.parser import Empty


@rule(
    title=("指标名称或绩效值空白", "An indicator has no name or no target"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="通行审核要求",
)
def empty_indicator(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""每个指标都应有名称和绩效值。

    Every indicator has a name and a target value.

    ## 为什么

    没有绩效值的指标，年底没有可以对照的数；没有名称的绩效值，不知道说的是什么。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: # ✗键 “购买公益性岗位人数（人）”没有绩效值；请填写
      12-质量指标:
        "": ≥95% # ✗键 绩效值“≥95%”没有指标名称；请填写
      14-成本指标:
        - {指标: "", 值: ""} # ✗⟦""⟧ 指标名称和绩效值都是空白；请填写，或删去这一行
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 718
      12-质量指标:
        补贴发放准确率: ≥95%
    ```

    ## 依据

    通行审核要求。
    """
    for row in table.indicators:
        is_blank = isinstance(row.value, Empty)
        if not row.name.strip():
            name_message = tr(
                f"绩效值“{row.text}”没有指标名称；请填写", f"the target “{row.text}” has no indicator name; fill it in"
            )
            row_message = tr(
                "指标名称和绩效值都是空白；请填写，或删去这一行",
                "both name and target are blank; fill them in, or delete the row",
            )
            yield Finding(row.name_loc, row_message if is_blank else name_message)
        elif is_blank and not row.is_not_applicable and row.loc not in headings(table):
            yield Finding(
                row.name_loc, tr(f"“{row.name}”没有绩效值；请填写", f"“{row.name}” has no target; fill it in")
            )
