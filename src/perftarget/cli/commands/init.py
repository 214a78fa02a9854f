"""`perftarget init`"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from perftarget.cli.options import Language, ProfileName
from perftarget.i18n import tr

HELP: Final = tr(
    "在文件夹中写好设置、编辑器用的 schema、git 钩子和合并请求的检查；已有的文件不动。",
    "Make a folder ready: settings, the schema for editors, a hook and a workflow; files that exist are kept.",
)


class Ci(StrEnum):
    """Whose pull requests are checked."""

    github = "github"
    gitlab = "gitlab"
    none = "none"


Folder = Annotated[
    Path,
    typer.Argument(
        metavar=tr("[文件夹]", "[FOLDER]"), help=tr("不写即当前文件夹", "else this one"), show_default=False
    ),
]
CiName = Annotated[
    Ci, typer.Option("--ci", metavar="|".join(Ci), help=tr("在哪里检查合并请求", "where pull requests are checked"))
]


def init(
    folder: Folder = Path(),
    ci: CiName = Ci.github,
    profile: ProfileName = None,
    lang: Language = None,
) -> None:
    from perftarget.cli import starting

    starting.init(folder, profile, ci.value)
