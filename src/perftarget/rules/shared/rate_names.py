"""Recognition of rates by the name of an indicator."""

from __future__ import annotations

from perftarget.config.profile import Profile
from perftarget.tables.indicators import Indicator


def is_rate(row: Indicator, profile: Profile) -> bool:
    """Return True if the name is that of a rate, such as 发放准确率, 覆盖面 or 满意度.

    Ratios that are not a part of a whole, such as 利率 and 容积率, are not rates.
    """
    name = row.bare_name
    return name.endswith(profile.terms("rate_endings")) and not name.endswith(profile.terms("no_percentages"))
