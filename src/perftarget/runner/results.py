"""The results of a run to where they were asked for: one is written as it is found, the others when all is."""

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
from perftarget.linter.run import Run
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.outputs import OutputFile
from perftarget.reporters.registry import render_report, streaming_reporter
from perftarget.runner.stream import StreamingOutput

_IN_MEMORY: Final = 16_000_000  # characters of a result that waits for the end of the run


@dataclass(frozen=True)
class OutputWriter:
    """What was asked for: the first target is standard output, or the file in its place."""

    targets: Sequence[OutputFile]
    view: ReportOptions

    @property
    def plain(self) -> bool:
        """Whether nothing is written but to standard output."""
        return all(target.path is None for target in self.targets)

    @property
    def drawn(self) -> bool:
        """Whether the tables themselves are wanted."""
        return any(target.format == "html" for target in self.targets)

    def of(self, check: Callable[[StreamingOutput | None], Run]) -> Run:
        """Check, and write all results; files all or none."""
        first, *others = self.targets
        reporter = streaming_reporter(first.format)
        if reporter is None:
            run = check(None)
            self._publish(run, self.targets)
            return run
        with _out(first) as out:
            stream = StreamingOutput(first.format, reporter, self._fitted(first), out, keep=bool(others))
            run = check(stream)
            self._publish(run, others)
        return run

    def _publish(self, run: Run, targets: Sequence[OutputFile]) -> None:
        texts = [(target, render_report(run, target.format, self._fitted(target))) for target in targets]
        write_or_exit({target.path: text for target, text in texts if target.path and not target.added})
        for target, text in texts:
            if target.path is None:
                write_stdout(text)
            elif target.added:
                _add(target.path, text)

    def _fitted(self, target: OutputFile) -> ReportOptions:
        left = None if target.limit is None else max(target.limit - _size(target.path), 0)
        return replace(self.view, limit=left, colour=self.view.colour and target.path is None)


@contextmanager
def _out(target: OutputFile) -> Iterator[Callable[[str], object]]:
    """Where the parts go: a file that takes its name when it is whole, a pipe at once, a terminal at the end.

    On a terminal the progress of the run is shown until then.
    """
    if target.path:
        try:
            with open_atomic(target.path) as put:
                yield lambda text: put(text.encode())
        except WriteError as error:
            print_message(tr(f"没有写入：{error}", f"not written: {error}"))
            raise CommandExit(EXIT_USAGE) from error
    elif sys.stdout and sys.stdout.isatty():
        with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", errors="surrogatepass", newline="") as waiting:
            yield waiting.write
            waiting.seek(0)
            while part := waiting.read(1 << 16):
                write_stdout(part)
    else:
        yield lambda text: write_stdout(neutralize_log_commands(text) if target.format == "text" else text)


def _size(path: Path | None) -> int:
    return path.stat().st_size if path and path.exists() else 0


def _add(path: Path, text: str) -> None:
    """Add to a file of others; that it cannot be done changes nothing of the result."""
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        print_message(tr(f"{path}: 摘要没有写入：{error.strerror}", f"{path}: no summary written: {error.strerror}"))
