"""TODO."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from perftarget.formats.grid import Grid
from perftarget.linter.diagnostic import Diagnostic, Severity, UndeterminedResult


class TableView(NamedTuple):
    """A table as its form shows it, to be drawn: the file, and which of its tables it is, from 0.

    `computed` is what its own numbers come to, in 元, and `arithmetic` the lines of that.
    """

    path: str
    number: int
    name: str
    unit: str
    grid: Grid
    declared: Decimal | None = None
    computed: Decimal | None = None
    arithmetic: tuple[str, ...] = ()


class CheckResult(NamedTuple):
    """What came of checking one document."""

    diagnostics: list[Diagnostic]
    undetermined: list[UndeterminedResult]


@dataclass
class Summary:
    """How much a run has looked at and found, without the findings themselves."""

    files: int = 0
    tables: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)
    suppressed: int = 0
    baselined: int = 0
    undetermined: list[UndeterminedResult] = field(default_factory=list)

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        for one in diagnostics:
            if one.suppressed is None:
                self.severities[one.severity] += 1
            else:
                self.suppressed += 1

    def merge(self, other: Summary) -> None:
        """Take in the tally of a part."""
        self.files += other.files
        self.tables += other.tables
        self.severities.update(other.severities)
        self.suppressed += other.suppressed
        self.undetermined += other.undetermined

    def count(self, severity: Severity) -> int:
        return self.severities[severity]


@dataclass(frozen=True, slots=True)
class Run:
    """What one run found, in which files. The tables, as `table_views`, are there only where they are asked for.

    Where a result is written as it is found, the findings are not kept; the tally counts them all the same.
    """

    paths: tuple[str, ...]
    summary: Summary
    diagnostics: tuple[Diagnostic, ...] = ()
    table_views: tuple[TableView, ...] = ()
    projects: frozenset[str] = frozenset()

    @property
    def undetermined(self) -> tuple[UndeterminedResult, ...]:
        return tuple(self.summary.undetermined)

    @property
    def results(self) -> tuple[Diagnostic | UndeterminedResult, ...]:
        """Every finding, then what could not be judged."""
        return (*self.diagnostics, *self.undetermined)

    @property
    def suppressed(self) -> int:
        return self.summary.suppressed

    def count(self, severity: Severity) -> int:
        return self.summary.count(severity)
