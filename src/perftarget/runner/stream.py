"""A result that is written as it is found, so that no run is too large to be shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from perftarget.linter.diagnostic import Diagnostic
from perftarget.linter.run import Summary
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.registry import StreamingReporter


@dataclass
class StreamingOutput:
    """A format on its way to a writer; `keep` says that others want the findings afterwards."""

    format: str
    reporter: StreamingReporter
    view: ReportOptions
    out: Callable[[str], object]
    keep: bool = False
    _begun: bool = False

    @property
    def shown(self) -> tuple[str, ReportOptions]:
        """What the part of a file is made with, wherever that is done; nothing that does not bear on it."""
        return self.format, ReportOptions(self.view.width, self.view.colour, self.view.quiet, most=self.view.most)

    def write(self, text: str) -> None:
        """The part of a file, "" where there is nothing to say."""
        if not text:
            return
        self.out((self.reporter.SEPARATOR if self._begun else self.reporter.begin(self.view)) + text)
        self._begun = True

    def add(self, one: Diagnostic) -> None:
        """What shows only across files."""
        self.write(self.reporter.part([one], self.view))

    def end(self, summary: Summary) -> None:
        self.out(("" if self._begun else self.reporter.begin(self.view)) + self.reporter.end(summary, self.view))
