"""What the name of an indicator says: head, kind, polarity, subject and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from perftarget.config.profile import Profile
from perftarget.tables.indicators import Indicator
from perftarget.tables.semantics.lexicon import (
    NO_HEAD,
    Head,
    find_head,
    lower_ending,
    polarity_pattern,
    polarity_words,
)
from perftarget.text.normalize import cached_by_text
from perftarget.values.parser import Unit, normalize_name, unit_in_name

_BRACKETS: Final = re.compile(r"[(\[][^()\[\]]*[)\]]$")
_TAIL: Final = re.compile("(?:达到|达|完成)(?:预计|预期|目标|计划)值?$|(?:达标|完成)?情况$|[≥≤><=]?[*＊]+[^*＊]{0,3}$")
_MONEY: Final = frozenset({"amount", "income", "cost", "standard"})
_DEFAULTS: Final = {
    **dict.fromkeys(("people", "count", "area", "length", "income", "satisfaction", "frequency"), "higher"),
    **dict.fromkeys(("event", "cost"), "lower"),
}
_KINDS_OF_UNITS: Final = {"area": "area", "length": "length", "time": "duration", "frequency": "frequency"}
_MEASURES: Final = frozenset({"volume", "mass", "energy", "pressure", "data", "electricity", "sound", "temperature"})
_PRICE: Final = re.compile("单价|均价|成本")
_RUNNING: Final = frozenset({"date", "duration"})
_GAPS: Final = {"higher": 2, "handled": 0}
"""How far before 率 a word may stand that makes the rate a good one; another word between may turn it round."""
_AHEAD: Final = re.compile("提前|间隔")
_CAUSED: Final = re.compile("发生|引发|造成|导致|引起|责任")
"""An accident that handling something badly causes is still unwanted."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a name says of an indicator.

    `kind` is what the value must be, or unknown; `polarity` is higher, lower, neither, ceiling or unknown, and
    `certain` is True if words of the name decide it, not only its kind. `subject` is what stands before the head.
    """

    head: str
    kind: str
    polarity: str
    certain: bool
    subject: str
    unit: Unit | None

    @property
    def is_money(self) -> bool:
        """True for amounts, costs, incomes and standards."""
        return self.kind in _MONEY

    @property
    def is_share(self) -> bool:
        """True for rates and satisfaction."""
        return self.kind in {"rate", "satisfaction"}


def understand(row: Indicator, profile: Profile) -> Sense:
    """Return what the name and the tier of an indicator say about it."""
    sense: Sense | None = row.derived.get(profile)
    if sense is None:
        tier = profile.tier_name(row.second)
        sense = row.derived[profile] = _understand(row.name, tier.startswith("数量"), "成本" in tier, profile)
    return sense


@lru_cache(maxsize=4096)
def _understand(name: str, is_output: bool, is_cost: bool, profile: Profile) -> Sense:
    plain, unit = plain_name(name), unit_in_name(name)
    head = find_head(plain, profile, is_cost=is_cost)
    kind = head.kind if head is not NO_HEAD else _kind_of_unit(unit)
    if _is_unwanted(plain, is_output, profile):
        shared = kind in {"rate", "satisfaction", "amount", "duration", "area", "cost", "measure", "length"}
        return Sense(head.text, kind if shared else "event", "lower", True, _subject(plain, head), unit)
    polarity, certain = _polarity(plain, head, kind, profile)
    if is_output and not certain and lower_ending(profile).search(plain):
        polarity = "neither"  # the number of complaints to be dealt with
    if kind == "measure" and is_output and polarity == "unknown":
        polarity = "higher"
    return Sense(head.text, "unknown" if kind == "other" else kind, polarity, certain, _subject(plain, head), unit)


@cached_by_text
def plain_name(name: str) -> str:
    """Return the name without prefix, brackets at the end and tails such as 达到预计值."""
    plain = normalize_name(name)
    while (shorter := _TAIL.sub("", _BRACKETS.sub("", plain))) not in {plain, ""}:
        plain = shorter
    return plain


def _subject(name: str, head: Head) -> str:
    return name.removesuffix(head.text) if head.text else name


def _kind_of_unit(unit: Unit | None) -> str:
    """Return the kind of an indicator whose name ends with a unit and without a head."""
    if unit is None:
        return "unknown"
    if unit.is_rate:
        return "rate"
    if unit.kind == "money":
        return "standard" if unit.per else "amount"
    if unit.kind in _MEASURES:
        return "measure"
    if unit.kind == "count":
        return "unknown" if unit.per else "people" if unit.symbol in {"人", "户", "人次"} else "count"
    return _KINDS_OF_UNITS.get(unit.kind, "unknown") if not unit.per or unit.kind == "frequency" else "unknown"


def _is_unwanted(name: str, is_output: bool, profile: Profile) -> bool:
    """Return True if the name counts what nobody wants, and not what is done about it.

    Under 数量 the cases, complaints or hazards are work that an office handles, unless they are bad by themselves.
    """
    match = lower_ending(profile).search(name)
    if match is None or polarity_pattern(profile, "negated").search(name):
        return False
    if not match["share"] and not _CAUSED.search(name) and polarity_pattern(profile, "handled").search(name):
        return False
    return not is_output or bool(match["share"]) or bool(polarity_pattern(profile, "workload").search(match[0]))


def _polarity(name: str, head: Head, kind: str, profile: Profile) -> tuple[str, bool]:
    """Return the polarity and True if a word decides it."""
    polarity, pattern = polarity_words(profile)
    matches = list(pattern.finditer(name))
    words = [polarity[match[0]] for match in matches]
    last, end = (words[-1], matches[-1].end()) if words else ("", 0)
    if "ceiling" in words or last == "neither":
        return ("ceiling" if "ceiling" in words else "neither"), True
    if _decides(last, len(name) - end, head, kind):
        return ("lower" if last == "lower" else "higher"), True
    is_process = kind in _RUNNING and polarity_pattern(profile, "process").search(name) and not _AHEAD.search(name)
    return "lower" if is_process else _default(head, kind), False


def _decides(word: str, rest: int, head: Head, kind: str) -> bool:
    """Return True if the last word of polarity, with `rest` characters after it, decides for that kind."""
    if kind == "rate":
        return rest - len(head.text) <= _GAPS.get(word, -len(head.text) - 1)
    if kind in _RUNNING:  # 开放时间, but not 发放时间
        return word == "higher" and rest < (len(head.text) if kind == "duration" else 1)
    return kind != "standard" and (word == "higher" or (word == "lower" and kind == "measure"))


def _default(head: Head, kind: str) -> str:
    """Return the polarity that a kind has without words."""
    if kind == "standard":
        return "lower" if _PRICE.search(head.text) else "neither"
    return _DEFAULTS.get(kind, "unknown")
