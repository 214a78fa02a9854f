"""`perftarget render`"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from perftarget.cli.options import FILE, File, Language, Paths, ProfileName
from perftarget.i18n import tr

HELP: Final = tr(
    "把全部表格输出为正式的附件2（Word、Excel、网页、Markdown），或写出退回修改意见。",
    "Render the tables as the official annex (附件2), or the letters that send them back for revision.",
)

CheckRendered = Annotated[
    bool,
    typer.Option(
        "--check", help=tr("只看文件是否与表格一致，不写", "only say whether the file is up to date, write nothing")
    ),
]
Docx = Annotated[bool, typer.Option("--docx", help=tr("输出 Word 文档", "a Word document"))]
Xlsx = Annotated[
    bool, typer.Option("--xlsx", help=tr("输出 Excel 工作簿，每张表一个工作表", "an Excel workbook, a sheet a table"))
]
Html = Annotated[bool, typer.Option("--html", help=tr("输出网页", "a web page"))]
Markdown = Annotated[bool, typer.Option("--markdown", help=tr("输出 Markdown", "Markdown"))]
LetterFlag = Annotated[
    bool,
    typer.Option(
        "--letter",
        help=tr(
            "输出退回修改意见（Word），每个有问题的项目一份",
            "a letter for each project in which something was found, as Word",
        ),
    ),
]
Split = Annotated[
    bool, typer.Option("--split", help=tr("每个项目一个文件，写到文件夹里", "a file for each project, in a folder"))
]
Contents = Annotated[
    bool, typer.Option("--contents", help=tr("在表格之前加目录", "a list of contents before the tables"))
]
RenderedFile = Annotated[
    File,
    typer.Option(
        "--output",
        "-o",
        metavar=FILE,
        help=tr(
            "输出到哪个文件（默认 附件2.docx 等），加 --split 时为文件夹，- 为标准输出",
            "the file to write (default: 附件2.docx and so on), with --split the folder, - for standard output",
        ),
        show_default=False,
    ),
]


def render(
    paths: Paths = None,
    docx: Docx = False,
    xlsx: Xlsx = False,
    html: Html = False,
    markdown: Markdown = False,
    letter: LetterFlag = False,
    split: Split = False,
    contents: Contents = False,
    output: RenderedFile = None,
    check: CheckRendered = False,
    profile: ProfileName = None,
    lang: Language = None,
) -> None:
    from perftarget.cli.publication import Rendering
    from perftarget.runner.session import Project

    given = {"docx": docx, "xlsx": xlsx, "html": html, "markdown": markdown, "letter": letter}
    kinds = [kind for kind, wanted in given.items() if wanted]
    if len(kinds) != 1:
        example = "perftarget render --docx"
        raise typer.BadParameter(tr(f"请写明一种输出格式，如 {example}", f"say which format, as in {example}"))
    if contents and (split or not docx):
        raise typer.BadParameter(tr("--contents 只用于一份 Word 文档", "--contents is for one Word document"))
    raise typer.Exit(Rendering(kinds[0], output, split, contents, check).of(Project.of(paths, profile)))
