"""Checks of the input and output files of several commands."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from perftarget.console import EXIT_USAGE, CommandExit, print_message
from perftarget.i18n import tr


def refuse_existing(paths: Iterable[Path], *, force: bool) -> None:
    """Exit the command before it overwrites a file, unless `force` is set."""
    if not force and (existing := [path for path in paths if os.path.lexists(path)]):
        names = "".join(f"\n  {path}" for path in existing)
        print_message(
            tr(
                f"没有写入：以下文件已存在，要覆盖请加 --force{names}",
                f"Nothing was written: these files exist; to overwrite them add --force{names}",
            )
        )
        raise CommandExit(EXIT_USAGE)
