"""Results that are reported to the user: diagnostics, fix previews and undetermined results."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from perftarget.i18n import tr
from perftarget.linter.figures import Figures
from perftarget.text.edits import Edit
from perftarget.text.source import Loc, Place, Span


class Severity(IntEnum):
    """The severity of a diagnostic.

    An error (错误) contradicts the table itself or a requirement of every form; a warning (提示) and an information
    (建议) rest on an assumption or on an opinion.
    """

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The lower-case name, as in settings and in machine-readable reports."""
        return self.name.lower()


class ConcreteFix(NamedTuple):
    """A fix as edits of the source text.

    `safe` is True if the meaning of the table does not change; `edits` is empty if only the encoding changes.
    """

    title: str
    safe: bool
    edits: tuple[Edit, ...]


class TextChange(NamedTuple):
    """A replacement of the text at `place` by `text`."""

    place: Place
    text: str


class FixPreview(NamedTuple):
    """A fix as shown in a report; the replaced text is not included."""

    title: str
    safe: bool
    changes: tuple[TextChange, ...]


class RelatedLocation(NamedTuple):
    """A further location of a diagnostic, with a message about it.

    `row` is True if the location has the same finding, False if it is only compared with it. `line` is the text of its
    line, since the location may be in a different file from the diagnostic; `at` is the path in the data, () for a
    location that exists only in the text.
    """

    message: str
    span: Span
    place: Place
    line: str
    indicator: str | None = None
    row: bool = False
    at: Loc = ()
    figures: Figures | None = None


class Diagnostic(NamedTuple):
    """A reported finding, or several findings of a rule in one table.

    `message` is one line; `related` are further locations; `notes` are the arithmetic and possible remedies. If several
    rows have the same finding, `message` includes their number, `label` is the message of the first row alone, and the
    other rows are in `related`. `basis` is the document that the finding rests on: the local one, else the rule's.
    `figures` are those of the first row; other rows have theirs in `related`.
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
    basis: str = ""
    figures: Figures | None = None


def missing_data(reason: str) -> str:
    """Return the reason of an undetermined result without 资料不足, for reports that print these words first."""
    return reason.removeprefix(tr("资料不足：", "not enough data: "))


class UndeterminedResult(NamedTuple):
    """A check that lacked data (资料不足): the rule, and the reason why it could not decide."""

    rule: str
    title: str
    category: str
    reason: str
    place: Place
    table: str | None
    at: Loc = ()
