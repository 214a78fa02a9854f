"""Documents to diagnostics: the rules look, waivers are taken off, rows of one complaint become one diagnostic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import join_words, tr
from perftarget.linter.baseline import Baseline, BaselineKey
from perftarget.linter.diagnostic import (
    ConcreteFix,
    Diagnostic,
    FixPreview,
    RelatedLocation,
    Severity,
    TextChange,
    UndeterminedResult,
)
from perftarget.linter.repairs import concrete_fix, new_key
from perftarget.linter.rule import CATEGORIES, At, Finding, Rule, Subject, SuppressionUse, Undetermined, rules
from perftarget.linter.run import CheckResult
from perftarget.linter.selection import require_known
from perftarget.tables.document import Document
from perftarget.tables.keys import INDICATORS, SUPPRESSIONS
from perftarget.tables.model import Table
from perftarget.text.source import KEY, Loc, Place, Source, Span

_MOST_SAID: Final = 5
_MOST_PLACES: Final = 10


class RuleMatch(NamedTuple):
    """A finding with all that decides which diagnostic it becomes part of."""

    rule: Rule
    finding: Finding
    severity: Severity
    indicator: str | None
    fix: ConcreteFix | None
    suppressed: str | None = None

    @property
    def group(self) -> tuple[Any, ...]:
        return self.rule.name, self.severity, self.suppressed, self.fix and self.fix.safe


class RuleResults(NamedTuple):
    """What the rules found in a document, row by row, and what they could not judge."""

    hits: list[RuleMatch]
    undetermined: list[tuple[Rule, Undetermined]]


def check_document(
    document: Document, profile: Profile, chosen: Mapping[str, Rule], today: date, baseline: Baseline | None = None
) -> CheckResult:
    """All diagnostics of one document that are not in the baseline, in order, and what could not be judged."""
    looked = run_rules(document, profile, chosen, today)
    hits = looked.hits
    if baseline and document.table:
        hits = [hit for hit in hits if hit.suppressed or not baseline.accepts(_known(document.table, hit))]
    return CheckResult(_diagnostics(document, hits), [_open(document, rule, one) for rule, one in looked.undetermined])


def _known(table: Table, hit: RuleMatch) -> BaselineKey:
    return BaselineKey(table.name, hit.rule.name, hit.indicator or "")


def _diagnostics(document: Document, hits: list[RuleMatch]) -> list[Diagnostic]:
    grouped: dict[tuple[Any, ...], list[RuleMatch]] = {}
    for hit in hits:
        grouped.setdefault(hit.group, []).append(hit)
    diagnostics = [_diagnostic(document, group) for group in grouped.values()]
    return sorted(diagnostics, key=lambda one: (one.span, -one.severity, one.rule))


def check_severities(profile: Profile) -> None:
    """Raise ConfigError where a severity is set for a rule that does not exist: only here are all of them known."""
    for name in profile.severity:
        if name not in rules():
            require_known(name, rules(), profile.place(("severity", name, KEY)))


def run_rules(document: Document, profile: Profile, chosen: Mapping[str, Rule], today: date) -> RuleResults:
    """What each rule finds, row by row, with what is waived marked so."""
    check_severities(profile)
    look_at = _Looking(document, profile, _enabled(profile, tuple(chosen))).at
    hits, undetermined = look_at("document", document)
    if table := document.table:
        of_table = look_at("table", table)
        undetermined += of_table.undetermined
        uses = [
            SuppressionUse(suppression, (SUPPRESSIONS, index), today)
            for index, suppression in table.suppressions.items()
        ]
        hits, uses = _waive(_without_repeats([*hits, *of_table.hits]), uses)
        # A waiver for a rule that did not look, or could not read all, cannot be called unused.
        judged = [use for use in uses if _is_judged(use, chosen)]
        judged = [use for use in judged if not (table.shape_errors and use.in_force and not use.used)]
        hits += look_at("suppressions", judged).hits
    return RuleResults(_without_clashes(hits, document), undetermined)


def unused_suppressions(
    document: Document, profile: Profile, chosen: Mapping[str, Rule], uses: list[SuppressionUse]
) -> list[Diagnostic]:
    """What is wrong with waivers for the rules across tables, once those have looked."""
    hits = _Looking(document, profile, _enabled(profile, tuple(chosen))).at("suppressions", uses).hits
    return _diagnostics(document, hits)


def _is_judged(use: SuppressionUse, chosen: Mapping[str, Rule]) -> bool:
    rule = rules().get(use.suppression.rule)
    return rule is None or (rule.name in chosen and rule.subject != "facts")


@lru_cache(maxsize=8)  # every table asks for the same ones
def _enabled(profile: Profile, chosen: tuple[str, ...]) -> dict[Subject, list[Rule]]:
    """The rules that the profile has not turned off, by what they look at."""
    enabled: dict[Subject, list[Rule]] = {}
    for name in chosen:
        if profile.severity.get(name) != "off":
            enabled.setdefault(rules()[name].subject, []).append(rules()[name])
    return enabled


def _without_repeats(hits: list[RuleMatch]) -> list[RuleMatch]:
    """A rule says nothing where one that it gives way to has spoken already."""
    speaking: dict[At, set[str]] = {}
    for hit in hits:
        speaking.setdefault(hit.finding.at, set()).add(hit.rule.name)
    return [hit for hit in hits if hit.rule.superseded_by.isdisjoint(speaking[hit.finding.at])]


def _without_clashes(hits: list[RuleMatch], document: Document) -> list[RuleMatch]:
    """No fix gives a key that its mapping has already, or gets by another fix: a row would be lost.

    Nor does a fix name keys where two are the same: that would bring the second one, which was not read, to life.
    """
    written, taken = document.source.spans, set[Loc]()
    doubled = any(problem.rule == "duplicate-key" for problem in document.problems)
    kept = []
    for hit in hits:
        changes = hit.finding.fix.changes if hit.fix and hit.finding.fix else ()
        given = {target for change in changes if (target := new_key(change))}
        clashes = not given.isdisjoint(taken) or any(target in written for target in given)
        kept.append(hit._replace(fix=None) if clashes or (given and doubled) else hit)
        taken |= given
    return kept


class _Looking(NamedTuple):
    """One document and the rules that look at it."""

    document: Document
    profile: Profile
    enabled: Mapping[Subject, list[Rule]]

    def at(self, subject: Subject, looked_at: object) -> RuleResults:
        """What the rules for that subject find in it."""
        looked = RuleResults([], [])
        for rule in self.enabled.get(subject, ()):
            for found in rule.look(looked_at, self.profile):
                if isinstance(found, Finding):
                    looked.hits.append(_hit(self.document, rule, found, self.profile))
                else:
                    looked.undetermined.append((rule, found))
        return looked


def _open(document: Document, rule: Rule, one: Undetermined) -> UndeterminedResult:
    name = (document.table.name or None) if document.table else None
    return UndeterminedResult(
        rule.name, rule.title, rule.category, one.reason, document.source.place(one.at), name, _loc(one.at)
    )


def _hit(document: Document, rule: Rule, finding: Finding, profile: Profile) -> RuleMatch:
    severity = severity_of(rule, profile, finding.severity)
    fix = concrete_fix(finding.fix, document.source) if finding.fix else None
    return RuleMatch(rule, finding, severity, _indicator(document.table, finding.at), fix)


def severity_of(rule: Rule, profile: Profile, own: Severity | None = None) -> Severity:
    """The profile's, else the finding's own, else the rule's."""
    level = profile.severity.get(rule.name)
    return Severity[level.upper()] if level else own or rule.severity


