"""Reporter for JSON, as described by schemas/report.schema.json."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final, Literal

from typing_extensions import TypedDict

from perftarget.linter.diagnostic import (
    Diagnostic,
    FixPreview,
    RelatedLocation,
    Severity,
    TextChange,
    UndeterminedResult,
)
from perftarget.linter.run import Run, Summary
from perftarget.reporters.figures import FiguresEntry, PlaceEntry, figures_entry, place_entry
from perftarget.reporters.options import ReportOptions


class SummaryEntry(TypedDict):
    """Counts of files, tables, diagnostics and undetermined results.

    `unread` counts the files of which no table could be read. `unchecked` counts the files in the folders that may hold
    a table and were left out, by suffix: {".doc": 2, ".pdf": 1}.
    """

    files: int
    tables: int
    errors: int
    warnings: int
    infos: int
    waived: int
    baselined: int
    unjudged: int
    unread: int
    unchecked: dict[str, int]


class EditEntry(TypedDict):
    """A replacement of the text between two positions."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class FixEntry(TypedDict):
    """A fix; `safe` is true if it does not change the meaning of the table."""

    title: str
    safe: bool
    edits: list[EditEntry]


class WaivedEntry(TypedDict):
    """The waiver that accepts a diagnostic."""

    reason: str


class RelatedEntry(PlaceEntry, FiguresEntry):
    """A related place; `row` is true if the rule reports this row too, and does not only compare with it.

    Such a row has figures of its own.
    """

    message: str
    indicator: str | None
    row: bool


class DiagnosticEntry(PlaceEntry, FiguresEntry):
    """A diagnostic with its place, and with its figures if it rests on numbers."""

    rule: str
    box: str
    severity: Literal["error", "warning", "info"]
    title: str
    message: str
    basis: str
    notes: list[str]
    table: str | None
    indicator: str | None
    waived: WaivedEntry | None
    fix: FixEntry | None
    related: list[RelatedEntry]


class UnjudgedEntry(PlaceEntry):
    """A check that was not possible because data is missing."""

    rule: str
    title: str
    reason: str
    table: str | None


class Report(TypedDict):
    """The report of a run."""

    version: Literal[1]
    summary: SummaryEntry
    diagnostics: list[DiagnosticEntry]
    unjudged: list[UnjudgedEntry]


SEPARATOR: Final = ",\n"


def render(run: Run, options: ReportOptions) -> str:
    """Render a run with one line for each diagnostic."""
    return begin(options) + part(run.diagnostics, options) + end(run.summary, options)


def begin(options: ReportOptions) -> str:  # noqa: ARG001 - the signature of a streaming reporter
    """Render the text before the first diagnostic."""
    return '{"version": 1, "diagnostics": [\n'


def part(diagnostics: Iterable[Diagnostic], options: ReportOptions) -> str:  # noqa: ARG001
    """Render the diagnostics, one on each line."""
    return SEPARATOR.join(_line(_diagnostic_entry(diagnostic)) for diagnostic in diagnostics)


def end(summary: Summary, options: ReportOptions) -> str:  # noqa: ARG001
    """Render the undetermined results and the summary."""
    entry = SummaryEntry(
        files=summary.files,
        tables=summary.tables,
        errors=summary.count(Severity.ERROR),
        warnings=summary.count(Severity.WARNING),
        infos=summary.count(Severity.INFO),
        waived=summary.suppressed,
        baselined=summary.baselined,
        unjudged=len(summary.undetermined),
        unread=summary.unread,
        unchecked=summary.unchecked,
    )
    undetermined = SEPARATOR.join(_line(_unjudged_entry(result)) for result in summary.undetermined)
    return f'\n], "unjudged": [\n{undetermined}\n], "summary": {_line(entry)}}}\n'


def _line(entry: DiagnosticEntry | UnjudgedEntry | SummaryEntry) -> str:
    return json.dumps(entry, ensure_ascii=False)


def _unjudged_entry(result: UndeterminedResult) -> UnjudgedEntry:
    return UnjudgedEntry(
        rule=result.rule, title=result.title, reason=result.reason, table=result.table, **place_entry(result.place)
    )


def _diagnostic_entry(diagnostic: Diagnostic) -> DiagnosticEntry:
    suppressed = diagnostic.suppressed
    return DiagnosticEntry(
        rule=diagnostic.rule,
        box=diagnostic.category,
        severity=diagnostic.severity.word,  # type: ignore[typeddict-item]
        title=diagnostic.title,
        message=diagnostic.message,
        basis=diagnostic.basis,
        **place_entry(diagnostic.place),
        notes=list(diagnostic.notes),
        table=diagnostic.table,
        indicator=diagnostic.indicator,
        waived=None if suppressed is None else WaivedEntry(reason=suppressed),
        fix=_fix_entry(diagnostic.fix) if diagnostic.fix else None,
        related=[_related_entry(location) for location in diagnostic.related],
        **figures_entry(diagnostic.figures),
    )


def _related_entry(location: RelatedLocation) -> RelatedEntry:
    return RelatedEntry(
        message=location.message,
        indicator=location.indicator,
        row=location.row,
        **place_entry(location.place),
        **figures_entry(location.figures),
    )


def _fix_entry(fix: FixPreview) -> FixEntry:
    return FixEntry(title=fix.title, safe=fix.safe, edits=[_edit_entry(change) for change in fix.changes])


def _edit_entry(change: TextChange) -> EditEntry:
    place = change.place
    return EditEntry(
        line=place.line,
        column=place.column,
        end_line=place.end_line,
        end_column=place.end_column,
        text=change.text,
    )
