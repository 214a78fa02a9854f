"""`perftarget annotate`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from perftarget.cli.options import FILE, File, Force, Ignore, Language, ProfileName, Select
from perftarget.i18n import tr

HELP: Final = tr(
    "把检查出的问题写成批注，放进 Word 或 Excel 文件中出问题的那一格，其余内容不变。",
    "Write what validate finds into a Word or Excel file, as comments at the cells; nothing else changes.",
)

OfficeFile = Annotated[
    str,
    typer.Argument(
        metavar=FILE,
        help=tr("Word（.docx）或 Excel（.xlsx）文件", "a Word (.docx) or Excel (.xlsx) file"),
        show_default=False,
    ),
]
AnnotatedFile = Annotated[
    File,
    typer.Option(
        "--output",
        "-o",
        metavar=FILE,
        help=tr("带批注的文件写到哪里；不写则在原名后加“-批注”", "where to write it; else beside it, as NAME-批注"),
        show_default=False,
    ),
]


def annotate(
    file: OfficeFile,
    output: AnnotatedFile = None,
    select: Select = None,
    ignore: Ignore = None,
    force: Force = False,
    profile: ProfileName = None,
    lang: Language = None,
) -> None:
    from perftarget.cli.inputs import require_annotatable
    from perftarget.linter.selection import select_rules
    from perftarget.runner import actions
    from perftarget.runner.session import Project

    require_annotatable(file)
    target = output or Path(file).with_stem(f"{Path(file).stem}-批注")
    actions.refuse_existing([target], force=force)
    actions.annotate(Project.of([file], profile).readable(), select_rules(select or (), ignore or ()), file, target)
