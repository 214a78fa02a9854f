"""`perftarget cache`"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final

import typer

from perftarget.cli.options import Language
from perftarget.i18n import tr

HELP: Final = tr(
    "管理缓存：clean 删去以前的结果，path 显示它在哪里。",
    "Look after the cache: clean removes it, path is where it is.",
)


class CacheAction(StrEnum):
    """What can be done with the cache."""

    clean = "clean"
    path = "path"


CacheActionName = Annotated[CacheAction, typer.Argument(metavar="|".join(CacheAction), show_default=False)]


def cache(
    action: CacheActionName,
    lang: Language = None,
) -> None:
    from perftarget.runner import actions

    if action is CacheAction.clean:
        actions.clean_cache()
    else:
        actions.tell_cache()
