"""What only shows across the tables of a run: facts are gathered table by table, and judged when all are in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.linter.baseline import Baseline
from perftarget.linter.baseline import BaselineKey as Baselined
from perftarget.linter.diagnostic import Diagnostic, RelatedLocation, Severity
from perftarget.linter.engine import related_location, severity_of, summarize_messages, unused_suppressions
from perftarget.linter.fact_store import FactStore, StoredFact, pack_fact
from perftarget.linter.rule import CrossTableFinding, LocatedFact, Rule, SuppressionUse
from perftarget.tables.document import Document
from perftarget.tables.keys import SUPPRESSIONS
from perftarget.tables.model import Table

_MOST_SHOWN: Final = 20
"""Of the places of one complaint so many are shown; in a whole province there may be thousands."""


class FactSuppression(NamedTuple):
    """A waiver for a rule across tables, and what is said of it where nothing needs it."""

    rule: str
    indicator: str
    reason: str
    in_force: bool
    idle: tuple[Diagnostic, ...]


class TableFacts(NamedTuple):
    """What the rules across tables want to know of one table: where it is, its facts, what it waives."""

    where: tuple[str, int]
    facts: tuple[StoredFact, ...]
    suppressions: tuple[FactSuppression, ...] = ()


def gather_facts(
    document: Document, table: Table, profile: Profile, chosen: Mapping[str, Rule], today: date
) -> TableFacts:
    """Each fact once, whoever says it again in the same table."""
    facts: dict[tuple[Any, ...], StoredFact] = {}
    across = {name: rule.gather for name, rule in chosen.items() if rule.gather}
    for name, gather in across.items():
        if profile.severity.get(name) != "off":
            for fact in gather(table, profile):
                if (same := (name, fact.key, fact.value)) not in facts:
                    known = LocatedFact(
                        fact.text, fact.value, table.name, related_location(document, fact.at, fact.text)
                    )
                    facts[same] = pack_fact(name, fact.key, known)
    uses = [
        SuppressionUse(suppression, (SUPPRESSIONS, index), today) for index, suppression in table.suppressions.items()
    ]
    suppressions = [_waiving(use, document, profile, chosen) for use in uses if use.suppression.rule in across]
    return TableFacts((document.source.path, document.source.number), tuple(facts.values()), tuple(suppressions))


def _waiving(use: SuppressionUse, document: Document, profile: Profile, chosen: Mapping[str, Rule]) -> FactSuppression:
    suppression = use.suppression
    idle = unused_suppressions(document, profile, chosen, [use])
    return FactSuppression(suppression.rule, suppression.indicator, suppression.reason, use.in_force, tuple(idle))


@dataclass
class CrossTableCheck:
    """The facts of the tables seen so far, and what their files say of the rules across tables."""

    chosen: Mapping[str, Rule]
    baseline: Baseline | None = None
    _shelf: FactStore = field(default_factory=FactStore)
    _profiles: list[Profile] = field(default_factory=list)
    _suppressions: dict[tuple[str, int], list[FactSuppression]] = field(default_factory=dict)
    _used: set[int] = field(default_factory=set)

    def close(self) -> None:
        self._shelf.close()

    def add(self, memory: TableFacts, profile: Profile) -> None:
        """Take in what is remembered of a table."""
        if not any(one is profile for one in self._profiles):
            self._profiles.append(profile)
        owner = next(number for number, one in enumerate(self._profiles) if one is profile)
        for fact in memory.facts:
            self._shelf.put(fact, owner)
        if memory.suppressions:
            self._suppressions[memory.where] = list(memory.suppressions)

    def check(self) -> Iterator[Diagnostic]:
        """What does not go together, and the waivers for that which were not needed."""
        for name, rule in self._rules():
            yield from self._across(name, rule)
        for suppressions in self._suppressions.values():
            yield from (
                one
                for fact_suppression in suppressions
                if id(fact_suppression) not in self._used
                for one in fact_suppression.idle
            )

    def _rules(self) -> Iterator[tuple[str, Rule]]:
        return ((name, rule) for name, rule in self.chosen.items() if rule.subject == "facts")

    def _across(self, name: str, rule: Rule) -> Iterator[Diagnostic]:
        """One diagnostic for each table in which something is said, as everywhere."""
        grouped: dict[tuple[Any, ...], list[CrossTableFinding]] = {}
        for facts in self._shelf.shared(name):
            where = facts[0].where
            if all(fact.where == where for fact in facts):
                continue  # one table by itself
            for across in rule.look(facts, self._profiles[facts.owner]):
                first = across.facts[0]
                suppressed = self._waived(rule, across)
                known = Baselined(first.table, rule.name, first.mark.indicator or "")
                if suppressed or not (self.baseline and self.baseline.accepts(known)):
                    grouped.setdefault((*first.where, suppressed, facts.owner), []).append(across)
        for (_, _, suppressed, owner), group in grouped.items():
            yield _diagnostic(rule, group, severity_of(rule, self._profiles[owner]), suppressed)

    def _waived(self, rule: Rule, across: CrossTableFinding) -> str | None:
        """The reason of the first waiver for it, in whichever of the files."""
        if not self._suppressions:
            return None
        for fact in across.facts:
            for fact_suppression in self._suppressions.get(fact.where, []):
                named = fact_suppression.rule == rule.name and fact_suppression.indicator in {"", fact.mark.indicator}
                if named and fact_suppression.in_force:
                    self._used.add(id(fact_suppression))
                    return fact_suppression.reason
        return None


def _diagnostic(rule: Rule, group: list[CrossTableFinding], severity: Severity, suppressed: str | None) -> Diagnostic:
    first = group[0].facts[0]
    at = first.mark
    others = [across.facts[0].mark.place for across in group[1:]]
    return Diagnostic(
        rule=rule.name,
        title=rule.title,
        category=rule.category,
        severity=severity,
        message=summarize_messages([across.message for across in group], at.place, others),
        span=at.span,
        place=at.place,
        table=first.table or None,
        indicator=at.indicator,
        label=group[0].message,
        line=at.line,
        related=tuple(_marks(group)),
        notes=tuple(dict.fromkeys(note for across in group for note in across.notes)),
        suppressed=suppressed,
        at=at.at,
    )


def _marks(group: list[CrossTableFinding]) -> Iterator[RelatedLocation]:
    for number, across in enumerate(group):
        if number:
            yield across.facts[0].mark._replace(message=across.message, row=True)
        yield from (fact.mark for fact in across.facts[1 : _MOST_SHOWN + 1])
