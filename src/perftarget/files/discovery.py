"""Paths to files: which of them are tables, and which configuration each has. Reads none of them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from perftarget.files.walk import Discovery, walk_tables
from perftarget.i18n import join_words, tr

CONFIG_NAME: Final = "perftarget.yaml"
TABLE_SUFFIXES: Final = (".yaml", ".yml")
GRID_READERS: Final = {
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".txt": "text",
}
READER_MODULES: Final = {
    "docx": "perftarget.formats.docx.reader",
    "xlsx": "perftarget.formats.xlsx.reader",
    "text": "perftarget.formats.text",
}
"""The module that reads each of these formats; imported when a file of it is met."""
ANNOTATED: Final = tuple(suffix for suffix, reader in GRID_READERS.items() if reader != "text")
_LOCK: Final = "~$"
"""Word and Excel keep a file of that name beside one that is open."""
FOLDER_SUFFIXES: Final = (*TABLE_SUFFIXES, ".docx", ".xlsx")
FORMS: Final = (".docx", ".xlsx", ".txt")
READABLE: Final = (*TABLE_SUFFIXES, *FORMS)
"""What users are told; templates and files with macros are read too."""
_OTHER_FORMATS: Final = dict.fromkeys((".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".ofd", ".pdf"), ".docx") | (
    dict.fromkeys((".xls", ".xlt", ".et", ".ett", ".xlsb", ".ods", ".csv"), ".xlsx")
)
STANDARD_INPUT: Final = "-"


def discover(paths: Iterable[str], *, forms: bool = False) -> Discovery:
    """Files as named, each once; of a folder, all YAML files below it, hidden folders and configuration left out.

    Where a folder has no YAML, and where only `forms` are wanted, it stands for its Word and Excel files.
    """
    files: dict[str, str] = {}
    complaints = []
    for path in paths:
        if path != STANDARD_INPUT and os.path.isdir(path):  # noqa: PTH112 - keeps the path as it was typed
            below = Discovery([], []) if forms else walk_tables(path, TABLE_SUFFIXES, _left_alone)
            if not below.files:
                below = walk_tables(path, ANNOTATED, _left_alone)
            for file in below.files:
                files.setdefault(os.path.abspath(file), file)  # noqa: PTH100 - a link is not followed
            complaints += below.complaints
        elif complaint := _complaint(path):
            complaints.append(complaint)
        else:
            files.setdefault(path if path == STANDARD_INPUT else os.path.abspath(path), path)  # noqa: PTH100
    return Discovery(list(files.values()), complaints)


def _left_alone(name: str) -> bool:
    return name == CONFIG_NAME or name.startswith((".", _LOCK))


def _complaint(path: str) -> str:
    suffix = Path(path).suffix.lower()
    if path == STANDARD_INPUT:
        return ""
    try:
        os.lstat(path)
    except PermissionError:
        return ""  # reading it will say so
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
        known = join_words(READABLE)
        message = tr(f"不认识的文件类型，可检查的是 {known} 文件", f"unknown kind of file; it can be {known}")
        return f"{path}: {message}"
    return ""


def find_config(start: Path) -> Path | None:
    """The nearest perftarget.yaml in `start` or a folder above it, as far as one may look into them."""
    folder = Path(os.path.realpath(start if os.path.isdir(start) else start.parent))  # noqa: PTH112
    ups = (folder, *folder.parents)
    # What is asked of os.path is False where asking is forbidden.
    return next((path for up in ups if os.path.isfile(path := up / CONFIG_NAME)), None)  # noqa: PTH113


def reader_of(path: str) -> str | None:
    """By what the file is read where it is no YAML: Word, Excel or text with tabs."""
    return GRID_READERS.get(os.path.splitext(path)[1].lower())  # noqa: PTH122 - asked of each of thousands of files
