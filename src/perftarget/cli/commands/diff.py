"""The command `perftarget diff`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from perftarget.cli.options import Language, ProfileName
from perftarget.console import EXIT_FINDINGS, EXIT_USAGE, CommandExit, print_message, write_stdout
from perftarget.i18n import tr

if TYPE_CHECKING:
    from perftarget.config.loader import Profiles
    from perftarget.tables.document import Document

HELP: Final = tr(
    "比较两年或两稿的表格：金额、指标、绩效值有什么变化，降低的目标列在最前。",
    "Compare the tables of two years or drafts, lowered targets first.",
)


class DiffFormat(StrEnum):
    """Output formats of a comparison."""

    text = "text"
    json = "json"
    markdown = "markdown"


DiffFormatName = Annotated[
    DiffFormat, typer.Option("--format", metavar="|".join(DiffFormat), help=tr("输出格式", "Output format"))
]
OldSide = Annotated[
    str,
    typer.Argument(
        metavar=tr("原来", "OLD"),
        help=tr("文件、文件夹，或 git 版本", "File, folder or git revision"),
        show_default=False,
    ),
]
NewSide = Annotated[
    str, typer.Argument(metavar=tr("现在", "NEW"), help=tr("同上", "File, folder or git revision"), show_default=False)
]


def diff(
    old: OldSide,
    new: NewSide,
    format_: DiffFormatName = DiffFormat.text,
    profile: ProfileName = None,
    lang: Language = None,
) -> None:
    """Run `perftarget diff`."""
    from perftarget.config.loader import Profiles
    from perftarget.diff.compare import compare
    from perftarget.diff.report import FORMATS

    profiles = Profiles(profile)
    before, after = (list(_documents(side, profiles)) for side in (old, new))
    _require_tables([*before, *after], profiles)
    comparisons = compare(before, after, profiles.of(after[0].source.path))
    write_stdout(FORMATS[format_.value](comparisons))


def _documents(side: str, profiles: Profiles) -> Iterator[Document]:
    """Read one side: an existing path, else the configured paths as they are in a git revision."""
    from perftarget.files import git
    from perftarget.files.discovery import discover
    from perftarget.files.unchecked import unread_text
    from perftarget.tables.reader import read_documents

    if not os.path.lexists(side) and git.is_revision(side):
        yield from _documents_at(side, profiles)
        return
    found = discover([side])
    for message in found.problems:
        print_message(message)
    if found.problems or not found.files:
        if not found.problems:
            print_message(tr(f"{side}: 没有找到表格", f"{side}: no table found"))
        raise CommandExit(EXIT_USAGE)
    if found.unchecked:
        print_message(f"{side}: {unread_text(found.unchecked)}{tr('。', '.')}")
    for file in found.files:
        yield from read_documents(file, profiles.of(file))


def _documents_at(revision: str, profiles: Profiles) -> Iterator[Document]:
    from perftarget.files import git
    from perftarget.files.discovery import TABLE_SUFFIXES
    from perftarget.tables.reader import parse_documents

    try:
        files = [file for file in git.files_at(revision, profiles.paths()) if file.lower().endswith(TABLE_SUFFIXES)]
        if not files:
            print_message(tr(f"{revision}: 这个版本里没有表格", f"{revision}: there is no table in this revision"))
            raise CommandExit(EXIT_USAGE)
        for file in files:
            yield from parse_documents(file, git.content_at(revision, file), profiles.of(file))
    except git.GitError as error:
        print_message(str(error))
        raise CommandExit(EXIT_USAGE) from error


def _require_tables(documents: list[Document], profiles: Profiles) -> None:
    """Exit the command where a file is no table, after a message for each."""
    from perftarget.runner.project import Project, error_text

    unread = [document for document in documents if document.table is None]
    for error in Project(profiles, []).file_errors(unread):
        print_message(error_text(error))
    if unread:
        raise CommandExit(EXIT_FINDINGS)
