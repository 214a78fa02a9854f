"""Words that say a direction and no extent, those that a profile adds among them."""

from __future__ import annotations

from perftarget.config.profile import Profile
from perftarget.tables.indicators import Indicator
from perftarget.values.parser import Text, Trend


def trend_of(row: Indicator, profile: Profile) -> Trend | None:
    value = row.value
    if isinstance(value, Text) and value.text in profile.terms("trends"):
        return Trend(value.text, None)
    return value if isinstance(value, Trend) else None
