"""The examination of many files by several processes, in their order, whatever becomes of a process."""

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

from perftarget import i18n as language
from perftarget.config.profile import Profile
from perftarget.errors import UnreadableFileError
from perftarget.runner.cache.codec import pack
from perftarget.runner.check_file import FileChecker, FileResult

_FORKS: Final = sys.platform == "linux"
PARALLEL_MINIMUM: Final = 100 if _FORKS else 1000
"""So many files are worth the start of processes; a fresh interpreter each costs far more than a fork."""
_AHEAD: Final = 4  # batches for each worker that are under way or done and waiting


class WorkerPool(Protocol):
    """What carries the work: an executor that can be started anew, and how wide it is."""

    @property
    def width(self) -> int: ...
    @property
    def remote(self) -> bool:
        """Whether workers have other files than these: then the bytes travel."""

    @property
    def broken(self) -> tuple[type[Exception], ...]:
        """What a task raises whose process died."""

    def start(self, width: int) -> Executor: ...


@dataclass(frozen=True)
class ProcessPool:
    """Processes of this machine."""

    width: int
    remote: bool = False
    broken: tuple[type[Exception], ...] = (BrokenExecutor,)

    def start(self, width: int) -> Executor:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        context = multiprocessing.get_context("fork" if _FORKS else "spawn")
        return ProcessPoolExecutor(width, mp_context=context, initializer=_quiet)


def _quiet() -> None:
    """Ctrl-C is for the one who started the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class File(NamedTuple):
    """A file to be examined: its bytes, or None where the worker is to read it; whether it is looked at for itself.

    `key` is what its result is kept under, b"" where it is not.
    """

    path: str
    data: bytes | None
    looked: bool = True
    key: bytes = b""


@dataclass(frozen=True, slots=True)
class Batch:
    """Files with one profile, which travels as bytes: a worker unpacks it once."""

    examiner: FileChecker
    profile: bytes
    files: tuple[File, ...]

    def examined(self) -> list[bytes]:
        """What each file gives, packed: as it travels, and as it is kept."""
        language.set_language(self.examiner.lang)
        return list(map(pack, self.here()))

    def here(self) -> Iterator[FileResult]:
        """What each file gives, in this process."""
        profile = _unpacked(self.profile)
        return (self.examiner.examine(one.path, one.data, profile, looked=one.looked) for one in self.files)

    def single(self) -> Iterator[Batch]:
        """Each file by itself."""
        return (replace(self, files=(file,)) for file in self.files)

    def lost(self) -> list[bytes]:
        """What is said of files whose process died over them."""
        profile = _unpacked(self.profile)
        return [pack(self.examiner.unreadable(one.path, UnreadableFileError("crashed"), profile)) for one in self.files]


@lru_cache(maxsize=64)
def _unpacked(profile: bytes) -> Profile:
    unpacked: Profile = pickle.loads(profile)  # noqa: S301 - packed by the process that started this one
    return unpacked


class Done(NamedTuple):
    """A file and what it gives: packed, or as it was known."""

    file: File
    result: bytes | FileResult


def run_batches(given: Iterable[Batch | list[Done]], carrier: WorkerPool) -> Iterator[Done]:
    """What the workers make of the batches, in order with what is done already; a few ahead of what is taken.

    Where a process dies, its batch and those that died with it are examined file by file; a file that kills its
    process again is said to be the one.
    """
    under_way: deque[tuple[Batch | list[Done], Future[list[bytes]] | None]] = deque()
    given = iter(given)
    running = carrier.start(carrier.width)
    try:
        while True:
            while len(under_way) < carrier.width * _AHEAD and (one := next(given, None)) is not None:
                under_way.append((one, running.submit(Batch.examined, one) if isinstance(one, Batch) else None))
            if not under_way:
                return
            batch, future = under_way[0]
            try:
                results = future.result() if future else []
            except carrier.broken:
                running.shutdown(wait=False)
                yield from _again([under_way.popleft()[0] for _ in range(len(under_way))], carrier)
                running = carrier.start(carrier.width)
                continue
            under_way.popleft()
            yield from map(Done, batch.files, results) if isinstance(batch, Batch) else batch
    finally:
        for _, future in under_way:
            if future:
                future.cancel()
        running.shutdown(wait=True)


def _again(given: Iterable[Batch | list[Done]], carrier: WorkerPool) -> Iterator[Done]:
    """Each file in a process of its own."""
    for batch in given:
        if not isinstance(batch, Batch):
            yield from batch
            continue
        for single in batch.single():
            with carrier.start(1) as alone:
                try:
                    yield Done(single.files[0], *alone.submit(Batch.examined, single).result())
                except carrier.broken:
                    yield Done(single.files[0]._replace(key=b""), *single.lost())