def _indicator(table: Table | None, at: At) -> str | None:
    """The name of the indicator in whose row `at` stands."""
    if table is None or isinstance(at, Span) or at[:1] != (INDICATORS,):
        return None
    names, loc = table.indicator_names, at
    while loc:  # asked a dozen times a table
        if (name := names.get(loc)) is not None:
            return name
        loc = loc[:-1]
    return None


def _waive(hits: list[RuleMatch], uses: list[SuppressionUse]) -> tuple[list[RuleMatch], list[SuppressionUse]]:
    """Mark each hit that a waiver in force is for with its reason, and count on the waivers."""
    if not uses:
        return hits, uses
    marked = []
    used = [0] * len(uses)
    for hit in hits:
        index = next((i for i, use in enumerate(uses) if use.in_force and _is_for(use, hit)), None)
        if index is not None:
            used[index] += 1
            hit = hit._replace(suppressed=uses[index].suppression.reason)  # noqa: PLW2901
        marked.append(hit)
    return marked, [use._replace(used=count) for use, count in zip(uses, used, strict=True)]


def _is_for(use: SuppressionUse, hit: RuleMatch) -> bool:
    """What is wrong with the file itself cannot be accepted: the rest of it was not read."""
    named = use.suppression.rule == hit.rule.name and use.suppression.indicator in {"", hit.indicator}
    return named and hit.rule.category != CATEGORIES[0]


