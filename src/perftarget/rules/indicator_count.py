"""Report tables with too few or too many indicators."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from perftarget.config.profile import Profile
from perftarget.i18n import count_noun, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.figures import Expected, Figures, Observed
from perftarget.linter.rule import Finding, rule
from perftarget.tables.keys import INDICATORS
from perftarget.tables.model import Table
from perftarget.text.source import KEY


@rule(
    title=("指标数量过少或过多", "Too few indicators, or too many"),
    severity=Severity.INFO,
    category="指标科学性",
    basis="本工具的默认值",
    superseded_by=("missing-tier",),
)
def indicator_count(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""一张表的指标应在 5 个到 30 个之间，突出核心产出和效果。

    A table has between 5 and 30 indicators, those that tell most of outputs and effects.

    ## 为什么

    只有三四个指标，看不出钱办成了几件事；上百个指标，谁也不会逐个去取数核对，重要的反而被淹没。

    ## 例

    ```yaml config
    tiers:
      1-产出指标:
        second: {12-质量指标: {required: "off"}, 14-成本指标: {required: "off"}}
      2-效益指标:
        second: {24-可持续影响: {required: "off"}}
      3-满意度指标:
        second: {31-服务对象满意度: {required: "off"}}
    ```
    ```yaml
    绩效指标: # ✗键 只有 3 个指标，本工具默认不少于 5 个；请补充能反映主要产出和效果的指标
      11-数量指标:
        日常养护里程: ≥120公里
      13-时效指标:
        水毁路段抢通时间: ≤24小时
      22-社会效益:
        公路通畅的行政村: ≥60个
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        日常养护里程: ≥120公里
        中修工程里程: ≥15公里
      13-时效指标:
        水毁路段抢通时间: ≤24小时
      22-社会效益:
        公路通畅的行政村: ≥60个
        因路况不良引发的事故: =0起
    ```

    过多时，留下最能说明目标是否实现的，同一件事的分项合并成一个。

    ## 依据

    本工具的默认值，没有文件规定；两个界限由表式（profile）的 `rows` 规定。应有的层级缺指标时，先由 missing-tier 检
    查。
    """
    count = len(table.indicators)
    minimum, maximum = profile.rows.least, profile.rows.most
    has_unread = any(loc[0] == INDICATORS for loc in table.shape_errors)
    if 0 < count < minimum and not has_unread:
        message = tr(
            f"只有 {count} 个指标，本工具默认不少于 {minimum} 个；请补充能反映主要产出和效果的指标",
            f"only {count_noun(count, 'indicator')}, where {minimum} is the usual least; add what tells of the main outputs and effects",
        )
        yield Finding((INDICATORS, KEY), message, figures=_figures(count, "≥", minimum))
    elif count > maximum:
        message = tr(
            f"有 {count} 个指标，本工具默认不超过 {maximum} 个；请保留最能反映目标实现情况的指标，合并同一事项的分项",
            f"{count_noun(count, 'indicator')}, where {maximum} is the usual most; keep those that best tell whether the goal is met, and merge parts of one thing",
        )
        yield Finding((INDICATORS, KEY), message, figures=_figures(count, "≤", maximum))


def _figures(count: int, relation: Literal["≥", "≤"], limit: int) -> Figures:
    return Figures(Observed("", Decimal(count), "个"), Expected(relation, Decimal(limit), "个"))
