"""What nobody wants: indicators that are the better the lower they are."""

from __future__ import annotations

import re
from functools import lru_cache

from perftarget.config.profile import Profile
from perftarget.tables.indicators import Indicator


def lower_is_better(row: Indicator, profile: Profile) -> bool:
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


@lru_cache(maxsize=8)
def _ending(profile: Profile) -> re.Pattern[str]:
    """投诉率, 事故发生数, 逾期天数"""
    negative = profile.pattern("negative").pattern
    return re.compile(
        f"(?:{negative})(?:事件|事故|问题|行为)?(?:的?发生)?(?:(?P<share>率|比例|占比)|数|数量|次数|起数|件数|人数|户数|天数|额|金额)?$"
    )
