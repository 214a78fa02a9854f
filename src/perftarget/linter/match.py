"""A finding with all that decides which diagnostic it becomes part of."""

from __future__ import annotations

from typing import Any, NamedTuple

from perftarget.linter.diagnostic import ConcreteFix, Severity
from perftarget.linter.rule import Finding, Rule


class RuleMatch(NamedTuple):
    """A finding with its rule, severity, indicator, fix, suppression and basis."""

    rule: Rule
    finding: Finding
    severity: Severity
    indicator: str | None
    fix: ConcreteFix | None
    suppressed: str | None = None
    basis: str = ""

    @property
    def group(self) -> tuple[Any, ...]:
        """The key of the diagnostic that the match is part of."""
        return self.rule.name, self.severity, self.suppressed, self.fix and self.fix.safe
