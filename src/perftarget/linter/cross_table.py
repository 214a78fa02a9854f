"""Checks across the tables of a run: facts are gathered table by table and compared at the end of the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.linter.baseline import Baseline, BaselineKey
from perftarget.linter.diagnostic import Diagnostic, RelatedLocation
from perftarget.linter.diagnostics_builder import related_location, summarize_messages
from perftarget.linter.engine import basis_of, severity_levels, severity_of, unused_suppressions
from perftarget.linter.fact_store import FactStore, StoredFact, pack_fact
from perftarget.linter.rule import CrossTableFinding, LocatedFact, Rule, SuppressionUse, current_names
from perftarget.tables.document import Document
from perftarget.tables.keys import SUPPRESSIONS
from perftarget.tables.model import Table

_MAX_LOCATIONS: Final = 20
"""The maximum number of related locations of a finding; a large run may have thousands."""


class FactSuppression(NamedTuple):
    """A suppression of a cross-table rule, with the diagnostics that are reported if it is not used."""

    rule: str
    indicator: str
    reason: str
    in_force: bool
    unused_diagnostics: tuple[Diagnostic, ...]


class TableFacts(NamedTuple):
    """The facts and suppressions of a table for cross-table rules; `table_key` is its file and its index there."""

    table_key: tuple[str, int]
    facts: tuple[StoredFact, ...]
    suppressions: tuple[FactSuppression, ...] = ()


def gather_facts(
    document: Document, table: Table, profile: Profile, chosen: Mapping[str, Rule], today: date
) -> TableFacts:
    """Return the facts of a table for the chosen cross-table rules; a fact that the table repeats is included once."""
    facts: dict[tuple[Any, ...], StoredFact] = {}
    cross_table_rules = {name: rule.gather for name, rule in chosen.items() if rule.gather}
    for name, gather in cross_table_rules.items():
        if severity_levels(profile).get(name) != "off":
            for fact in gather(table, profile):
                if (identity := (name, fact.key, fact.value)) not in facts:
                    located = LocatedFact(
                        fact.text, fact.value, table.name, related_location(document, fact.at, fact.text)
                    )
                    facts[identity] = pack_fact(name, fact.key, located)
    uses = [
        SuppressionUse(suppression, (SUPPRESSIONS, index), today) for index, suppression in table.suppressions.items()
    ]
    suppressions = [
        _fact_suppression(use, document, profile, chosen)
        for use in uses
        if not cross_table_rules.keys().isdisjoint(current_names(use.suppression.rule))
    ]
    return TableFacts((document.source.path, document.source.number), tuple(facts.values()), tuple(suppressions))


def _fact_suppression(
    use: SuppressionUse, document: Document, profile: Profile, chosen: Mapping[str, Rule]
) -> FactSuppression:
    suppression = use.suppression
    unused = unused_suppressions(document, profile, chosen, [use])
    return FactSuppression(suppression.rule, suppression.indicator, suppression.reason, use.in_force, tuple(unused))


@dataclass
class CrossTableCheck:
    """A checker of cross-table rules, with the facts and suppressions of the tables added so far."""

    chosen: Mapping[str, Rule]
    baseline: Baseline | None = None
    _store: FactStore = field(default_factory=FactStore)
    _profiles: list[Profile] = field(default_factory=list)
    _suppressions: dict[tuple[str, int], list[FactSuppression]] = field(default_factory=dict)
    _used: set[int] = field(default_factory=set)

    def close(self) -> None:
        """Close the storage of the facts."""
        self._store.close()

    def add(self, table_facts: TableFacts, profile: Profile) -> None:
        """Add the facts of a table."""
        if not any(known_profile is profile for known_profile in self._profiles):
            self._profiles.append(profile)
        owner = next(number for number, known_profile in enumerate(self._profiles) if known_profile is profile)
        for fact in table_facts.facts:
            self._store.put(fact, owner)
        if table_facts.suppressions:
            self._suppressions[table_facts.table_key] = list(table_facts.suppressions)

    def check(self) -> Iterator[Diagnostic]:
        """Yield the diagnostics of the cross-table rules, then those of their unused suppressions."""
        for name, rule in self._rules():
            yield from self._check_rule(name, rule)
        for suppressions in self._suppressions.values():
            yield from (
                diagnostic
                for suppression in suppressions
                if id(suppression) not in self._used
                for diagnostic in suppression.unused_diagnostics
            )

    def _rules(self) -> Iterator[tuple[str, Rule]]:
        return ((name, rule) for name, rule in self.chosen.items() if rule.subject == "facts")

    def _check_rule(self, name: str, rule: Rule) -> Iterator[Diagnostic]:
        """Yield one diagnostic for each table with findings of the rule."""
        grouped: dict[tuple[Any, ...], list[CrossTableFinding]] = {}
        for facts in self._store.shared(name):
            table_key = facts[0].table_key
            if all(fact.table_key == table_key for fact in facts):
                continue  # there is no second table to compare with
            for finding in rule.check(facts, self._profiles[facts.owner]):
                first = finding.facts[0]
                suppressed = self._suppression_reason(rule, finding)
                key = BaselineKey(first.table, rule.name, first.location.indicator or "")
                if suppressed or not (self.baseline and self.baseline.accepts(key)):
                    grouped.setdefault((*first.table_key, suppressed, facts.owner), []).append(finding)
        for (_, _, suppressed, owner), group in grouped.items():
            yield _diagnostic(rule, group, self._profiles[owner], suppressed)

    def _suppression_reason(self, rule: Rule, finding: CrossTableFinding) -> str | None:
        """Return the reason of the first suppression that applies, in any of the files of the finding, or None."""
        if not self._suppressions:
            return None
        for fact in finding.facts:
            for suppression in self._suppressions.get(fact.table_key, []):
                applies = rule.name in current_names(suppression.rule) and suppression.indicator in {
                    "",
                    fact.location.indicator,
                }
                if applies and suppression.in_force:
                    self._used.add(id(suppression))
                    return suppression.reason
        return None


def _diagnostic(rule: Rule, group: list[CrossTableFinding], profile: Profile, suppressed: str | None) -> Diagnostic:
    first = group[0].facts[0]
    location = first.location
    other_places = [finding.facts[0].location.place for finding in group[1:]]
    return Diagnostic(
        rule=rule.name,
        title=rule.title,
        category=rule.category,
        severity=severity_of(rule, profile),
        message=summarize_messages([finding.message for finding in group], location.place, other_places),
        span=location.span,
        place=location.place,
        table=first.table or None,
        indicator=location.indicator,
        label=group[0].message,
        line=location.line,
        related=tuple(_related_locations(group)),
        notes=tuple(dict.fromkeys(note for finding in group for note in finding.notes)),
        suppressed=suppressed,
        at=location.at,
        basis=basis_of(rule, profile),
        figures=group[0].figures,
    )


def _related_locations(group: list[CrossTableFinding]) -> Iterator[RelatedLocation]:
    for number, finding in enumerate(group):
        if number:
            yield finding.facts[0].location._replace(message=finding.message, row=True, figures=finding.figures)
        yield from (fact.location for fact in finding.facts[1 : _MAX_LOCATIONS + 1])
