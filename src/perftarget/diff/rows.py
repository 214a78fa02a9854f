"""Pairing of the indicators of two versions of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from perftarget.config.profile import Profile
from perftarget.diff.years import name_without_year
from perftarget.tables.indicators import Indicator
from perftarget.text.similarity import similarity
from perftarget.values.indicator_names import name_key, normalize_name

_MIN_SIMILARITY: Final = Decimal("0.5")
_MAX_COMPARED: Final = 200
"""Maximum number of rows on each side whose names are compared; a renamed row beyond it counts as removed and added."""


def pair_rows(old_rows: Sequence[Indicator], new_rows: Sequence[Indicator], profile: Profile) -> dict[int, Indicator]:
    """Return the old row for the `id` of each new row that has one.

    Rows are paired if they are equal, else if they have the same name in the same tier, else the same name but for
    years and units, else similar names in the same tier.
    """
    unpaired = list(old_rows)
    pairs: dict[int, Indicator] = {}
    for key in _keys(profile):
        by_key: dict[object, list[Indicator]] = {}
        for old in unpaired:
            by_key.setdefault(key(old), []).append(old)
        for row in new_rows:
            if id(row) not in pairs and (candidates := by_key.get(key(row))):
                pairs[id(row)] = candidates.pop(0)
        taken = set(map(id, pairs.values()))
        unpaired = [old for old in unpaired if id(old) not in taken]
    rest = [row for row in new_rows if id(row) not in pairs]
    return pairs | {id(row): old for old, row in _similar_rows(unpaired, rest, profile)}


def _keys(profile: Profile) -> Sequence[Callable[[Indicator], object]]:
    """Return the keys by which rows are paired, the strictest first."""

    def tier(row: Indicator) -> str:
        return profile.tier_name(row.second)

    return (
        lambda row: (name_key(row.name), tier(row), row.text.strip()),
        lambda row: (name_key(row.name), tier(row)),
        lambda row: (plain_name(row.name), tier(row)),
        lambda row: plain_name(row.name),
    )


def plain_name(name: str) -> str:
    """Return the name of an indicator without its unit and years."""
    return normalize_name(name_without_year(name))


def _similar_rows(
    old_rows: Sequence[Indicator], new_rows: Sequence[Indicator], profile: Profile
) -> Iterator[tuple[Indicator, Indicator]]:
    """Yield pairs of rows with similar names, the most similar first, each row at most once."""
    ranked = [
        (similarity(plain_name(old.name), plain_name(new.name)), -i, -k, old, new)
        for i, old in enumerate(old_rows[:_MAX_COMPARED])
        for k, new in enumerate(new_rows[:_MAX_COMPARED])
        if profile.tier_name(old.second) == profile.tier_name(new.second)
    ]
    used: set[int] = set()
    for score, _, _, old, new in sorted(ranked, key=lambda item: item[:3], reverse=True):
        if score >= _MIN_SIMILARITY and not {id(old), id(new)} & used:
            used |= {id(old), id(new)}
            yield old, new
