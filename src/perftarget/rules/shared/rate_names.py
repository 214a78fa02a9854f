"""Recognition of rates by the name of an indicator."""

from __future__ import annotations

from perftarget.config.profile import Profile
from perftarget.tables.indicators import Indicator
from perftarget.tables.semantics.names import understand


def is_rate(row: Indicator, profile: Profile) -> bool:
    """Return True if the name is that of a rate, such as 发放准确率, 覆盖面 or 满意度.

    Ratios that are not a part of a whole, such as 利率 and 容积率, are not rates.
    """
    return understand(row, profile).is_share and not row.bare_name.endswith(profile.terms("no_percentages"))
