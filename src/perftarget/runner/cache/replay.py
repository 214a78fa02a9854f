"""Replay a whole run of which nothing has changed, without importing the linter.

A record is stored under a key of all that a run depends on besides files: its arguments, the environment, the day and
the version. It holds the paths, files and configurations that the run read, each with its digest, and what it printed.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, TextIO

from perftarget.console import add_listener, remove_listener, write_stderr, write_stdout
from perftarget.files.discovery import discover, find_config
from perftarget.runner.cache.location import cache_folder
from perftarget.runner.cache.version_key import version_key
from perftarget.text.digest import digest

_VARIABLES: Final = (
    "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "TERM", "PYTHONUTF8", "PYTHONIOENCODING",
)  # fmt: skip
_MAX_RECORD: Final = 48_000_000  # bytes of one run, compressed; 100,000 tables have 25 to 35 million
_MAX_RECORDS: Final = 128_000_000  # bytes of all records
_CHUNK: Final = 1 << 20  # bytes decompressed at once
_PREFIX: Final = "runs-"


@dataclass(frozen=True, slots=True)
class RunInputs:
    """The inputs of a run.

    `paths` are the paths of the command; `files` the digests of the files found below them, and `unchecked` the number
    of the files left out, by suffix; `configurations` the configuration file of each folder, "" for none; `settings`
    the digests of those files and of what they extend.
    """

    paths: list[str]
    files: dict[str, str]
    unchecked: dict[str, int]
    configurations: dict[str, str]
    settings: dict[str, str]


class RunRecord:
    """The output of a run as it is printed, compressed; dropped where it becomes too large."""

    def __init__(self, folder: Path | None, key: str) -> None:
        self._folder = folder
        self._key = key
        self._size = 0
        self._parts: list[bytes] = []
        self._compressor = zlib.compressobj(1)

    def add(self, stream: str, text: str) -> None:
        """Record a text printed to "out" or "error"."""
        if self._is_complete:
            part = self._compressor.compress(json.dumps([stream, text]).encode() + b"\n")
            self._size += len(part)
            self._parts.append(part)
        if not self._is_complete:
            self._parts.clear()

    def keep(self, inputs: RunInputs, code: int) -> None:
        """Store the record with the inputs of the run and its exit code; where it cannot be stored, the run goes on."""
        if self._folder and self._is_complete:
            output = b"".join([*self._parts, self._compressor.copy().flush()])
            _store(self._folder, self._key, inputs, output, code)

    @property
    def _is_complete(self) -> bool:
        return self._size <= _MAX_RECORD


@contextmanager
def record_run(arguments: Sequence[str], environment: Mapping[str, str], *, is_recorded: bool) -> Iterator[RunRecord]:
    """Record what a run prints, until the record is kept or dropped."""
    folder = cache_folder(environment) if is_recorded else None
    record = RunRecord(folder, run_key(arguments, environment) if folder else "")
    if folder:
        add_listener(record.add)
    try:
        yield record
    finally:
        if folder:
            remove_listener(record.add)


def replay_run(folder: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> int | None:
    """Print what the same run printed before and return its exit code, or None where anything has changed."""
    if environment.get("GITHUB_ACTIONS") == "true":  # which also gets a summary and marks
        return None
    try:
        with (folder / f"{_PREFIX}{run_key(arguments, environment)}").open("rb") as file:
            facts = json.loads(file.readline())
            if not _is_current(RunInputs(**facts["inputs"])):
                return None
            output = file.read()
        code = int(facts["code"])
        if digest(output) != facts["output"]:
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    for stream, text in _decompressed(output):
        (write_stdout if stream == "out" else write_stderr)(text)
    return code


def run_key(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return a digest of all that the output of a run depends on, besides files."""
    facts = [
        version_key().hex(),
        list(arguments),
        os.getcwd(),  # noqa: PTH109 - links stay as they are
        date.today().isoformat(),
        {name: environment[name] for name in _VARIABLES if name in environment},
        [_stream_facts(sys.stdout), _stream_facts(sys.stderr)],
        shutil.get_terminal_size((120, 24)).columns,
    ]
    return digest(json.dumps(facts).encode())


def configurations(files: Iterable[str]) -> dict[str, str]:
    """Return the configuration file of the folder of each file and of the working folder; "" where there is none."""
    folders = {os.path.dirname(file) for file in files} | {""}  # noqa: PTH120 - thousands of files
    return {folder: str(find_config(Path(folder)) or "") for folder in sorted(folders)}


def _stream_facts(stream: TextIO | None) -> tuple[bool, str]:
    return (stream.isatty(), str(stream.encoding)) if stream else (False, "")


def _is_current(inputs: RunInputs) -> bool:
    """Return True if the same paths lead to the same files, with the same settings and content."""
    found = discover(inputs.paths)
    if found.problems or found.files != list(inputs.files) or found.unchecked != inputs.unchecked:
        return False
    if configurations(found.files) != inputs.configurations:
        return False
    has_same_settings = all(_text_digest(path) == known for path, known in inputs.settings.items())
    return has_same_settings and all(_file_digest(path) == known for path, known in inputs.files.items())


def _file_digest(path: str) -> str:
    with open(path, "rb") as file:  # noqa: PTH123 - half the time of Path.read_bytes
        return digest(file.read())


def _text_digest(path: str) -> str:
    with open(path, encoding="utf-8-sig") as file:  # noqa: PTH123
        return digest(file.read().encode())


def _decompressed(data: bytes) -> Iterator[tuple[str, str]]:
    decompressor, rest = zlib.decompressobj(), b""
    while data:
        text = decompressor.decompress(data, _CHUNK)
        data = decompressor.unconsumed_tail
        *lines, rest = (rest + text + (b"" if data else decompressor.flush())).split(b"\n")
        for line in lines:
            stream, printed = json.loads(line)
            yield stream, printed


def _store(folder: Path, key: str, inputs: RunInputs, output: bytes, code: int) -> None:
    facts: dict[str, Any] = {
        "code": code,
        "output": digest(output),
        "inputs": {name: getattr(inputs, name) for name in RunInputs.__slots__},
    }
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        _make_room(folder)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(json.dumps(facts).encode() + b"\n")
                file.write(output)
            Path(temporary).replace(folder / f"{_PREFIX}{key}")
        finally:
            Path(temporary).unlink(missing_ok=True)


def _make_room(folder: Path) -> None:
    """Remove the oldest records beyond the limit."""
    records = sorted(folder.glob(f"{_PREFIX}*"), key=lambda path: path.stat().st_mtime, reverse=True)
    size = 0
    for path in records:
        size += path.stat().st_size
        if size > _MAX_RECORDS:
            path.unlink(missing_ok=True)
