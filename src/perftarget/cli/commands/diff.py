"""`perftarget diff`"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final

import typer

from perftarget.cli.options import Language, ProfileName
from perftarget.console import write_stdout
from perftarget.i18n import tr

HELP: Final = tr(
    "比较两年或两稿的表格：金额、指标、绩效值有什么变化，降低的目标列在最前。",
    "Compare the tables of two years or drafts: amounts, indicators, and targets, lowered ones first.",
)


class DiffFormat(StrEnum):
    """For whom two drafts are compared."""

    text = "text"
    json = "json"
    markdown = "markdown"


DiffFormatName = Annotated[
    DiffFormat, typer.Option("--format", metavar="|".join(DiffFormat), help=tr("输出格式", "output format"))
]
OldSide = Annotated[
    str,
    typer.Argument(
        metavar=tr("原来", "OLD"),
        help=tr("文件、文件夹，或 git 版本", "file, folder, or revision of git"),
        show_default=False,
    ),
]
NewSide = Annotated[str, typer.Argument(metavar=tr("现在", "NEW"), help=tr("同上", "likewise"), show_default=False)]


def diff(
    old: OldSide,
    new: NewSide,
    format_: DiffFormatName = DiffFormat.text,
    profile: ProfileName = None,
    lang: Language = None,
) -> None:
    from perftarget.cli.sides import compare_sides
    from perftarget.diff.report import FORMATS

    write_stdout(FORMATS[format_.value](compare_sides(old, new, profile)))
