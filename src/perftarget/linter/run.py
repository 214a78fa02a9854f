"""The results of a run: counts, diagnostics and the tables that a report draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from perftarget.formats.grid import Grid
from perftarget.linter.diagnostic import Diagnostic, Severity, UndeterminedResult


class TableView(NamedTuple):
    """A table as a grid of its form, to be drawn in a report.

    `number` is the index of the table in its file, from 0. `declared` is the amount of the year and `computed` the
    amount calculated from the numbers of the table, both in 元; `arithmetic` are the lines of the calculation. `order`
    is the number by which the tables of an annex are ordered.
    """

    path: str
    number: int
    name: str
    unit: str
    grid: Grid
    declared: Decimal | None = None
    computed: Decimal | None = None
    arithmetic: tuple[str, ...] = ()
    order: int | None = None


class CheckResult(NamedTuple):
    """The result of checking one document."""

    diagnostics: list[Diagnostic]
    undetermined: list[UndeterminedResult]


@dataclass
class Summary:
    """The counts of a run: files, tables and findings.

    `unread` counts the files of which no table could be read, and `unchecked` those that were left out, by suffix.
    """

    files: int = 0
    tables: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)
    suppressed: int = 0
    baselined: int = 0
    unread: int = 0
    unchecked: dict[str, int] = field(default_factory=dict)
    undetermined: list[UndeterminedResult] = field(default_factory=list)

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Count the diagnostics of a file."""
        for diagnostic in diagnostics:
            if diagnostic.suppressed is None:
                self.severities[diagnostic.severity] += 1
            else:
                self.suppressed += 1

    def merge(self, other: Summary) -> None:
        """Add the counts of a part of the run."""
        self.files += other.files
        self.tables += other.tables
        self.severities.update(other.severities)
        self.suppressed += other.suppressed
        self.unread += other.unread
        self.undetermined += other.undetermined

    def count(self, severity: Severity) -> int:
        """Return the number of diagnostics of a severity that are not suppressed."""
        return self.severities[severity]


@dataclass(frozen=True, slots=True)
class Run:
    """The result of a run.

    `table_views` is empty unless a report needs the tables. If the diagnostics are written while the run goes on, they
    are not kept in `diagnostics`, but `summary` counts them.
    """

    paths: tuple[str, ...]
    summary: Summary
    diagnostics: tuple[Diagnostic, ...] = ()
    table_views: tuple[TableView, ...] = ()
    projects: frozenset[str] = frozenset()

    @property
    def undetermined(self) -> tuple[UndeterminedResult, ...]:
        """The checks that lacked data."""
        return tuple(self.summary.undetermined)

    @property
    def results(self) -> tuple[Diagnostic | UndeterminedResult, ...]:
        """All diagnostics, then the undetermined results."""
        return (*self.diagnostics, *self.undetermined)

    @property
    def suppressed(self) -> int:
        """The number of suppressed diagnostics."""
        return self.summary.suppressed

    def count(self, severity: Severity) -> int:
        """Return the number of diagnostics of a severity that are not suppressed."""
        return self.summary.count(severity)
