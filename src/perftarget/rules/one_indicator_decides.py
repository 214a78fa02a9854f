"""Report an indicator that has most of the weight of a table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.values.parser import Quantity, parse

_MAX_SHARE: Final = Decimal("0.6")
_UNITS: Final = frozenset({"", "分", "%"})


@rule(
    title=("一项指标占了大部分权重", "One indicator has most of the weight"),
    severity=Severity.WARNING,
    category="指标科学性",
    basis="通行审核要求",
)
def one_indicator_decides(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""权重应分配到各项指标，不应由一项指标决定全表的得分。

    The weight is spread over the indicators; no single one decides the score of the table.

    ## 为什么

    一项指标占 90 分，其他各项完成得怎样都不影响结果，自评等于只评这一项。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        培训人数: {值: 320人, 权重: 70} # ✗⟦70⟧ “培训人数”一项的权重占 78%（70÷90），超过 60%；请把权重分配到各项指标
      12-质量指标:
        培训合格率: {值: ≥95%, 权重: 10}
      31-服务对象满意度:
        学员满意度: {值: ≥90%, 权重: 10}
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        培训人数: {值: 320人, 权重: 50}
      12-质量指标:
        培训合格率: {值: ≥95%, 权重: 30}
      31-服务对象满意度:
        学员满意度: {值: ≥90%, 权重: 10}
    ```

    ## 依据

    通行审核要求。60% 是本工具的默认值；只有一项指标写了权重的表不提示；有一项权重不是数的，先由 weights 提示。
    """
    weights = [(row, _points(row)) for row in table.indicators if row.columns and row.columns.weight.strip()]
    if not all(points > 0 for _, points in weights):
        return  # weights reports what is no number
    total = sum((points for _, points in weights), Decimal(0))
    for row, points in weights:
        if len(weights) > 1 and points > total * _MAX_SHARE:
            share, division = f"{points / total:.0%}", f"{points:f}÷{total:f}"
            name = row.bare_name
            message = tr(
                f"“{name}”一项的权重占 {share}（{division}），超过 60%；请把权重分配到各项指标",
                f"“{name}” alone has {share} of the weight ({division}), more than 60%; spread it over the indicators",
            )
            yield Finding((*row.name_loc[:-1], "权重"), message)


def _points(row: Indicator) -> Decimal:
    """Return the weight of an indicator, or 0 if it is not a number."""
    value = parse(row.entry.weight)
    is_plain = isinstance(value, Quantity) and not value.words and str(value.unit or "") in _UNITS
    return value.amount if is_plain and isinstance(value, Quantity) else Decimal(0)
