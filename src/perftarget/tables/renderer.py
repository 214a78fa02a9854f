"""Render tables as the official form in Word, Excel, HTML or Markdown."""

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
from perftarget.tables.form import table_grid
from perftarget.tables.model import Table

if TYPE_CHECKING:
    from perftarget.formats.docx.writer import FontFaces

SUFFIXES: Final = {"docx": ".docx", "xlsx": ".xlsx", "html": ".html", "markdown": ".md"}
_PACKAGE_SUFFIXES: Final = {".docx", ".xlsx"}


def render_tables(kind: str, tables: Sequence[Table], profile: Profile, *, contents: bool = False) -> bytes:
    """Return all tables as one file of that kind (a key of SUFFIXES), under the annex label and title.

    `contents` adds a table of contents to a Word file. Raises WriteError if a text has a character that a file of that
    kind cannot contain.
    """
    annex, faces = profile.annex, profile.annex.faces
    bureau = annex.bureau or _common_name(table.unit for table in tables)
    title = annex.title or f"{bureau}项目支出预算绩效目标表"
    grids = [table_grid(table, profile) for table in tables]
    try:
        # Writers are imported on demand, because most runs only check.
        if kind == "docx":
            from perftarget.formats.docx import writer as docx

            options = docx.DocumentOptions(font_faces(profile), annex.size, contents)
            return docx.write(grids, label=annex.label, title=title, bureau=bureau, look=options)
        if kind == "xlsx":
            from perftarget.formats.xlsx import writer as xlsx

            return xlsx.write(grids, title=annex.label, faces=(faces.title, faces.heading, faces.text))
        return str(import_module(f"perftarget.formats.{kind}").write(grids, title=title)).encode()
    except ValueError as error:
        raise WriteError(str(error)) from error


def render_each(kind: str, tables: Sequence[Table], profile: Profile, folder: Path) -> dict[Path, bytes]:
    """Return the content of a separate file for each table by its path, named after the project. Raises WriteError."""
    names = unique_paths((table.name for table in tables), folder, SUFFIXES[kind])
    return {path: render_tables(kind, [table], profile) for path, table in zip(names, tables, strict=True)}


def font_faces(profile: Profile) -> FontFaces:
    """Return the fonts of the annex for the Word writer."""
    from perftarget.formats.docx.writer import FontFaces

    return FontFaces(**profile.annex.faces.model_dump())


def is_current(path: Path, content: bytes) -> bool:
    """Return True if the file exists with that content.

    The parts of a Word or Excel file are compared unpacked, because their compression depends on the machine.
    """
    try:
        if path.suffix not in _PACKAGE_SUFFIXES:
            return path.read_bytes() == content
        return _parts(path.read_bytes()) == _parts(content)
    except (OSError, BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        return False


def _parts(data: bytes) -> dict[str, bytes]:
    """Return the unpacked parts of a package by name."""
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _common_name(names: Iterable[str]) -> str:
    """Return the name if all names are the same, else ""."""
    distinct = {name.strip() for name in names}
    return distinct.pop() if len(distinct) == 1 else ""
