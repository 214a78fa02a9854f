"""What only shows across the tables of a run: facts are gathered table by table, and judged when all are in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.linter.baseline import Baseline
from perftarget.linter.baseline import Known as Baselined
from perftarget.linter.diagnostic import Diagnostic, Mark, Severity
from perftarget.linter.engine import in_one_line, mark, severity_of, unused
from perftarget.linter.fact_store import Kept, Shelf, kept
from perftarget.linter.rule import Across, Known, Rule, WaiverUse
from perftarget.tables.document import Document
from perftarget.tables.model import WAIVERS, Table

_MOST_SHOWN: Final = 20
"""Of the places of one complaint so many are shown; in a whole province there may be thousands."""


class Waiving(NamedTuple):
    """A waiver for a rule across tables, and what is said of it where nothing needs it."""

    rule: str
    indicator: str
    reason: str
    in_force: bool
    idle: tuple[Diagnostic, ...]


class Memory(NamedTuple):
    """What the rules across tables want to know of one table: where it is, its facts, what it waives."""

    where: tuple[str, int]
    facts: tuple[Kept, ...]
    waivings: tuple[Waiving, ...] = ()


def remember(document: Document, table: Table, profile: Profile, chosen: Mapping[str, Rule], today: date) -> Memory:
    """Each fact once, whoever says it again in the same table."""
    facts: dict[tuple[Any, ...], Kept] = {}
    across = {name: rule.gather for name, rule in chosen.items() if rule.gather}
    for name, gather in across.items():
        if profile.severity.get(name) != "off":
            for fact in gather(table, profile):
                if (same := (name, fact.key, fact.value)) not in facts:
                    known = Known(fact.text, fact.value, table.name, mark(document, fact.at, fact.text))
                    facts[same] = kept(name, fact.key, known)
    uses = [WaiverUse(waiver, (WAIVERS, index), today) for index, waiver in table.waivers.items()]
    waivings = [_waiving(use, document, profile, chosen) for use in uses if use.waiver.rule in across]
    return Memory((document.source.path, document.source.number), tuple(facts.values()), tuple(waivings))


def _waiving(use: WaiverUse, document: Document, profile: Profile, chosen: Mapping[str, Rule]) -> Waiving:
    waiver = use.waiver
    idle = unused(document, profile, chosen, [use])
    return Waiving(waiver.rule, waiver.indicator, waiver.reason, use.in_force, tuple(idle))


@dataclass
class Portfolio:
    """The facts of the tables seen so far, and what their files say of the rules across tables."""

    chosen: Mapping[str, Rule]
    baseline: Baseline | None = None
    _shelf: Shelf = field(default_factory=Shelf)
    _profiles: list[Profile] = field(default_factory=list)
    _waivings: dict[tuple[str, int], list[Waiving]] = field(default_factory=dict)
    _used: set[int] = field(default_factory=set)

    def close(self) -> None:
        self._shelf.close()

    def add(self, memory: Memory, profile: Profile) -> None:
        """Take in what is remembered of a table."""
        if not any(one is profile for one in self._profiles):
            self._profiles.append(profile)
        owner = next(number for number, one in enumerate(self._profiles) if one is profile)
        for fact in memory.facts:
            self._shelf.put(fact, owner)
        if memory.waivings:
            self._waivings[memory.where] = list(memory.waivings)

    def check(self) -> Iterator[Diagnostic]:
        """What does not go together, and the waivers for that which were not needed."""
        for name, rule in self._rules():
            yield from self._across(name, rule)
        for waivings in self._waivings.values():
            yield from (one for waiving in waivings if id(waiving) not in self._used for one in waiving.idle)

    def _rules(self) -> Iterator[tuple[str, Rule]]:
        return ((name, rule) for name, rule in self.chosen.items() if rule.subject == "facts")

    def _across(self, name: str, rule: Rule) -> Iterator[Diagnostic]:
        """One diagnostic for each table in which something is said, as everywhere."""
        grouped: dict[tuple[Any, ...], list[Across]] = {}
        for facts in self._shelf.shared(name):
            where = facts[0].where
            if all(fact.where == where for fact in facts):
                continue  # one table by itself
            for across in rule.look(facts, self._profiles[facts.owner]):
                first = across.facts[0]
                waived = self._waived(rule, across)
                known = Baselined(first.table, rule.name, first.mark.indicator or "")
                if waived or not (self.baseline and self.baseline.takes(known)):
                    grouped.setdefault((*first.where, waived, facts.owner), []).append(across)
        for (_, _, waived, owner), group in grouped.items():
            yield _diagnostic(rule, group, severity_of(rule, self._profiles[owner]), waived)

    def _waived(self, rule: Rule, across: Across) -> str | None:
        """The reason of the first waiver for it, in whichever of the files."""
        if not self._waivings:
            return None
        for fact in across.facts:
            for waiving in self._waivings.get(fact.where, []):
                named = waiving.rule == rule.name and waiving.indicator in {"", fact.mark.indicator}
                if named and waiving.in_force:
                    self._used.add(id(waiving))
                    return waiving.reason
        return None


def _diagnostic(rule: Rule, group: list[Across], severity: Severity, waived: str | None) -> Diagnostic:
    first = group[0].facts[0]
    at = first.mark
    others = [across.facts[0].mark.place for across in group[1:]]
    return Diagnostic(
        rule=rule.name,
        title=rule.title,
        box=rule.box,
        severity=severity,
        message=in_one_line([across.message for across in group], at.place, others),
        span=at.span,
        place=at.place,
        table=first.table or None,
        indicator=at.indicator,
        label=group[0].message,
        line=at.line,
        related=tuple(_marks(group)),
        notes=tuple(dict.fromkeys(note for across in group for note in across.notes)),
        waived=waived,
        at=at.at,
    )


def _marks(group: list[Across]) -> Iterator[Mark]:
    for number, across in enumerate(group):
        if number:
            yield across.facts[0].mark._replace(message=across.message, row=True)
        yield from (fact.mark for fact in across.facts[1 : _MOST_SHOWN + 1])
