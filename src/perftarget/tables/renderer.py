"""Tables to the official form, as Word, Excel, web page or Markdown; findings to the letter that sends a table back."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile

from perftarget.config.profile import Profile
from perftarget.errors import WriteError
from perftarget.files.atomic_write import unique_paths
from perftarget.tables.form import table_grid as grid_of
from perftarget.tables.model import Table

if TYPE_CHECKING:
    from perftarget.formats.docx.writer import FontFaces

SUFFIXES: Final = {"docx": ".docx", "xlsx": ".xlsx", "html": ".html", "markdown": ".md"}
_PACKED: Final = {".docx", ".xlsx"}


def render_tables(kind: str, tables: Sequence[Table], profile: Profile, *, contents: bool = False) -> bytes:
    """All tables as one file of that kind (see SUFFIXES), under the annex label and title. Raises Unwritten."""
    annex, faces = profile.annex, profile.annex.faces
    bureau = annex.bureau or _common(table.unit for table in tables)
    title = annex.title or f"{bureau}项目支出预算绩效目标表"
    grids = [grid_of(table, profile) for table in tables]
    try:
        # What writes is imported when it is wanted: most runs only check.
        if kind == "docx":
            from perftarget.formats.docx import writer as docx

            look = docx.DocumentOptions(_faces(profile), annex.size, contents)
            return docx.write(grids, label=annex.label, title=title, bureau=bureau, look=look)
        if kind == "xlsx":
            from perftarget.formats.xlsx import writer as xlsx

            return xlsx.write(grids, title=annex.label, faces=(faces.title, faces.heading, faces.text))
        return str(import_module(f"perftarget.formats.{kind}").write(grids, title=title)).encode()
    except ValueError as error:  # a character that no file of that kind can hold
        raise WriteError(str(error)) from error


def render_each(kind: str, tables: Sequence[Table], profile: Profile, folder: Path) -> dict[Path, bytes]:
    """Each table as a file of its own, named for its project. Raises Unwritten."""
    names = unique_paths((table.name for table in tables), folder, SUFFIXES[kind])
    return {path: render_tables(kind, [table], profile) for path, table in zip(names, tables, strict=True)}


def _faces(profile: Profile) -> FontFaces:
    from perftarget.formats.docx.writer import FontFaces

    return FontFaces(**profile.annex.faces.model_dump())


def is_current(path: Path, content: bytes) -> bool:
    """Whether the file is there with that content; how the parts of a package are packed depends on the machine."""
    try:
        if path.suffix not in _PACKED:
            return path.read_bytes() == content
        return _parts(path.read_bytes()) == _parts(content)
    except (OSError, BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        return False


def _parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _common(names: Iterable[str]) -> str:
    found = {name.strip() for name in names}
    return found.pop() if len(found) == 1 else ""
