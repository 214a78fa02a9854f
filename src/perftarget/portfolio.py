"""What only shows across the tables of a run: facts are gathered table by table, and judged when all are in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from perftarget.baseline import Baseline
from perftarget.baseline import Known as Baselined
from perftarget.check import in_one_line, mark, severity_of, unused
from perftarget.diagnostic import Diagnostic, Mark, Severity
from perftarget.document import Document
from perftarget.facts import Kept, Shelf, kept
from perftarget.model import WAIVERS, Table
from perftarget.profile import Profile
from perftarget.rule import Across, Known, Rule, WaiverUse

_MOST_SHOWN: Final = 20
"""Of the places of one complaint so many are shown; in a whole province there may be thousands."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What the rules across tables want to know of one table, and the document where it waives one of them."""

    facts: tuple[Kept, ...]
    waiving: Document | None = None


def remember(document: Document, table: Table, profile: Profile, chosen: Mapping[str, Rule]) -> Memory:
    """Each fact once, whoever says it again in the same table."""
    facts: dict[tuple[Any, ...], Kept] = {}
    across = [(name, rule) for name, rule in chosen.items() if rule.gather]
    for name, rule in across:
        if rule.gather and profile.severity.get(name) != "off":
            for fact in rule.gather(table, profile):
                if (same := (name, fact.key, fact.value)) not in facts:
                    known = Known(fact.text, fact.value, table.name, mark(document, fact.at, fact.text))
                    facts[same] = kept(name, fact.key, known)
    names = {name for name, _ in across}
    waives = any(waiver.rule in names for waiver in table.waivers.values())
    return Memory(tuple(facts.values()), document if waives else None)


@dataclass
class Portfolio:
    """The facts of the tables seen so far, and what their files say of the rules across tables."""

    chosen: Mapping[str, Rule]
    today: date
    baseline: Baseline | None = None
    _shelf: Shelf = field(default_factory=Shelf)
    _profiles: list[Profile] = field(default_factory=list)
    _waiving: dict[tuple[str, int], tuple[Document, Profile, list[WaiverUse]]] = field(default_factory=dict)

    def close(self) -> None:
        self._shelf.close()

    def add(self, memory: Memory, profile: Profile) -> None:
        """Take in what is remembered of a table."""
        if not any(one is profile for one in self._profiles):
            self._profiles.append(profile)
        owner = next(number for number, one in enumerate(self._profiles) if one is profile)
        for fact in memory.facts:
            self._shelf.put(fact, owner)
        if (document := memory.waiving) and document.table:
            waivers = document.table.waivers.items()
            uses = [WaiverUse(waiver, (WAIVERS, index), self.today) for index, waiver in waivers]
            across = {name for name, _ in self._rules()}
            uses = [use for use in uses if use.waiver.rule in across]
            self._waiving[document.source.path, document.source.number] = document, profile, uses

    def check(self) -> Iterator[Diagnostic]:
        """What does not go together, and the waivers for that which were not needed."""
        for name, rule in self._rules():
            yield from self._across(name, rule)
        for document, profile, uses in self._waiving.values():
            yield from unused(document, profile, self.chosen, uses)

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
        if not self._waiving:
            return None
        for fact in across.facts:
            _, _, uses = self._waiving.get(fact.where, (None, None, []))
            for index, use in enumerate(uses):
                named = use.waiver.rule == rule.name and use.waiver.indicator in {"", fact.mark.indicator}
                if named and use.in_force:
                    uses[index] = WaiverUse(use.waiver, use.loc, use.today, use.used + 1)
                    return use.waiver.reason
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
            yield replace(across.facts[0].mark, message=across.message, row=True)
        yield from (fact.mark for fact in across.facts[1 : _MOST_SHOWN + 1])
