"""Files and folders to documents: the suffix of a file chooses its reader."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from perftarget.config.profile import Profile
from perftarget.errors import UnreadableFileError
from perftarget.files.discovery import READER_MODULES, STANDARD_INPUT, reader_of
from perftarget.formats.yaml.loader import load
from perftarget.limits import DEFAULT_LIMITS, Limits
from perftarget.tables.document import Document, build_document
from perftarget.text.encoding import decode, encoding_problems
from perftarget.text.source import Problem, Source, Span

if TYPE_CHECKING:  # most files are YAML, and need nothing of what reads a form
    from perftarget.formats.grid import GridDocument
    from perftarget.tables.form import FormFile


def read_documents(path: str, profile: Profile) -> list[Document]:
    """The tables of a file. Never raises for what is wrong with the file: that is a problem of its document."""
    try:
        return parse_documents(path, read_bytes(path, profile.bounds), profile)
    except UnreadableFileError as error:
        return [unreadable_document(path, error)]


def parse_documents(path: str, data: bytes, profile: Profile) -> list[Document]:
    """The tables in the bytes of a file; `path` is what they are called, and its suffix how they are read."""
    try:
        _bounded(path, data, profile.bounds)
        if is_form_file(path):
            return list(_from_forms(path, data, profile))
        return [_from_yaml(path, data, profile.bounds.depth)]
    except UnreadableFileError as error:
        return [unreadable_document(path, error)]


def is_form_file(path: str) -> bool:
    """Whether the file is read as a form: Word, Excel or text with tabs."""
    return reader_of(path) is not None


def unreadable_document(path: str, error: UnreadableFileError) -> Document:
    """What stands for a file that could not be read: the problem alone."""
    return Document(Source(path, ""), None, (Problem("unreadable-file", Span(0, 0), error.detail),))


def read_forms(path: str, profile: Profile) -> FormFile:
    """The forms of a file that is no YAML, with blank first-tier labels concluded. Raises Unreadable."""
    from perftarget.tables.form import infer_first_tiers

    limits = profile.bounds
    forms = _forms(path, read_grids(path, read_bytes(path, limits), limits), profile)
    for form in forms.forms:
        infer_first_tiers(form, profile)
    return forms


def read_grids(path: str, data: bytes, limits: Limits) -> GridDocument:
    """The grids in the bytes of a file that is no YAML. Raises Unreadable."""
    reader = import_module(READER_MODULES[reader_of(path) or ""])
    found: GridDocument = reader.read(data, limits)
    for grid in (grid for flow in found.flows for grid in flow):
        if len(grid.cells) > limits.cells:
            raise UnreadableFileError("many-cells", limit=limits.cells)
        if grid.columns > limits.columns:
            raise UnreadableFileError("many-columns", limit=limits.columns)
    return found


def read_bytes(path: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The bytes of a file, or of standard input. Raises Unreadable."""
    most = _most(path, limits)
    try:
        data = _standard_input(most) if path == STANDARD_INPUT else _of_file(path, most)
    except PermissionError as error:
        raise UnreadableFileError("permission") from error
    except FileNotFoundError as error:
        raise UnreadableFileError("link" if os.path.lexists(path) else "gone") from error
    except OSError as error:
        raise UnreadableFileError("system", message=error.strerror or str(error)) from error
    _bounded(path, data, limits)
    return data


def _most(path: str, limits: Limits) -> int:
    return limits.file_size if reader_of(path) in {None, "text"} else limits.package_size


def _bounded(path: str, data: bytes, limits: Limits) -> None:
    if len(data) > (most := _most(path, limits)):
        raise UnreadableFileError("large" if reader_of(path) in {None, "text"} else "large-package", limit=most)


def _standard_input(most: int) -> bytes:
    if sys.stdin is None:
        raise UnreadableFileError("no-input")
    return sys.stdin.buffer.read(most + 1)


def _of_file(path: str, most: int) -> bytes:
    mode = os.stat(path).st_mode  # noqa: PTH116 - thousands of files
    if stat.S_ISDIR(mode):
        raise UnreadableFileError("folder" if os.access(path, os.R_OK | os.X_OK) else "permission")
    if not stat.S_ISREG(mode):
        raise UnreadableFileError("device")
    with open(path, "rb") as file:  # noqa: PTH123 - half the time of Path.read_bytes, and bounded
        return file.read(most + 1)


def _from_yaml(path: str, data: bytes, depth: int) -> Document:
    decoded = decode(data)
    if decoded is None:
        raise UnreadableFileError("binary")
    tree = load(decoded.text, depth=depth)
    source = Source(path, decoded.text, tree.spans)
    return build_document(source, tree.data, [*tree.problems, *encoding_problems(decoded)])


def _forms(path: str, found: GridDocument, profile: Profile) -> FormFile:
    from perftarget.tables.form import FormFile, read_flow

    forms_read = [read_flow(flow, profile) for flow in found.flows]
    forms = [form for some, _ in forms_read for form in some]
    if not forms:
        cause = "no-form" if reader_of(path) == "text" else "no-form-here"
        raise UnreadableFileError(cause, field=next(iter(profile.head), ["项目名称"])[0])
    return FormFile(path, forms, [cell for _, outside in forms_read for cell in outside], list(found.notes))


def _from_forms(path: str, data: bytes, profile: Profile) -> Iterator[Document]:
    """Each form becomes the YAML text that an import would write, so that one parser makes all tables."""
    from perftarget.formats.yaml.writer import write

    found = read_grids(path, data, profile.bounds)
    notes = found.notes
    for number, form in enumerate(_forms(path, found, profile).forms):
        text = write(form.data)
        tree = load(text)
        document = build_document(Source(path, text, tree.spans, form.labels, number), tree.data, found.problems)
        yield replace(document, notes=notes)
        notes = ()  # they are of the file, and are said once
