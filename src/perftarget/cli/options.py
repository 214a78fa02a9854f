"""Options and arguments of several commands."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from perftarget.i18n import tr


class Colour(StrEnum):
    """When to use color."""

    auto = "auto"
    always = "always"
    never = "never"


class Lang(StrEnum):
    """Languages of messages."""

    zh = "zh"
    en = "en"


FILE: Final = tr("文件", "FILE")
_FILES: Final = tr("路径", "PATH")
_NAMES: Final = tr("规则|审核项", "RULE|CATEGORY")
Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_FILES,
        help=tr(
            "文件或文件夹，- 为标准输入；不写则按 perftarget.yaml 的 paths，没有配置则为 data/",
            "Files or folders to use, or - for stdin [default: paths in perftarget.yaml, or data/]",
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
            "Profile to use instead of the discovered perftarget.yaml",
        ),
        show_default=False,
    ),
]
Language = Annotated[
    Lang | None,
    typer.Option("--lang", metavar="|".join(Lang), help=tr("提示用的语言", "Language of messages"), show_default=False),
]
Names = list[str] | None
File = Path | None
Select = Annotated[
    Names,
    typer.Option(
        "--select",
        metavar=_NAMES,
        help=tr("只用这些规则，可重复", "Enable only these rules, may be repeated"),
        show_default=False,
    ),
]
Ignore = Annotated[
    Names,
    typer.Option(
        "--ignore",
        metavar=_NAMES,
        help=tr("不用这些规则，可重复", "Disable these rules, may be repeated"),
        show_default=False,
    ),
]
ColourChoice = Annotated[
    Colour, typer.Option("--color", metavar="|".join(Colour), help=tr("颜色", "When to use color"))
]
Force = Annotated[bool, typer.Option("--force", help=tr("覆盖已有的文件", "Overwrite existing files"))]
