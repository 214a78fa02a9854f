"""Copies of Word and Excel files with the results of a run as comments at their cells."""

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
from perftarget.linter.diagnostic import Diagnostic, UndeterminedResult, missing_data
from perftarget.linter.run import Run
from perftarget.reporters.official import request_name, sentence
from perftarget.tables.reader import read_grids


@dataclass(frozen=True, slots=True)
class AnnotatedCopy:
    """The bytes of a file with comments, and the number of comments."""

    data: bytes
    comments: int


def annotated_copy(
    path: str, data: bytes, run: Run, limits: Limits = DEFAULT_LIMITS, when: datetime | None = None
) -> AnnotatedCopy:
    """Return a Word or Excel file with the results of a run as comments.

    A result without a cell goes to the first cell; suppressed diagnostics are left out. `when` is the time of the
    comments, by default the current time. Raises UnreadableFileError if the file cannot be read.
    """
    cells = [cell for flow in read_grids(path, data, limits).flows for grid in flow for cell in grid.cells]
    anchors = {cell.label: cell.anchor for cell in cells}
    first = cells[0].anchor if cells else ""
    comments = [
        Comment(anchors.get(label, first), text)
        for diagnostic in run.diagnostics
        if diagnostic.place.path == path and diagnostic.suppressed is None
        for label, text in _labelled_texts(diagnostic)
    ]
    comments += [
        Comment(anchors.get(result.place.label or "", first), _undetermined_text(result))
        for result in run.undetermined
        if result.place.path == path
    ]
    writer = import_module(f"perftarget.formats.{GRID_READERS[Path(path).suffix.lower()]}.comments")
    annotated: bytes = writer.add_comments(data, comments, when=when or datetime.now(UTC), limits=limits)
    return AnnotatedCopy(annotated, len(comments))


def _undetermined_text(result: UndeterminedResult) -> str:
    return tr(
        f"【资料不足，未作判断】{result.title}\n{sentence(missing_data(result.reason))}",
        f"[Not judged] {result.title}\n{sentence(missing_data(result.reason))}",
    )


def _labelled_texts(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    """Yield the label of the cell and the text of the comment, for the diagnostic and for each of its other rows."""
    request = request_name(diagnostic.severity)
    head = tr(f"【{request}】{diagnostic.title}", f"[{request}] {diagnostic.title}")
    colon = tr("：", ": ")
    path = diagnostic.place.path
    compared = [
        f"{(location.place.path == path and location.place.label) or location.place}{colon}{sentence(location.message)}"
        for location in diagnostic.related
        if not location.row or location.place.path != path
    ]
    fix = [sentence(tr(f"可改为：{diagnostic.fix.title}", f"Fix: {diagnostic.fix.title}"))] if diagnostic.fix else []
    yield (
        diagnostic.place.label or "",
        "\n".join([head, sentence(diagnostic.label), *compared, *map(sentence, diagnostic.notes), *fix]),
    )
    for location in diagnostic.related:
        if location.row and location.place.path == path:
            yield location.place.label or "", "\n".join([head, sentence(location.message)])
