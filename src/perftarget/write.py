"""Tables to a Word annex, forms to YAML files; every file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile

from perftarget.language import say
from perftarget.model import Table
from perftarget.profile import Profile
from perftarget.regex import regex

if TYPE_CHECKING:
    from perftarget.form import Form


class Unwritten(Exception):
    """What could not be written, and why."""


_UNSAFE: Final = regex(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED: Final = regex(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|perftarget)(?:\..*)?")
_LONGEST: Final = 200  # bytes of UTF-8, well below the 255 that file systems allow


def annex(tables: Sequence[Table], profile: Profile) -> bytes:
    """One .docx with every table on its page under the annex label and title. Raises Unwritten."""
    # Word's libraries take longer to import than a validation.
    from perftarget.form import write as grid_of
    from perftarget.writers.docx import IllegalCharacter, write

    bureau = profile.annex.bureau or _common(table.unit for table in tables)
    title = profile.annex.title or f"{bureau}项目支出预算绩效目标表"
    grids = [grid_of(table, profile) for table in tables]
    try:
        return write(grids, label=profile.annex.label, title=title, bureau=bureau)
    except IllegalCharacter as error:
        raise Unwritten(str(error)) from error


def is_current(path: Path, content: bytes) -> bool:
    """Whether a package is there with just those parts; how they are packed depends on the machine."""
    try:
        return _parts(path.read_bytes()) == _parts(content)
    except (OSError, BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        return False


def _parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _common(names: Iterable[str]) -> str:
    found = {name.strip() for name in names}
    return found.pop() if len(found) == 1 else ""


def yaml_files(forms: Sequence[Form], folder: Path) -> dict[Path, str]:
    """The text of each form by the path that it gets: its project's name, made safe and numbered where it repeats."""
    from perftarget.writers.yaml import HEADER, write

    files: dict[Path, str] = {}
    taken: set[str] = set()
    for form in forms:
        stem = _stem(str(form.data.get("项目名称", "")))
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        files[folder / f"{name}.yaml"] = write(form.data, header=HEADER)
    return files


def _stem(name: str) -> str:
    stem = re.sub(r"\s+", " ", _UNSAFE.sub("_", name)).strip(" .")
    stem = stem.encode()[:_LONGEST].decode(errors="ignore").strip(" .")
    return f"_{stem}" if _RESERVED.fullmatch(stem) else stem or "未命名项目"


def write_files(files: Mapping[Path, str | bytes]) -> None:
    """Write all, or none: each goes to a temporary file first, and only then are they renamed. Raises Unwritten.

    A link is followed; a device or a pipe is written to, never replaced.
    """
    staged: list[tuple[Path, Path]] = []
    writing = next(iter(files), Path())
    try:
        for writing, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            path = Path(os.path.realpath(writing))
            if path.exists() and not path.is_file():
                path.write_bytes(data)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            staged.append((_stage(path, data), path))
        while staged:
            temporary, path = staged[0]
            temporary.replace(path)
            staged.pop(0)
    except OSError as error:
        raise Unwritten(f"{writing}: {_reason(error)}") from error
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)


@contextmanager
def staged(target: Path) -> Iterator[Callable[[bytes], object]]:
    """A file to be written part by part, which takes its name when all is there. Raises Unwritten."""
    path = Path(os.path.realpath(target))
    temporary: Path | None = None
    try:
        if path.exists() and not path.is_file():
            file = path.open("wb")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = _stage(path, b"")
            file = temporary.open("wb")
    except OSError as error:
        raise Unwritten(f"{target}: {_reason(error)}") from error

    def put(data: bytes) -> None:
        try:
            file.write(data)
        except OSError as error:
            raise Unwritten(f"{target}: {_reason(error)}") from error

    try:
        with file:
            yield put
        if temporary:
            temporary.replace(path)
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)


_FORBIDDEN: Final = ("没有写入权限", "there is no permission to write here")
_NO_FOLDER: Final = ("路径中有一段不是文件夹", "a part of the path is no folder")
_REASONS: Final = {
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: ("磁盘是只读的", "the disk is read-only"),
    errno.ENOSPC: ("磁盘已满", "the disk is full"),
    errno.EISDIR: ("这是文件夹，不是文件", "this is a folder, not a file"),
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
    errno.ENAMETOOLONG: ("名称太长", "the name is too long"),
}


def _reason(error: OSError) -> str:
    known = _REASONS.get(error.errno or 0)
    return say(*known) if known else error.strerror or str(error)


def _stage(path: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".perftarget-", suffix=".tmp")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    temporary = Path(name)
    temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