def _diagnostic(document: Document, group: list[RuleMatch]) -> Diagnostic:
    source = document.source
    group.sort(key=lambda hit: source.span(hit.finding.at))
    first, *others = group
    place = source.place(first.finding.at)
    marks = [related_location for hit in others for related_location in _marks(document, hit)]
    return Diagnostic(
        rule=first.rule.name,
        title=first.rule.title,
        category=first.rule.category,
        severity=first.severity,
        message=summarize_messages(
            [hit.finding.message for hit in group], place, [source.place(hit.finding.at) for hit in others]
        ),
        span=source.span(first.finding.at),
        place=place,
        line=source.line(place.line),
        table=(document.table.name or None) if document.table else None,
        indicator=first.indicator,
        label=first.finding.message,
        related=(*_related(document, first), *marks),
        notes=tuple(dict.fromkeys(note for hit in group for note in hit.finding.notes)),
        fix=_fix(group, source),
        suppressed=first.suppressed,
        at=_loc(first.finding.at),
    )


def summarize_messages(messages: Iterable[str], first: Place, others: Iterable[Place]) -> str:
    """One line for all rows: what they say, each once, and where the others stand."""
    said = list(dict.fromkeys(messages))
    others = list(others)
    if not others:
        return said[0]
    places = dict.fromkeys(others)
    names = list(dict.fromkeys(place.label or tr(f"第 {place.line} 行", f"line {place.line}") for place in places))
    where = join_words(names[:_MOST_PLACES]) + (tr("等", " and more") if len(names) > _MOST_PLACES else "")
    more = "" if first in places and len(places) == 1 else tr(f"，另见{where}", f", also {where}")
    number = len(others) + 1
    return tr("。", "; ").join(said[:_MOST_SAID]) + tr(f"（共 {number} 处{more}）", f" ({number} places{more})")


def _marks(document: Document, hit: RuleMatch) -> Iterator[RelatedLocation]:
    yield related_location(document, hit.finding.at, hit.finding.message, row=True)
    yield from _related(document, hit)


def _related(document: Document, hit: RuleMatch) -> Iterator[RelatedLocation]:
    for related in hit.finding.related:
        yield related_location(document, related.at, related.label)


def related_location(document: Document, at: At, message: str, *, row: bool = False) -> RelatedLocation:
    """The place in a document where `at` is, with what to say of it."""
    source = document.source
    place = source.place(at)
    line, indicator = source.line(place.line), _indicator(document.table, at)
    return RelatedLocation(message, source.span(at), place, line, indicator, row, _loc(at))


def _loc(at: At) -> Loc:
    return () if isinstance(at, Span) else at


def _fix(group: list[RuleMatch], source: Source) -> FixPreview | None:
    fixes = [hit.fix for hit in group if hit.fix]
    if not fixes:
        return None
    titles = tr("；", "; ").join(dict.fromkeys(fix.title for fix in fixes))
    changes = (TextChange(source.place(edit.span), edit.text) for fix in fixes for edit in fix.edits)
    return FixPreview(titles, fixes[0].safe, tuple(changes))
