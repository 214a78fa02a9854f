"""The two sides of a comparison: files, folders, or what they were in a revision of git."""

from __future__ import annotations

import os
from collections.abc import Iterator

from perftarget.config.loader import Profiles
from perftarget.console import EXIT_FINDINGS, EXIT_USAGE, CommandExit, print_message
from perftarget.diff.compare import Comparison, compare
from perftarget.files import git
from perftarget.files.discovery import TABLE_SUFFIXES, discover
from perftarget.i18n import tr
from perftarget.runner.session import Project, complain_of
from perftarget.tables.document import Document
from perftarget.tables.reader import parse_documents, read_documents


def compare_sides(old: str, new: str, profile: str | None) -> list[Comparison]:
    """What differs between two sides. Ends the command where one is nothing that can be read."""
    profiles = Profiles(profile)
    before, after = (list(_documents(one, profiles)) for one in (old, new))
    session = Project(profiles, [], [])
    unread = [one for one in (*before, *after) if one.table is None]
    for fault in session.unfit(unread):
        print_message(f"{fault.place} {fault.title}{tr('：', ': ')}{fault.message}")
    if unread:
        raise CommandExit(EXIT_FINDINGS)
    return compare(before, after, profiles.of(after[0].source.path))


def _documents(side: str, profiles: Profiles) -> Iterator[Document]:
    """A path that exists is that; else it may be a revision, of which the configured paths are taken."""
    if not os.path.lexists(side) and git.is_revision(side):
        yield from _of_revision(side, profiles)
        return
    found = discover([side])
    complain_of(found)
    if found.complaints or not found.files:
        if not found.complaints:
            print_message(tr(f"{side}: 没有找到表格", f"{side}: no table found"))
        raise CommandExit(EXIT_USAGE)
    for file in found.files:
        yield from read_documents(file, profiles.of(file))


def _of_revision(reference: str, profiles: Profiles) -> Iterator[Document]:
    try:
        files = [file for file in git.files_at(reference, profiles.paths()) if file.lower().endswith(TABLE_SUFFIXES)]
        if not files:
            print_message(tr(f"{reference}: 这个版本里没有表格", f"{reference}: there is no table in this revision"))
            raise CommandExit(EXIT_USAGE)
        for file in files:
            yield from parse_documents(file, git.content_at(reference, file), profiles.of(file))
    except git.GitError as error:
        print_message(str(error))
        raise CommandExit(EXIT_USAGE) from error
