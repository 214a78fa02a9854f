"""The command `perftarget annotate`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from perftarget.cli.options import FILE, File, Force, Ignore, Language, ProfileName, Select
from perftarget.console import EXIT_FINDINGS, EXIT_USAGE, CommandExit, print_message, write_or_exit, write_stdout
from perftarget.errors import UnreadableFileError
from perftarget.i18n import count_noun, join_words, tr

if TYPE_CHECKING:
    from perftarget.linter.rule import Rule
    from perftarget.runner.project import Project

HELP: Final = tr(
    "把检查出的问题写成批注，放进 Word 或 Excel 文件中出问题的那一格，其余内容不变。",
    "Add the findings to a Word or Excel file as comments; nothing else changes.",
)

OfficeFile = Annotated[
    str,
    typer.Argument(
        metavar=FILE,
        help=tr("Word（.docx）或 Excel（.xlsx）文件", "Word (.docx) or Excel (.xlsx) file"),
        show_default=False,
    ),
]
AnnotatedFile = Annotated[
    File,
    typer.Option(
        "--output",
        "-o",
        metavar=FILE,
        help=tr("带批注的文件写到哪里；不写则在原名后加“-批注”", "Output file [default: NAME-批注 beside it]"),
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
    """Run `perftarget annotate`."""
    from perftarget.cli.inputs import refuse_existing
    from perftarget.linter.selection import select_rules
    from perftarget.runner.project import Project

    _require_commentable(file)
    target = output or Path(file).with_stem(f"{Path(file).stem}-批注")
    refuse_existing([target], force=force)
    project = Project.find([file], profile)
    project.require_readable()
    _write_copy(project, select_rules(select or (), ignore or ()), file, target)


def _require_commentable(file: str) -> None:
    """Exit the command for a file that is no Word or Excel file by its name."""
    from perftarget.files.discovery import COMMENT_SUFFIXES, discover

    if Path(file).suffix.lower() not in COMMENT_SUFFIXES:
        kinds = join_words((".docx", ".xlsx"))
        other = tr(f"{file}: 可加批注的是 {kinds} 文件", f"{file}: comments can only be added to {kinds}")
        for message in discover([file]).problems or [other]:  # which name the format to convert an old one to
            print_message(message)
        raise CommandExit(EXIT_USAGE)


def _write_copy(project: Project, rules: Mapping[str, Rule], file: str, target: Path) -> None:
    """Write a copy of the file with its findings as comments."""
    from perftarget.reporters.comments import annotated_copy
    from perftarget.runner.run import check_project
    from perftarget.tables.reader import read_bytes

    limits = project.profile_of(file).read_limits
    try:
        copy = annotated_copy(file, read_bytes(file, limits), check_project(project, rules), limits)
    except UnreadableFileError as error:  # in a part that only comments need
        project.report_unreadable(file, error)
        raise CommandExit(EXIT_FINDINGS) from error
    write_or_exit({target: copy.data})
    count = copy.comments
    write_stdout(tr(f"已写入 {target}：{count} 条批注。\n", f"Wrote {target}: {count_noun(count, 'comment')}.\n"))
