"""Recognition of trends: values with a direction but no amount, such as 提高."""

from __future__ import annotations

from perftarget.config.profile import Profile
from perftarget.tables.indicators import Indicator
from perftarget.values.parser import Text, Trend


def trend_of(row: Indicator, profile: Profile) -> Trend | None:
    """Return the trend that is the value of an indicator, including the words that the profile adds, or None."""
    value = row.value
    if isinstance(value, Text) and value.text in profile.terms("trends"):
        return Trend(value.text, None)
    return value if isinstance(value, Trend) else None
