"""A folder to the files below it. Hidden folders are left out, links to folders are not followed."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from perftarget.files.repository import escapes_repository, is_within
from perftarget.i18n import tr


class Discovery(NamedTuple):
    """What paths lead to: files in order, and a sentence for each path that leads nowhere."""

    files: list[str]
    complaints: list[str]


def walk_tables(top: str, suffixes: tuple[str, ...], left_alone: Callable[[str], bool]) -> Discovery:
    """The files with those suffixes, by folder and name; last the folders that nobody could look into.

    A folder that is named like a file was meant as one, and is among them.
    """
    found = _Walk(top, suffixes, left_alone)
    found.enter(top)
    return Discovery(found.files + sorted(found.closed), found.complaints)


@dataclass
class _Walk:
    top: str
    suffixes: tuple[str, ...]
    left_alone: Callable[[str], bool]
    files: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    def enter(self, folder: str) -> None:
        try:
            with os.scandir(folder) as entries:
                known = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            self.closed.append(folder)
            return
        for entry in known:
            if not self.left_alone(entry.name):
                self._meet(entry)
        for entry in known:
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                self.enter(entry.path)

    def _meet(self, entry: os.DirEntry[str]) -> None:
        wanted = entry.name.lower().endswith(self.suffixes)
        if entry.is_symlink() and (complaint := self._complaint(entry, wanted=wanted)):
            self.complaints.append(f"{entry.path}: {complaint}")
        elif wanted:
            self.files.append(entry.path)

    def _complaint(self, link: os.DirEntry[str], *, wanted: bool) -> str:
        """Why a link is not followed, "" where it is, or is none of our business."""
        if not wanted:
            return (
                tr(
                    "是指向文件夹的链接，没有进去；请直接写出那个文件夹的路径",
                    "this is a link to a folder, and was not followed; name that folder itself",
                )
                if link.is_dir()
                else ""
            )
        if is_within(link.path, self.top) or not escapes_repository(link.path, self.top):
            return ""
        return tr(
            "链接指向仓库之外，没有读取；请把文件放进仓库，或直接写出它的路径",
            "this link leads out of the repository, and was not read; copy the file into it, or name it itself",
        )
