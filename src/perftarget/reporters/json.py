"""A run as JSON, for other programs; schemas/report.schema.json describes it."""

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
from perftarget.reporters.options import ReportOptions
from perftarget.text.source import Place


class SummaryEntry(TypedDict):
    files: int
    tables: int
    errors: int
    warnings: int
    infos: int
    waived: int
    baselined: int
    unjudged: int


class PlaceEntry(TypedDict):
    """Lines and columns count from 1, columns in characters; null where `label` (表1 第6行 第4列) stands for them."""

    path: str
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    label: str | None


class EditEntry(TypedDict):
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class FixEntry(TypedDict):
    title: str
    safe: bool
    edits: list[EditEntry]


class WaivedEntry(TypedDict):
    reason: str


class RelatedEntry(PlaceEntry):
    """`row` is true where the finding itself is here too, not only what it is compared with."""

    message: str
    indicator: str | None
    row: bool


class DiagnosticEntry(PlaceEntry):
    rule: str
    box: str
    severity: Literal["error", "warning", "info"]
    title: str
    message: str
    notes: list[str]
    table: str | None
    indicator: str | None
    waived: WaivedEntry | None
    fix: FixEntry | None
    related: list[RelatedEntry]


class UnjudgedEntry(PlaceEntry):
    """What could not be judged for want of data."""

    rule: str
    title: str
    reason: str
    table: str | None


class Report(TypedDict):
    version: Literal[1]
    summary: SummaryEntry
    diagnostics: list[DiagnosticEntry]
    unjudged: list[UnjudgedEntry]


SEPARATOR: Final = ",\n"


def render(run: Run, view: ReportOptions) -> str:
    return begin(view) + part(run.diagnostics, view) + end(run.summary, view)


def begin(view: ReportOptions) -> str:  # noqa: ARG001 - paths are as they were given
    return '{"version": 1, "diagnostics": [\n'


def part(diagnostics: Iterable[Diagnostic], view: ReportOptions) -> str:  # noqa: ARG001
    """The findings of a file, a line each."""
    return SEPARATOR.join(_line(_diagnostic(one)) for one in diagnostics)


def end(summary: Summary, view: ReportOptions) -> str:  # noqa: ARG001
    """What was not judged, and how much of everything there is."""
    entry = SummaryEntry(
        files=summary.files,
        tables=summary.tables,
        errors=summary.count(Severity.ERROR),
        warnings=summary.count(Severity.WARNING),
        infos=summary.count(Severity.INFO),
        waived=summary.suppressed,
        baselined=summary.baselined,
        unjudged=len(summary.undetermined),
    )
    undetermined = SEPARATOR.join(map(_line, map(_undetermined, summary.undetermined)))
    return f'\n], "unjudged": [\n{undetermined}\n], "summary": {_line(entry)}}}\n'


def _line(entry: DiagnosticEntry | UnjudgedEntry | SummaryEntry) -> str:
    return json.dumps(entry, ensure_ascii=False)


def _undetermined(one: UndeterminedResult) -> UnjudgedEntry:
    return UnjudgedEntry(rule=one.rule, title=one.title, reason=one.reason, table=one.table, **_place(one.place))


def _diagnostic(one: Diagnostic) -> DiagnosticEntry:
    return DiagnosticEntry(
        rule=one.rule,
        box=one.category,
        severity=one.severity.word,  # type: ignore[typeddict-item]
        title=one.title,
        message=one.message,
        **_place(one.place),
        notes=list(one.notes),
        table=one.table,
        indicator=one.indicator,
        waived=None if one.suppressed is None else WaivedEntry(reason=one.suppressed),
        fix=_fix(one.fix) if one.fix else None,
        related=[_related(mark) for mark in one.related],
    )


def _place(place: Place) -> PlaceEntry:
    if place.label:
        return PlaceEntry(path=place.path, line=None, column=None, end_line=None, end_column=None, label=place.label)
    return PlaceEntry(
        path=place.path,
        line=place.line,
        column=place.column,
        end_line=place.end_line,
        end_column=place.end_column,
        label=None,
    )


def _related(mark: RelatedLocation) -> RelatedEntry:
    return RelatedEntry(message=mark.message, indicator=mark.indicator, row=mark.row, **_place(mark.place))


def _fix(fix: FixPreview) -> FixEntry:
    return FixEntry(title=fix.title, safe=fix.safe, edits=[_edit(change) for change in fix.changes])


def _edit(change: TextChange) -> EditEntry:
    place = change.place
    return EditEntry(
        line=place.line,
        column=place.column,
        end_line=place.end_line,
        end_column=place.end_column,
        text=change.text,
    )
