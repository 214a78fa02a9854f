"""Report targets that are placeholders."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.model import Table
from perftarget.values.parser import Placeholder


@rule(
    title=("绩效值未实质填写", "A target was not really filled in"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="通行审核要求",
)
def placeholder_value(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""绩效值不能是横线、星号、“待定”或没有填完的模板。

    A target value is no dash, asterisk, “to be determined” or unfilled template.

    ## 为什么

    占位的符号看起来填了，其实没有目标值；年底无从考核。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 待定 # ✗ “待定”不是绩效值；请填写可以考核的目标值
      12-质量指标:
        补贴发放准确率: ≥**% # ✗ “≥**%”不是绩效值；请填写可以考核的目标值
      13-时效指标:
        补贴资金支付到位率: / # ✗ “/”不是绩效值；请填写可以考核的目标值
    ```

    ## 怎样改

    事故、投诉一类的指标，“无”就是目标，不算占位：

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 718
      12-质量指标:
        补贴发放准确率: ≥95%
      22-社会效益:
        重大群体性事件: 无
    ```

    ## 依据

    通行审核要求。
    """
    for row in table.indicators:
        if not isinstance(row.value, Placeholder) or row.is_not_applicable:
            continue
        if row.text.strip() == "不适用":
            message = tr(
                "“不适用”没有写明理由；请写成“不适用（理由）”，或填写可以考核的目标值",
                "“不适用” gives no reason; write “不适用（理由）”, or a target that can be assessed",
            )
        else:
            message = tr(
                f"“{row.text}”不是绩效值；请填写可以考核的目标值",
                f"“{row.text}” is no target; write one that can be assessed",
            )
        yield Finding(row.loc, message)
