"""Report weights that do not come to the points written after the label of their first tier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.keys import POINTS
from perftarget.tables.model import Table
from perftarget.values.parser import Quantity, parse

_POINTS: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*分?")


@rule(
    title=("权重与一级指标的分值不符", "Weights do not come to the points of their first tier"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="算术",
)
def tier_points(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""一级指标名称后标明的分值，应等于其下各指标权重之和。

    The points written after the label of a first tier are the sum of the weights below it.

    ## 为什么

    表上写“产出指标（50分）”，其下各项权重却只合计 45 分的，自评时不知以哪个为准，总分也对不上。

    ## 例

    从 Word、Excel 导入的表，分值记在“一级指标分值”中：

    ```yaml
    一级指标分值:
      产出指标: 50分 # ✗ “产出指标”标明 50 分，所列权重合计 45 分；请核对
    绩效指标:
      产出指标:
        数量指标:
          改造危桥座数: {值: ≥2座, 权重: "30"}
        质量指标:
          工程验收合格率: {值: =100%, 权重: "15"}
    # = 30 + 15 = 45
    ```

    ## 怎样改

    ```yaml
    一级指标分值:
      产出指标: 50分
    绩效指标:
      产出指标:
        数量指标:
          改造危桥座数: {值: ≥2座, 权重: "35"}
        质量指标:
          工程验收合格率: {值: =100%, 权重: "15"}
    ```

    ## 依据

    算术。分值写成幅度的（0—20 分），或有指标没有写权重的，不检查。
    """
    points = (table.model_extra or {}).get(POINTS)
    for label, text in points.items() if isinstance(points, dict) else ():
        match = _POINTS.fullmatch(str(text).strip())
        rows = [row for row in table.indicators if label in {row.first, profile.first_tier_of(row.second)}]
        weights = [_weight(row.entry.weight) for row in rows]
        known = [weight for weight in weights if weight is not None]
        if not match or not known or len(known) < len(weights) or sum(known) == Decimal(match[1]):
            continue
        total = f"{sum(known, Decimal()).normalize():f}"
        yield Finding(
            (POINTS, label),
            tr(
                f"“{label}”标明 {match[1]} 分，所列权重合计 {total} 分；请核对",
                f"“{label}” has {match[1]} points, its weights come to {total}; check them",
            ),
            notes=(f"{' + '.join(f'{weight.normalize():f}' for weight in known)} = {total}",),
        )


def _weight(text: str) -> Decimal | None:
    """Return the number of points of a weight (10, 10分), or None."""
    value = parse(text)
    return value.amount if isinstance(value, Quantity) and str(value.unit or "") in {"", "分"} else None
