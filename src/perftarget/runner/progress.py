"""How far a long run has come, on standard error, where a person looks on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from time import monotonic
from typing import Any, Final, TypeVar

from perftarget.i18n import tr

_PATIENCE: Final = 1.0  # seconds that nobody minds
_Step = TypeVar("_Step")


def with_progress(steps: Sequence[_Step]) -> Iterator[_Step]:
    """The steps as they are taken; after a second, a bar shows how many of them are done. Pipes see nothing."""
    return _shown(steps) if _is_watched() else iter(steps)


def _is_watched() -> bool:
    return bool(sys.stderr and sys.stderr.isatty()) and os.environ.get("TERM") != "dumb"


def _shown(steps: Sequence[_Step]) -> Iterator[_Step]:
    start = monotonic()
    bar: Any = None
    try:
        for done, step in enumerate(steps):
            if bar is None and monotonic() - start > _PATIENCE:
                bar = _bar(len(steps))
            if bar is not None:
                bar.update(bar.task_ids[0], completed=done)
            yield step
    finally:
        if bar is not None:
            bar.stop()


def _bar(count: int) -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task(tr("检查", "checking"), total=count)
    bar.start()
    return bar
