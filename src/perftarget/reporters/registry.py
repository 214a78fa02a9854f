"""A run to text: the format chooses its reporter; and what an import did."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from perftarget.linter.diagnostic import Diagnostic
from perftarget.linter.run import Run, Summary
from perftarget.reporters.options import ReportOptions

if TYPE_CHECKING:
    pass


class StreamingReporter(Protocol):
    """A format that is written as it is found: a beginning, the findings of each file, an end."""

    SEPARATOR: str

    def begin(self, view: ReportOptions) -> str: ...
    def part(self, diagnostics: Iterable[Diagnostic], view: ReportOptions) -> str: ...
    def end(self, summary: Summary, view: ReportOptions) -> str: ...


def render_report(run: Run, format_: str, view: ReportOptions) -> str:
    text: str = _reporter(format_).render(run, view)
    return text


def streaming_reporter(format_: str) -> StreamingReporter | None:
    """The reporter of a format that can be written as it is found; None where it needs all there is."""
    reporter = _reporter(format_)
    return reporter if hasattr(reporter, "part") else None


def _reporter(format_: str) -> Any:
    return import_module(f"perftarget.reporters.{format_}")
