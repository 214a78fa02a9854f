"""Comparison of two deadlines."""

from __future__ import annotations

import re
from typing import Any, Final

from perftarget.diff.change import Change, Kind, TargetContext
from perftarget.i18n import tr
from perftarget.values.parser import Date, Frequency, Period

_DAY: Final = re.compile(r"([0-9]{1,2})(?=日)")


def compare_dates(old: Date | Period, new: Date | Period, context: TargetContext) -> Change:
    """Compare two deadlines by their days.

    For a budget of a later year the deadline is expected to move by the same number of years. A deadline that moved
    by less is earlier for annual work but later for one-off work, so it is `UNCLEAR`.
    """
    ends = [value if isinstance(value, Date) else value.end for value in (old, new)]
    if {end.year for end in ends} == {None}:
        context = context._replace(years=(2000, 2000))
    before, after = (end.last_in(year) for end, year in zip(ends, context.years, strict=True))
    if before is None or after is None:
        return Kind.UNCLEAR, ""
    old_year, new_year = context.years
    if old_year is None or new_year is None:
        old_year = new_year = before.year
        if after.year != before.year:
            return Kind.UNCLEAR, ""
    actual = (after.year, after.month, after.day)
    expected = (before.year + new_year - old_year, before.month, before.day)
    if actual == expected:
        return (Kind.SAME if _same_words(old, new) else Kind.CHANGED), ""
    if after == before:
        return Kind.CHANGED, ""
    if new_year != old_year and (actual < expected) != (after < before):
        return Kind.UNCLEAR, ""
    return _compare_deadlines(expected, actual)


def _same_words(old: Date | Period, new: Date | Period) -> bool:
    """Return True if both are deadlines or both periods from the same day on, for the same action if both name one."""
    if isinstance(old, Date) and isinstance(new, Date):
        return old.action == new.action or not old.action or not new.action
    if isinstance(old, Period) and isinstance(new, Period):
        return (old.start.month or 1, old.start.day or 1) == (new.start.month or 1, new.start.day or 1)
    return False


def _compare_deadlines(before: Any, after: Any) -> Change:
    if before == after:
        return Kind.CHANGED, ""
    return (Kind.LOWERED, tr("推迟", "later")) if after > before else (Kind.RAISED, tr("提前", "earlier"))


def compare_days(old: Frequency, new: Frequency) -> Change:
    """Compare two frequencies by the day in the period: 每季度末月20日."""
    old_days, new_days = _DAY.findall(old.at), _DAY.findall(new.at)
    comparable = old.period == new.period and _DAY.sub("", old.at) == _DAY.sub("", new.at)
    if not comparable or len(old_days) != 1 or len(new_days) != 1:
        return Kind.UNCLEAR, ""
    return _compare_deadlines(int(old_days[0]), int(new_days[0]))
