"""Check batches of files by several processes, in order, whatever becomes of a process."""

from __future__ import annotations

import pickle
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

from perftarget import i18n
from perftarget.config.profile import Profile
from perftarget.errors import UnreadableFileError
from perftarget.runner.cache.codec import pack
from perftarget.runner.check_file import FileChecker, FileResult

_CAN_FORK: Final = sys.platform == "linux"
PARALLEL_MINIMUM: Final = 100 if _CAN_FORK else 1000
"""The number of files from which processes pay: to start a fresh interpreter costs far more than to fork."""
_BATCHES_AHEAD: Final = 4  # batches for each worker that are under way or wait to be taken


class WorkerPool(Protocol):
    """Workers that an executor can be started on."""

    @property
    def width(self) -> int:
        """The number of workers."""

    @property
    def is_remote(self) -> bool:
        """True if the workers do not see the same files, so that the bytes travel."""

    @property
    def broken(self) -> tuple[type[Exception], ...]:
        """The exceptions of a task whose worker died."""

    def start(self, width: int) -> Executor:
        """Start an executor of that many workers."""


@dataclass(frozen=True)
class ProcessPool:
    """Processes of this machine."""

    width: int
    is_remote: bool = False
    broken: tuple[type[Exception], ...] = (BrokenExecutor,)

    def start(self, width: int) -> Executor:
        """Start that many processes."""
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        context = multiprocessing.get_context("fork" if _CAN_FORK else "spawn")
        return ProcessPoolExecutor(width, mp_context=context, initializer=_ignore_interrupt)


def _ignore_interrupt() -> None:
    """Leave Ctrl-C to the parent process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class File(NamedTuple):
    """A file to be checked.

    `data` is None where the worker is to read it, `selected` False where only its facts are needed; `key` is that of
    its result in the cache, b"" where the result is not cached.
    """

    path: str
    data: bytes | None
    selected: bool = True
    key: bytes = b""


@dataclass(frozen=True, slots=True)
class Batch:
    """Files with one profile; it travels pickled, so that a worker unpickles it once."""

    checker: FileChecker
    profile: bytes
    files: tuple[File, ...]

    def run(self) -> list[bytes | FileResult]:
        """Check the files in a worker and return their results, packed where they go into the cache."""
        i18n.set_language(self.checker.language)
        results = zip(self.files, self.results(), strict=True)
        return [pack(result) if file.key else result for file, result in results]

    def results(self) -> Iterator[FileResult]:
        """Check the files in this process."""
        profile = _unpickled(self.profile)
        return (self.checker.check(file.path, file.data, profile, selected=file.selected) for file in self.files)

    def single(self) -> Iterator[Batch]:
        """Yield a batch for each file."""
        return (replace(self, files=(file,)) for file in self.files)

    def crashed(self) -> list[FileResult]:
        """Return the results of files whose process died."""
        profile = _unpickled(self.profile)
        error = UnreadableFileError("crashed")
        return [self.checker.unreadable(file.path, error, profile) for file in self.files]


@lru_cache(maxsize=64)
def _unpickled(profile: bytes) -> Profile:
    unpickled: Profile = pickle.loads(profile)  # noqa: S301 - pickled by the process that started this one
    return unpickled


class CheckedFile(NamedTuple):
    """A file with its result, packed where a worker made it for the cache."""

    file: File
    result: bytes | FileResult


def run_batches(plan: Iterable[Batch | list[CheckedFile]], pool: WorkerPool) -> Iterator[CheckedFile]:
    """Yield the checked files of the batches and of the lists between them, in order.

    Some batches are started ahead of what is taken. Where a process dies, the batches under way are checked again file
    by file; a file that kills its process again is reported as such.
    """
    under_way: deque[tuple[Batch | list[CheckedFile], Future[list[bytes | FileResult]] | None]] = deque()
    steps = iter(plan)
    executor = pool.start(pool.width)
    try:
        while True:
            while len(under_way) < pool.width * _BATCHES_AHEAD and (step := next(steps, None)) is not None:
                under_way.append((step, executor.submit(Batch.run, step) if isinstance(step, Batch) else None))
            if not under_way:
                return
            batch, future = under_way[0]
            try:
                results = future.result() if future else []
            except pool.broken:
                executor.shutdown(wait=False)
                yield from _check_again([under_way.popleft()[0] for _ in range(len(under_way))], pool)
                executor = pool.start(pool.width)
                continue
            under_way.popleft()
            yield from map(CheckedFile, batch.files, results) if isinstance(batch, Batch) else batch
    finally:
        for _, future in under_way:
            if future:
                future.cancel()
        executor.shutdown(wait=True)


def _check_again(steps: Iterable[Batch | list[CheckedFile]], pool: WorkerPool) -> Iterator[CheckedFile]:
    """Check each file in a process of its own."""
    for step in steps:
        if not isinstance(step, Batch):
            yield from step
            continue
        for single in step.single():
            with pool.start(1) as executor:
                try:
                    yield CheckedFile(single.files[0], *executor.submit(Batch.run, single).result())
                except pool.broken:
                    yield CheckedFile(single.files[0]._replace(key=b""), *single.crashed())
