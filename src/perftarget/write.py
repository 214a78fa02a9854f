"""Tables to a Word annex, forms to YAML files; every file is written whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from perftarget.form import Form
from perftarget.form import write as grid_of
from perftarget.model import Table
from perftarget.profile import Profile
from perftarget.writers.yaml import HEADER
from perftarget.writers.yaml import write as to_yaml


class Unwritten(Exception):
    """What could not be written, and why."""


_UNSAFE: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED: Final = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
_LONGEST: Final = 80  # characters; 240 bytes of UTF-8, below the 255 that file systems allow


def annex(tables: Sequence[Table], profile: Profile) -> bytes:
    """One .docx with every table on its page under the annex label and title. Raises Unwritten."""
    # Word's libraries take longer to import than a validation.
    from perftarget.writers.docx import IllegalCharacter, write

    bureau = profile.annex.bureau or _common(table.unit for table in tables)
    title = profile.annex.title or f"{bureau}项目支出预算绩效目标表"
    grids = [grid_of(table, profile) for table in tables]
    try:
        return write(grids, label=profile.annex.label, title=title, bureau=bureau)
    except IllegalCharacter as error:
        raise Unwritten(str(error)) from error


def _common(names: Iterable[str]) -> str:
    found = {name.strip() for name in names}
    return found.pop() if len(found) == 1 else ""


def yaml_files(forms: Sequence[Form], folder: Path) -> dict[Path, str]:
    """The text of each form by the path that it gets: its project's name, made safe and numbered where it repeats."""
    files: dict[Path, str] = {}
    taken: set[str] = set()
    for form in forms:
        stem = _stem(str(form.data.get("项目名称", "")))
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        files[folder / f"{name}.yaml"] = to_yaml(form.data, header=HEADER)
    return files


def _stem(name: str) -> str:
    stem = re.sub(r"\s+", " ", _UNSAFE.sub("_", name)).strip(" .")[:_LONGEST].strip(" .")
    return f"_{stem}" if _RESERVED.fullmatch(stem) else stem or "未命名项目"


def write_files(files: Mapping[Path, str | bytes]) -> None:
    """Write all, or none: each goes to a temporary file first, and only then are they renamed. Raises Unwritten."""
    staged: list[tuple[str, Path]] = []
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            staged.append((_stage(path, content), path))
        while staged:
            temporary, path = staged[0]
            Path(temporary).replace(path)
            staged.pop(0)
    except OSError as error:
        raise Unwritten(f"{error.filename or next(iter(files))}: {error.strerror or error}") from error
    finally:
        for temporary, _ in staged:
            Path(temporary).unlink(missing_ok=True)


def _stage(path: Path, content: str | bytes) -> str:
    data = content.encode() if isinstance(content, str) else content
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:20]}-", suffix=".tmp")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(temporary).chmod(0o666 & ~_umask())
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
