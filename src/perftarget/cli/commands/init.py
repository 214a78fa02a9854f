"""The command `perftarget init`."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from perftarget.cli.options import Language, ProfileName
from perftarget.console import write_or_exit, write_stdout
from perftarget.i18n import tr

HELP: Final = tr(
    "在文件夹中写好设置、编辑器用的 schema、git 钩子和合并请求的检查；已有的文件不动。",
    "Set up a folder for tables: configuration, schema, hook and workflow. Existing files are kept.",
)


class Ci(StrEnum):
    """Continuous integration services."""

    github = "github"
    gitlab = "gitlab"
    none = "none"


Folder = Annotated[
    Path,
    typer.Argument(
        metavar=tr("文件夹", "FOLDER"),
        help=tr("不写即当前文件夹", "Folder to set up [default: current folder]"),
        show_default=False,
    ),
]
CiName = Annotated[
    Ci, typer.Option("--ci", metavar="|".join(Ci), help=tr("在哪里检查合并请求", "Continuous integration to configure"))
]


def init(
    folder: Folder = Path(),
    ci: CiName = Ci.github,
    profile: ProfileName = None,
    lang: Language = None,
) -> None:
    """Run `perftarget init`."""
    from perftarget.authoring.project import project_files
    from perftarget.config.profile import DEFAULT

    files = project_files(folder, profile=profile or DEFAULT, ci=ci.value)
    existing = [path for path in files if os.path.lexists(path)]
    write_or_exit({path: text for path, text in files.items() if path not in existing})
    for path in files:
        if path in existing:
            write_stdout(tr(f"已有 {path}，没有改动\n", f"kept {path}\n"))
        else:
            write_stdout(tr(f"已写入 {path}\n", f"wrote {path}\n"))
    write_stdout(
        tr(
            "接下来：perftarget new 写一张新表，或 perftarget import 申报表.docx -o data 转入已有的表。\n",
            "Next: create a table with perftarget new, or import one with perftarget import 申报表.docx -o data.\n",
        )
    )
