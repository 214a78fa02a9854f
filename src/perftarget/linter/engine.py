"""The engine: runs rules on documents, applies suppressions and combines findings of a rule into diagnostics."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from perftarget.config.profile import Profile
from perftarget.linter.baseline import Baseline, BaselineKey
from perftarget.linter.diagnostic import (
    Diagnostic,
    Severity,
    UndeterminedResult,
)
from perftarget.linter.diagnostics_builder import build_diagnostic, indicator_at, loc_of
from perftarget.linter.fix_edits import concrete_fix, new_key
from perftarget.linter.match import RuleMatch
from perftarget.linter.rule import CATEGORIES, At, Finding, Rule, Subject, SuppressionUse, Undetermined, rules
from perftarget.linter.run import CheckResult
from perftarget.linter.selection import require_known
from perftarget.tables.document import Document
from perftarget.tables.keys import SUPPRESSIONS
from perftarget.tables.model import Table
from perftarget.text.source import KEY, Loc


class RuleResults(NamedTuple):
    """The matches of the rules in a document, not yet combined, and the checks that lacked data."""

    hits: list[RuleMatch]
    undetermined: list[tuple[Rule, Undetermined]]


def check_document(
    document: Document, profile: Profile, chosen: Mapping[str, Rule], today: date, baseline: Baseline | None = None
) -> CheckResult:
    """Return the diagnostics of a document that are not in the baseline, in order, and the undetermined results."""
    results = run_rules(document, profile, chosen, today)
    matches = results.hits
    if baseline and document.table:
        matches = [
            match for match in matches if match.suppressed or not baseline.accepts(_baseline_key(document.table, match))
        ]
    undetermined = [_undetermined_result(document, rule, result) for rule, result in results.undetermined]
    return CheckResult(_diagnostics(document, matches), undetermined)


def _baseline_key(table: Table, match: RuleMatch) -> BaselineKey:
    return BaselineKey(table.name, match.rule.name, match.indicator or "")


def _diagnostics(document: Document, matches: list[RuleMatch]) -> list[Diagnostic]:
    grouped: dict[tuple[Any, ...], list[RuleMatch]] = {}
    for match in matches:
        grouped.setdefault(match.group, []).append(match)
    diagnostics = [build_diagnostic(document, group) for group in grouped.values()]
    return sorted(diagnostics, key=lambda diagnostic: (diagnostic.span, -diagnostic.severity, diagnostic.rule))


def check_rule_names(profile: Profile) -> None:
    """Raise ConfigError if the profile sets the severity or the basis of an unknown rule.

    The loader of profiles cannot check this, since it is below the rules.
    """
    for setting, by_rule in (("severity", profile.severity), ("basis", profile.basis)):
        for name in by_rule:
            if name not in rules():
                require_known(name, rules(), profile.place((setting, name, KEY)))


def run_rules(document: Document, profile: Profile, chosen: Mapping[str, Rule], today: date) -> RuleResults:
    """Run the rules on a document and return all matches; suppressed matches are included and marked."""
    check_rule_names(profile)
    run = _RuleRunner(document, profile, _enabled_rules(profile, tuple(chosen))).run
    matches, undetermined = run("document", document)
    if table := document.table:
        table_results = run("table", table)
        undetermined += table_results.undetermined
        uses = [
            SuppressionUse(suppression, (SUPPRESSIONS, index), today)
            for index, suppression in table.suppressions.items()
        ]
        matches, uses = _suppress(_without_superseded([*matches, *table_results.hits]), uses)
        # A suppression is not reported as unused if its rule did not run, or if parts of the table could not be read.
        checkable = [use for use in uses if _is_checkable(use, chosen)]
        checkable = [use for use in checkable if not (table.shape_errors and use.in_force and not use.used)]
        matches += run("suppressions", checkable).hits
    return RuleResults(_without_conflicting_fixes(matches, document), undetermined)


def unused_suppressions(
    document: Document, profile: Profile, chosen: Mapping[str, Rule], uses: list[SuppressionUse]
) -> list[Diagnostic]:
    """Return the diagnostics of unused suppressions of cross-table rules."""
    runner = _RuleRunner(document, profile, _enabled_rules(profile, tuple(chosen)))
    return _diagnostics(document, runner.run("suppressions", uses).hits)


def _is_checkable(use: SuppressionUse, chosen: Mapping[str, Rule]) -> bool:
    rule = rules().get(use.suppression.rule)
    return rule is None or (rule.name in chosen and rule.subject != "facts")


@lru_cache(maxsize=8)  # all tables of a run have the same few profiles
def _enabled_rules(profile: Profile, chosen: tuple[str, ...]) -> dict[Subject, list[Rule]]:
    """Return the chosen rules that the profile does not turn off, by subject."""
    enabled: dict[Subject, list[Rule]] = {}
    for name in chosen:
        if profile.severity.get(name) != "off":
            enabled.setdefault(rules()[name].subject, []).append(rules()[name])
    return enabled


def _without_superseded(matches: list[RuleMatch]) -> list[RuleMatch]:
    """Return the matches without those that are superseded by a match of another rule at the same location."""
    rules_at: dict[At, set[str]] = {}
    for match in matches:
        rules_at.setdefault(match.finding.at, set()).add(match.rule.name)
    return [match for match in matches if match.rule.superseded_by.isdisjoint(rules_at[match.finding.at])]


def _without_conflicting_fixes(matches: list[RuleMatch], document: Document) -> list[RuleMatch]:
    """Remove the fixes that write a key which exists already or which another fix writes: a row would be lost.

    If the file has duplicate keys, all fixes that write a key are removed: renaming the first of two equal keys would
    make the second one, which was not read, part of the table.
    """
    existing_keys, fixed_keys = document.source.spans, set[Loc]()
    has_duplicates = any(problem.rule == "duplicate-key" for problem in document.problems)
    kept = []
    for match in matches:
        changes = match.finding.fix.changes if match.fix and match.finding.fix else ()
        new_keys = {key for change in changes if (key := new_key(change))}
        conflicts = not new_keys.isdisjoint(fixed_keys) or any(key in existing_keys for key in new_keys)
        kept.append(match._replace(fix=None) if conflicts or (new_keys and has_duplicates) else match)
        fixed_keys |= new_keys
    return kept


class _RuleRunner(NamedTuple):
    """A document, its profile and the enabled rules by subject."""

    document: Document
    profile: Profile
    enabled: Mapping[Subject, list[Rule]]

    def run(self, subject: Subject, checked: object) -> RuleResults:
        """Run the rules of a subject on an object of that kind."""
        results = RuleResults([], [])
        for rule in self.enabled.get(subject, ()):
            for result in rule.check(checked, self.profile):
                if isinstance(result, Finding):
                    results.hits.append(_match(self.document, rule, result, self.profile))
                else:
                    results.undetermined.append((rule, result))
        return results


def _undetermined_result(document: Document, rule: Rule, undetermined: Undetermined) -> UndeterminedResult:
    at, table = undetermined.at, document.table
    name = (table.name or None) if table else None
    place = document.source.place(at)
    return UndeterminedResult(rule.name, rule.title, rule.category, undetermined.reason, place, name, loc_of(at))


def _match(document: Document, rule: Rule, finding: Finding, profile: Profile) -> RuleMatch:
    severity = severity_of(rule, profile, finding.severity)
    fix = concrete_fix(finding.fix, document.source) if finding.fix else None
    return RuleMatch(
        rule, finding, severity, indicator_at(document.table, finding.at), fix, basis=basis_of(rule, profile)
    )


def basis_of(rule: Rule, profile: Profile) -> str:
    """Return the document that the profile names for the rule, else the basis of the rule."""
    return profile.basis.get(rule.name, rule.basis)


def severity_of(rule: Rule, profile: Profile, own: Severity | None = None) -> Severity:
    """Return the severity that the profile sets, else that of the finding, else that of the rule."""
    level = profile.severity.get(rule.name)
    return Severity[level.upper()] if level else own or rule.severity


def _suppress(matches: list[RuleMatch], uses: list[SuppressionUse]) -> tuple[list[RuleMatch], list[SuppressionUse]]:
    """Mark the matches that a suppression in force applies to with its reason, and count them per suppression."""
    if not uses:
        return matches, uses
    marked = []
    counts = [0] * len(uses)
    for match in matches:
        index = next((i for i, use in enumerate(uses) if use.in_force and _applies(use, match)), None)
        if index is not None:
            counts[index] += 1
            match = match._replace(suppressed=uses[index].suppression.reason)  # noqa: PLW2901
        marked.append(match)
    return marked, [use._replace(used=count) for use, count in zip(uses, counts, strict=True)]


def _applies(use: SuppressionUse, match: RuleMatch) -> bool:
    """Return True if a suppression is for a match.

    Findings about the file format cannot be suppressed, since parts of the file were not read.
    """
    is_named = use.suppression.rule == match.rule.name and use.suppression.indicator in {"", match.indicator}
    return is_named and match.rule.category != CATEGORIES[0]
