"""The options and arguments that several commands have, each with its help."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from perftarget.i18n import tr


class Colour(StrEnum):
    """When to colour."""

    auto = "auto"
    always = "always"
    never = "never"


class Lang(StrEnum):
    """The languages that messages are in."""

    zh = "zh"
    en = "en"


FILE: Final = tr("文件", "FILE")
_FILES: Final = tr("路径", "PATH")
_NAMES: Final = tr("规则|审核项", "RULE|BOX")
Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_FILES,
        help=tr(
            "文件或文件夹，- 为标准输入；不写则按 perftarget.yaml 的 paths，没有配置则为 data/",
            "files or folders, - for standard input; else the paths of perftarget.yaml, else data/",
        ),
        show_default=False,
    ),
]
ProfileName = Annotated[
    str | None,
    typer.Option(
        "--profile",
        metavar=tr("名称|文件", "NAME|FILE"),
        help=tr(
            "表式，代替自动找到的 perftarget.yaml",
            "the form's profile, in place of the perftarget.yaml that is found",
        ),
        show_default=False,
    ),
]
Language = Annotated[
    Lang | None,
    typer.Option(
        "--lang", metavar="|".join(Lang), help=tr("提示用的语言", "the language of the messages"), show_default=False
    ),
]
Names = list[str] | None
File = Path | None
Select = Annotated[
    Names,
    typer.Option(
        "--select",
        metavar=_NAMES,
        help=tr("只用这些规则，可重复", "only these rules; may be repeated"),
        show_default=False,
    ),
]
Ignore = Annotated[
    Names,
    typer.Option(
        "--ignore",
        metavar=_NAMES,
        help=tr("不用这些规则，可重复", "without these rules; may be repeated"),
        show_default=False,
    ),
]
ColourChoice = Annotated[Colour, typer.Option("--color", metavar="|".join(Colour), help=tr("颜色", "when to colour"))]
Force = Annotated[bool, typer.Option("--force", help=tr("覆盖已有的文件", "overwrite files"))]
