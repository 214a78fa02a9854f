"""The commands that stay: the editor server, and the check that begins again when something changes."""

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

_TICK: Final = 500  # milliseconds between two looks at the settings
_SETTLED: Final = 200  # milliseconds without a change: who saves a file writes it more than once


def watch(asked: ValidateOptions) -> int:
    """Check, and again after each change, until Ctrl-C. Raises WrongUse."""
    try:
        import watchfiles  # noqa: F401 - said before anything is checked
    except ModuleNotFoundError as error:
        command = "pip install 'perftarget[watch]'"
        print_message(tr(f"没有安装 watchfiles；请运行 {command}", f"watchfiles is not installed; run {command}"))
        raise CommandExit(EXIT_USAGE) from error
    gc.enable()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        while True:
            began = _watched(asked)
            tables = _tables(began.folders)
            with suppress(CommandExit):  # all was said; the next change may mend it
                try:
                    validate(asked)
                except ConfigError as error:
                    print_message(str(error))
            print_message(tr("等待改动；按 Ctrl-C 结束。", "waiting for changes; Ctrl-C ends this."))
            changed = _wait(asked, began, tables)
            now = datetime.now().astimezone().strftime("%H:%M:%S")
            print_message(tr(f"{now} {changed} 有改动，重新检查：", f"{now} {changed} has changed, checking again:"))
    except KeyboardInterrupt:
        print_message(tr("已结束。", "ended."))
        return EXIT_INTERRUPTED


class _Watched(NamedTuple):
    """The folders that are watched, and single files, settings among them, each with its state."""

    folders: frozenset[str]
    files: dict[str, object]


def _wait(asked: ValidateOptions, began: _Watched, tables: dict[str, object]) -> str:
    """Return when a table or a setting is no more as it was when the check `began`: its path."""
    unseen = True
    for paths in _changes(began.folders):
        now = _watched(asked)
        changed = sorted(paths) or _differing(began.files, now.files)
        if unseen and not changed:  # what was written while the check ran, before anybody listened
            changed, unseen = _differing(tables, _tables(began.folders)), False
        changed = changed or sorted(now.folders ^ began.folders)
        if changed:
            return os.path.relpath(changed[0])
    raise KeyboardInterrupt


def _differing(old: dict[str, object], new: dict[str, object]) -> list[str]:
    return sorted(path for path in {*old, *new} if old.get(path) != new.get(path))


def _tables(folders: Iterable[str]) -> dict[str, object]:
    return {path: _state(path) for path in discover(sorted(folders)).files}


def _changes(folders: Iterable[str]) -> Iterator[set[str]]:
    """The tables that have changed below the folders; none where it is only time to look at the files."""
    from watchfiles import watch as watched

    if not folders:
        while True:
            time.sleep(_TICK / 1000)
            yield set()
    for changes in watched(
        *folders,
        watch_filter=lambda _, path: _is_table(path),
        debounce=_SETTLED * 5,
        step=_SETTLED,
        rust_timeout=_TICK,
        yield_on_timeout=True,
    ):
        yield {path for _, path in changes}


def _is_table(path: str) -> bool:
    name = Path(path).name
    return not name.startswith((".", "~$")) and name.lower().endswith((*TABLE_SUFFIXES, *GRID_READERS))


def _watched(asked: ValidateOptions) -> _Watched:
    """Where the paths lead now: a configuration may have come, or changed them."""
    load_profile.cache_clear()
    settings: set[str] = set()
    paths = list(asked.paths)
    with suppress(ConfigError):
        profiles = Profiles(asked.profile)
        paths = paths or profiles.paths()
        settings.update(file for path in ["", *paths] for file in profiles.of(path).files)
    for path in ["", *paths]:
        if (config := find_config(Path(path))) and asked.profile is None:
            settings.add(str(config))
    single = [path for path in paths if not Path(path).is_dir()]
    given = [str(one) for one in (asked.profile, asked.baseline) if one]
    states = {str(Path(path).absolute()): _state(path) for path in (*settings, *single, *given)}
    return _Watched(frozenset(path for path in paths if Path(path).is_dir()), states)


def _state(path: str) -> object:
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
