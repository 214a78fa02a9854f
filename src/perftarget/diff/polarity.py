"""Direction in which a target is better; the only place of the comparison that asks for it."""

from __future__ import annotations

from perftarget.config.profile import Profile
from perftarget.tables.indicators import Indicator
from perftarget.tables.semantics.names import understand


def is_lower_better(row: Indicator, profile: Profile) -> bool:
    """Return True if a lower value of the indicator is better: by its column 方向, else by its name."""
    direction = row.columns.direction.strip() if row.columns else ""
    if direction:
        return direction.startswith(("反", "负", "逆"))
    return understand(row, profile).polarity == "lower"
