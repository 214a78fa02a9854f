"""Files to what each gives to a run, in their order: out of the cache, by workers, or here."""

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
from perftarget.runner.workers import Batch, Done, File, WorkerPool, run_batches
from perftarget.tables.reader import read_bytes
from perftarget.text.digest import digest

_BATCH: Final = 32
_WINDOW: Final = 256  # files that are looked for in the cache at once


class Task(NamedTuple):
    """A file to be examined, and by which profile."""

    file: File
    profile: Profile


@dataclass
class Scheduler:
    """One way over all files; without a carrier, in this process."""

    examiner: FileChecker
    carrier: WorkerPool | None = None
    cache: Cache | None = None
    seen: dict[str, str] = field(default_factory=dict)  # the digest of each file that was looked for in the cache

    def here(self, tasks: Iterable[Task], baseline: Baseline | None) -> Iterator[FileResult]:
        """In this process, counting the baseline down file by file."""
        for file, profile in tasks:
            yield self.examiner.examine(file.path, file.data, profile, baseline, looked=file.looked)

    def over(self, tasks: Iterable[Task]) -> Iterator[FileResult]:
        """What each file gives."""
        given = self._planned(iter(tasks))
        return self._carried(given, self.carrier) if self.carrier else self._made(given)

    def _carried(self, given: Iterable[Batch | list[Done]], carrier: WorkerPool) -> Iterator[FileResult]:
        for one in run_batches(given, carrier):
            if isinstance(one.result, FileResult):
                yield one.result
                continue
            examined = unpack(one.result)
            self._keep(one.file, examined, one.result)
            yield examined

    def _made(self, given: Iterable[Batch | list[Done]]) -> Iterator[FileResult]:
        """In this process, where nothing has to be packed but what is kept."""
        for one in given:
            if not isinstance(one, Batch):
                yield from (known.result for known in one if isinstance(known.result, FileResult))
                continue
            for file, examined in zip(one.files, one.here(), strict=True):
                self._keep(file, examined)
                yield examined

    def _keep(self, file: File, examined: FileResult, packed: bytes | None = None) -> None:
        if self.cache and file.key:
            self.cache.put(file.key, self._day if examined.dated else "", packed or pack(examined))

    @property
    def _day(self) -> str:
        return self.examiner.today.isoformat()

    def _planned(self, tasks: Iterator[Task]) -> Iterator[Batch | list[Done]]:
        """Batches of the files that have to be examined, and between them what is known of the others."""
        while window := list(islice(tasks, _WINDOW if self.cache else _BATCH)):
            known: dict[bytes, FileResult] = {}
            if self.cache or (self.carrier and self.carrier.remote):
                window = [self._keyed(task) for task in window]
            if self.cache:
                known = self._known(self.cache, [task.file.key for task in window if task.file.key])
            looked_up = [(known.get(task.file.key), task) for task in window]
            for (is_known, _), group in groupby(looked_up, lambda one: (one[0] is not None, id(one[1].profile))):
                if is_known:
                    yield [Done(task.file, found) for found, task in group if found]
                else:
                    yield from self._batches([task for _, task in group])

    def _batches(self, tasks: list[Task]) -> Iterator[Batch]:
        profile = pickle.dumps(tasks[0].profile, pickle.HIGHEST_PROTOCOL)
        for first in range(0, len(tasks), _BATCH):
            yield Batch(self.examiner, profile, tuple(task.file for task in tasks[first : first + _BATCH]))

    def _known(self, cache: Cache, keys: list[bytes]) -> dict[bytes, FileResult]:
        known = {}
        for key, (day, value) in cache.get(keys).items():
            if day in {"", self._day}:
                with suppress(ValueError):  # garbled on the disk: it is found out anew
                    known[key] = unpack(value)
        return known

    def _keyed(self, task: Task) -> Task:
        """With the bytes of the file, and a key of all that its result depends on."""
        file = task.file
        if file.path == STANDARD_INPUT:
            return task
        try:
            data = read_bytes(file.path, task.profile.bounds) if file.data is None else file.data
        except UnreadableFileError:
            return task  # what is wrong with it may be over the next time
        self.seen[file.path] = digest(data)
        key = blake2b(version_key(), digest_size=16)
        for part in (self._asked, task.profile.digest, file.path, str(file.looked), self.seen[file.path]):
            key.update(f"{len(part)}:{part}".encode(errors="surrogateescape"))
        return task._replace(file=file._replace(data=data, key=key.digest()))

    @property
    def _asked(self) -> str:
        """What is asked of each file; the day counts only where a file has a waiver with an end."""
        return repr(replace(self.examiner, today=self.examiner.today.min))
