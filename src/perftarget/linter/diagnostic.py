"""What is said to the user."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

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


class ConcreteFix(NamedTuple):
    """`safe` means that the table says the same afterwards; `edits` may be empty when only the encoding changes."""

    title: str
    safe: bool
    edits: tuple[Edit, ...]


class TextChange(NamedTuple):
    """Write `text` in place of what stands at `place`."""

    place: Place
    text: str


class FixPreview(NamedTuple):
    """A fix as a reader is told of it: without the text that it is for."""

    title: str
    safe: bool
    changes: tuple[TextChange, ...]


class RelatedLocation(NamedTuple):
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
    category: str
    severity: Severity
    message: str
    span: Span
    place: Place
    table: str | None
    indicator: str | None
    label: str
    line: str = ""
    related: tuple[RelatedLocation, ...] = ()
    notes: tuple[str, ...] = ()
    fix: FixPreview | None = None
    suppressed: str | None = None
    at: Loc = ()


class UndeterminedResult(NamedTuple):
    """What could not be judged, 资料不足: the rule that would have, and what it lacked."""

    rule: str
    title: str
    category: str
    reason: str
    place: Place
    table: str | None
    at: Loc = ()
