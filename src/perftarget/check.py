"""Documents to diagnostics: the rules look, waivers are taken off, rows of one complaint become one diagnostic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Any, Final, NamedTuple

from perftarget.diagnostic import Checked, Diagnostic, Fix, Mark, Open, Severity
from perftarget.document import Document
from perftarget.fix import fix_of, new_key
from perftarget.model import INDICATORS, WAIVERS, Table
from perftarget.profile import ConfigError, Profile
from perftarget.rule import BOXES, At, Finding, Rule, Subject, Unjudged, WaiverUse, rules
from perftarget.source import KEY, Span, nearest

_MOST_SAID: Final = 5
_MOST_PLACES: Final = 10


def choose(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> dict[str, Rule]:
    """The rules of a run: those selected, else all, without those ignored. A name is a rule's or a box's."""
    selected = set(_named(select)) or rules().keys()
    return {name: rule for name, rule in rules().items() if name in selected - set(_named(ignore))}


def _named(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        known(name, [*rules(), *BOXES])
        yield from (rule.name for rule in rules().values() if name in {rule.name, rule.box})


def known(name: str, names: Iterable[str], place: str = "") -> None:
    """Raise ConfigError, with the nearest name and the place of the setting, where `name` is none of `names`."""
    names = list(names)
    if name not in names:
        near = get_close_matches(name, names, 1, 0.5)
        hint = f"是否为 {near[0]}？" if near else "全部规则见 docs/rules/"
        raise ConfigError(f"{place}{': ' if place else ''}没有名为 {name} 的规则。{hint}")


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding with all that decides which diagnostic it becomes part of."""

    rule: Rule
    finding: Finding
    severity: Severity
    indicator: str | None
    fix: Fix | None
    waived: str | None = None

    @property
    def group(self) -> tuple[Any, ...]:
        return self.rule.name, self.severity, self.waived, self.fix and self.fix.safe


class Looked(NamedTuple):
    """What the rules found in a document, row by row, and what they could not judge."""

    hits: list[Hit]
    unjudged: list[tuple[Rule, Unjudged]]


def check(document: Document, profile: Profile, chosen: Mapping[str, Rule], today: date) -> Checked:
    """All diagnostics of one document, in the order of their places, and what could not be judged."""
    looked = look(document, profile, chosen, today)
    grouped: dict[tuple[Any, ...], list[Hit]] = {}
    for hit in looked.hits:
        grouped.setdefault(hit.group, []).append(hit)
    diagnostics = [_diagnostic(document, group) for group in grouped.values()]
    diagnostics.sort(key=lambda one: (one.span, -one.severity, one.rule))
    return Checked(diagnostics, [_open(document, rule, one) for rule, one in looked.unjudged])


def look(document: Document, profile: Profile, chosen: Mapping[str, Rule], today: date) -> Looked:
    """What each rule finds, row by row, with what is waived marked so."""
    for name in profile.severity:
        if name not in rules():
            known(name, rules(), profile.place(("severity", name, KEY)))
    enabled = [rule for name, rule in chosen.items() if profile.severity.get(name) != "off"]
    look_at = _Looking(document, profile, enabled).at
    hits, unjudged = look_at("document", document)
    if table := document.table:
        of_table = look_at("table", table)
        unjudged += of_table.unjudged
        uses = [WaiverUse(waiver, (WAIVERS, index), today) for index, waiver in table.waivers.items()]
        hits, uses = _waive(_without_repeats([*hits, *of_table.hits]), uses)
        # A waiver for a rule that did not look, or could not read all, cannot be called unused.
        judged = [use for use in uses if use.waiver.rule in chosen or use.waiver.rule not in rules()]
        judged = [use for use in judged if not (table.misfits and use.in_force and not use.used)]
        hits += look_at("waivers", judged).hits
    return Looked(_without_clashes(hits, document), unjudged)


def _without_repeats(hits: list[Hit]) -> list[Hit]:
    """A rule says nothing where one that it gives way to has spoken already."""
    speaking: dict[At, set[str]] = {}
    for hit in hits:
        speaking.setdefault(hit.finding.at, set()).add(hit.rule.name)
    return [hit for hit in hits if hit.rule.gives_way.isdisjoint(speaking[hit.finding.at])]


def _without_clashes(hits: list[Hit], document: Document) -> list[Hit]:
    """No fix gives a key that its mapping has already, or gets by another fix: a row would be lost.

    Nor does a fix name keys where two are the same: that would bring the second one, which was not read, to life.
    """
    taken = set(document.source.spans)
    doubled = any(problem.rule == "duplicate-key" for problem in document.problems)
    kept = []
    for hit in hits:
        changes = hit.finding.repair.changes if hit.fix and hit.finding.repair else ()
        given = {target for change in changes if (target := new_key(change))}
        kept.append(replace(hit, fix=None) if given & taken or (given and doubled) else hit)
        taken |= given
    return kept


