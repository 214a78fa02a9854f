"""Read files into documents; the suffix of a file selects its reader."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Final

from perftarget.config.profile import Profile
from perftarget.errors import UnreadableFileError
from perftarget.files.discovery import READER_MODULES, STANDARD_INPUT, reader_name
from perftarget.formats.yaml.loader import load
from perftarget.i18n import tr
from perftarget.limits import DEFAULT_LIMITS, Limits
from perftarget.tables.document import Document, build_document
from perftarget.tables.keys import INDICATORS
from perftarget.text.encoding import decode, encoding_problems
from perftarget.text.source import Loc, Problem, Source

if TYPE_CHECKING:  # most files are YAML, so the readers of forms are imported on demand
    from perftarget.formats.grid import GridDocument
    from perftarget.tables.form import FormFile


_MAX_QUOTED: Final = 10
"""Cells that are quoted in the note about content that was not understood."""
_MAX_SHOWN: Final = 30
"""Characters of such a cell that are quoted."""


def read_documents(path: str, profile: Profile) -> list[Document]:
    """Return the tables of a file; if it cannot be read, a document with the problem."""
    try:
        return parse_documents(path, read_bytes(path, profile.read_limits), profile)
    except UnreadableFileError as error:
        return [unreadable_document(path, error)]


def parse_documents(path: str, data: bytes, profile: Profile) -> list[Document]:
    """Return the tables in the bytes of a file; the suffix of `path` selects the reader."""
    try:
        _check_size(path, data, profile.read_limits)
        if is_form_file(path):
            return list(_parse_forms(path, data, profile))
        return [_parse_yaml(path, data, profile.read_limits.depth)]
    except UnreadableFileError as error:
        return [unreadable_document(path, error)]


def is_form_file(path: str) -> bool:
    """Return True if the file is read as printed forms (Word, Excel or tab-separated text) rather than as YAML."""
    return reader_name(path) is not None


def unreadable_document(path: str, error: UnreadableFileError) -> Document:
    """Return the document of a file that could not be read, which has only the problem."""
    labels: dict[Loc, str] = {(): tr("整个文件", "whole file")} if is_form_file(path) else {}
    return Document(Source(path, "", labels=labels), None, (Problem("unreadable-file", (), error.detail),))


def read_forms(path: str, profile: Profile) -> FormFile:
    """Return the forms of a Word, Excel or text file, with blank first-tier labels inferred.

    Raises UnreadableFileError if the file cannot be read or contains no form.
    """
    from perftarget.tables.form import infer_first_tiers

    limits = profile.read_limits
    form_file = _form_file(path, read_grids(path, read_bytes(path, limits), limits), profile)
    for form in form_file.forms:
        infer_first_tiers(form, profile)
    return form_file


def read_grids(path: str, data: bytes, limits: Limits) -> GridDocument:
    """Return the grids in the bytes of a Word, Excel or text file.

    Raises UnreadableFileError if the file cannot be read or exceeds a limit.
    """
    reader = import_module(READER_MODULES[reader_name(path) or ""])
    grids: GridDocument = reader.read(data, limits)
    for grid in (grid for flow in grids.flows for grid in flow):
        if len(grid.cells) > limits.cells:
            raise UnreadableFileError("many-cells", limit=limits.cells)
        if grid.columns > limits.columns:
            raise UnreadableFileError("many-columns", limit=limits.columns)
    return grids


def read_bytes(path: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Return the bytes of a file or of standard input.

    Raises UnreadableFileError if it cannot be read or is larger than the limit.
    """
    max_size = _max_size(path, limits)
    try:
        data = _read_standard_input(max_size) if path == STANDARD_INPUT else _read_file(path, max_size)
    except PermissionError as error:
        raise UnreadableFileError("permission") from error
    except FileNotFoundError as error:
        raise UnreadableFileError("link" if os.path.lexists(path) else "gone") from error
    except OSError as error:
        raise UnreadableFileError("system", message=error.strerror or str(error)) from error
    _check_size(path, data, limits)
    return data


def _max_size(path: str, limits: Limits) -> int:
    """Return the limit for the size of a file, in bytes."""
    return limits.file_size if reader_name(path) in {None, "text"} else limits.package_size


def _check_size(path: str, data: bytes, limits: Limits) -> None:
    """Raise UnreadableFileError if the data is larger than the limit."""
    if len(data) > (max_size := _max_size(path, limits)):
        raise UnreadableFileError("large" if reader_name(path) in {None, "text"} else "large-package", limit=max_size)


