"""Kinds of changes, and the context that a changed target is judged in."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple, TypeAlias

from perftarget.config.profile import Profile
from perftarget.diff.polarity import is_lower_better
from perftarget.i18n import tr
from perftarget.tables.indicators import Indicator


class Kind(Enum):
    """Kind of a difference, in the order of importance to a reviewer."""

    LOWERED = ("lowered", "目标降低", "target lowered")
    UNBOUND = ("unbound", "失去比较符号", "sign lost")
    UNBASED = ("unbased", "失去比较基数", "baseline lost")
    VAGUE = ("vague", "不再是数", "no number any more")
    UNCLEAR = ("unclear", "改动，高低请核对", "changed, look whether for the worse")
    AMOUNT = ("amount", "金额改动", "amount changed")
    REMOVED = ("removed", "删去", "removed")
    RENAMED = ("renamed", "改名", "renamed")
    MOVED = ("moved", "移到另一级", "moved")
    RAISED = ("raised", "目标提高", "target raised")
    CHANGED = ("changed", "改动", "changed")
    ADDED = ("added", "新增", "added")
    SAME = ("same", "意思未变", "same meaning")

    @property
    def word(self) -> str:
        """The name in JSON reports."""
        return self.value[0]

    @property
    def title(self) -> str:
        """The name in the current language."""
        return tr(*self.value[1:])

    @property
    def weaker(self) -> bool:
        """True if the target is weaker than before."""
        return self in {Kind.LOWERED, Kind.UNBOUND, Kind.UNBASED, Kind.VAGUE}

    @property
    def rank(self) -> int:
        """The position in the order of importance, from 0."""
        return list(Kind).index(self)


Change: TypeAlias = tuple[Kind, str]
"""The kind of a change and a note, such as the amount of the change."""


class TargetContext(NamedTuple):
    """The indicator of a target and the budget years of both sides; a year is None if it is unknown."""

    row: Indicator
    profile: Profile
    years: tuple[int | None, int | None] = (None, None)

    @property
    def lower_is_better(self) -> bool:
        """True if a lower value of the indicator is better."""
        return is_lower_better(self.row, self.profile)

    @property
    def is_cost(self) -> bool:
        """True if the indicator is in a cost tier."""
        return "成本" in self.profile.tier_name(self.row.second)
