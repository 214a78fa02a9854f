"""The two sides of a comparison: files, folders, or what they were in a revision of git."""

from __future__ import annotations

import os
from collections.abc import Iterator

from perftarget.config.loader import Profiles
from perftarget.console import FINDINGS, WRONG_USE, Ended, complain
from perftarget.diff.compare import Comparison, compare
from perftarget.files import git
from perftarget.files.discovery import TABLE_SUFFIXES, find
from perftarget.i18n import say
from perftarget.runner.session import Session, complain_of
from perftarget.tables.document import Document
from perftarget.tables.reader import parse, read


def compared(old: str, new: str, profile: str | None) -> list[Comparison]:
    """What differs between two sides. Ends the command where one is nothing that can be read."""
    profiles = Profiles(profile)
    before, after = (list(_documents(one, profiles)) for one in (old, new))
    session = Session(profiles, [], [])
    unread = [one for one in (*before, *after) if one.table is None]
    for fault in session.unfit(unread):
        complain(f"{fault.place} {fault.title}{say('：', ': ')}{fault.message}")
    if unread:
        raise Ended(FINDINGS)
    return compare(before, after, profiles.of(after[0].source.path))


def _documents(side: str, profiles: Profiles) -> Iterator[Document]:
    """A path that exists is that; else it may be a revision, of which the configured paths are taken."""
    if not os.path.lexists(side) and git.is_revision(side):
        yield from _of_revision(side, profiles)
        return
    found = find([side])
    complain_of(found)
    if found.complaints or not found.files:
        if not found.complaints:
            complain(say(f"{side}: 没有找到表格", f"{side}: no table found"))
        raise Ended(WRONG_USE)
    for file in found.files:
        yield from read(file, profiles.of(file))


def _of_revision(reference: str, profiles: Profiles) -> Iterator[Document]:
    try:
        files = [file for file in git.files_at(reference, profiles.paths()) if file.lower().endswith(TABLE_SUFFIXES)]
        if not files:
            complain(say(f"{reference}: 这个版本里没有表格", f"{reference}: there is no table in this revision"))
            raise Ended(WRONG_USE)
        for file in files:
            yield from parse(file, git.content_at(reference, file), profiles.of(file))
    except git.GitError as error:
        complain(str(error))
        raise Ended(WRONG_USE) from error
