"""Which indicators are rates, by the end of their names."""

from __future__ import annotations

from perftarget.config.profile import Profile
from perftarget.tables.indicators import Indicator


def is_rate(row: Indicator, profile: Profile) -> bool:
    """发放准确率, 覆盖面, 满意度; not 利率 or 容积率, which are no part of a whole."""
    name = row.bare_name
    return name.endswith(profile.terms("rate_endings")) and not name.endswith(profile.terms("no_percentages"))
