"""A run as the commands by which GitHub Actions marks lines of a change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from perftarget.i18n import tr
from perftarget.linter.diagnostic import Diagnostic, Severity
from perftarget.linter.run import Run
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.phrases import details, headline, severity_name, suppressed_text

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MOST: Final = 10
"""Of each level GitHub shows so many of a step, and drops the others without a word."""


def render(run: Run, view: ReportOptions) -> str:
    """Worst first; where there are more of a level than GitHub shows, the last one says how many."""
    return "".join(f"{line}\n" for line in _lines(run, view))


def _lines(run: Run, view: ReportOptions) -> Iterator[str]:
    for severity, level in sorted(_LEVELS.items(), reverse=True):
        found = [one for one in run.diagnostics if one.severity is severity and one.suppressed is None]
        if severity is Severity.INFO:
            found += [one for one in run.diagnostics if one.suppressed is not None]
        shown = found if len(found) <= _MOST else found[: _MOST - 1]
        yield from (_command(level, one, view) for one in shown)
        if left := found[len(shown) :]:
            yield _rest(level, severity, left, view)


def _command(level: str, one: Diagnostic, view: ReportOptions) -> str:
    place = one.place
    properties: dict[str, object] = {"file": view.path(place.path)}
    if not place.label:
        properties |= {"line": place.line, "col": place.column, "endLine": place.end_line}
        if place.line == place.end_line:  # GitHub ignores columns of several lines
            properties["endColumn"] = place.end_column
    properties["title"] = (
        f"{one.title} ({one.rule})" if one.suppressed is None else f"{suppressed_text(one)} ({one.rule})"
    )
    # The log shows the message alone: without the place nobody would know what it is about.
    where = place.label or f"{place.line}:{place.column}"
    lines = [f"{view.path(place.path)}:{where} {headline(one)}", *details(one)]
    return _written(level, properties, "\n".join(lines))


def _rest(level: str, severity: Severity, left: Sequence[Diagnostic], view: ReportOptions) -> str:
    name = severity_name(severity)
    files = len({one.place.path for one in left})
    message = tr(
        f"另有 {len(left)} 条{name}（{files} 个文件）没有逐条标出，因为 GitHub 每一级只显示 {_MOST} 条；"
        "全部见本步骤的日志和摘要",
        f"{len(left)} more of this kind ({name.lower()}) in {files} file(s) are not marked, since GitHub shows {_MOST}"
        " of a level; all are in the log and the summary of this step",
    )
    return _written(level, {"file": view.path(left[0].place.path), "title": "perftarget"}, message)


def _written(level: str, properties: dict[str, object], message: str) -> str:
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{level} {listed}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
