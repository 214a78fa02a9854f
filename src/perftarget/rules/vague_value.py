"""Report targets of quality and effect that are too vague."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.rules.shared.trends import trend_of
from perftarget.tables.model import Table

MUST_BE_NUMERIC: Final = ("数量", "时效", "成本")
_NOTES: Final = {
    "up": (
        "三种写法：量化，如“≥90%”；与基期比，如“较上年提高≥5个百分点”；分档，如“优（≥90分）”",
        "three ways to write it: a number, like “≥90%”; a change against a base year, like “较上年提高≥5个百分点”; a grade with its bands, like “优（≥90分）”",
    ),
    "down": (
        "三种写法：量化，如“≤2起”；与基期比，如“较上年下降≥10%”；分档，如“优（≤2起）”",
        "three ways to write it: a number, like “≤2起”; a change against a base year, like “较上年下降≥10%”; a grade with its bands, like “优（≤2起）”",
    ),
}


@rule(
    title=("绩效值不明确，无法考核", "A target too vague to be assessed"),
    severity=Severity.WARNING,
    category="指标科学性",
    basis="财预〔2015〕88号：细化量化（地方参照）",
)
def vague_value(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""质量和效益指标的绩效值应能考核，不能只写“提高”“减少”“明显改善”。

    A target of quality or effect can be assessed; “improve” or “reduce” alone cannot.

    ## 为什么

    “减少”没有说从多少减到多少。去年 10 起、今年 9 起算完成，还是要降到 5 起？一年以后谁也评不出来。

    ## 例

    ```yaml
    绩效指标:
      22-社会效益:
        因就业问题发生重大群体性事件数量: 减少 # ✗ “减少”没有幅度、基期或分档，无法考核
      24-可持续影响:
        高校毕业生就业率: 显著提高 # ✗ “显著提高”没有幅度、基期或分档，无法考核
    # = 三种写法：量化，如“≤2起”；与基期比，如“较上年下降≥10%”；分档，如“优（≤2起）”
    # = 三种写法：量化，如“≥90%”；与基期比，如“较上年提高≥5个百分点”；分档，如“优（≥90分）”
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      22-社会效益:
        因就业问题发生重大群体性事件数量: ≤2起
      24-可持续影响:
        高校毕业生就业率: 较上年提高≥5个百分点
    ```

    ## 依据

    《中央部门预算绩效目标管理办法》（财预〔2015〕88号，地方参照）：绩效目标应细化量化。数量、时效、成本指标下的同类
    写法由 must-be-numeric 判为错误。
    """
    for row in table.indicators:
        value = trend_of(row, profile)
        if value and not profile.tier_name(row.second).startswith(MUST_BE_NUMERIC):
            note = tr(*_NOTES.get(value.direction or "", _NOTES["up"]))
            message = tr(
                f"“{row.text}”没有幅度、基期或分档，无法考核",
                f"“{row.text}” gives no extent, base year or bands, and cannot be assessed",
            )
            yield Finding(row.loc, message, notes=[note])
