"""The files that a command works on, with the profile of each."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from perftarget import i18n
from perftarget.config.loader import Profiles
from perftarget.config.profile import Profile
from perftarget.console import EXIT_FINDINGS, EXIT_USAGE, CommandExit, print_message
from perftarget.errors import ConfigError, UnreadableFileError
from perftarget.files.discovery import FOLDER_SUFFIXES, discover
from perftarget.files.unchecked import unchecked_text, unread_text
from perftarget.i18n import join_words, tr
from perftarget.linter.diagnostic import Diagnostic, Severity
from perftarget.linter.engine import check_document
from perftarget.linter.rule import CATEGORIES, replacement_note
from perftarget.linter.selection import former_names_in, select_rules
from perftarget.tables.document import Document
from perftarget.tables.reader import read_documents, unreadable_document
from perftarget.text.source import KEY

if TYPE_CHECKING:
    from perftarget.files.git import Changes


@dataclass
class Project:
    """The files found below the paths of a command.

    `paths` are the paths that led to the files, `problems` the messages about paths that led nowhere. `unchecked`
    counts, by suffix, the other files below the paths that may hold a table. `is_whole` is True where the paths are the
    configured ones, so that no table is missing. With `changes`, only changed files are selected; the others are still
    read for the rules across tables.
    """

    profiles: Profiles
    files: list[str]
    problems: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    unchecked: dict[str, int] = field(default_factory=dict)
    is_whole: bool = False
    changes: Changes | None = None
    today: date = field(default_factory=date.today)

    @classmethod
    def find(cls, paths: list[str] | None, profile: str | None) -> Project:
        """Find the files of the paths, or of the configured paths.

        Exits the command with a usage error where there is no file: nothing to check is never a clean result.
        """
        profiles = Profiles(profile)
        if not i18n.requested_language(sys.argv[1:]) and (language := profiles.of("").lang):
            i18n.set_language(language)
        wanted = paths or profiles.paths()
        found = discover(wanted)
        print_messages(found.problems)
        if not found.files:
            if not found.problems:
                print_message(_nothing_found(wanted))
            raise CommandExit(EXIT_USAGE)
        return cls(profiles, found.files, found.problems, wanted, found.unchecked, is_whole=not paths)

    def select_changed(self, changes: Changes) -> None:
        """Select the changed files, or every file where a configuration changed, since that affects every table."""
        used = {file for path in self.files for file in self.profile_of(path).files}
        if any(map(changes.has, used)):
            print_message(tr("配置有改动：检查全部表格", "the configuration has changed: all tables are checked"))
            changes = replace(changes, files=changes.files | {os.path.realpath(file) for file in self.files})
        self.changes = changes
        print_message(
            tr(
                f"有改动的 {len(self.selected)} 个文件（共 {len(self.files)} 个）",
                f"{len(self.selected)} of {len(self.files)} files have changed",
            )
        )

    @property
    def selected(self) -> list[str]:
        """The files to report on; the others are only compared with them."""
        return [file for file in self.files if self.changes is None or self.changes.has(file)]

    def profile_of(self, path: str) -> Profile:
        """Return the profile that applies to a file."""
        return self.profiles.of(path)

    def report_former_names(self, selected: Iterable[str]) -> None:
        """Print once which rules replace the former ones that the options or the configurations name."""
        named = dict.fromkeys(former_names_in(selected), "")
        with suppress(ConfigError):  # reported with the file
            for profile in {id(profile): profile for profile in map(self.profile_of, self.files)}.values():
                for name in former_names_in(profile.severity):
                    named.setdefault(name, f"{profile.place(('severity', name, KEY))}: ")
        print_messages(f"{place}{replacement_note(name)}" for name, place in named.items())

    def configuration_digests(self) -> Mapping[str, str]:
        """Return the digest of each configuration file that a profile was read from, by its path."""
        return {path: digest for file in self.files for path, digest in self.profile_of(file).files.items()}

    def staged_content(self, path: str) -> bytes | None:
        """Return the content of a file as staged in git, or None where it is that of the working tree."""
        return self.changes.staged.get(os.path.realpath(path)) if self.changes else None

    @property
    def max_shown(self) -> int:
        """The number of findings a file to show as text, as the profile of the first selected file sets it."""
        return self.profile_of(next(iter(self.selected), "")).read_limits.shown

    def documents(self) -> Iterator[Document]:
        """Read the tables, file by file."""
        return (document for file in self.files for document in read_documents(file, self.profile_of(file)))

    def file_errors(self, documents: Iterable[Document]) -> list[Diagnostic]:
        """Return the errors that keep a document from being read in full."""
        rules = {name: rule for name, rule in select_rules([CATEGORIES[0]]).items() if rule.subject != "facts"}
        found = (
            diagnostic
            for document in documents
            for diagnostic in check_document(
                document, self.profile_of(document.source.path), rules, self.today
            ).diagnostics
        )
        return [diagnostic for diagnostic in found if diagnostic.severity is Severity.ERROR]

    def report_unchecked(self) -> None:
        """Print how many files below the paths were not checked."""
        if self.unchecked:
            print_message(unchecked_text(self.unchecked) + tr("。", "."))

    def report_unread(self) -> None:
        """Print how many files below the paths were not read, for a command that does not check."""
        if self.unchecked:
            print_message(unread_text(self.unchecked) + tr("。", "."))

    def require_readable(self) -> None:
        """Exit the command where a file cannot be read, after a message for each."""
        unread = [one for one in self.file_errors(self.documents()) if one.rule == "unreadable-file"]
        print_messages(map(error_text, unread))
        if unread:
            raise CommandExit(EXIT_FINDINGS)

    def report_unreadable(self, file: str, error: UnreadableFileError) -> None:
        """Print why a file cannot be read."""
        print_messages(map(error_text, self.file_errors([unreadable_document(file, error)])))


def error_text(diagnostic: Diagnostic) -> str:
    """Return an error with its place on one line, and its notes on further lines.

    A Word or Excel file that cannot be read has no place but its path.
    """
    place = diagnostic.place
    where = place.path if place.label and diagnostic.rule == "unreadable-file" else place
    line = f"{where} {diagnostic.title}{tr('：', ': ')}{diagnostic.message}"
    return "\n".join([line, *(tr("  注意：", "  note: ") + note for note in diagnostic.notes)])


def print_messages(messages: Iterable[str]) -> None:
    """Print each message to standard error."""
    for message in messages:
        print_message(message)


def _nothing_found(paths: list[str]) -> str:
    where = join_words(paths) or tr("perftarget.yaml 的 paths", "the paths of perftarget.yaml")
    suffixes = join_words(FOLDER_SUFFIXES)
    return tr(
        f"{where}: 没有找到表格（{suffixes} 文件），什么也没有检查",
        f"{where}: no table found ({suffixes} files), nothing was checked",
    )
