"""The examination of many files by several processes, in their order, whatever becomes of a process."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice
from typing import Final, NamedTuple

from perftarget import language
from perftarget.document import Unreadable
from perftarget.examine import Examined, Examiner
from perftarget.profile import Profile

_FORKS: Final = sys.platform == "linux"
WORTH: Final = 100 if _FORKS else 1000
"""So many files are worth the start of processes; a fresh interpreter each costs far more than a fork."""
_BATCH: Final = 32
_AHEAD: Final = 4  # batches for each worker that are under way or done and waiting


class Task(NamedTuple):
    """A file to be examined: its bytes, or None where the worker is to read it; whether it is looked at for itself."""

    path: str
    data: bytes | None
    looked: bool
    profile: Profile


@dataclass(frozen=True, slots=True)
class Batch:
    """Files with one profile, which travels as bytes: a worker unpacks it once."""

    examiner: Examiner
    profile: bytes
    files: tuple[tuple[str, bytes | None, bool], ...]

    def examined(self) -> list[Examined]:
        language.use(self.examiner.lang)
        profile = _unpacked(self.profile)
        return [self.examiner.examine(path, data, profile, looked=looked) for path, data, looked in self.files]

    def single(self) -> Iterator[Batch]:
        """Each file by itself."""
        return (Batch(self.examiner, self.profile, (file,)) for file in self.files)

    def lost(self) -> list[Examined]:
        """What is said of files whose process died over them."""
        profile = _unpacked(self.profile)
        return [self.examiner.unreadable(path, Unreadable("crashed"), profile) for path, *_ in self.files]


@lru_cache(maxsize=64)
def _unpacked(profile: bytes) -> Profile:
    unpacked: Profile = pickle.loads(profile)
    return unpacked


def batches(tasks: Iterable[Task], examiner: Examiner) -> Iterator[Batch]:
    """The files in their order, so many at a time, one profile in each."""
    for _, group in groupby(tasks, key=lambda task: id(task.profile)):
        some = iter(group)
        packed = b""
        while files := list(islice(some, _BATCH)):
            packed = packed or pickle.dumps(files[0].profile, pickle.HIGHEST_PROTOCOL)
            yield Batch(examiner, packed, tuple((task.path, task.data, task.looked) for task in files))


def examined(
    given: Iterator[Batch], width: int, executor: Callable[[int], Executor] | None = None
) -> Iterator[Examined]:
    """What `width` workers make of the batches, in their order; a few batches ahead of what is taken, not more.

    Where a process dies, its batch and those that died with it are examined file by file; a file that kills its
    process again is said to be the one.
    """
    start = executor or pool
    running = start(width)
    under_way: deque[tuple[Batch, Future[list[Examined]]]] = deque()
    try:
        while True:
            while len(under_way) < width * _AHEAD and (batch := next(given, None)):
                under_way.append((batch, running.submit(Batch.examined, batch)))
            if not under_way:
                return
            try:
                found = under_way[0][1].result()
            except BrokenExecutor:
                lost = [batch for batch, _ in under_way]
                under_way.clear()
                for batch in lost:
                    yield from _one_by_one(batch, start)
                running = start(width)
            else:
                under_way.popleft()
                yield from found
    finally:
        running.shutdown(wait=True, cancel_futures=True)


def _one_by_one(batch: Batch, start: Callable[[int], Executor]) -> Iterator[Examined]:
    for single in batch.single():
        with start(1) as alone:
            try:
                yield from alone.submit(Batch.examined, single).result()
            except BrokenExecutor:
                yield from single.lost()


def pool(width: int) -> Executor:
    """Processes of this machine."""
    context = multiprocessing.get_context("fork" if _FORKS else "spawn")
    return ProcessPoolExecutor(width, mp_context=context, initializer=_quiet)


def _quiet() -> None:
    """Ctrl-C is for the one who started the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
