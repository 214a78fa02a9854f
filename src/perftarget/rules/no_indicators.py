"""Report tables without indicators."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.keys import INDICATORS
from perftarget.tables.model import Table
from perftarget.text.source import KEY


@rule(
    title=("未设置绩效指标", "There is no indicator at all"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="财预〔2015〕88号：完整性审核（地方参照）",
)
def no_indicators(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""绩效目标表应有绩效指标。

    A table has indicators.

    ## 为什么

    没有指标，目标就只是一段话，年终没有可以对照的数，自评和绩效评价都无从做起。

    ## 例

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    年度总体绩效目标: 为 718 名公益性岗位人员发放岗位补贴。
    绩效指标: # ✗键 未设置绩效指标；请逐级填写指标和绩效值
    ```

    只有层级的名称，与没有相同：

    ```yaml
    绩效指标: # ✗键 未设置绩效指标；请逐级填写指标和绩效值
      11-数量指标:
      12-质量指标:
    ```

    ## 怎样改

    先写产出，再写效益；每个指标一行，冒号后是绩效值：

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: ≥718人
      22-社会效益:
        就业困难人员就业率: ≥60%
    ```

    ## 依据

    《中央部门预算绩效目标管理办法》（财预〔2015〕88号，地方参照）规定的完整性审核。写了几个、还缺哪一级，由
    missing-tier 检查。
    """
    if table.indicators or any(loc[0] == INDICATORS for loc in table.shape_errors):
        return
    if any(map(profile.is_tier, table.model_extra or {})):
        return  # the tiers are in the wrong place, which unknown-key reports
    blank_message = tr(
        "未设置绩效指标；请逐级填写指标和绩效值",
        "there is no indicator at all; fill in indicators and targets, tier by tier",
    )
    absent_message = tr(
        f"缺少“{INDICATORS}”；请补充，逐级填写指标和绩效值",
        f"“{INDICATORS}” is missing; add it, with indicators and targets, tier by tier",
    )
    yield Finding((INDICATORS, KEY), blank_message if table.writes(INDICATORS) else absent_message)
