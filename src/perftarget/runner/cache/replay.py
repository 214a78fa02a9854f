"""A run of which nothing has changed, told again: what it read is looked at, and nothing else is imported.

A record is kept under the words of the command and all that it is told besides. It holds what the run read: by which
paths it found which files and settings, and the digest of each; and what it said.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, TextIO

from perftarget.console import write_stderr, write_stdout
from perftarget.files.discovery import discover, find_config
from perftarget.runner.cache.version_key import version_key
from perftarget.text.digest import digest

_TOLD_BY: Final = ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "TERM", "PYTHONUTF8", "PYTHONIOENCODING")
_MOST_SAID: Final = 48_000_000  # bytes of one run, packed; 100,000 tables have 25 to 35 million
_AT_ONCE: Final = 1 << 20  # bytes unpacked
_MOST_KEPT: Final = 128_000_000  # bytes of all records
_PREFIX: Final = "runs-"


@dataclass(frozen=True, slots=True)
class RunInputs:
    """What a run read: the paths it was asked for, and the digests of the files and settings that they led to."""

    wanted: list[str]
    files: dict[str, str]
    configurations: dict[str, str]
    settings: dict[str, str]


class Recorder:
    """What a run says, packed as it says it; dropped where that is too much."""

    def __init__(self) -> None:
        self._size = 0
        self._parts: list[bytes] = []
        self._packer = zlib.compressobj(1)

    def add(self, stream: str, text: str) -> None:
        if self.whole:
            part = self._packer.compress(json.dumps([stream, text]).encode() + b"\n")
            self._size += len(part)
            self._parts.append(part)
        if not self.whole:
            self._parts.clear()

    @property
    def whole(self) -> bool:
        return self._size <= _MOST_SAID

    def packed(self) -> bytes:
        """All of it so far."""
        return b"".join([*self._parts, self._packer.copy().flush()])


def _unpacked(data: bytes) -> Iterator[tuple[str, str]]:
    unpacker, left = zlib.decompressobj(), b""
    while data:
        text = unpacker.decompress(data, _AT_ONCE)
        data = unpacker.unconsumed_tail
        *lines, left = (left + text + (b"" if data else unpacker.flush())).split(b"\n")
        for line in lines:
            stream, said = json.loads(line)
            yield stream, said


def run_key(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Of the words of a command, and of all else that what it says depends on, save the files."""
    facts = [
        version_key().hex(),
        list(arguments),
        os.getcwd(),  # noqa: PTH109 - as it is, without a link being followed
        date.today().isoformat(),
        {name: environment[name] for name in _TOLD_BY if name in environment},
        [_facts(sys.stdout), _facts(sys.stderr)],
        shutil.get_terminal_size((120, 24)).columns,
    ]
    return digest(json.dumps(facts).encode())


def _facts(stream: TextIO | None) -> tuple[bool, str]:
    return (stream.isatty(), str(stream.encoding)) if stream else (False, "")


def replay_run(folder: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> int | None:
    """Say again what this command said the last time, and its exit code; None where anything has changed since."""
    if environment.get("GITHUB_ACTIONS") == "true":  # which takes more than is said here
        return None
    try:
        with (folder / f"{_PREFIX}{run_key(arguments, environment)}").open("rb") as file:
            facts = json.loads(file.readline())
            if not _is_current(RunInputs(**facts["read"])):
                return None
            said = file.read()
        code = int(facts["code"])
        if digest(said) != facts["said"]:
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    for stream, text in _unpacked(said):
        (write_stdout if stream == "out" else write_stderr)(text)
    return code


def _is_current(read: RunInputs) -> bool:
    """Whether the same paths lead to the same files, with the same settings and the same bytes."""
    found = discover(read.wanted)
    if found.complaints or found.files != list(read.files):
        return False
    if configurations(found.files) != read.configurations:
        return False
    settings = all(_setting(path) == known for path, known in read.settings.items())
    return settings and all(_digest_of(path) == known for path, known in read.files.items())


def _digest_of(path: str) -> str:
    with open(path, "rb") as file:  # noqa: PTH123 - half the time of Path.read_bytes
        return digest(file.read())


def _setting(path: str) -> str:
    with open(path, encoding="utf-8-sig") as file:  # noqa: PTH123
        return digest(file.read().encode())


def store_run(folder: Path, name: str, read: RunInputs, record: Recorder, code: int) -> None:
    """Keep what a run said under its key; where that cannot be done the next run is made anew, and that is all."""
    said = record.packed()
    facts: dict[str, Any] = {
        "code": code,
        "said": digest(said),
        "read": {name: getattr(read, name) for name in RunInputs.__slots__},
    }
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        _make_room(folder)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(json.dumps(facts).encode() + b"\n")
                file.write(said)
            Path(temporary).replace(folder / f"{_PREFIX}{name}")
        finally:
            Path(temporary).unlink(missing_ok=True)


def _make_room(folder: Path) -> None:
    records = sorted(folder.glob(f"{_PREFIX}*"), key=lambda path: path.stat().st_mtime, reverse=True)
    size = 0
    for path in records:
        size += path.stat().st_size
        if size > _MOST_KEPT:
            path.unlink(missing_ok=True)


def configurations(files: Iterable[str]) -> dict[str, str]:
    """The configuration of each folder, and of the working one; "" where there is none."""
    folders = {os.path.dirname(file) for file in files} | {""}  # noqa: PTH120 - thousands of files
    return {folder: str(find_config(Path(folder)) or "") for folder in sorted(folders)}
