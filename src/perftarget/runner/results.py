"""The results of a run to where they were asked for: one is written as it is found, the others when all is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Final

from perftarget.console import WRONG_USE, Ended, complain, inert, tell, write
from perftarget.errors import Unwritten
from perftarget.files.atomic_write import staged
from perftarget.i18n import say
from perftarget.linter.run import Run
from perftarget.reporters.options import View
from perftarget.reporters.outputs import Target
from perftarget.reporters.registry import report, streamed
from perftarget.runner.stream import Stream

_IN_MEMORY: Final = 16_000_000  # characters of a result that waits for the end of the run


@dataclass(frozen=True)
class Results:
    """What was asked for: the first target is standard output, or the file in its place."""

    targets: Sequence[Target]
    view: View

    @property
    def plain(self) -> bool:
        """Whether nothing is written but to standard output."""
        return all(target.path is None for target in self.targets)

    @property
    def drawn(self) -> bool:
        """Whether the tables themselves are wanted."""
        return any(target.format == "html" for target in self.targets)

    def of(self, check: Callable[[Stream | None], Run]) -> Run:
        """Check, and write all results; files all or none."""
        first, *others = self.targets
        reporter = streamed(first.format)
        if reporter is None:
            run = check(None)
            self._publish(run, self.targets)
            return run
        with _out(first) as out:
            stream = Stream(first.format, reporter, self._fitted(first), out, keep=bool(others))
            run = check(stream)
            self._publish(run, others)
        return run

    def _publish(self, run: Run, targets: Sequence[Target]) -> None:
        texts = [(target, report(run, target.format, self._fitted(target))) for target in targets]
        write({target.path: text for target, text in texts if target.path and not target.added})
        for target, text in texts:
            if target.path is None:
                tell(text)
            elif target.added:
                _add(target.path, text)

    def _fitted(self, target: Target) -> View:
        left = None if target.limit is None else max(target.limit - _size(target.path), 0)
        return replace(self.view, limit=left, colour=self.view.colour and target.path is None)


@contextmanager
def _out(target: Target) -> Iterator[Callable[[str], object]]:
    """Where the parts go: a file that takes its name when it is whole, a pipe at once, a terminal at the end.

    On a terminal the progress of the run is shown until then.
    """
    if target.path:
        try:
            with staged(target.path) as put:
                yield lambda text: put(text.encode())
        except Unwritten as error:
            complain(say(f"没有写入：{error}", f"not written: {error}"))
            raise Ended(WRONG_USE) from error
    elif sys.stdout and sys.stdout.isatty():
        with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", errors="surrogatepass", newline="") as waiting:
            yield waiting.write
            waiting.seek(0)
            while part := waiting.read(1 << 16):
                tell(part)
    else:
        yield lambda text: tell(inert(text) if target.format == "text" else text)


def _size(path: Path | None) -> int:
    return path.stat().st_size if path and path.exists() else 0


def _add(path: Path, text: str) -> None:
    """Add to a file of others; that it cannot be done changes nothing of the result."""
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        complain(say(f"{path}: 摘要没有写入：{error.strerror}", f"{path}: no summary written: {error.strerror}"))
