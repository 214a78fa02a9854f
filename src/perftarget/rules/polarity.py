from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from perftarget.diagnostic import Severity
from perftarget.language import say
from perftarget.model import Indicator, Table
from perftarget.profile import Profile
from perftarget.quantity import Operator, Quantity
from perftarget.rule import Finding, rule

_FLOORS: Final = frozenset({Operator.AT_LEAST, Operator.ABOVE})


@rule(
    title=("方向写反了", "A comparison points the wrong way"),
    severity=Severity.ERROR,
    box="指标科学性",
    basis="通行审核要求",
    gives_way=("operator-conflict", "sign-mismatch"),
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
        if _is_unwanted(row, profile):
            message = say(
                f"“{name}”越低越好，却写成“{text}”；请改为“≤”",
                f"the lower “{name}” the better, but the target is “{text}”; use “≤”",
            )
            yield Finding(row.loc, message)
        elif "成本" in profile.tier_name(row.second) and value.money and not value.per and _is_cost(row, profile):
            message = say(
                f"“{name}”是要花的钱，却写成“{text}”；请改为“≤”",
                f"“{name}” is money to be spent, but the target is “{text}”; use “≤”",
            )
            yield Finding(row.loc, message)


def _is_unwanted(row: Indicator, profile: Profile) -> bool:
    """A bad thing, counted: it ends the name, and nothing in the name says that something is done about it."""
    name = row.bare_name
    if not (found := _ending(profile).search(name)):
        return False
    return not _is_workload(found, row, profile) and not profile.pattern("negative_handled").search(name)


def _is_workload(found: re.Match[str], row: Indicator, profile: Profile) -> bool:
    """Under 数量 so many cases, complaints or hazards are what an office deals with; a rate of them is not."""
    if not profile.tier_name(row.second).startswith("数量") or found["share"]:
        return False
    return not profile.pattern("negative_by_itself").search(found[0])


def _is_cost(row: Indicator, profile: Profile) -> bool:
    name = row.bare_name
    return name.endswith(profile.terms("cost_endings")) and not profile.pattern("cost_floors").search(name)


@lru_cache(maxsize=8)
def _ending(profile: Profile) -> re.Pattern[str]:
    """投诉率, 事故发生数, 逾期天数"""
    negative = profile.pattern("negative").pattern
    return re.compile(
        f"(?:{negative})(?:事件|事故|问题|行为)?(?:的?发生)?(?:(?P<share>率|比例|占比)|数|数量|次数|起数|件数|人数|户数|天数|额|金额)?$"
    )
