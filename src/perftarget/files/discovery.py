"""Discovery of table files and of their configuration; no file is read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from perftarget.files.repository import escapes_repository, is_within
from perftarget.files.unchecked import counts_by_suffix, nothing_readable, refusal, unchecked_suffix
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
_LOCK_PREFIX: Final = "~$"
"""Prefix of the lock file that Word and Excel keep beside an open file."""


class Discovery(NamedTuple):
    """Discovered files in order, and a message for each path that was not used.

    `unchecked` counts, by suffix, the other files below the folders that may hold a table.
    """

    files: list[str]
    problems: list[str]
    unchecked: dict[str, int]


def discover(paths: Iterable[str], *, forms: bool = False) -> Discovery:
    """Return the named files and the table files below the named folders, each file once.

    A folder contributes its YAML files, without configuration and hidden files. If it has no YAML files, or if `forms`
    is set, it contributes its Word and Excel files. A folder that has only files that cannot be read is a problem.
    """
    files: dict[str, str] = {}
    unchecked: dict[str, str] = {}
    problems = []
    for path in paths:
        if path != STANDARD_INPUT and os.path.isdir(path):  # noqa: PTH112 - Path would change the path as typed
            below = _list_folder(path, forms=forms)
            for file in below.files:
                files.setdefault(os.path.abspath(file), file)  # noqa: PTH100 - a link is not followed
            unchecked |= {os.path.abspath(file): suffix for file, suffix in below.unchecked.items()}  # noqa: PTH100
            problems += below.problems
            if below.unchecked and not below.files:
                problems.append(f"{path}: {nothing_readable(counts_by_suffix(below.unchecked.values()))}")
        elif complaint := _path_complaint(path):
            problems.append(complaint)
        else:
            files.setdefault(path if path == STANDARD_INPUT else os.path.abspath(path), path)  # noqa: PTH100
    left = counts_by_suffix(suffix for file, suffix in unchecked.items() if file not in files)
    return Discovery(list(files.values()), problems, left)


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
    if message := refusal(suffix):
        return f"{path}: {message}"
    if suffix not in TABLE_SUFFIXES and suffix not in GRID_READERS:
        known = join_words(READABLE_SUFFIXES)
        message = tr(f"不认识的文件类型，可检查的是 {known} 文件", f"unknown kind of file; it can be {known}")
        return f"{path}: {message}"
    return ""


class _Listing(NamedTuple):
    """Files of a folder to be read, messages about links, and the suffix of each file that is left out, by path."""

    files: list[str]
    problems: list[str]
    unchecked: dict[str, str]


def _list_folder(top: str, *, forms: bool) -> _Listing:
    """Return the YAML files below a folder, or its Word and Excel files, sorted by folder and name.

    A folder whose name has such a suffix is included as a file, so that reading it reports the mistake. Folders that
    cannot be listed come last, for the same reason.
    """
    walk = _Walk(top)
    walk.visit(top)
    wants_forms = forms or not walk.tables
    wanted, others = (walk.forms, []) if wants_forms else (walk.tables, walk.forms)
    files = [entry.path for entry in wanted if walk.is_usable(entry)]
    for entry in others:
        walk.leave_out(entry)
    return _Listing(files + sorted(walk.unlisted), walk.problems, walk.unchecked)


@dataclass
class _Walk:
    """Recursive listing of a folder; hidden folders are skipped and links to folders are not followed."""

    top: str
    tables: list[os.DirEntry[str]] = field(default_factory=list)
    forms: list[os.DirEntry[str]] = field(default_factory=list)
    unchecked: dict[str, str] = field(default_factory=dict)
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
        """Add an entry to the list of its kind."""
        name = entry.name.lower()
        if name.endswith(TABLE_SUFFIXES):
            self.tables.append(entry)
        elif name.endswith(COMMENT_SUFFIXES):
            self.forms.append(entry)
        else:
            self.leave_out(entry)

    def leave_out(self, entry: os.DirEntry[str]) -> None:
        """Record a file that is not read, and a message for a link to a folder, which is not followed."""
        if _is_folder(entry):
            if entry.is_symlink():
                message = tr(
                    "是指向文件夹的链接，没有进去；请直接写出那个文件夹的路径",
                    "this is a link to a folder, and was not followed; name that folder itself",
                )
                self.problems.append(f"{entry.path}: {message}")
        elif suffix := _form_suffix(entry.name) or unchecked_suffix(entry.name):
            self.unchecked[entry.path] = suffix

    def is_usable(self, entry: os.DirEntry[str]) -> bool:
        """Return True if a file may be read; record a message for a link out of the repository."""
        if not entry.is_symlink() or is_within(entry.path, self.top) or not escapes_repository(entry.path, self.top):
            return True
        message = tr(
            "链接指向仓库之外，没有读取；请把文件放进仓库，或直接写出它的路径",
            "this link leads out of the repository, and was not read; copy the file into it, or name it itself",
        )
        self.problems.append(f"{entry.path}: {message}")
        return False


def _form_suffix(name: str) -> str:
    """Return the suffix of a Word or Excel file in lower case, else ""."""
    return next((suffix for suffix in COMMENT_SUFFIXES if name.lower().endswith(suffix)), "")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Return True for a folder or a link to one; a link that leads nowhere is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_ignored(name: str) -> bool:
    """Return True for configuration, hidden files and lock files."""
    return name == CONFIG_NAME or name.startswith((".", _LOCK_PREFIX))
