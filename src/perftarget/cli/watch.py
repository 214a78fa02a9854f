"""Check again whenever a table or a setting changes."""

from __future__ import annotations

import gc
import os
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from perftarget.config.loader import Profiles, load_profile
from perftarget.console import EXIT_INTERRUPTED, EXIT_USAGE, CommandExit, print_message
from perftarget.errors import ConfigError
from perftarget.files.discovery import GRID_READERS, TABLE_SUFFIXES, discover, find_config
from perftarget.i18n import tr
from perftarget.runner.validate import ValidateOptions, validate

_POLL_INTERVAL: Final = 500  # milliseconds between two checks of the settings
_DEBOUNCE: Final = 200  # milliseconds without a change, since editors write a file more than once


def watch(options: ValidateOptions) -> int:
    """Check now and after each change until Ctrl-C, and return the exit code. Raises UsageError."""
    try:
        import watchfiles  # noqa: F401 - reported before anything is checked
    except ModuleNotFoundError as error:
        command = "pip install 'perftarget[watch]'"
        print_message(tr(f"没有安装 watchfiles；请运行 {command}", f"watchfiles is not installed; run {command}"))
        raise CommandExit(EXIT_USAGE) from error
    gc.enable()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        while True:
            watched = _watched(options)
            tables = _tables(watched.folders)
            with suppress(CommandExit):  # reported already; the next change may fix it
                try:
                    validate(options)
                except ConfigError as error:
                    print_message(str(error))
            print_message(tr("等待改动；按 Ctrl-C 结束。", "waiting for changes; press Ctrl-C to stop"))
            changed = _wait(options, watched, tables)
            now = datetime.now().astimezone().strftime("%H:%M:%S")
            print_message(tr(f"{now} {changed} 有改动，重新检查：", f"{now} {changed} changed; checking again:"))
    except KeyboardInterrupt:
        print_message(tr("已结束。", "stopped"))
        return EXIT_INTERRUPTED


class _Watched(NamedTuple):
    """Watched folders, and the state of single files such as settings."""

    folders: frozenset[str]
    files: dict[str, object]


def _wait(options: ValidateOptions, watched: _Watched, tables: dict[str, object]) -> str:
    """Wait until a table or a setting differs from when the check started, and return its path."""
    is_first = True
    for paths in _changes(watched.folders):
        now = _watched(options)
        changed = sorted(paths) or _differing(watched.files, now.files)
        if is_first and not changed:  # written while the check ran, before the watch started
            changed, is_first = _differing(tables, _tables(watched.folders)), False
        changed = changed or sorted(now.folders ^ watched.folders)
        if changed:
            return os.path.relpath(changed[0])
    raise KeyboardInterrupt


def _differing(old: dict[str, object], new: dict[str, object]) -> list[str]:
    return sorted(path for path in {*old, *new} if old.get(path) != new.get(path))


def _tables(folders: Iterable[str]) -> dict[str, object]:
    return {path: _state(path) for path in discover(sorted(folders)).files}


def _changes(folders: Iterable[str]) -> Iterator[set[str]]:
    """Yield the changed tables below the folders; an empty set when it is time to check single files."""
    from watchfiles import watch as watched

    if not folders:
        while True:
            time.sleep(_POLL_INTERVAL / 1000)
            yield set()
    for changes in watched(
        *folders,
        watch_filter=lambda _, path: _is_table(path),
        debounce=_DEBOUNCE * 5,
        step=_DEBOUNCE,
        rust_timeout=_POLL_INTERVAL,
        yield_on_timeout=True,
    ):
        yield {path for _, path in changes}


def _is_table(path: str) -> bool:
    name = Path(path).name
    return not name.startswith((".", "~$")) and name.lower().endswith((*TABLE_SUFFIXES, *GRID_READERS))


def _watched(options: ValidateOptions) -> _Watched:
    """Return what to watch now: a configuration may be new, or have changed the paths."""
    load_profile.cache_clear()
    settings: set[str] = set()
    paths = list(options.paths)
    with suppress(ConfigError):
        profiles = Profiles(options.profile)
        paths = paths or profiles.paths()
        settings.update(file for path in ["", *paths] for file in profiles.of(path).files)
    for path in ["", *paths]:
        if (config := find_config(Path(path))) and options.profile is None:
            settings.add(str(config))
    single = [path for path in paths if not Path(path).is_dir()]
    given = [str(one) for one in (options.profile, options.baseline) if one]
    states = {str(Path(path).absolute()): _state(path) for path in (*settings, *single, *given)}
    return _Watched(frozenset(path for path in paths if Path(path).is_dir()), states)


def _state(path: str) -> object:
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
