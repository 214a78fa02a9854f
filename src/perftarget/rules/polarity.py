"""Report minimum targets for values that should be low."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.tables.polarity import lower_is_better
from perftarget.values.parser import Operator, Quantity

_FLOORS: Final = frozenset({Operator.AT_LEAST, Operator.ABOVE})


@rule(
    title=("指标方向（≥、≤）有误", "A comparison points the wrong way"),
    severity=Severity.ERROR,
    category="指标科学性",
    basis="通行审核要求",
    superseded_by=("operator-conflict", "sign-mismatch"),
)
def polarity(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""不希望发生的事和要花的钱，绩效值用“≤”，不用“≥”。

    What nobody wants, and what money is spent on, has a ceiling and no floor.

    ## 为什么

    “投诉率≥5%”的意思是投诉越多越好；“宣传费≥12万元”的意思是花得越多越好。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        有效投诉率: ≥5% # ✗ “有效投诉率”越低越好，却写成“≥5%”；请改为“≤”
      14-成本指标:
        宣传费: ≥12万元 # ✗ “宣传费”是要花的钱，却写成“≥12万元”；请改为“≤”
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      12-质量指标:
        有效投诉率: ≤5%
        投诉办结率: ≥98%
      14-成本指标:
        宣传费: ≤12万元
    ```

    ## 依据

    通行审核要求。事故处理率、投诉办结率、差错整改率这样的指标越高越好；补贴、工资的标准可以有下限；都不提示。
    """
    for row in table.indicators:
        value = row.value
        if not isinstance(value, Quantity) or value.operator not in _FLOORS:
            continue
        name, text = row.name.strip(), row.text.strip()
        if lower_is_better(row, profile):
            message = tr(
                f"“{name}”越低越好，却写成“{text}”；请改为“≤”",
                f"the lower “{name}” the better, but the target is “{text}”; use “≤”",
            )
            yield Finding(row.loc, message)
        elif "成本" in profile.tier_name(row.second) and value.money and not value.per and _is_cost(row, profile):
            message = tr(
                f"“{name}”是要花的钱，却写成“{text}”；请改为“≤”",
                f"“{name}” is money to be spent, but the target is “{text}”; use “≤”",
            )
            yield Finding(row.loc, message)


def _is_cost(row: Indicator, profile: Profile) -> bool:
    name = row.bare_name
    return name.endswith(profile.terms("cost_endings")) and not profile.pattern("cost_floors").search(name)
