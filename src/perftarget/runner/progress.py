"""A progress bar on standard error for long runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeVar

from perftarget.i18n import tr

if TYPE_CHECKING:
    from rich.progress import Progress

_DELAY: Final = 1.0  # seconds before the bar appears
_Step = TypeVar("_Step")


def with_progress(steps: Sequence[_Step]) -> Iterator[_Step]:
    """Yield the steps; on a terminal, a bar appears after a second and shows how many of them are done."""
    return _with_bar(steps) if _is_terminal() else iter(steps)


def _is_terminal() -> bool:
    return bool(sys.stderr and sys.stderr.isatty()) and os.environ.get("TERM") != "dumb"


def _with_bar(steps: Sequence[_Step]) -> Iterator[_Step]:
    start = monotonic()
    bar: Progress | None = None
    try:
        for done, step in enumerate(steps):
            if bar is None and monotonic() - start > _DELAY:
                bar = _bar(len(steps))
            if bar is not None:
                bar.update(bar.task_ids[0], completed=done)
            yield step
    finally:
        if bar is not None:
            bar.stop()


def _bar(count: int) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task(tr("检查", "checking"), total=count)
    bar.start()
    return bar
