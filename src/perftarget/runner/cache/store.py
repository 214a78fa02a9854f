"""What files gave to a run, kept by their content: for the next run, in a folder of its own, never too much."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from perftarget.console import print_message
from perftarget.i18n import tr

MOST: Final = 256_000_000
"""Bytes that are kept; what was not used for longest goes first."""
_FULL: Final = 0.75  # of MOST is left after that
_MANY: Final = 500  # keys in one question
_PATIENCE: Final = 5  # seconds that one run waits for another
_NAME: Final = "results-2.sqlite"
_PAGE: Final = 16_384  # bytes; a result has some thousands, of which a smaller page wastes up to half
_DAY: Final = "CAST(strftime('%s', 'now') AS INTEGER) / 86400"
_PUT: Final = f"INSERT OR REPLACE INTO results VALUES (?, ?, ?, {_DAY})"  # noqa: S608 - of constants
_MARK: Final = f"UPDATE results SET used = {_DAY} WHERE key = ? AND used < {_DAY}"  # noqa: S608


class Cache:
    """Results by key. What goes wrong with it is said once, and the run goes on without."""

    def __init__(self, where: Path, most: int = MOST) -> None:
        self._path = where / _NAME
        self._most = most
        self._new: dict[bytes, tuple[str, bytes]] = {}
        self._used: list[bytes] = []
        self.sound = True
        self._connection: sqlite3.Connection | None = None
        self._connection = self._opened()

    def get(self, keys: Iterable[bytes]) -> dict[bytes, tuple[str, bytes]]:
        """For each key that is known the day that the result is of, "" where it is of all days, and the result."""
        found: dict[bytes, tuple[str, bytes]] = {}
        asked = list(keys)
        for start in range(0, len(asked), _MANY):
            part = asked[start : start + _MANY]
            marks = ",".join("?" * len(part))
            question = f"SELECT key, day, value FROM results WHERE key IN ({marks})"  # noqa: S608 - question marks
            rows = self._asked(question, part)
            found |= {key: (day, value) for key, day, value in rows}
        self._used += found
        return found

    def put(self, key: bytes, day: str, value: bytes) -> None:
        self._new[key] = day, value
        if len(self._new) >= _MANY:
            self._written()

    def close(self) -> None:
        """Write what is new, and make room."""
        self._written()
        if self._connection:
            with suppress(sqlite3.Error):
                self._trimmed(self._connection)
            self._connection.close()
            self._connection = None

    def _opened(self) -> sqlite3.Connection | None:
        for attempt in (1, 2):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                return _connected(self._path)
            except (sqlite3.DatabaseError, OSError) as error:
                if attempt == 2 or isinstance(error, sqlite3.OperationalError | OSError):  # locked, full, forbidden
                    self._given_up(error)
                    return None
                with suppress(OSError):  # garbled: it is made anew
                    self._path.unlink()
        return None

    def _asked(self, question: str, values: list[bytes]) -> list[tuple[bytes, str, bytes]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(question, values).fetchall()
        except sqlite3.Error as error:
            self._given_up(error)
            return []

    def _written(self) -> None:
        if self._connection is None or not (self._new or self._used):
            return
        rows = [(key, day, value) for key, (day, value) in self._new.items()]
        try:
            with self._connection as connection:
                connection.executemany(_PUT, rows)
                connection.executemany(_MARK, [(key,) for key in self._used])
        except sqlite3.Error as error:
            self._given_up(error)
        self._new.clear()
        self._used.clear()

    def _trimmed(self, connection: sqlite3.Connection) -> None:
        (size,) = connection.execute("SELECT total(length(value)) FROM results").fetchone()
        if size <= self._most:
            return
        with connection:
            connection.execute(
                "DELETE FROM results WHERE key IN (SELECT key FROM (SELECT key, sum(length(value)) OVER "
                "(ORDER BY used DESC, key) AS above FROM results) WHERE above > ?)",
                (int(self._most * _FULL),),
            )
        connection.execute("VACUUM")

    def _given_up(self, error: Exception) -> None:
        self.sound = False
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


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        connection.execute(f"PRAGMA page_size = {_PAGE}")
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


def clean(where: Path) -> int:
    """Remove what is kept; how many bytes that was. Raises OSError."""
    size = 0
    for path in sorted(where.glob("*")) if where.is_dir() else []:
        if path.name.startswith(("results-", "runs-")) and path.is_file():
            size += path.stat().st_size
            path.unlink()
    return size
