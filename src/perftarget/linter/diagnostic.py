"""What is said to the user."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple

from perftarget.formats.grid import Grid
from perftarget.text.edits import Edit
from perftarget.text.source import Loc, Place, Span


class Severity(IntEnum):
    """错误 contradicts the table itself or what every form demands; 提示 and 建议 rest on an assumption or opinion."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        return self.name.lower()


class Fix(NamedTuple):
    """`safe` means that the table says the same afterwards; `edits` may be empty when only the encoding changes."""

    title: str
    safe: bool
    edits: tuple[Edit, ...]


class Change(NamedTuple):
    """Write `text` in place of what stands at `place`."""

    place: Place
    text: str


class Correction(NamedTuple):
    """A fix as a reader is told of it: without the text that it is for."""

    title: str
    safe: bool
    changes: tuple[Change, ...]


class Mark(NamedTuple):
    """A place with what stands there; `row` when the finding itself is here too, not only what it is compared with.

    `line` is the text of its line, since the place may be in another file than the finding's; `at` is the place in
    the data, () where it is of the text alone.
    """

    message: str
    span: Span
    place: Place
    line: str
    indicator: str | None = None
    row: bool = False
    at: Loc = ()


class Diagnostic(NamedTuple):
    """One finding: `message` says it in one line, `related` where else to look, `notes` the arithmetic and remedies.

    Rows with the same complaint are one diagnostic: `message` counts them, `label` is what the first one says by
    itself, and the others are among `related`.
    """

    rule: str
    title: str
    box: str
    severity: Severity
    message: str
    span: Span
    place: Place
    table: str | None
    indicator: str | None
    label: str
    line: str = ""
    related: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    fix: Correction | None = None
    waived: str | None = None
    at: Loc = ()


class Open(NamedTuple):
    """What could not be judged, 资料不足: the rule that would have, and what it lacked."""

    rule: str
    title: str
    box: str
    reason: str
    place: Place
    table: str | None
    at: Loc = ()


class Sheet(NamedTuple):
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


class Checked(NamedTuple):
    """What came of checking one document."""

    diagnostics: list[Diagnostic]
    unjudged: list[Open]


@dataclass
class Tally:
    """How much a run has looked at and found, without the findings themselves."""

    files: int = 0
    tables: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)
    waived: int = 0
    baselined: int = 0
    unjudged: list[Open] = field(default_factory=list)

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        for one in diagnostics:
            if one.waived is None:
                self.severities[one.severity] += 1
            else:
                self.waived += 1

    def merge(self, other: Tally) -> None:
        """Take in the tally of a part."""
        self.files += other.files
        self.tables += other.tables
        self.severities.update(other.severities)
        self.waived += other.waived
        self.unjudged += other.unjudged

    def count(self, severity: Severity) -> int:
        return self.severities[severity]


@dataclass(frozen=True, slots=True)
class Run:
    """What one run found, in which files. The tables, as `sheets`, are there only where they are asked for.

    Where a result is written as it is found, the findings are not kept; the tally counts them all the same.
    """

    paths: tuple[str, ...]
    tally: Tally
    diagnostics: tuple[Diagnostic, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    projects: frozenset[str] = frozenset()

    @property
    def unjudged(self) -> tuple[Open, ...]:
        return tuple(self.tally.unjudged)

    @property
    def said(self) -> tuple[Diagnostic | Open, ...]:
        """Every finding, then what could not be judged."""
        return (*self.diagnostics, *self.unjudged)

    @property
    def waived(self) -> int:
        return self.tally.waived

    def count(self, severity: Severity) -> int:
        return self.tally.count(severity)
