"""Recognize indicators for which a lower value is better."""

from __future__ import annotations

import re
from functools import lru_cache

from perftarget.config.profile import Profile
from perftarget.tables.indicators import Indicator


def lower_is_better(row: Indicator, profile: Profile) -> bool:
    """Return True if the indicator counts something undesirable, and the name does not say that it is dealt with."""
    name = row.bare_name
    if not (match := _ending(profile).search(name)):
        return False
    return not _is_workload(match, row, profile) and not profile.pattern("negative_handled").search(name)


def _is_workload(match: re.Match[str], row: Indicator, profile: Profile) -> bool:
    """Return True if the number is a workload: under 数量, the cases, complaints or hazards that an office handles.

    A rate is never a workload.
    """
    if not profile.tier_name(row.second).startswith("数量") or match["share"]:
        return False
    return not profile.pattern("negative_by_itself").search(match[0])


@lru_cache(maxsize=8)
def _ending(profile: Profile) -> re.Pattern[str]:
    """Return the pattern for the end of such a name: 投诉率, 事故发生数, 逾期天数."""
    negative = profile.pattern("negative").pattern
    return re.compile(
        f"(?:{negative})(?:事件|事故|问题|行为)?(?:的?发生)?(?:(?P<share>率|比例|占比)|数|数量|次数|起数|件数|人数|户数|天数|额|金额)?$"
    )
