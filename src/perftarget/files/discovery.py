"""Discovery of table files and of their configuration; no file is read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from perftarget.files.repository import escapes_repository, is_within
from perftarget.i18n import join_words, tr

CONFIG_NAME: Final = "perftarget.yaml"
STANDARD_INPUT: Final = "-"
"""Path that stands for standard input."""

TABLE_SUFFIXES: Final = (".yaml", ".yml")
GRID_READERS: Final = {
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".txt": "text",
}
"""Name of the reader by suffix."""
READER_MODULES: Final = {
    "docx": "perftarget.formats.docx.reader",
    "xlsx": "perftarget.formats.xlsx.reader",
    "text": "perftarget.formats.text",
}
"""Module of each reader, imported when the first file of its format is read."""
COMMENT_SUFFIXES: Final = tuple(suffix for suffix, reader in GRID_READERS.items() if reader != "text")
"""Suffixes of the files that can carry comments."""
FOLDER_SUFFIXES: Final = (*TABLE_SUFFIXES, ".docx", ".xlsx")
FORM_SUFFIXES: Final = (".docx", ".xlsx", ".txt")
READABLE_SUFFIXES: Final = (*TABLE_SUFFIXES, *FORM_SUFFIXES)
"""Suffixes named in messages; templates and files with macros are read too."""
_OTHER_FORMATS: Final = dict.fromkeys((".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".ofd", ".pdf"), ".docx") | (
    dict.fromkeys((".xls", ".xlt", ".et", ".ett", ".xlsb", ".ods", ".csv"), ".xlsx")
)
"""Unreadable formats with the format that the user is asked to save them in."""
_LOCK_PREFIX: Final = "~$"
"""Prefix of the lock file that Word and Excel keep beside an open file."""


class Discovery(NamedTuple):
    """Discovered files in order, and a message for each path that was not used."""

    files: list[str]
    problems: list[str]


def discover(paths: Iterable[str], *, forms: bool = False) -> Discovery:
    """Return the named files and the table files below the named folders, each file once.

    A folder contributes its YAML files, without configuration and hidden files. If it has no YAML files, or if `forms`
    is set, it contributes its Word and Excel files.
    """
    files: dict[str, str] = {}
    problems = []
    for path in paths:
        if path != STANDARD_INPUT and os.path.isdir(path):  # noqa: PTH112 - Path would change the path as typed
            below = Discovery([], []) if forms else _walk(path, TABLE_SUFFIXES)
            if not below.files:
                below = _walk(path, COMMENT_SUFFIXES)
            for file in below.files:
                files.setdefault(os.path.abspath(file), file)  # noqa: PTH100 - a link is not followed
            problems += below.problems
        elif complaint := _path_complaint(path):
            problems.append(complaint)
        else:
            files.setdefault(path if path == STANDARD_INPUT else os.path.abspath(path), path)  # noqa: PTH100
    return Discovery(list(files.values()), problems)


def find_config(start: Path) -> Path | None:
    """Return the nearest perftarget.yaml in `start` or a folder above it; folders without permission are skipped."""
    folder = Path(os.path.realpath(start if os.path.isdir(start) else start.parent))  # noqa: PTH112
    parents = (folder, *folder.parents)
    # os.path.isfile returns False where Path.is_file raises PermissionError.
    return next((path for parent in parents if os.path.isfile(path := parent / CONFIG_NAME)), None)  # noqa: PTH113


def reader_name(path: str) -> str | None:
    """Return the name of the reader of a Word, Excel or text file, or None for other files."""
    return GRID_READERS.get(os.path.splitext(path)[1].lower())  # noqa: PTH122 - called for thousands of files


def _path_complaint(path: str) -> str:
    """Return a message if a named file does not exist or has a format that cannot be read, else ""."""
    suffix = Path(path).suffix.lower()
    if path == STANDARD_INPUT:
        return ""
    try:
        os.lstat(path)
    except PermissionError:
        return ""  # reported when the file is read
    except (OSError, ValueError):
        return f"{path}: {tr('没有这个文件或文件夹，请检查路径', 'there is no such file or folder; check the path')}"
    if suffix in _OTHER_FORMATS:
        wanted = _OTHER_FORMATS[suffix]
        message = tr(
            f"读不了 {suffix} 文件；请用 Word、Excel 或 WPS 打开，另存为 {wanted}",
            f"{suffix} files cannot be read; open it in Word, Excel or WPS and save it as {wanted}",
        )
        return f"{path}: {message}"
    if suffix not in TABLE_SUFFIXES and suffix not in GRID_READERS:
        known = join_words(READABLE_SUFFIXES)
        message = tr(f"不认识的文件类型，可检查的是 {known} 文件", f"unknown kind of file; it can be {known}")
        return f"{path}: {message}"
    return ""


def _walk(top: str, suffixes: tuple[str, ...]) -> Discovery:
    """Return the files below a folder that have one of the suffixes, sorted by folder and name.

    A folder whose name has such a suffix is included as a file, so that reading it reports the mistake. Folders that
    cannot be listed come last, for the same reason.
    """
    walk = _Walk(top, suffixes)
    walk.visit(top)
    return Discovery(walk.files + sorted(walk.unlisted), walk.problems)


@dataclass
class _Walk:
    """Recursive listing of a folder; hidden folders are skipped and links to folders are not followed."""

    top: str
    suffixes: tuple[str, ...]
    files: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)

    def visit(self, folder: str) -> None:
        """Add the files of a folder, then those of its subfolders."""
        try:
            with os.scandir(folder) as iterator:
                entries = sorted(iterator, key=lambda entry: entry.name)
        except OSError:
            self.unlisted.append(folder)
            return
        for entry in entries:
            if not _is_ignored(entry.name):
                self._add(entry)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                self.visit(entry.path)

    def _add(self, entry: os.DirEntry[str]) -> None:
        """Add an entry with a wanted suffix, or a message for a link that is not followed."""
        wanted = entry.name.lower().endswith(self.suffixes)
        if entry.is_symlink() and (complaint := self._link_complaint(entry, wanted=wanted)):
            self.problems.append(f"{entry.path}: {complaint}")
        elif wanted:
            self.files.append(entry.path)

    def _link_complaint(self, link: os.DirEntry[str], *, wanted: bool) -> str:
        """Return the reason why a link is not followed; "" if it is followed or has another suffix."""
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


def _is_ignored(name: str) -> bool:
    """Return True for configuration, hidden files and lock files."""
    return name == CONFIG_NAME or name.startswith((".", _LOCK_PREFIX))
