"""Reporter for the workflow commands by which GitHub Actions annotates the lines of a change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from perftarget.i18n import tr
from perftarget.linter.diagnostic import Diagnostic, Severity
from perftarget.linter.run import Run
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.phrases import details, headline, severity_name, suppressed_text, unchecked_sentence

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MAX_ANNOTATIONS: Final = 10
"""The number of annotations of each level that GitHub shows for a step; it drops the others silently."""


def render(run: Run, options: ReportOptions) -> str:
    """Render the diagnostics of a run, worst first; the last annotation of a full level counts those left out."""
    return "".join(f"{line}\n" for line in _lines(run, options))


def _lines(run: Run, options: ReportOptions) -> Iterator[str]:
    suppressed = [diagnostic for diagnostic in run.diagnostics if diagnostic.suppressed is not None]
    active = [diagnostic for diagnostic in run.diagnostics if diagnostic.suppressed is None]
    unchecked = unchecked_sentence(run.summary)
    for severity, level in sorted(_LEVELS.items(), reverse=True):
        room = _MAX_ANNOTATIONS
        diagnostics = [diagnostic for diagnostic in active if diagnostic.severity is severity]
        if severity is Severity.INFO:
            diagnostics += suppressed
            if unchecked:
                room -= 1
                yield _command(level, {"title": "perftarget"}, unchecked)
        shown = diagnostics if len(diagnostics) <= room else diagnostics[: room - 1]
        yield from (_annotation(level, diagnostic, options) for diagnostic in shown)
        if omitted := diagnostics[len(shown) :]:
            yield _omitted_annotation(level, severity, omitted, options)


def _annotation(level: str, diagnostic: Diagnostic, options: ReportOptions) -> str:
    place = diagnostic.place
    properties: dict[str, object] = {"file": options.path(place.path)}
    if not place.label:
        properties |= {"line": place.line, "col": place.column, "endLine": place.end_line}
        if place.line == place.end_line:  # GitHub ignores the columns of an annotation of several lines
            properties["endColumn"] = place.end_column
    title = diagnostic.title if diagnostic.suppressed is None else suppressed_text(diagnostic)
    properties["title"] = f"{title} ({diagnostic.rule})"
    # The log shows only the message, so the message repeats the place.
    position = place.label or f"{place.line}:{place.column}"
    lines = [f"{options.path(place.path)}:{position} {headline(diagnostic)}", *details(diagnostic)]
    return _command(level, properties, "\n".join(lines))


def _omitted_annotation(level: str, severity: Severity, omitted: Sequence[Diagnostic], options: ReportOptions) -> str:
    name = severity_name(severity)
    files = len({diagnostic.place.path for diagnostic in omitted})
    message = tr(
        f"另有 {len(omitted)} 条{name}（{files} 个文件）没有逐条标出，因为 GitHub 每一级只显示 {_MAX_ANNOTATIONS} 条；"
        "全部见本步骤的日志和摘要",
        f"{len(omitted)} more of this kind ({name.lower()}) in {files} file(s) are not marked, since GitHub shows"
        f" {_MAX_ANNOTATIONS} of a level; all are in the log and the summary of this step",
    )
    return _command(level, {"file": options.path(omitted[0].place.path), "title": "perftarget"}, message)


def _command(level: str, properties: dict[str, object], message: str) -> str:
    joined = ",".join(f"{name}={_escape_property(str(value))}" for name, value in properties.items())
    return f"::{level} {joined}::{_escape_message(message)}"


def _escape_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_message(text).replace(":", "%3A").replace(",", "%2C")
