"""Files under safe names, each written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from perftarget.errors import WriteError
from perftarget.i18n import tr

if TYPE_CHECKING:
    pass


SCHEMA: Final = Path("schemas") / "table.schema.json"
_UNSAFE: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED: Final = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]|perftarget) *(?:\..*)?")
"""What Windows takes for a device, whatever follows the dot, and what we take for a configuration."""
_LONGEST: Final = 200  # bytes of UTF-8, well below the 255 that file systems allow


def schema_reference(folder: Path) -> str:
    """The way from a folder to the schema of a table, as `perftarget init` writes it there or above; "" without one."""
    here = Path(os.path.realpath(folder))
    found = (up / SCHEMA for up in (here, *here.parents))
    known = next((path for path in found if path.is_file()), None)
    return Path(os.path.relpath(known, here)).as_posix() if known else ""


def unique_paths(projects: Iterable[str], folder: Path, suffix: str) -> list[Path]:
    """A path for each project: its name, made safe and numbered where it repeats."""
    paths: list[Path] = []
    taken: set[str] = set()
    for project in projects:
        stem = _stem(project)
        name, number = stem, 1
        while (seen := _as_seen(name)) in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(seen)
        paths.append(folder / f"{name}{suffix}")
    return paths


def _as_seen(name: str) -> str:
    """What a file system may hold for the same name: some take no notice of case, some of how an é is composed."""
    return normalize("NFC", normalize("NFC", name).casefold())


def _stem(name: str) -> str:
    stem = re.sub(r"\s+", " ", _UNSAFE.sub("_", name)).strip(" .")
    stem = stem.encode()[:_LONGEST].decode(errors="ignore").strip(" .")
    return f"_{stem}" if _RESERVED.fullmatch(stem) else stem or "未命名项目"


def write_files(files: Mapping[Path, str | bytes]) -> None:
    """Write all, or none. Raises Unwritten.

    Each goes to a temporary file beside it; when all of them are on the disk, they are renamed: whatever happens in
    between, a file is the old one or the new one. A link is followed; a device or a pipe is written to, never replaced.
    """
    open_atomic: list[tuple[Path, Path]] = []
    writing = next(iter(files), Path())
    try:
        for writing, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            path = Path(os.path.realpath(writing))
            if path.exists() and not path.is_file():
                path.write_bytes(data)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            open_atomic.append((_stage(path, data), path))
        for temporary, _ in open_atomic:
            _settle(temporary)
        while open_atomic:
            temporary, path = open_atomic[0]
            temporary.replace(path)
            open_atomic.pop(0)
    except (OSError, UnicodeEncodeError) as error:
        raise WriteError(f"{writing}: {_reason(error)}") from error
    finally:
        for temporary, _ in open_atomic:
            temporary.unlink(missing_ok=True)


@contextmanager
def open_atomic(target: Path) -> Iterator[Callable[[bytes], object]]:
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
    except (OSError, UnicodeEncodeError) as error:
        raise WriteError(f"{target}: {_reason(error)}") from error

    def put(data: bytes) -> None:
        try:
            file.write(data)
        except OSError as error:
            raise WriteError(f"{target}: {_reason(error)}") from error

    try:
        with file:
            yield put
        if temporary:
            try:
                _settle(temporary)
                temporary.replace(path)
            except OSError as error:
                raise WriteError(f"{target}: {_reason(error)}") from error
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)


_FORBIDDEN: Final = ("没有写入权限", "there is no permission to write here")
_FULL: Final = ("磁盘已满", "the disk is full")
_NO_FOLDER: Final = ("路径中有一段不是文件夹", "a part of the path is no folder")
_REASONS: Final = {
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: ("磁盘是只读的", "the disk is read-only"),
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EISDIR: ("这是文件夹，不是文件", "this is a folder, not a file"),
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
    errno.ENAMETOOLONG: ("名称太长", "the name is too long"),
}


def _reason(error: OSError | UnicodeEncodeError) -> str:
    if isinstance(error, UnicodeEncodeError):
        return tr(
            "这个系统写不出这样的文件名；请用 -o 指定英文名称，或设置 PYTHONUTF8=1",
            "this system cannot write such a name; give an English one with -o, or set PYTHONUTF8=1",
        )
    known = _REASONS.get(error.errno or 0)
    return tr(*known) if known else error.strerror or str(error)


def _stage(path: Path, data: bytes) -> Path:
    """A temporary file with that content, and the permissions of the one that it is to replace."""
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))  # to rename would not ask
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".perftarget-", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _settle(path: Path) -> None:
    """Wait until the disk has it: else a rename may outlive, after a power cut, what it names."""
    handle = os.open(path, os.O_WRONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
