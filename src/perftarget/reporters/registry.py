"""Lookup of the reporter of an output format."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any, Protocol

from perftarget.linter.diagnostic import Diagnostic
from perftarget.linter.run import Run, Summary
from perftarget.reporters.options import ReportOptions


class StreamingReporter(Protocol):
    """A reporter that can render the diagnostics of each file as soon as the file is checked."""

    SEPARATOR: str

    def begin(self, options: ReportOptions) -> str:
        """Render the text before the first diagnostic."""

    def part(self, diagnostics: Iterable[Diagnostic], options: ReportOptions) -> str:
        """Render the diagnostics of a file."""

    def end(self, summary: Summary, options: ReportOptions) -> str:
        """Render the undetermined results and the summary."""


def render_report(run: Run, format_: str, options: ReportOptions) -> str:
    """Render a run in the given format."""
    text: str = _reporter(format_).render(run, options)
    return text


def streaming_reporter(format_: str) -> StreamingReporter | None:
    """Return the streaming reporter of a format; None if the format needs the complete run."""
    reporter = _reporter(format_)
    return reporter if hasattr(reporter, "part") else None


def _reporter(format_: str) -> Any:
    return import_module(f"perftarget.reporters.{format_}")
