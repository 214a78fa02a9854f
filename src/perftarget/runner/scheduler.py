"""Schedule the check of many files: from the cache, by workers, or in this process, always in their order."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import groupby, islice
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.errors import UnreadableFileError
from perftarget.files.discovery import STANDARD_INPUT
from perftarget.linter.baseline import Baseline
from perftarget.runner.cache.codec import pack, unpack
from perftarget.runner.cache.store import Cache
from perftarget.runner.cache.version_key import version_key
from perftarget.runner.check_file import FileChecker, FileResult
from perftarget.runner.workers import Batch, CheckedFile, File, WorkerPool, run_batches
from perftarget.tables.reader import read_bytes
from perftarget.text.digest import digest

_BATCH_SIZE: Final = 32
_WINDOW_SIZE: Final = 256  # files looked up in the cache at once


class Task(NamedTuple):
    """A file to be checked by a profile."""

    file: File
    profile: Profile


@dataclass
class Scheduler:
    """Checks files by the workers of a pool, or in this process where there is none.

    `digests` collects the digest of each file that was looked up in the cache, by its path.
    """

    checker: FileChecker
    pool: WorkerPool | None = None
    cache: Cache | None = None
    digests: dict[str, str] = field(default_factory=dict)

    def run_here(self, tasks: Iterable[Task], baseline: Baseline | None) -> Iterator[FileResult]:
        """Check in this process, counting the baseline down file by file."""
        for file, profile in tasks:
            yield self.checker.check(file.path, file.data, profile, baseline, selected=file.selected)

    def run(self, tasks: Iterable[Task]) -> Iterator[FileResult]:
        """Yield the result of each file, in order."""
        plan = self._plan(iter(tasks))
        return self._by_pool(plan, self.pool) if self.pool else self._in_process(plan)

    def _by_pool(self, plan: Iterable[Batch | list[CheckedFile]], pool: WorkerPool) -> Iterator[FileResult]:
        for checked in run_batches(plan, pool):
            if isinstance(checked.result, FileResult):
                yield checked.result
                continue
            result = unpack(checked.result)
            self._store(checked.file, result, checked.result)
            yield result

    def _in_process(self, plan: Iterable[Batch | list[CheckedFile]]) -> Iterator[FileResult]:
        """Check in this process, where only what goes into the cache is packed."""
        for step in plan:
            if not isinstance(step, Batch):
                yield from (checked.result for checked in step if isinstance(checked.result, FileResult))
                continue
            for file, result in zip(step.files, step.results(), strict=True):
                self._store(file, result)
                yield result

    def _store(self, file: File, result: FileResult, packed: bytes | None = None) -> None:
        if self.cache and file.key:
            self.cache.put(file.key, self._day if result.depends_on_day else "", packed or pack(result))

    @property
    def _day(self) -> str:
        return self.checker.today.isoformat()

    def _plan(self, tasks: Iterator[Task]) -> Iterator[Batch | list[CheckedFile]]:
        """Yield batches of the files to be checked and, between them, lists of files with a result in the cache."""
        while window := list(islice(tasks, _WINDOW_SIZE if self.cache else _BATCH_SIZE)):
            cached: dict[bytes, FileResult] = {}
            if self.cache or (self.pool and self.pool.is_remote):
                window = [self._with_key(task) for task in window]
            if self.cache:
                cached = self._cached(self.cache, [task.file.key for task in window if task.file.key])
            pairs = [(cached.get(task.file.key), task) for task in window]
            for (is_cached, _), group in groupby(pairs, lambda pair: (pair[0] is not None, id(pair[1].profile))):
                if is_cached:
                    yield [CheckedFile(task.file, result) for result, task in group if result]
                else:
                    yield from self._batches([task for _, task in group])

    def _batches(self, tasks: list[Task]) -> Iterator[Batch]:
        profile = pickle.dumps(tasks[0].profile, pickle.HIGHEST_PROTOCOL)
        for start in range(0, len(tasks), _BATCH_SIZE):
            yield Batch(self.checker, profile, tuple(task.file for task in tasks[start : start + _BATCH_SIZE]))

    def _cached(self, cache: Cache, keys: list[bytes]) -> dict[bytes, FileResult]:
        cached = {}
        for key, (day, value) in cache.get(keys).items():
            if day in {"", self._day}:
                with suppress(ValueError):  # garbled on the disk: checked again
                    cached[key] = unpack(value)
        return cached

    def _with_key(self, task: Task) -> Task:
        """Return the task with the bytes of its file and a key of all that its result depends on."""
        file = task.file
        if file.path == STANDARD_INPUT:
            return task
        try:
            data = read_bytes(file.path, task.profile.read_limits) if file.data is None else file.data
        except UnreadableFileError:
            return task  # never cached: the next run may be able to read it
        self.digests[file.path] = digest(data)
        key = blake2b(version_key(), digest_size=16)
        for part in (
            self._checker_facts,
            task.profile.digest,
            file.path,
            str(file.selected),
            self.digests[file.path],
        ):
            key.update(f"{len(part)}:{part}".encode(errors="surrogateescape"))
        return task._replace(file=file._replace(data=data, key=key.digest()))

    @property
    def _checker_facts(self) -> str:
        """The settings of the checker; without the day, which counts only for files with a suppression that ends."""
        return repr(replace(self.checker, today=self.checker.today.min))
