"""The command `perftarget cache`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from perftarget.cli.options import Language
from perftarget.console import EXIT_USAGE, CommandExit, print_message, write_stdout
from perftarget.i18n import tr

HELP: Final = tr(
    "管理缓存：clean 删去以前的结果，path 显示它在哪里。",
    "Manage the result cache: remove it, or print its path.",
)


class CacheAction(StrEnum):
    """Actions on the cache."""

    clean = "clean"
    path = "path"


CacheActionName = Annotated[CacheAction, typer.Argument(metavar="|".join(CacheAction), show_default=False)]


def cache(
    action: CacheActionName,
    lang: Language = None,
) -> None:
    """Run `perftarget cache`."""
    from perftarget.runner.cache.location import cache_folder

    folder = cache_folder()
    if folder is None:
        print_message(
            tr(
                "没有缓存：找不到用户的主目录，可以设置 PERFTARGET_CACHE_DIR",
                "no cache folder: the user has no home folder; set PERFTARGET_CACHE_DIR",
            )
        )
        raise CommandExit(EXIT_USAGE)
    if action is CacheAction.path:
        write_stdout(f"{folder}\n")
    else:
        _clean(folder)


def _clean(folder: Path) -> None:
    from perftarget.runner.cache.store import clean

    try:
        size = clean(folder)
    except OSError as error:
        print_message(f"{folder}: {error.strerror}")
        raise CommandExit(EXIT_USAGE) from error
    write_stdout(tr(f"已清空 {folder}：{size:,} 字节。\n", f"Cleaned {folder}: {size:,} bytes.\n"))
