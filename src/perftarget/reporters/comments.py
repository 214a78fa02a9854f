"""Findings to comments at the cells of the author's own file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from perftarget.files.discovery import GRID_READERS
from perftarget.formats.grid import Comment
from perftarget.i18n import tr
from perftarget.limits import DEFAULT_LIMITS, Limits
from perftarget.linter.diagnostic import Diagnostic, UndeterminedResult
from perftarget.linter.run import Run
from perftarget.reporters.phrases import severity_name
from perftarget.tables.reader import read_grids


@dataclass(frozen=True, slots=True)
class AnnotatedCopy:
    """A file with comments, and how many."""

    data: bytes
    comments: int


def annotated_copy(
    path: str, data: bytes, run: Run, limits: Limits = DEFAULT_LIMITS, when: datetime | None = None
) -> AnnotatedCopy:
    """The bytes of a Word or Excel file with the findings of a run at its cells. Raises Unreadable.

    A finding that stands at no cell is put at the first one: none is lost. What is waived is left out.
    """
    cells = [cell for flow in read_grids(path, data, limits).flows for grid in flow for cell in grid.cells]
    anchors = {cell.label: cell.anchor for cell in cells}
    first = cells[0].anchor if cells else ""
    comments = [
        Comment(anchors.get(label, first), text)
        for one in run.diagnostics
        if one.place.path == path and one.suppressed is None
        for label, text in _said(one)
    ]
    comments += [
        Comment(anchors.get(one.place.label or "", first), _undetermined(one))
        for one in run.undetermined
        if one.place.path == path
    ]
    writer = import_module(f"perftarget.formats.{GRID_READERS[Path(path).suffix.lower()]}.comments")
    made: bytes = writer.add_comments(data, comments, when=when or datetime.now(UTC), limits=limits)
    return AnnotatedCopy(made, len(comments))


def _undetermined(one: UndeterminedResult) -> str:
    return tr(
        f"【没有判定】{one.title}（{one.rule}）\n{one.reason}", f"[Not judged] {one.title} ({one.rule})\n{one.reason}"
    )


def _said(one: Diagnostic) -> Iterator[tuple[str, str]]:
    """What is said at the cell of a finding, and at those of the other rows with the same complaint."""
    severity = severity_name(one.severity)
    head = tr(f"【{severity}】{one.title}（{one.rule}）", f"[{severity}] {one.title} ({one.rule})")
    colon = tr("：", ": ")
    path = one.place.path
    elsewhere = [
        f"{(mark.place.path == path and mark.place.label) or mark.place}{colon}{mark.message}"
        for mark in one.related
        if not mark.row or mark.place.path != path
    ]
    fix = [tr(f"可改：{one.fix.title}", f"Fix: {one.fix.title}")] if one.fix else []
    yield one.place.label or "", "\n".join([head, one.label, *elsewhere, *one.notes, *fix])
    for mark in one.related:
        if mark.row and mark.place.path == path:
            yield mark.place.label or "", "\n".join([head, mark.message])