def _read_standard_input(max_size: int) -> bytes:
    """Return standard input, up to one byte more than the limit."""
    if sys.stdin is None:
        raise UnreadableFileError("no-input")
    return sys.stdin.buffer.read(max_size + 1)


def _read_file(path: str, max_size: int) -> bytes:
    """Return the content of a regular file, up to one byte more than the limit."""
    mode = os.stat(path).st_mode  # noqa: PTH116 - faster than Path.stat for thousands of files
    if stat.S_ISDIR(mode):
        raise UnreadableFileError("folder" if os.access(path, os.R_OK | os.X_OK) else "permission")
    if not stat.S_ISREG(mode):
        raise UnreadableFileError("device")
    with open(path, "rb") as file:  # noqa: PTH123 - takes half the time of Path.read_bytes, and is bounded
        return file.read(max_size + 1)


def _parse_yaml(path: str, data: bytes, depth: int) -> Document:
    """Return the document of a YAML file."""
    decoded = decode(data)
    if decoded is None:
        raise UnreadableFileError("binary")
    tree = load(decoded.text, depth=depth)
    source = Source(path, decoded.text, tree.spans)
    return build_document(source, tree.data, [*tree.problems, *encoding_problems(decoded)])


def _form_file(path: str, grids: GridDocument, profile: Profile) -> FormFile:
    """Return the forms in the grids of a file. Raises UnreadableFileError if there is no form."""
    from perftarget.tables.form import FormFile, is_refused, is_title, read_flow

    flows = [read_flow(flow, profile) for flow in grids.flows]
    found = [form for flow_forms, _ in flows for form in flow_forms]
    forms = [form for form in found if not is_refused(form.kind, has_indicators=bool(form.data[INDICATORS]))]
    titles = [form.title for form in found if form not in forms]
    if not forms:
        titles += [cell.text for flow in grids.flows for grid in flow for cell in grid.cells if is_title(cell.text)]
        if titles:
            raise UnreadableFileError("other-form", title=titles[0], notes=grids.notes)
        cause = "no-form" if reader_name(path) == "text" else "no-form-here"
        raise UnreadableFileError(cause, field=next(iter(profile.head), ["项目名称"])[0], notes=grids.notes)
    notes = [*grids.notes, *map(_refusal, titles)]
    return FormFile(path, forms, [cell for _, outside in flows for cell in outside], notes)


def _not_understood(file: FormFile) -> Iterator[str]:
    """Yield a note that quotes the cells whose text is not in any table, if there are any."""
    cells = [*file.outside, *(cell for form in file.forms for cell in form.unplaced)]
    if cells:
        quoted = "、".join(f"{cell.label}“{_shortened(cell.text)}”" for cell in cells[:_MAX_QUOTED])
        more = tr(f"等 {len(cells)} 处", f" and more, {len(cells)} in all") if len(cells) > _MAX_QUOTED else ""
        yield tr(f"有未能识别的内容：{quoted}{more}", f"some content was not understood: {quoted}{more}")


def _shortened(text: str) -> str:
    """Return the start of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _MAX_SHOWN else f"{line[:_MAX_SHOWN]}…"


def _refusal(title: str) -> str:
    """Return the note that a form of another kind was not read."""
    return tr(
        f"“{title}”不是绩效目标表，没有读取",
        f"“{title}” is no performance target table, so it was not read",
    )


def _parse_forms(path: str, data: bytes, profile: Profile) -> Iterator[Document]:
    """Yield a document for each form in a Word, Excel or text file.

    A form is converted to the YAML text that an import writes, so that all tables are built by the same parser.
    """
    from perftarget.formats.yaml.writer import write

    grids = read_grids(path, data, profile.read_limits)
    file = _form_file(path, grids, profile)
    notes = (*file.notes, *_not_understood(file))
    for number, form in enumerate(file.forms):
        text = write(form.data)
        tree = load(text)
        doubts = [Problem("doubtful-reading", doubt.at, {"message": doubt.message}) for doubt in form.doubts]
        source = Source(path, text, tree.spans, form.labels, number)
        document = build_document(source, tree.data, [*tree.problems, *grids.problems, *doubts])
        yield replace(document, notes=notes)
        notes = ()  # the notes concern the whole file, so only its first document has them
