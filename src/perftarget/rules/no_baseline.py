"""Report changes without a base and numbers that are only approximate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.tables.semantics.names import understand
from perftarget.values.parser import Delta, Operator, Quantity

_ESTIMATES: Final = ("预计", "预估", "大致")
"""Ends of the words before a number that is only an estimate."""


@rule(
    title=("缺少比较基数，或数值不确定", "A change has no base, or a number is only approximate"),
    severity=Severity.WARNING,
    category="指标科学性",
    basis="通行审核要求",
)
def no_baseline(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""变化应写明与什么比；数应写确定的数。

    A change says what it is measured against, and a number is definite.

    ## 为什么

    “增长5%”没有说与上年比还是与基期比；“约500人”，做到 480 人算不算完成，说不清楚。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        培训人数: 约500人 # ✗ “约500人”是约数，无法考核；请填写确定的数值，如“≥500人”
      21-经济效益:
        旅游收入: 增长5% # ✗ “增长5%”缺少比较基数；请写明，如“较上年增长5%”
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        培训人数: ≥500人
      21-经济效益:
        旅游收入: 较上年增长≥5%
    ```

    ## 依据

    通行审核要求。指标名称里已经写了同比、较上年、年均的，不提示。
    """
    for row in table.indicators:
        value = row.value
        text = row.text.strip()
        if isinstance(value, Quantity) and (value.approximate or value.lead.endswith(_ESTIMATES)):
            is_maximum = not value.operator and _is_maximum(row, value, profile)
            operator = Operator.AT_MOST if is_maximum else value.operator or Operator.AT_LEAST
            exact = replace(value, approximate=False, operator=operator, reach="", lead="", rest="", words=())
            message = tr(
                f"“{text}”是约数，无法考核；请填写确定的数值，如“{exact}”",
                f"“{text}” is only about so much and cannot be assessed; write a definite number, like “{exact}”",
            )
            yield Finding(row.loc, message)
        elif isinstance(value, Delta) and not value.base and not profile.pattern("bases").search(row.name):
            message = tr(
                f"“{text}”缺少比较基数；请写明，如“较上年{text}”",
                f"“{text}” does not say against what; write it, like “较上年{text}”",
            )
            yield Finding(row.loc, message)


def _is_maximum(row: Indicator, value: Quantity, profile: Profile) -> bool:
    """Return True if the number is probably a maximum: money or time spent, or something undesirable."""
    tier = profile.tier_name(row.second)
    is_spending = tier.startswith("成本") and not profile.pattern("not_costs").search(row.name)
    is_duration = tier.startswith("时效") and value.unit is not None and value.unit.kind == "time"
    return is_spending or is_duration or understand(row, profile).polarity == "lower"
