"""The command `perftarget render`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from perftarget.cli.options import FILE, File, Language, Paths, ProfileName
from perftarget.console import (
    EXIT_FINDINGS,
    EXIT_OK,
    EXIT_USAGE,
    CommandExit,
    print_message,
    write_or_exit,
    write_stdout,
)
from perftarget.errors import WriteError
from perftarget.i18n import join_words, tr

if TYPE_CHECKING:
    from perftarget.linter.diagnostic import Diagnostic
    from perftarget.runner.project import Project
    from perftarget.tables.document import Document

HELP: Final = tr(
    "把全部表格输出为正式的附件2（Word、Excel、网页、Markdown），或写出退回修改意见。",
    "Render tables as the official annex (附件2), or as letters that return them for revision.",
)

CheckRendered = Annotated[
    bool,
    typer.Option(
        "--check", help=tr("只看文件是否与表格一致，不写", "Report files that are not up to date without writing them")
    ),
]
Docx = Annotated[bool, typer.Option("--docx", help=tr("输出 Word 文档", "Write a Word document"))]
Xlsx = Annotated[
    bool,
    typer.Option(
        "--xlsx", help=tr("输出 Excel 工作簿，每张表一个工作表", "Write an Excel workbook, one sheet for each table")
    ),
]
Html = Annotated[bool, typer.Option("--html", help=tr("输出网页", "Write a web page"))]
Markdown = Annotated[bool, typer.Option("--markdown", help=tr("输出 Markdown", "Write Markdown"))]
LetterFlag = Annotated[
    bool,
    typer.Option(
        "--letter",
        help=tr(
            "输出退回修改意见（Word），每个有问题的项目一份",
            "Write a letter (Word) for each table with findings",
        ),
    ),
]
Split = Annotated[
    bool, typer.Option("--split", help=tr("每个项目一个文件，写到文件夹里", "Write one file for each project"))
]
Contents = Annotated[bool, typer.Option("--contents", help=tr("在表格之前加目录", "Add a table of contents"))]
RenderedFile = Annotated[
    File,
    typer.Option(
        "--output",
        "-o",
        metavar=FILE,
        help=tr(
            "输出到哪个文件（默认 附件2.docx 等），加 --split 时为文件夹，- 为标准输出",
            "Output file, folder with --split, or - for stdout [default: 附件2.docx etc.]",
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
    """Run `perftarget render`."""
    from perftarget.runner.project import Project

    formats = {"docx": docx, "xlsx": xlsx, "html": html, "markdown": markdown, LETTER: letter}
    chosen = [name for name, is_chosen in formats.items() if is_chosen]
    if len(chosen) != 1:
        example = "perftarget render --docx"
        raise typer.BadParameter(tr(f"请写明一种输出格式，如 {example}", f"choose an output format, such as {example}"))
    if contents and (split or not docx):
        raise typer.BadParameter(tr("--contents 只用于一份 Word 文档", "--contents requires a single Word document"))
    rendering = Rendering(chosen[0], output, split, contents, check)
    raise typer.Exit(rendering.run(Project.find(paths, profile)))


LETTER: Final = "letter"
_LETTERS_FOLDER: Final = Path("退回修改意见")


@dataclass(frozen=True)
class Rendering:
    """A rendering of all tables: `kind` is a format of tables/renderer or LETTER.

    With `split` each project has a file of its own; with `check` the files are compared instead of written.
    """

    kind: str
    output: Path | None = None
    split: bool = False
    contents: bool = False
    check: bool = False

    def run(self, project: Project) -> int:
        """Write the files, or compare them, and return the exit code."""
        try:
            files = self._letters(project) if self.kind == LETTER else self._forms(project)
        except WriteError as error:
            print_message(tr(f"没有输出：{error}", f"nothing was rendered: {error}"))
            raise CommandExit(EXIT_FINDINGS) from error
        if self.check:
            return self._compare(files)
        if self.output == Path("-"):
            write_stdout("".join(content.decode() for content in files.values()))
        else:
            write_or_exit(files)
        return EXIT_OK

    @property
    def _target(self) -> Path:
        """The file, or the folder where each project has a file of its own."""
        from perftarget.tables.renderer import SUFFIXES

        if self.output:
            return self.output
        if self.kind == LETTER:
            return _LETTERS_FOLDER
        return Path("附件2") if self.split else Path(f"附件2{SUFFIXES[self.kind]}")

    def _forms(self, project: Project) -> dict[Path, bytes]:
        from perftarget.runner.table_order import in_order
        from perftarget.tables.renderer import render_each, render_tables

        profile = project.profile_of(project.files[0])
        documents = in_order(_complete_documents(project), project.paths, _place)
        tables = [document.table for document in documents if document.table]
        if self.split:
            files = render_each(self.kind, tables, profile, self._target)
        else:
            files = {self._target: render_tables(self.kind, tables, profile, contents=self.contents)}
        _report_unprinted(documents)
        if not self.check and self.output != Path("-"):
            self._announce(len(files), len(tables))
        return files

    def _announce(self, files: int, tables: int) -> None:
        target = self._target
        if self.split:
            text = tr(f"已输出到 {target}：{files} 个文件。\n", f"Rendered into {target}: {files} files.\n")
        else:
            text = tr(f"已输出 {target}：{tables} 张表。\n", f"Rendered {target}: {tables} tables.\n")
        write_stdout(text)

    def _letters(self, project: Project) -> dict[Path, bytes]:
        """Return a letter for each table with a finding."""
        from perftarget.linter.selection import select_rules
        from perftarget.reporters.letter import ReturnedTable, write_letters
        from perftarget.runner.run import check_project
        from perftarget.runner.table_order import in_order

        run = check_project(project, select_rules(), with_tables=True)
        project.report_unread()
        findings: dict[tuple[str, int], list[Diagnostic]] = {}
        for diagnostic in run.diagnostics:
            if diagnostic.suppressed is None:
                findings.setdefault((diagnostic.place.path, diagnostic.place.table), []).append(diagnostic)
        returned = [
            ReturnedTable(view, project.profile_of(view.path), findings[view.path, view.number])
            for view in in_order(run.table_views, project.paths, lambda view: (view.path, view.order))
            if (view.path, view.number) in findings
        ]
        files = write_letters(returned, self._target, project.today)
        clean = len(run.table_views) - len(files)
        if not self.check:
            write_stdout(
                tr(
                    f"已输出到 {self._target}：{len(files)} 份；{clean} 张表没有需要退回的内容。\n",
                    f"Rendered into {self._target}: {len(files)} letters; {clean} tables need none.\n",
                )
            )
        return files

    def _compare(self, files: dict[Path, bytes]) -> int:
        """Report the files that are not up to date; fails where there are any."""
        from perftarget.tables.renderer import is_current

        stale = [path for path, content in files.items() if not is_current(path, content)]
        if not stale:
            write_stdout(tr(f"{self._target} 与表格一致。\n", f"{self._target} is up to date.\n"))
            return EXIT_OK
        names = join_words(map(str, stale))
        command = f"perftarget render --{self.kind}{' --split' * self.split} -o {self._target}"
        write_stdout(
            tr(
                f"{names} 与表格不一致，或者还没有：请运行 {command}，并一起提交。\n",
                f"{names}: missing or not up to date: run {command}, and commit it too.\n",
            )
        )
        return EXIT_FINDINGS


def _place(document: Document) -> tuple[str, int | None]:
    """Return the file and the number of a table, by which the tables are ordered."""
    return document.source.path, document.table.order_number if document.table else None


def _complete_documents(project: Project) -> list[Document]:
    """Read the documents; exits the command where one cannot be read in full: the annex would lack something.

    A control character is reported with its place, but it is the writers that refuse it: a web page shows its code.
    """
    from perftarget.runner.project import error_text

    documents = list(project.documents())
    project.report_unread()
    by_key = {(document.source.path, document.source.number): document for document in documents}
    errors = [
        error
        for error in project.file_errors(documents)
        if not _is_about_separate_fields(error, by_key[error.place.path, error.place.table], project)
    ]
    for error in errors:
        print_message(error_text(error))
    incomplete = [error for error in errors if error.rule != "control-character"]
    if incomplete or project.problems:
        print_message(
            tr(
                "没有输出：以上文件读不完整，附件会缺内容。请先改正，或只列出要输出的文件。",
                "Nothing was rendered: the files above cannot be read in full, so the annex would be incomplete. "
                "Fix them first, or name only the files to render.",
            )
        )
        raise CommandExit(EXIT_USAGE if project.problems else EXIT_FINDINGS)
    return documents


def _is_about_separate_fields(error: Diagnostic, document: Document, project: Project) -> bool:
    """Return True for unknown keys that are fields of their own: they are printed, or reported as not printed."""
    from perftarget.rules.unknown_key import is_separate_field

    table = document.table
    if error.rule != "unknown-key" or table is None:
        return False
    profile = project.profile_of(document.source.path)
    locs = [error.at, *(related.at for related in error.related if related.row)]
    return all(len(loc) == 2 and is_separate_field(str(loc[0]), table, profile) for loc in locs)


def _report_unprinted(documents: list[Document]) -> None:
    """Print which columns and fields of a table are not on the page."""
    from perftarget.tables.form import unprinted_columns, unprinted_fields

    for document in documents:
        if not document.table:
            continue
        path = document.source.path
        if columns := join_words(unprinted_columns(document.table)):
            print_message(
                tr(
                    f"{path}: 附件中未列出下列栏目：{columns}",
                    f"{path}: the form has no column {columns}; not rendered",
                )
            )
        if fields := join_words(unprinted_fields(document.table)):
            print_message(
                tr(
                    f"{path}: 附件中未列出下列栏目：{fields}（不是一段文字，页面上没有位置）",
                    f"{path}: {fields}: not plain text, so the page has no place for it; not rendered",
                )
            )
