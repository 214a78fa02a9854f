"""Look-ups in the lexicon of a profile: heads of names and words that decide the polarity."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from perftarget.config.profile import Profile


class Head(NamedTuple):
    """The end of a name and the kind that it stands for; ("", "unknown") if the lexicon does not have it."""

    text: str
    kind: str


NO_HEAD: Final = Head("", "unknown")


def find_head(name: str, profile: Profile, *, is_cost: bool) -> Head:
    """Return the longest end of the name that is a head; `is_cost` is True under a cost tier."""
    heads, longest = _heads(profile)
    for length in range(min(longest, len(name)), 0, -1):
        kind = heads.get(name[-length:])
        if kind is not None and (is_cost or kind != "standard_of_cost"):
            return Head(name[-length:], kind.removesuffix("_of_cost"))
    return NO_HEAD


@lru_cache(maxsize=8)
def _heads(profile: Profile) -> tuple[dict[str, str], int]:
    heads = {word: kind for kind, words in profile.lexicon.heads for word in words}
    return heads, max(map(len, heads), default=0)


@lru_cache(maxsize=8)
def polarity_words(profile: Profile) -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the polarity of each word, and the pattern of the words, the longest first."""
    words = profile.lexicon.polarity
    groups = ("neither", "handled", "lower", "higher", "ceiling")
    polarity = {word: group for group in groups for word in getattr(words, group)}
    return polarity, any_of(tuple(polarity))


@lru_cache(maxsize=8)
def lower_ending(profile: Profile) -> re.Pattern[str]:
    """Return the pattern for the end of a name that counts what nobody wants: 投诉率, 事故发生数, 逾期天数."""
    lower = any_of(tuple(profile.lexicon.polarity.lower)).pattern
    return re.compile(
        f"(?:{lower})(?:事件|事故|案件|问题|行为)?(?:的?发生)?(?:(?P<share>率|比例|占比|比重)|数|数量|次数|起数|件数|人数|户数|天数|时长|额|金额|面积)?$"
    )


@lru_cache(maxsize=32)
def polarity_pattern(profile: Profile, group: str) -> re.Pattern[str]:
    """Return the pattern of a group of words about the polarity, such as handled, negated, workload or process."""
    return any_of(tuple(getattr(profile.lexicon.polarity, group)))


@lru_cache(maxsize=32)
def rate_pattern(profile: Profile, group: str) -> re.Pattern[str]:
    """Return the pattern of a group of words about the size of rates: unbounded, per_mille or low."""
    return any_of(tuple(getattr(profile.lexicon.rates, group)))


def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern that matches any of the words, the longest first; without words it matches nothing."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, ordered)) or "(?!)")
