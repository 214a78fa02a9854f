"""Completions at a cursor: fields, tiers, indicators and values from other tables, names of rules."""

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

OfferKind: TypeAlias = Literal["field", "tier", "indicator", "value", "rule"]
_MAX_SUGGESTIONS: Final = 50


class CompletionOffer(NamedTuple):
    """A completion: the label shown, the text inserted, and a detail shown beside the label."""

    label: str
    text: str
    kind: OfferKind
    detail: str = ""


def completions(
    cursor: Cursor, profile: Profile, suggestions: Suggestions, table: Table | None
) -> list[CompletionOffer]:
    """Return the completions at a cursor, the most likely first; `suggestions` come from tables of the same profile."""
    offers = _values(cursor, profile, suggestions, table) if cursor.key else _keys(cursor, profile, suggestions)
    return [offer for offer in offers if offer.kind in {"value", "rule"} or offer.label not in cursor.siblings]


def _keys(cursor: Cursor, profile: Profile, suggestions: Suggestions) -> Iterator[CompletionOffer]:
    match cursor.parents:
        case ():
            yield from _fields(profile)
        case (section,) if section in _ITEM_KEYS:
            yield from (_key_offer(label, "field", detail) for label, detail in _ITEM_KEYS[section].items())
        case (section, *tiers) if section == INDICATORS:
            yield from _indicator_keys(tiers, cursor, profile, suggestions)


def _fields(profile: Profile) -> Iterator[CompletionOffer]:
    form_labels = [label for row in profile.head for label in row]
    for label in dict.fromkeys([*form_labels, *FIELD_NAMES]):
        yield _key_offer(label, "field", field_hint(label)[0])


def _indicator_keys(
    tiers: list[str], cursor: Cursor, profile: Profile, suggestions: Suggestions
) -> Iterator[CompletionOffer]:
    """Yield the keys under the given tiers: tiers of the form, indicators of other tables, or columns of a row."""
    if tiers and (second := profile.second_tier_label(tiers[-1])):
        for name in islice(suggestions.names(profile.tier_name(second)), _MAX_SUGGESTIONS):
            yield _key_offer(name, "indicator", next(iter(suggestions.targets(name)), ""))
    elif len(tiers) == 1 and profile.is_tier(tiers[0]):
        first = profile.first_tier_label(tiers[0])
        yield from _second_tiers(profile, [first] if first else [])
    elif not tiers:
        if not profile.first_labels.isdisjoint(cursor.siblings):
            yield from (_key_offer(label, "tier") for label in profile.tiers)
        else:
            present = {profile.second_tier_label(key) for key in cursor.siblings}
            offers = _second_tiers(profile, profile.tiers)
            yield from (offer for offer in offers if offer.label not in present)
    else:
        yield from (_key_offer(label, "field", detail) for label, detail in _columns(Entry).items())


def _second_tiers(profile: Profile, firsts: Iterable[str]) -> Iterator[CompletionOffer]:
    for first in firsts:
        for label in profile.tiers[first].second:
            yield _key_offer(label, "tier", tier_hint(profile.tier_name(label)))


def _values(
    cursor: Cursor, profile: Profile, suggestions: Suggestions, table: Table | None
) -> Iterator[CompletionOffer]:
    match cursor.parents:
        case ():
            values = dict.fromkeys([*suggestions.field(cursor.key), *field_hint(cursor.key)[1]])
            if cursor.key != _PROJECT_NAME:
                yield from map(_value_offer, islice(values, _MAX_SUGGESTIONS))
        case (section,) if section == SUPPRESSIONS and cursor.key == "规则":
            # Diagnostics of the first category, faults of the file itself, cannot be suppressed.
            suppressible = (rule for rule in rules().values() if rule.category != CATEGORIES[0])
            yield from (CompletionOffer(rule.name, rule.name, "rule", rule.title) for rule in suppressible)
        case (section,) if section == SUPPRESSIONS and cursor.key == "指标" and table:
            yield from (
                CompletionOffer(row.name, scalar(row.name, flow=True), "value", row.text) for row in table.indicators
            )
        case (section, *tiers) if section == INDICATORS and tiers and profile.second_tier_label(tiers[-1]):
            yield from map(_value_offer, suggestions.targets(cursor.key)[:_MAX_SUGGESTIONS])


def _value_offer(text: str) -> CompletionOffer:
    return CompletionOffer(text, scalar(text), "value")


def _key_offer(label: str, kind: OfferKind, detail: str = "") -> CompletionOffer:
    return CompletionOffer(label, f"{scalar(label)}:{' ' if kind == 'indicator' else ''}", kind, detail)


def _columns(model: type[Entry | Calculation | Suppression]) -> dict[str, str]:
    """Return the keys of a model in the file with their descriptions."""
    return {str(info.alias): info.description or "" for info in model.model_fields.values()}


_PROJECT_NAME: Final = next(iter(FIELD_NAMES))
"""The name of a project is its own, so the names of other tables are not suggested."""
_ITEM_KEYS: Final = {CALCULATION: _columns(Calculation), SUPPRESSIONS: _columns(Suppression)}
"""The keys of the items of a section, with their descriptions."""
