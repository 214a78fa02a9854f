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


Weaker = Annotated[
    bool,
    typer.Option(
        "--weaker",
        help=tr(
            "只列变弱的：降低的目标，失去的比较符号和基数，删去的目标、指标和项目",
            "List only what is weaker: lowered targets, lost signs and baselines, what was removed",
        ),
    ),
]
ExitCode = Annotated[
    bool,
    typer.Option(
        "--exit-code",
        help=tr(
            "有列出的不同时退出码为 1，供流水线使用；只是写法、次序或年度不同的不算",
            "Exit with 1 if anything is listed, for CI; notation, order and the next year are never listed",
        ),
    ),
]


def diff(
    old: OldSide,
    new: NewSide,
    format_: DiffFormatName = DiffFormat.text,
    weaker: Weaker = False,
    exit_code: ExitCode = False,
    profile: ProfileName = None,
    lang: Language = None,
) -> None:
    """Run `perftarget diff`."""
    from perftarget.config.loader import Profiles
    from perftarget.diff.compare import compare, only_weaker
    from perftarget.diff.report import FORMATS

    profiles = Profiles(profile)
    before, after = (list(_documents(side, profiles)) for side in (old, new))
    is_complete = _report_errors([*before, *after], profiles)
    by_hand = os.path.isfile(old) and os.path.isfile(new)  # noqa: PTH113 - as typed
    result = compare(before, after, profiles.of(after[0].source.path), by_hand=by_hand)
    if weaker:
        result = only_weaker(result)
    write_stdout(FORMATS[format_.value](result))
    if not is_complete or (exit_code and result.comparisons):
        raise CommandExit(EXIT_FINDINGS)


def _documents(side: str, profiles: Profiles) -> Iterator[Document]:
    """Read one side: an existing path, else the configured paths as they are in a git revision."""
    from perftarget.files import git
    from perftarget.tables.reader import read_documents

    if not os.path.lexists(side) and git.is_revision(side):
        yield from _documents_at(side, profiles)
        return
    for file in _files(side):
        yield from read_documents(file, profiles.of(file))


def _files(side: str) -> list[str]:
    """Return the files of one side; the text files of a folder are read if it has no other tables.

    Exits the command with a usage error if there is no file.
    """
    from perftarget.files.discovery import discover
    from perftarget.files.unchecked import unread_text

    found = discover([side])
    texts = _text_files(side) if ".txt" in found.unchecked and not found.files else []
    problems = [] if texts else found.problems
    for message in problems:
        print_message(message)
    if problems or not (found.files or texts):
        if not problems:
            print_message(tr(f"{side}: 没有找到表格", f"{side}: no table found"))
        raise CommandExit(EXIT_USAGE)
    unread = {suffix: number for suffix, number in found.unchecked.items() if not texts or suffix != ".txt"}
    if unread:
        print_message(f"{side}: {unread_text(unread)}{tr('。', '.')}")
    return found.files or texts


def _text_files(folder: str) -> list[str]:
    """Return the text files below a folder that may hold a table, without hidden ones, sorted by folder and name."""
    from perftarget.files.unchecked import unchecked_suffix

    files: list[str] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        shown = sorted(name for name in names if not name.startswith(".") and unchecked_suffix(name) == ".txt")
        files += (os.path.join(parent, name) for name in shown)  # noqa: PTH118 - as typed
    return files


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


def _report_errors(documents: list[Document], profiles: Profiles) -> bool:
    """Print why files or parts of them cannot be read, and return True if there are none.

    Exits the command if there is no table to compare on one of the sides.
    """
    from perftarget.runner.project import Project, error_text

    unread = [document for document in documents if document.table is None or document.table.shape_errors]
    for error in Project(profiles, []).file_errors(unread):
        print_message(error_text(error))
    return not unread
