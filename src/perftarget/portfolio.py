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
from perftarget.model import WAIVERS
from perftarget.profile import Profile
from perftarget.rule import Across, Known, Rule, WaiverUse

_MOST_SHOWN: Final = 20
"""Of the places of one complaint so many are shown; in a whole province there may be thousands."""


@dataclass
class Portfolio:
    """The facts of the tables seen so far, and what their files say of the rules across tables."""

    chosen: Mapping[str, Rule]
    today: date
    baseline: Baseline | None = None
    _tables: int = 0
    _facts: dict[str, list[Known]] = field(default_factory=dict)
    _profiles: dict[str, Profile] = field(default_factory=dict)
    _waivers: dict[str, list[WaiverUse]] = field(default_factory=dict)
    _waiving: dict[str, Document] = field(default_factory=dict)

    def add(self, document: Document, profile: Profile) -> None:
        """Remember what the rules across tables want to know of this one."""
        table = document.table
        if table is None:
            return
        self._tables += 1
        for name, rule in self._rules():
            if rule.gather and profile.severity.get(name) != "off":
                facts = self._facts.setdefault(name, [])
                for fact in rule.gather(table, profile):
                    facts.append(
                        Known(fact.key, fact.text, self._tables, table.name, mark(document, fact.at, fact.text))
                    )
        path = document.source.path
        self._profiles[path] = profile
        across = {name for name, _ in self._rules()}
        uses = [WaiverUse(waiver, (WAIVERS, index), self.today) for index, waiver in table.waivers.items()]
        if uses := [use for use in uses if use.waiver.rule in across]:
            self._waivers[path] = uses
            self._waiving[path] = document

    def check(self) -> list[Diagnostic]:
        """What does not go together, and the waivers for that which were not needed."""
        found = [one for name, rule in self._rules() for one in self._across(rule, self._facts.get(name, []))]
        for path, document in self._waiving.items():
            found += unused(document, self._profiles[path], self.chosen, self._waivers[path])
        return found

    def _rules(self) -> Iterator[tuple[str, Rule]]:
        return ((name, rule) for name, rule in self.chosen.items() if rule.subject == "facts")

    def _across(self, rule: Rule, facts: list[Known]) -> Iterator[Diagnostic]:
        """One diagnostic for each table in which something is said, as everywhere."""
        if not facts:
            return
        grouped: dict[tuple[Any, ...], list[Across]] = {}
        for across in rule.look(facts, self._profiles[facts[0].mark.place.path]):
            first = across.facts[0]
            waived = self._waived(rule, across)
            known = Baselined(first.table, rule.name, first.mark.indicator or "")
            if waived or not (self.baseline and self.baseline.takes(known)):
                grouped.setdefault((first.mark.place.path, waived), []).append(across)
        for (path, waived), group in grouped.items():
            yield _diagnostic(rule, group, severity_of(rule, self._profiles[path]), waived)

    def _waived(self, rule: Rule, across: Across) -> str | None:
        """The reason of the first waiver for it, in whichever of the files."""
        for fact in across.facts:
            uses = self._waivers.get(fact.mark.place.path, [])
            for index, use in enumerate(uses):
                named = use.waiver.rule == rule.name and use.waiver.indicator in {"", fact.mark.indicator}
                if named and use.in_force:
                    uses[index] = WaiverUse(use.waiver, use.loc, use.today, use.used + 1)
                    return use.waiver.reason
        return None


def _diagnostic(rule: Rule, group: list[Across], severity: Severity, waived: str | None) -> Diagnostic:
    first = group[0]
    at = first.facts[0].mark
    others = [across.facts[0].mark.place for across in group[1:]]
    return Diagnostic(
        rule=rule.name,
        title=rule.title,
        box=rule.box,
        severity=severity,
        message=in_one_line([across.message for across in group], at.place, others),
        span=at.span,
        place=at.place,
        table=first.facts[0].table or None,
        indicator=at.indicator,
        label=first.message,
        line=at.line,
        related=tuple(_marks(group)),
        notes=tuple(dict.fromkeys(note for across in group for note in across.notes)),
        waived=waived,
        at=at.at,
    )


def _marks(group: list[Across]) -> Iterator[Mark]:
    for number, across in enumerate(group):
        first, *others = across.facts
        if number:
            yield replace(first.mark, message=across.message, row=True)
        yield from (fact.mark for fact in others[:_MOST_SHOWN])
