"""What may be written where the cursor is: fields, tiers, what other tables have there, names of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, Literal, NamedTuple, TypeAlias

from perftarget.authoring.json_schema import field_hint
from perftarget.authoring.lsp.cursor import Cursor
from perftarget.authoring.new_table import tier_hint
from perftarget.authoring.suggestions import Suggestions
from perftarget.config.profile import Profile
from perftarget.formats.yaml.scalar import scalar
from perftarget.linter.rule import CATEGORIES, rules
from perftarget.tables.entries import Calculation, Entry, Suppression
from perftarget.tables.keys import CALCULATION, INDICATORS, SUPPRESSIONS
from perftarget.tables.model import FIELD_NAMES, Table

Kind: TypeAlias = Literal["field", "tier", "indicator", "value", "rule"]
_MOST: Final = 50
"""Of what other tables have nobody reads more."""


class CompletionOffer(NamedTuple):
    """What is shown, what is written for it, and what stands beside it."""

    label: str
    text: str
    kind: Kind
    detail: str = ""


def completions(at: Cursor, profile: Profile, usual: Suggestions, table: Table | None) -> list[CompletionOffer]:
    """What may stand there, the likeliest first; `usual` is what other tables of the same form have."""
    found = _values(at, profile, usual, table) if at.key else _keys(at, profile, usual)
    return [one for one in found if one.kind in {"value", "rule"} or one.label not in at.siblings]


def _keys(at: Cursor, profile: Profile, usual: Suggestions) -> Iterator[CompletionOffer]:
    match at.above:
        case ():
            yield from _fields(profile)
        case (section,) if section in _LINES:
            yield from (_key(label, "field", about) for label, about in _LINES[section].items())
        case (section, *tiers) if section == INDICATORS:
            yield from _below(tiers, at, profile, usual)


def _fields(profile: Profile) -> Iterator[CompletionOffer]:
    of_form = [label for row in profile.head for label in row]
    for label in dict.fromkeys([*of_form, *FIELD_NAMES]):
        yield _key(label, "field", field_hint(label)[0])


def _below(tiers: list[str], at: Cursor, profile: Profile, usual: Suggestions) -> Iterator[CompletionOffer]:
    """In the indicators: tiers of the form, or the indicators that other tables have under this one."""
    if tiers and (label := profile.second_of(tiers[-1])):
        for name in islice(usual.names(profile.tier_name(label)), _MOST):
            yield _key(name, "indicator", next(iter(usual.targets(name)), ""))
    elif len(tiers) == 1 and profile.is_tier(tiers[0]):
        first = profile.first_named(tiers[0])
        yield from _seconds(profile, [first] if first else [])
    elif not tiers:
        if not profile.first_labels.isdisjoint(at.siblings):
            yield from (_key(label, "tier") for label in profile.tiers)
        else:
            present = {profile.second_of(key) for key in at.siblings}
            yield from (one for one in _seconds(profile, profile.tiers) if one.label not in present)
    else:
        yield from (_key(label, "field", about) for label, about in _columns(Entry).items())


def _seconds(profile: Profile, firsts: Iterable[str]) -> Iterator[CompletionOffer]:
    for first in firsts:
        for label in profile.tiers[first].second:
            yield _key(label, "tier", tier_hint(profile.tier_name(label)))


def _values(at: Cursor, profile: Profile, usual: Suggestions, table: Table | None) -> Iterator[CompletionOffer]:
    match at.above:
        case ():
            known = dict.fromkeys([*usual.field(at.key), *field_hint(at.key)[1]])
            if at.key != _NAME:
                yield from (CompletionOffer(text, scalar(text), "value") for text in islice(known, _MOST))
        case (section,) if section == SUPPRESSIONS and at.key == "规则":
            named = (
                rule for rule in rules().values() if rule.category != CATEGORIES[0]
            )  # a file's own faults are not accepted
            yield from (CompletionOffer(rule.name, rule.name, "rule", rule.title) for rule in named)
        case (section,) if section == SUPPRESSIONS and at.key == "指标" and table:
            yield from (
                CompletionOffer(row.name, scalar(row.name, flow=True), "value", row.text) for row in table.indicators
            )
        case (section, *tiers) if section == INDICATORS and tiers and profile.second_of(tiers[-1]):
            yield from (CompletionOffer(text, scalar(text), "value") for text in usual.targets(at.key)[:_MOST])


def _key(label: str, kind: Kind, detail: str = "") -> CompletionOffer:
    return CompletionOffer(label, f"{scalar(label)}:{' ' if kind == 'indicator' else ''}", kind, detail)


def _columns(model: type[Entry | Calculation | Suppression]) -> dict[str, str]:
    """The names of a line's parts in the file, each with what it is for."""
    return {str(info.alias): info.description or "" for info in model.model_fields.values()}


_NAME: Final = next(iter(FIELD_NAMES))
"""Each project has its own; those of others are no help."""
_LINES: Final = {CALCULATION: _columns(Calculation), SUPPRESSIONS: _columns(Suppression)}
"""What a line of these sections may say."""