@dataclass(frozen=True, slots=True)
class _Looking:
    """One document and the rules that look at it."""

    document: Document
    profile: Profile
    enabled: list[Rule]

    def at(self, subject: Subject, looked_at: object) -> Looked:
        """What the rules for that subject find in it."""
        looked = Looked([], [])
        for rule in self.enabled:
            if rule.subject == subject:
                for found in rule.look(looked_at, self.profile):
                    if isinstance(found, Finding):
                        looked.hits.append(_hit(self.document, rule, found, self.profile))
                    else:
                        looked.unjudged.append((rule, found))
        return looked


def _open(document: Document, rule: Rule, one: Unjudged) -> Open:
    name = (document.table.name or None) if document.table else None
    return Open(rule.name, rule.title, one.reason, document.source.place(one.at), name)


def _hit(document: Document, rule: Rule, finding: Finding, profile: Profile) -> Hit:
    level = profile.severity.get(rule.name)
    severity = Severity[level.upper()] if level else finding.severity or rule.severity
    fix = fix_of(finding.repair, document.source) if finding.repair else None
    return Hit(rule, finding, severity, _indicator(document.table, finding.at), fix)


def _indicator(table: Table | None, at: At) -> str | None:
    """The name of the indicator in whose row `at` stands."""
    if table is None or isinstance(at, Span) or at[:1] != (INDICATORS,):
        return None
    names = table.indicator_names
    return next((names[loc] for loc in nearest(at) if loc in names), None)


def _waive(hits: list[Hit], uses: list[WaiverUse]) -> tuple[list[Hit], list[WaiverUse]]:
    """Mark each hit that a waiver in force is for with its reason, and count on the waivers."""
    marked = []
    used = [0] * len(uses)
    for hit in hits:
        index = next((i for i, use in enumerate(uses) if use.in_force and _is_for(use, hit)), None)
        if index is not None:
            used[index] += 1
            hit = replace(hit, waived=uses[index].waiver.reason)  # noqa: PLW2901
        marked.append(hit)
    return marked, [replace(use, used=count) for use, count in zip(uses, used, strict=True)]


def _is_for(use: WaiverUse, hit: Hit) -> bool:
    """What is wrong with the file itself cannot be accepted: the rest of it was not read."""
    named = use.waiver.rule == hit.rule.name and use.waiver.indicator in {"", hit.indicator}
    return named and hit.rule.box != BOXES[0]


def _diagnostic(document: Document, group: list[Hit]) -> Diagnostic:
    source = document.source
    group.sort(key=lambda hit: source.span(hit.finding.at))
    first, *others = group
    marks = [mark for hit in others for mark in _marks(document, hit)]
    return Diagnostic(
        rule=first.rule.name,
        title=first.rule.title,
        box=first.rule.box,
        severity=first.severity,
        message=_message(first, others, document),
        source=source,
        span=source.span(first.finding.at),
        place=source.place(first.finding.at),
        table=(document.table.name or None) if document.table else None,
        indicator=first.indicator,
        label=first.finding.message,
        related=(*_related(document, first), *marks),
        notes=tuple(dict.fromkeys(note for hit in group for note in hit.finding.notes)),
        fix=_fix(group),
        waived=first.waived,
    )


def _message(first: Hit, others: list[Hit], document: Document) -> str:
    """One line for all rows: what they say, each once, and where the others stand."""
    if not others:
        return first.finding.message
    said = list(dict.fromkeys(hit.finding.message for hit in (first, *others)))
    places = dict.fromkeys(document.source.place(hit.finding.at) for hit in others)
    names = list(dict.fromkeys(place.label or f"第 {place.line} 行" for place in places))
    where = "、".join(names[:_MOST_PLACES]) + ("等" if len(names) > _MOST_PLACES else "")
    more = "" if document.source.place(first.finding.at) in places and len(places) == 1 else f"，另见{where}"
    return f"{'。'.join(said[:_MOST_SAID])}（共 {len(others) + 1} 处{more}）"


def _marks(document: Document, hit: Hit) -> Iterator[Mark]:
    at = hit.finding.at
    source = document.source
    yield Mark(hit.finding.message, source.span(at), source.place(at), hit.indicator, row=True)
    yield from _related(document, hit)


def _related(document: Document, hit: Hit) -> Iterator[Mark]:
    source = document.source
    for related in hit.finding.related:
        indicator = _indicator(document.table, related.at)
        yield Mark(related.label, source.span(related.at), source.place(related.at), indicator)


def _fix(group: list[Hit]) -> Fix | None:
    fixes = [hit.fix for hit in group if hit.fix]
    if not fixes:
        return None
    titles = "；".join(dict.fromkeys(fix.title for fix in fixes))
    return Fix(titles, fixes[0].safe, tuple(edit for fix in fixes for edit in fix.edits))
