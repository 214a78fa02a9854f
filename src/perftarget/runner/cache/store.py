"""Result cache keyed by content hash, in an SQLite file of bounded size."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from perftarget.console import print_message
from perftarget.i18n import tr

MAX_SIZE: Final = 256_000_000
"""Bytes of all results; those not used for longest are dropped first."""
_SHARE_LEFT: Final = 0.75  # of MAX_SIZE, after results were dropped
_MAX_KEYS: Final = 500  # in one query
_TIMEOUT: Final = 5  # seconds that one run waits for another
_NAME: Final = "results-3.sqlite"
_PAGE_SIZE: Final = 16_384  # bytes; a smaller page wastes up to half on results of some thousand bytes
_DAY: Final = "CAST(strftime('%s', 'now') AS INTEGER) / 86400"
_PUT: Final = f"INSERT OR REPLACE INTO results VALUES (?, ?, ?, {_DAY})"  # noqa: S608 - of constants
_MARK: Final = f"UPDATE results SET used = {_DAY} WHERE key = ? AND used < {_DAY}"  # noqa: S608


class Cache:
    """Results by key.

    The first failure of the database is reported, and the run goes on without a cache; `is_sound` is then False.
    """

    def __init__(self, folder: Path, max_size: int = MAX_SIZE) -> None:
        self._path = folder / _NAME
        self._max_size = max_size
        self._new: dict[bytes, tuple[str, bytes]] = {}
        self._used: list[bytes] = []
        self.is_sound = True
        self._connection: sqlite3.Connection | None = None
        self._connection = self._open()

    def get(self, keys: Iterable[bytes]) -> dict[bytes, tuple[str, bytes]]:
        """Return the results that are there, by key: the day that each holds for, "" for every day, and its bytes."""
        results: dict[bytes, tuple[str, bytes]] = {}
        wanted = list(keys)
        for start in range(0, len(wanted), _MAX_KEYS):
            part = wanted[start : start + _MAX_KEYS]
            marks = ",".join("?" * len(part))
            query = f"SELECT key, day, value FROM results WHERE key IN ({marks})"  # noqa: S608 - question marks
            results |= {key: (day, value) for key, day, value in self._query(query, part)}
        self._used += results
        return results

    def put(self, key: bytes, day: str, value: bytes) -> None:
        """Store a result for a day, or for every day where `day` is ""."""
        self._new[key] = day, value
        if len(self._new) >= _MAX_KEYS:
            self._flush()

    def close(self) -> None:
        """Write the new results and drop old ones beyond the limit."""
        self._flush()
        if self._connection:
            with suppress(sqlite3.Error):
                self._trim(self._connection)
            self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection | None:
        for attempt in (1, 2):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                return _connect(self._path)
            except (sqlite3.DatabaseError, OSError) as error:
                if attempt == 2 or isinstance(error, sqlite3.OperationalError | OSError):  # locked, full, forbidden
                    self._give_up(error)
                    return None
                with suppress(OSError):  # garbled: created again
                    self._path.unlink()
        return None

    def _query(self, query: str, values: list[bytes]) -> list[tuple[bytes, str, bytes]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            self._give_up(error)
            return []

    def _flush(self) -> None:
        if self._connection is None or not (self._new or self._used):
            return
        rows = [(key, day, value) for key, (day, value) in self._new.items()]
        try:
            with self._connection as connection:
                connection.executemany(_PUT, rows)
                connection.executemany(_MARK, [(key,) for key in self._used])
        except sqlite3.Error as error:
            self._give_up(error)
        self._new.clear()
        self._used.clear()

    def _trim(self, connection: sqlite3.Connection) -> None:
        (size,) = connection.execute("SELECT total(length(value)) FROM results").fetchone()
        if size <= self._max_size:
            return
        with connection:
            connection.execute(
                "DELETE FROM results WHERE key IN (SELECT key FROM (SELECT key, sum(length(value)) OVER "
                "(ORDER BY used DESC, key) AS above FROM results) WHERE above > ?)",
                (int(self._max_size * _SHARE_LEFT),),
            )
        connection.execute("VACUUM")

    def _give_up(self, error: Exception) -> None:
        self.is_sound = False
        print_message(
            tr(
                f"{self._path}: 缓存用不了，结果不受影响：{error}",
                f"{self._path}: the cache cannot be used, the result is the same: {error}",
            )
        )
        if self._connection:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_TIMEOUT)
    try:
        connection.execute(f"PRAGMA page_size = {_PAGE_SIZE}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS results"
            " (key BLOB PRIMARY KEY, day TEXT NOT NULL, value BLOB NOT NULL, used INTEGER NOT NULL)"
        )
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection


def clean(folder: Path) -> int:
    """Remove all results and records and return their size in bytes. Raises OSError."""
    size = 0
    for path in sorted(folder.glob("*")) if folder.is_dir() else []:
        if path.name.startswith(("results-", "runs-")) and path.is_file():
            size += path.stat().st_size
            path.unlink()
    return size
