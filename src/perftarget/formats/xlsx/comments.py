"""Comments (批注) into an Excel file: the parts that hold them are added or grow, and nothing else is touched."""

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
    TYPES,
    append_child,
    free_name,
    legal,
    related,
    rels_of,
    replace_spans,
    tag_at,
    to_utf8,
    walk,
    with_type,
)
from perftarget.formats.ooxml.zip_patch import repack
from perftarget.formats.xlsx.notes import set_note
from perftarget.formats.xlsx.threads import beside
from perftarget.formats.xlsx.vml import DRAWING, boxes
from perftarget.limits import DEFAULT_LIMITS, Limits

_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BEHIND: Final = frozenset(
    ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
)
"""What stands behind legacyDrawing in a sheet."""


def add_comments(data: bytes, comments: Sequence[Comment], *, when: datetime, limits: Limits = DEFAULT_LIMITS) -> bytes:  # noqa: ARG001 - a note has no date
    """The file with a comment at each cell. Excel has one for a cell: what is there already goes on in it."""
    package = open_package(data, "xlsx", limits)
    sheets: dict[str, dict[str, str]] = {}
    for comment in comments:
        part, _, cell = comment.anchor.rpartition("!")
        texts = sheets.setdefault(part, {})
        texts[cell] = f"{texts[cell]}\n\n{comment.text}" if cell in texts else comment.text
    changes = _Changes(package)
    for part, texts in sheets.items():
        changes.annotate(part, {cell: legal(one) for cell, one in texts.items()})
    return repack(data, package.archive, changes.parts) if changes.parts else data


class _Changes:
    """The parts of one file that change, or are new."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.parts: dict[str, bytes] = {}

    def annotate(self, part: str, texts: Mapping[str, str]) -> None:
        sheet = to_utf8(self._read(part))
        space = _space(sheet)
        relations = _STRICT_RELATIONS if space == _STRICT else _RELATIONS
        targets = self.package.targets(part)
        threads = [self._read(target.part) for target in targets.values() if target.kind == "threadedComment"]
        texts = beside(texts, threads, sheet)
        notes = next((target.part for target in targets.values() if target.kind == "comments"), "")
        written = self._read(notes) if notes else b""
        if not notes:
            notes = self._free("xl/comments{}.xml")
            self._relate(part, f"{relations}/comments", notes)
            self.parts[TYPES] = with_type(self._read(TYPES), part=notes, kind=_COMMENTS_TYPE)
        self.parts[notes], new = set_note(written, texts, space)
        place = _Place.of(sheet)
        # A sheet may have another drawing of that kind: the pictures in its header.
        target = targets.get(place.identifier)
        drawing = target.part if target else self._free("xl/drawings/vmlDrawing{}.vml")
        if not target:
            identifier = self._relate(part, f"{relations}/vmlDrawing", drawing)
            self.parts[TYPES] = with_type(self._read(TYPES), extension="vml", kind=_DRAWING_TYPE)
            self.parts[part] = place.filled(sheet, identifier, relations)
        drawn = to_utf8(self._read(drawing)) if target else DRAWING.encode()
        self.parts[drawing] = append_child(drawn, "xml", boxes(drawn, {cell: texts[cell] for cell in new}))

    def _free(self, pattern: str) -> str:
        return free_name({*self.package.entries, *self.parts}, pattern)

    def _read(self, part: str) -> bytes:
        return self.parts[part] if part in self.parts else self.package.read(part)

    def _relate(self, part: str, kind: str, target: str) -> str:
        rels = rels_of(part)
        written = self._read(rels) if rels in self.package or rels in self.parts else b""
        self.parts[rels], identifier = related(written, kind, posixpath.relpath(target, posixpath.dirname(part)))
        return identifier


def _space(sheet: bytes) -> str:
    """The namespace that a sheet is written in."""
    found = re.search(rb"<(?:([\w.-]+):)?worksheet\b", sheet)
    prefix = found[1] if found else None
    name = b"xmlns:" + prefix if prefix else b"xmlns"
    declared = re.search(rb"\s" + name + rb"""\s*=\s*["']([^"']*)["']""", sheet)
    return declared[1].decode() if declared else _STRICT


@dataclass
class _Place:
    """Where a sheet names its drawing of comments, or must, by the order of its elements; from one byte to another."""

    start: int
    end: int
    identifier: str = ""
    prefix: bytes = b""

    @classmethod
    def of(cls, sheet: bytes) -> _Place:
        place, depth = cls(len(sheet), len(sheet)), 0

        def start(full: str, attributes: Mapping[str, str], offset: int) -> None:
            nonlocal depth
            depth += 1
            name = full.rpartition(" ")[2]
            if depth == 1:
                prefix, colon, _ = tag_at(sheet, offset)[1:].split()[0].rpartition(b":")
                place.prefix = prefix + colon
            elif depth == 2 and name == "legacyDrawing":
                place.start = offset
                place.identifier = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            elif depth == 2 and name in _BEHIND and offset < place.start:
                place.start = place.end = offset

        def end(full: str, offset: int) -> None:
            nonlocal depth
            depth -= 1
            if depth == 1 and full.endswith(" legacyDrawing"):
                place.end = offset + len(tag_at(sheet, offset))
            elif depth == 0 and offset < place.start:
                place.start = place.end = offset

        walk(sheet, start, end)
        return place

    def filled(self, sheet: bytes, identifier: str, relations: str) -> bytes:
        element = f'legacyDrawing xmlns:r="{relations}" r:id="{identifier}"/>'.encode()
        return replace_spans(sheet, [(self.start, self.end, b"<" + self.prefix + element)])
