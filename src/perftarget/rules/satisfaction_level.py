"""Report satisfaction targets below 80% or of 100%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.values.measures import DELTA_VERBS
from perftarget.values.parser import Operator, Quantity

_MIN_RATE: Final = Decimal(80)
_FULL_RATE: Final = Decimal(100)
_FLOORS: Final = frozenset({None, Operator.EQUAL, Operator.AT_LEAST})
_SHARE: Final = re.compile("率$|比例$|比重$")
_CHANGE: Final = re.compile("|".join(DELTA_VERBS))


@rule(
    title=("满意度指标值设置过低或不留余地", "A satisfaction target that is very low, or that leaves no margin"),
    severity=Severity.INFO,
    category="绩效合理性",
    basis="财预〔2015〕88号：合理可行（地方参照）；通行审核要求",
)
def satisfaction_level(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""满意度一般不低于 80%，也不写成 100%。

    A satisfaction target is not below 80%, and not 100%.

    ## 为什么

    低于 80% 的满意度，五个人里有一个不满意也算完成，说明不了服务好坏。100% 则是一个人不满意就算没有完成，
    到了自评时不是如实扣分，就是把调查做成人人满意。

    ## 例

    ```yaml
    绩效指标:
      31-服务对象满意度:
        参训学员满意度: ≥70% # ✗ 满意度“≥70%”低于 80%；请核对，历年调查结果确实如此的可以保留
        用人单位满意度: =100% # ✗ 满意度“=100%”不留余地，有一人不满意即未完成；请按历年调查结果确定，如“≥95%”
    ```

    ## 怎样改

    按以往调查的结果确定，没有调查过的，可以先定在 85% 到 95% 之间。

    ```yaml
    绩效指标:
      31-服务对象满意度:
        参训学员满意度: ≥85%
        用人单位满意度: ≥95%
    ```

    ## 依据

    《中央部门预算绩效目标管理办法》（财预〔2015〕88号，地方参照）：绩效目标应合理可行。80% 和 100% 两个界限是通行审
    核要求。写成“≥100%”的，先由 over-full-rate 改成“=100%”。满意度的提高幅度、调查的覆盖率、不满意率和投诉率不在此列。
    """
    for row in table.indicators:
        value = row.value
        if not isinstance(value, Quantity) or not _is_floor(value, row) or not _is_satisfaction(row, profile):
            continue
        if value.number < _MIN_RATE:
            message = tr(
                f"满意度“{row.text}”低于 80%；请核对，历年调查结果确实如此的可以保留",
                f"satisfaction of “{row.text}” is below 80%; check it, and keep it only if past surveys came to that",
            )
            yield Finding(row.loc, message)
        elif value.number == _FULL_RATE:
            message = tr(
                f"满意度“{row.text}”不留余地，有一人不满意即未完成；请按历年调查结果确定，如“≥95%”",
                f"satisfaction of “{row.text}” is missed by one dissatisfied person; set it by past surveys, as in “≥95%”",
            )
            yield Finding(row.loc, message)


def _is_floor(value: Quantity, row: Indicator) -> bool:
    """Return True if the value is a minimum in percent."""
    unit = value.unit or row.named_unit
    is_percentage = unit is not None and unit.is_rate and unit.symbol == "%"
    return is_percentage and not value.conflict and value.operator in _FLOORS


def _is_satisfaction(row: Indicator, profile: Profile) -> bool:
    """Return True if an indicator measures satisfaction, by its name or else by its tier.

    Other shares in a satisfaction tier are recognized by their names.
    """
    name = row.bare_name
    if profile.pattern("dissatisfaction").search(name) or _CHANGE.search(name):
        return False
    if _SHARE.search(name):
        return name.endswith("满意率")
    return "满意" in name or "满意" in profile.tier_name(row.second)
