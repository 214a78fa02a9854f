"""Files and folders to documents: the suffix of a file chooses its reader."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from perftarget.document import Document, build
from perftarget.encoding import Decoded, decode
from perftarget.form import FormFile, conclude
from perftarget.form import read as read_form
from perftarget.language import listing, say
from perftarget.profile import CONFIG_NAME, Profile
from perftarget.source import Problem, Source, Span
from perftarget.tree import load
from perftarget.writers.yaml import write as write_yaml

TABLE_SUFFIXES: Final = (".yaml", ".yml")
GRID_READERS: Final = {".txt": "text"}
STANDARD_INPUT: Final = "-"
MAX_BYTES: Final = 1_000_000
"""Real tables have 2 KB; what is larger by far is another file that got here by mistake."""


class Unreadable(Exception):
    """A file that is no table; `cause` is for the rule unreadable-file, which says it."""

    def __init__(self, cause: str, **detail: object) -> None:
        super().__init__(cause)
        self.detail = {"cause": cause, **detail}


@dataclass(frozen=True, slots=True)
class Found:
    """What the paths of a command lead to: files in order, and a sentence for each path that leads nowhere."""

    files: list[str]
    complaints: list[str]


def find(paths: Iterable[str]) -> Found:
    """Files as named, each once; of a folder, all YAML files below it, hidden folders and configuration left out."""
    files: dict[str, str] = {}
    complaints = []
    for path in paths:
        if path != STANDARD_INPUT and os.path.isdir(path):  # noqa: PTH112 - keeps the path as it was typed
            for file in _walk(path):
                files.setdefault(os.path.abspath(file), file)  # noqa: PTH100 - a link is not followed
        elif complaint := _complaint(path):
            complaints.append(complaint)
        else:
            files.setdefault(path if path == STANDARD_INPUT else os.path.abspath(path), path)  # noqa: PTH100
    return Found(list(files.values()), complaints)


def _complaint(path: str) -> str:
    suffix = Path(path).suffix.lower()
    if path == STANDARD_INPUT:
        return ""
    try:
        os.lstat(path)
    except PermissionError:
        return ""  # reading it will say so
    except (OSError, ValueError):
        return f"{path}: {say('没有这个文件或文件夹，请检查路径', 'there is no such file or folder; check the path')}"
    if suffix not in TABLE_SUFFIXES and suffix not in GRID_READERS:
        known = listing([*TABLE_SUFFIXES, *GRID_READERS])
        message = say(f"不认识的文件类型，可检查的是 {known} 文件", f"unknown kind of file; it can be {known}")
        return f"{path}: {message}"
    return ""


def _walk(top: str) -> Iterator[str]:
    closed: list[OSError] = []
    for folder, folders, names in os.walk(top, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        # A folder that is named like a table was meant as one: reading it says so.
        for name in sorted([*names, *folders]):
            if name.endswith(TABLE_SUFFIXES) and name != CONFIG_NAME and not name.startswith("."):
                yield os.path.join(folder, name)  # noqa: PTH118
    # What nobody could look into is not clean either.
    yield from sorted(str(error.filename) for error in closed)


def read(path: str, profile: Profile) -> list[Document]:
    """The tables of a file. Never raises for what is wrong with the file: that is a problem of its document."""
    try:
        return parse(path, contents(path), profile)
    except Unreadable as error:
        return [_unreadable(path, error)]


def parse(path: str, data: bytes, profile: Profile) -> list[Document]:
    """The tables in the bytes of a file; `path` is what they are called, and its suffix how they are read."""
    try:
        decoded = _decoded(data)
        if Path(path).suffix.lower() in GRID_READERS:
            return list(_from_forms(path, decoded, profile))
        return [_from_yaml(path, decoded)]
    except Unreadable as error:
        return [_unreadable(path, error)]


def _unreadable(path: str, error: Unreadable) -> Document:
    return Document(Source(path, ""), None, (Problem("unreadable-file", Span(0, 0), error.detail),))


def read_forms(path: str, profile: Profile) -> FormFile:
    """The forms of a file that is no YAML, with blank first-tier labels concluded. Raises Unreadable."""
    forms = _forms(path, _decoded(contents(path)), profile)
    for form in forms.forms:
        conclude(form, profile)
    return forms


def _decoded(data: bytes) -> Decoded:
    decoded = decode(data)
    if decoded is None:
        raise Unreadable("binary")
    return decoded


def contents(path: str) -> bytes:
    """The bytes of a file, or of standard input. Raises Unreadable."""
    try:
        data = _standard_input() if path == STANDARD_INPUT else _of_file(path)
    except PermissionError as error:
        raise Unreadable("permission") from error
    except FileNotFoundError as error:
        raise Unreadable("link" if os.path.lexists(path) else "gone") from error
    except OSError as error:
        raise Unreadable("system", message=error.strerror or str(error)) from error
    if len(data) > MAX_BYTES:
        raise Unreadable("large", limit=MAX_BYTES)
    return data


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise Unreadable("no-input")
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def _of_file(path: str) -> bytes:
    mode = Path(path).stat().st_mode
    if stat.S_ISDIR(mode):
        raise Unreadable("folder" if os.access(path, os.R_OK | os.X_OK) else "permission")
    if not stat.S_ISREG(mode):
        raise Unreadable("device")
    with open(path, "rb") as file:  # noqa: PTH123 - half the time of Path.read_bytes, and bounded
        return file.read(MAX_BYTES + 1)


def _from_yaml(path: str, decoded: Decoded) -> Document:
    text, problems = decoded.text, _encoding_problems(decoded)
    tree = load(text)
    return build(Source(path, text, tree.spans), tree.data, [*tree.problems, *problems])


def _encoding_problems(decoded: Decoded) -> list[Problem]:
    if decoded.encoding != "utf-8":
        return [Problem("encoding", Span(0, 0), {"encoding": decoded.encoding})]
    if "\r" not in decoded.text:
        return []
    crlf = decoded.text.count("\r\n")
    ends = {"CRLF": crlf, "LF": decoded.text.count("\n") - crlf, "CR": decoded.text.count("\r") - crlf}
    mixed = {name: count for name, count in ends.items() if count}
    return [Problem("encoding", Span(0, 0), {"ends": mixed})] if len(mixed) > 1 else []


def _forms(path: str, decoded: Decoded, profile: Profile) -> FormFile:
    reader = import_module(f"perftarget.readers.{GRID_READERS[Path(path).suffix.lower()]}")
    found = [read_form(grid, profile) for grid in reader.read(decoded.text)]
    forms = [form for some, _ in found for form in some]
    if not forms:
        raise Unreadable("no-form", field=next(iter(profile.head), ["项目名称"])[0])
    return FormFile(path, forms, [cell for _, outside in found for cell in outside])


def _from_forms(path: str, decoded: Decoded, profile: Profile) -> Iterator[Document]:
    """Each form becomes the YAML text that an import would write, so that one parser makes all tables."""
    for form in _forms(path, decoded, profile).forms:
        text = write_yaml(form.data)
        tree = load(text)
        yield build(Source(path, text, tree.spans, form.labels), tree.data, _encoding_problems(decoded))
