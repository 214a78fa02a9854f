"""Write the results of a run to standard output and files: one of them as it is made, the others at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Final

from perftarget.console import (
    EXIT_USAGE,
    CommandExit,
    neutralize_log_commands,
    print_message,
    write_or_exit,
    write_stdout,
)
from perftarget.errors import WriteError
from perftarget.files.atomic_write import open_atomic
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Diagnostic
from perftarget.linter.run import Run, Summary
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.outputs import OutputFile
from perftarget.reporters.registry import StreamingReporter, render_report, streaming_reporter

_MAX_IN_MEMORY: Final = 16_000_000  # characters of a result that waits for the end of the run


@dataclass
class StreamingOutput:
    """A format that is written while the run goes on.

    `keep` is True where the findings are needed after the run, too.
    """

    format: str
    reporter: StreamingReporter
    options: ReportOptions
    put: Callable[[str], object]
    keep: bool = False
    _has_begun: bool = False

    @property
    def part(self) -> tuple[str, ReportOptions]:
        """The format and the options that the part of one file depends on, and no others: they are part of its key."""
        options = self.options
        return self.format, ReportOptions(options.width, options.colour, options.quiet, most=options.most)

    def write(self, text: str) -> None:
        """Write the part of a file; "" where there is nothing to report."""
        if not text:
            return
        before = self.reporter.SEPARATOR if self._has_begun else self.reporter.begin(self.options)
        self.put(before + text)
        self._has_begun = True

    def add(self, diagnostic: Diagnostic) -> None:
        """Write a diagnostic that is of no single file."""
        self.write(self.reporter.part([diagnostic], self.options))

    def end(self, summary: Summary) -> None:
        """Write the end of the result."""
        before = "" if self._has_begun else self.reporter.begin(self.options)
        self.put(before + self.reporter.end(summary, self.options))


@dataclass(frozen=True)
class OutputWriter:
    """The outputs of a run; the first one is standard output, or the file in its place."""

    outputs: Sequence[OutputFile]
    options: ReportOptions

    @property
    def is_stdout_only(self) -> bool:
        """True if no file is written."""
        return all(output.path is None for output in self.outputs)

    @property
    def shows_counts(self) -> bool:
        """True if the first output has a place for the counts of a run."""
        return self.outputs[0].format != "gitlab" and not (self.outputs[0].format == "text" and self.options.quiet)

    @property
    def needs_tables(self) -> bool:
        """True if a format draws the tables themselves."""
        return any(output.format == "html" for output in self.outputs)

    def write(self, check: Callable[[StreamingOutput | None], Run]) -> Run:
        """Run a check and write every output; of the files all or none."""
        first, *others = self.outputs
        reporter = streaming_reporter(first.format)
        if reporter is None:
            run = check(None)
            self._write_whole(run, self.outputs)
            return run
        with _opened(first) as put:
            run = check(StreamingOutput(first.format, reporter, self._options_for(first), put, keep=bool(others)))
            self._write_whole(run, others)
        return run

    def _write_whole(self, run: Run, outputs: Sequence[OutputFile]) -> None:
        texts = [(output, render_report(run, output.format, self._options_for(output))) for output in outputs]
        write_or_exit({output.path: text for output, text in texts if output.path and not output.added})
        for output, text in texts:
            if output.path is None:
                write_stdout(text)
            elif output.added:
                _append(output.path, text)

    def _options_for(self, output: OutputFile) -> ReportOptions:
        limit = None if output.limit is None else max(output.limit - _size(output.path), 0)
        return replace(self.options, limit=limit, colour=self.options.colour and output.path is None)


@contextmanager
def _opened(output: OutputFile) -> Iterator[Callable[[str], object]]:
    """Open the place that the parts of a result go to.

    A file takes its name when it is complete, a pipe gets each part at once, a terminal all of them at the end: until
    then it shows the progress of the run.
    """
    if output.path:
        try:
            with open_atomic(output.path) as put:
                yield lambda text: put(text.encode())
        except WriteError as error:
            print_message(tr(f"没有写入：{error}", f"not written: {error}"))
            raise CommandExit(EXIT_USAGE) from error
    elif sys.stdout and sys.stdout.isatty():
        with SpooledTemporaryFile(
            _MAX_IN_MEMORY, "w+", encoding="utf-8", errors="surrogatepass", newline=""
        ) as waiting:
            yield waiting.write
            waiting.seek(0)
            while part := waiting.read(1 << 16):
                write_stdout(part)
    else:
        is_text = output.format == "text"
        yield lambda text: write_stdout(neutralize_log_commands(text) if is_text else text)


def _size(path: Path | None) -> int:
    return path.stat().st_size if path and path.exists() else 0


def _append(path: Path, text: str) -> None:
    """Append to a file of other programs; a failure is reported and changes nothing of the result."""
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        print_message(tr(f"{path}: 摘要没有写入：{error.strerror}", f"{path}: no summary written: {error.strerror}"))
