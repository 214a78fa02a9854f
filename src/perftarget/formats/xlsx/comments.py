"""Writer of comments (批注) into an Excel file; only the parts that contain comments are added or changed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from perftarget.formats.grid import Comment
from perftarget.formats.ooxml.package import Package, open_package
from perftarget.formats.ooxml.xml_patch import (
    CONTENT_TYPES,
    add_content_type,
    add_relationship,
    append_child,
    escape_illegal,
    free_name,
    relationships_part,
    replace_spans,
    tag_at,
    to_utf8,
    walk_elements,
)
from perftarget.formats.ooxml.zip_patch import repack
from perftarget.formats.xlsx.notes import write_notes
from perftarget.formats.xlsx.threads import move_beside_threads
from perftarget.formats.xlsx.vml import EMPTY_DRAWING, comment_shapes
from perftarget.limits import DEFAULT_LIMITS, Limits

_TRANSITIONAL_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_LATER_ELEMENTS: Final = frozenset(
    ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
)
"""Elements that follow legacyDrawing in a sheet."""


def add_comments(data: bytes, comments: Sequence[Comment], *, when: datetime, limits: Limits = DEFAULT_LIMITS) -> bytes:  # noqa: ARG001 - a note has no date
    """Return the file with the comments added at their cells.

    A cell has at most one comment in Excel, so that the text is appended to an existing comment. Raises
    UnreadableFileError if the file is damaged.
    """
    package = open_package(data, "xlsx", limits)
    sheets: dict[str, dict[str, str]] = {}
    for comment in comments:
        part, _, cell = comment.anchor.rpartition("!")
        texts = sheets.setdefault(part, {})
        texts[cell] = f"{texts[cell]}\n\n{comment.text}" if cell in texts else comment.text
    changes = _Changes(package)
    for part, texts in sheets.items():
        changes.annotate(part, {cell: escape_illegal(text) for cell, text in texts.items()})
    return repack(data, package.archive, changes.parts) if changes.parts else data


class _Changes:
    """Changed and new parts of one file."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.parts: dict[str, bytes] = {}

    def annotate(self, part: str, texts: Mapping[str, str]) -> None:
        """Add the texts at their cells in the sheet `part`."""
        sheet = to_utf8(self._read(part))
        namespace = _sheet_namespace(sheet)
        relations = _STRICT_RELATIONS if namespace == _STRICT else _TRANSITIONAL_RELATIONS
        targets = self.package.targets(part)
        threads = [self._read(target.part) for target in targets.values() if target.kind == "threadedComment"]
        texts = move_beside_threads(texts, threads, sheet)
        notes = next((target.part for target in targets.values() if target.kind == "comments"), "")
        written = self._read(notes) if notes else b""
        if not notes:
            notes = self._free_name("xl/comments{}.xml")
            self._relate(part, f"{relations}/comments", notes)
            self.parts[CONTENT_TYPES] = add_content_type(self._read(CONTENT_TYPES), part=notes, kind=_COMMENTS_TYPE)
        self.parts[notes], new_cells = write_notes(written, texts, namespace)
        reference = _DrawingReference.find(sheet)
        # A sheet may also have a drawing of the same type for the pictures in its header.
        target = targets.get(reference.identifier)
        drawing = target.part if target else self._free_name("xl/drawings/vmlDrawing{}.vml")
        if not target:
            identifier = self._relate(part, f"{relations}/vmlDrawing", drawing)
            self.parts[CONTENT_TYPES] = add_content_type(self._read(CONTENT_TYPES), extension="vml", kind=_DRAWING_TYPE)
            self.parts[part] = reference.write(sheet, identifier, relations)
        vml = to_utf8(self._read(drawing)) if target else EMPTY_DRAWING.encode()
        self.parts[drawing] = append_child(vml, "xml", comment_shapes(vml, {cell: texts[cell] for cell in new_cells}))

    def _free_name(self, pattern: str) -> str:
        """Return a part name that is not in use."""
        return free_name({*self.package.entries, *self.parts}, pattern)

    def _read(self, part: str) -> bytes:
        """Return the current bytes of a part."""
        return self.parts[part] if part in self.parts else self.package.read(part)

    def _relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship from a part to a target, and return its identifier."""
        rels = relationships_part(part)
        written = self._read(rels) if rels in self.package or rels in self.parts else b""
        self.parts[rels], identifier = add_relationship(
            written, kind, posixpath.relpath(target, posixpath.dirname(part))
        )
        return identifier


def _sheet_namespace(sheet: bytes) -> str:
    """Return the namespace of a sheet, which is that of the strict or the transitional variant."""
    root = re.search(rb"<(?:([\w.-]+):)?worksheet\b", sheet)
    prefix = root[1] if root else None
    attribute = b"xmlns:" + prefix if prefix else b"xmlns"
    declaration = re.search(rb"\s" + attribute + rb"""\s*=\s*["']([^"']*)["']""", sheet)
    return declaration[1].decode() if declaration else _STRICT


@dataclass
class _DrawingReference:
    """Element legacyDrawing of a sheet, or the byte offset where the order of elements requires it."""

    start: int
    end: int
    identifier: str = ""
    prefix: bytes = b""

    @classmethod
    def find(cls, sheet: bytes) -> _DrawingReference:
        """Find the element in a sheet, or the offset where it is to be inserted."""
        reference, depth = cls(len(sheet), len(sheet)), 0

        def start(full_name: str, attributes: Mapping[str, str], offset: int) -> None:
            nonlocal depth
            depth += 1
            name = full_name.rpartition(" ")[2]
            if depth == 1:
                prefix, colon, _ = tag_at(sheet, offset)[1:].split()[0].rpartition(b":")
                reference.prefix = prefix + colon
            elif depth == 2 and name == "legacyDrawing":
                reference.start = offset
                reference.identifier = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            elif depth == 2 and name in _LATER_ELEMENTS and offset < reference.start:
                reference.start = reference.end = offset

        def end(full_name: str, offset: int) -> None:
            nonlocal depth
            depth -= 1
            if depth == 1 and full_name.endswith(" legacyDrawing"):
                reference.end = offset + len(tag_at(sheet, offset))
            elif depth == 0 and offset < reference.start:
                reference.start = reference.end = offset

        walk_elements(sheet, start, end)
        return reference

    def write(self, sheet: bytes, identifier: str, relations: str) -> bytes:
        """Return the sheet with the element in place, referring to the relationship `identifier`."""
        element = f'legacyDrawing xmlns:r="{relations}" r:id="{identifier}"/>'.encode()
        return replace_spans(sheet, [(self.start, self.end, b"<" + self.prefix + element)])
