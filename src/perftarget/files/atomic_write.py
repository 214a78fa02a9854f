"""Safe file names, and atomic writing of one or several files."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from unicodedata import normalize

from perftarget.errors import WriteError
from perftarget.i18n import tr

SCHEMA_PATH: Final = Path("schemas") / "table.schema.json"
"""Path of the JSON schema of a table, relative to the folder of `perftarget init`."""
_UNSAFE: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED: Final = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]|perftarget) *(?:\..*)?")
"""Device names of Windows, with any suffix, and the name of the configuration file."""
_MAX_STEM_BYTES: Final = 200
"""Length of a name without its suffix, in bytes of UTF-8; file systems allow 255 with it."""


def schema_reference(folder: Path) -> str:
    """Return the relative path from a folder to the nearest table schema, written by `perftarget init`.

    The schema is searched in the folder and in the folders above it. Returns "" if there is none.
    """
    start = Path(os.path.realpath(folder))
    candidates = (parent / SCHEMA_PATH for parent in (start, *start.parents))
    schema = next((path for path in candidates if path.is_file()), None)
    return Path(os.path.relpath(schema, start)).as_posix() if schema else ""


def unique_paths(projects: Iterable[str], folder: Path, suffix: str) -> list[Path]:
    """Return a path in `folder` for each project: its name, made safe, and numbered if it repeats."""
    paths: list[Path] = []
    taken: set[str] = set()
    for project in projects:
        stem = _safe_stem(project)
        name, number = stem, 1
        while (key := _collision_key(name)) in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(key)
        paths.append(folder / f"{name}{suffix}")
    return paths


def _collision_key(name: str) -> str:
    """Return a key that is equal for names that may be the same file.

    Some file systems ignore case, and some ignore whether an é is composed.
    """
    return normalize("NFC", normalize("NFC", name).casefold())


def _safe_stem(name: str) -> str:
    """Return a name that is a valid file name on all systems."""
    stem = re.sub(r"\s+", " ", _UNSAFE.sub("_", name)).strip(" .")
    stem = stem.encode()[:_MAX_STEM_BYTES].decode(errors="ignore").strip(" .")
    return f"_{stem}" if _RESERVED.fullmatch(stem) else stem or "未命名项目"


def write_files(files: Mapping[Path, str | bytes]) -> None:
    """Write all files, or none of them.

    Each file is written to a temporary file beside it. After all of them are on the disk, they are renamed, so that
    after a failure at any time a file has either its old or its new content. A link is followed; a device or a pipe is
    written to and not replaced.

    Raises WriteError.
    """
    staged: list[tuple[Path, Path]] = []
    current = next(iter(files), Path())
    try:
        for current, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            path = Path(os.path.realpath(current))
            if path.exists() and not path.is_file():
                path.write_bytes(data)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            staged.append((_stage(path, data), path))
        for temporary, _ in staged:
            _sync(temporary)
        while staged:
            temporary, path = staged[0]
            temporary.replace(path)
            staged.pop(0)
    except (OSError, UnicodeEncodeError) as error:
        raise WriteError(f"{current}: {_reason(error)}") from error
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)


@contextmanager
def open_atomic(target: Path) -> Iterator[Callable[[bytes], object]]:
    """Yield a function that writes bytes to a temporary file, which replaces `target` when the block ends.

    After an exception the target keeps its old content. A device or a pipe is written to directly. Raises WriteError.
    """
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

    def write(data: bytes) -> None:
        try:
            file.write(data)
        except OSError as error:
            raise WriteError(f"{target}: {_reason(error)}") from error

    try:
        with file:
            yield write
        if temporary:
            try:
                _sync(temporary)
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
    """Return the reason of a failure in the language of the process."""
    if isinstance(error, UnicodeEncodeError):
        return tr(
            "这个系统写不出这样的文件名；请用 -o 指定英文名称，或设置 PYTHONUTF8=1",
            "this system cannot write such a name; give an English one with -o, or set PYTHONUTF8=1",
        )
    message = _REASONS.get(error.errno or 0)
    return tr(*message) if message else error.strerror or str(error)


def _stage(path: Path, data: bytes) -> Path:
    """Create a temporary file beside `path` with this content and the permissions of the file that it replaces."""
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))  # a rename ignores the permissions of the file
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


def _sync(path: Path) -> None:
    """Flush a file to the disk; otherwise a rename may survive a power failure that its content does not survive."""
    handle = os.open(path, os.O_WRONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    """Return the umask of the process, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
