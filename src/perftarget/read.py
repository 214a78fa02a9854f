"""Files and folders to documents: the suffix of a file chooses its reader."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from perftarget.configuration import CONFIG_NAME
from perftarget.document import Document, Unreadable, build
from perftarget.encoding import decode, problems_of
from perftarget.language import listing, say
from perftarget.profile import Profile
from perftarget.source import Problem, Source, Span
from perftarget.tree import load

if TYPE_CHECKING:  # most files are YAML, and need nothing of what reads a form
    from perftarget.form import FormFile
    from perftarget.grid import Reading

TABLE_SUFFIXES: Final = (".yaml", ".yml")
GRID_READERS: Final = {
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".txt": "text",
}
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
MAX_BYTES: Final = 1_000_000
"""Real tables have 2 KB; what is larger by far is another file that got here by mistake."""
MAX_PACKAGE_BYTES: Final = 50_000_000
"""Word and Excel files carry pictures."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the paths of a command lead to: files in order, and a sentence for each path that leads nowhere."""

    files: list[str]
    complaints: list[str]


def find(paths: Iterable[str], *, forms: bool = False) -> Found:
    """Files as named, each once; of a folder, all YAML files below it, hidden folders and configuration left out.

    Where a folder has no YAML, and where only `forms` are wanted, it stands for its Word and Excel files.
    """
    files: dict[str, str] = {}
    complaints = []
    for path in paths:
        if path != STANDARD_INPUT and os.path.isdir(path):  # noqa: PTH112 - keeps the path as it was typed
            found = [] if forms else _walk(path, TABLE_SUFFIXES)
            for file in found or _walk(path, ANNOTATED):
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
    if suffix in _OTHER_FORMATS:
        wanted = _OTHER_FORMATS[suffix]
        message = say(
            f"读不了 {suffix} 文件；请用 Word、Excel 或 WPS 打开，另存为 {wanted}",
            f"{suffix} files cannot be read; open it in Word, Excel or WPS and save it as {wanted}",
        )
        return f"{path}: {message}"
    if suffix not in TABLE_SUFFIXES and suffix not in GRID_READERS:
        known = listing(READABLE)
        message = say(f"不认识的文件类型，可检查的是 {known} 文件", f"unknown kind of file; it can be {known}")
        return f"{path}: {message}"
    return ""


def _walk(top: str, suffixes: tuple[str, ...]) -> list[str]:
    closed: list[OSError] = []
    files = []
    for folder, folders, names in os.walk(top, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        # A folder that is named like a table was meant as one: reading it says so.
        wanted = (name for name in sorted([*names, *folders]) if name.lower().endswith(suffixes))
        files += [
            os.path.join(folder, name)  # noqa: PTH118
            for name in wanted
            if name != CONFIG_NAME and not name.startswith((".", _LOCK))
        ]
    # What nobody could look into is not clean either.
    return files + sorted(str(error.filename) for error in closed)


def read(path: str, profile: Profile) -> list[Document]:
    """The tables of a file. Never raises for what is wrong with the file: that is a problem of its document."""
    try:
        return parse(path, contents(path), profile)
    except Unreadable as error:
        return [unreadable(path, error)]


def parse(path: str, data: bytes, profile: Profile) -> list[Document]:
    """The tables in the bytes of a file; `path` is what they are called, and its suffix how they are read."""
    try:
        if is_form_file(path):
            return list(_from_forms(path, data, profile))
        return [_from_yaml(path, data)]
    except Unreadable as error:
        return [unreadable(path, error)]


def is_form_file(path: str) -> bool:
    """Whether the file is read as a form: Word, Excel or text with tabs."""
    return _reader(path) is not None


def _reader(path: str) -> str | None:
    return GRID_READERS.get(Path(path).suffix.lower())


def unreadable(path: str, error: Unreadable) -> Document:
    """What stands for a file that could not be read: the problem alone."""
    return Document(Source(path, ""), None, (Problem("unreadable-file", Span(0, 0), error.detail),))


def read_forms(path: str, profile: Profile) -> FormFile:
    """The forms of a file that is no YAML, with blank first-tier labels concluded. Raises Unreadable."""
    from perftarget.form import conclude

    forms = _forms(path, reading(path, contents(path)), profile)
    for form in forms.forms:
        conclude(form, profile)
    return forms


def reading(path: str, data: bytes) -> Reading:
    """The grids in the bytes of a file that is no YAML. Raises Unreadable."""
    reader = import_module(f"perftarget.readers.{_reader(path)}")
    found: Reading = reader.read(data)
    return found


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
    if len(data) > (limit := _limit(path)):
        raise Unreadable("large" if limit == MAX_BYTES else "large-package", limit=limit)
    return data


def _limit(path: str) -> int:
    return MAX_BYTES if _reader(path) in {None, "text"} else MAX_PACKAGE_BYTES


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
        return file.read(_limit(path) + 1)


def _from_yaml(path: str, data: bytes) -> Document:
    decoded = decode(data)
    if decoded is None:
        raise Unreadable("binary")
    tree = load(decoded.text)
    source = Source(path, decoded.text, tree.spans)
    return build(source, tree.data, [*tree.problems, *problems_of(decoded)])


def _forms(path: str, found: Reading, profile: Profile) -> FormFile:
    from perftarget.form import FormFile, read

    forms_read = [read(flow, profile) for flow in found.flows]
    forms = [form for some, _ in forms_read for form in some]
    if not forms:
        cause = "no-form" if _reader(path) == "text" else "no-form-here"
        raise Unreadable(cause, field=next(iter(profile.head), ["项目名称"])[0])
    return FormFile(path, forms, [cell for _, outside in forms_read for cell in outside], list(found.notes))


def _from_forms(path: str, data: bytes, profile: Profile) -> Iterator[Document]:
    """Each form becomes the YAML text that an import would write, so that one parser makes all tables."""
    from perftarget.writers.yaml import write

    found = reading(path, data)
    notes = found.notes
    for form in _forms(path, found, profile).forms:
        text = write(form.data)
        tree = load(text)
        document = build(Source(path, text, tree.spans, form.labels), tree.data, found.problems)
        yield replace(document, notes=notes)
        notes = ()  # they are of the file, and are said once
