"""Comments (批注) into an Excel file: the parts that hold them are added or grow, and nothing else is touched."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from xml.parsers import expat

from lxml import etree

from perftarget.document import Unreadable
from perftarget.grid import Comment
from perftarget.package import Package, open_package
from perftarget.writers._splice import (
    AUTHOR,
    TYPES,
    appended,
    free_name,
    in_utf8,
    legal,
    related,
    rels_of,
    repacked,
    replaced,
    tag_at,
    with_type,
)
from perftarget.writers._vml import DRAWING, shape, shapes

_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BEHIND: Final = frozenset(
    ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
)
"""What stands behind legacyDrawing in a sheet."""
_MOST: Final = 32_000
"""Characters of a comment; Excel takes 32,767."""


def annotate(data: bytes, comments: Sequence[Comment], *, when: datetime) -> bytes:  # noqa: ARG001 - a note has no date
    """The file with a comment at each cell. Excel has one for a cell: what is there already goes on in it."""
    package = open_package(data, "xlsx")
    sheets: dict[str, dict[str, str]] = {}
    for comment in comments:
        part, _, cell = comment.anchor.rpartition("!")
        texts = sheets.setdefault(part, {})
        texts[cell] = f"{texts[cell]}\n\n{comment.text}" if cell in texts else comment.text
    changes = _Changes(package)
    for part, texts in sheets.items():
        changes.annotate(part, {cell: legal(one)[:_MOST] for cell, one in texts.items()})
    return repacked(package, changes.parts) if changes.parts else data


class _Changes:
    """The parts of one file that change, or are new."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.parts: dict[str, bytes] = {}

    def annotate(self, part: str, texts: Mapping[str, str]) -> None:
        sheet = in_utf8(self._read(part))
        space = _space(sheet)
        relations = _STRICT_RELATIONS if space == _STRICT else _RELATIONS
        known = {target.kind: target.part for target in self.package.targets(part).values()}
        notes = known.get("comments") or free_name({*self.package.entries, *self.parts}, "xl/comments{}.xml")
        drawing = known.get("vmlDrawing") or free_name(
            {*self.package.entries, *self.parts}, "xl/drawings/vmlDrawing{}.vml"
        )
        self.parts[notes], new = _noted(self._read(notes) if "comments" in known else b"", texts, space)
        if "comments" not in known:
            self._relate(part, f"{relations}/comments", notes)
            self.parts[TYPES] = with_type(self._read(TYPES), part=notes, kind=_COMMENTS_TYPE)
        if "vmlDrawing" not in known:
            identifier = self._relate(part, f"{relations}/vmlDrawing", drawing)
            self.parts[TYPES] = with_type(self._read(TYPES), extension="vml", kind=_DRAWING_TYPE)
            self.parts[part] = _with_drawing(sheet, identifier, relations)
        drawn = in_utf8(self._read(drawing)) if "vmlDrawing" in known else DRAWING.encode()
        first = max(shapes(drawn), default=0) + 1
        added = "".join(shape(number, cell, texts[cell]) for number, cell in enumerate(new, first))
        self.parts[drawing] = appended(drawn, "xml", added.encode())

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


def _noted(written: bytes, texts: Mapping[str, str], space: str) -> tuple[bytes, list[str]]:
    """The part with the comments, and the cells that had none before."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    empty = f'<comments xmlns="{space}"><authors/><commentList/></comments>'.encode()
    try:
        root = etree.fromstring(written or empty, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("damaged", part="comments") from error

    def own(name: str) -> str:
        return f"{{{etree.QName(root).namespace}}}{name}"

    authors, listed = root.find(own("authors")), root.find(own("commentList"))
    if authors is None or listed is None:
        raise Unreadable("damaged", part="comments")
    etree.SubElement(authors, own("author")).text = AUTHOR
    there = {one.get("ref", ""): one for one in listed}
    for cell, text in texts.items():
        known = there.get(cell)
        if known is None:
            known = etree.SubElement(listed, own("comment"), ref=cell, authorId=str(len(authors) - 1))
            body = etree.SubElement(known, own("text"))
        else:
            found = known.find(own("text"))
            body = found if found is not None else etree.SubElement(known, own("text"))
            text = f"\n\n{text}"  # noqa: PLW2901 - goes on after what is there
        piece = etree.SubElement(etree.SubElement(body, own("r")), own("t"))
        piece.text = text
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data, [cell for cell in texts if cell not in there]


def _with_drawing(sheet: bytes, identifier: str, relations: str) -> bytes:
    """The sheet with its drawing of comments named in the place that the order of its elements gives it."""
    depth, offset, name = 0, len(sheet), b""
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(full: str, _: object) -> None:
        nonlocal depth, offset, name
        depth += 1
        if depth == 1:
            name = tag_at(sheet, parser.CurrentByteIndex)[1:].split()[0]
        elif depth == 2 and full.rpartition(" ")[2] in _BEHIND:
            offset = min(offset, parser.CurrentByteIndex)

    def end(_: str) -> None:
        nonlocal depth, offset
        depth -= 1
        if depth == 0:
            offset = min(offset, parser.CurrentByteIndex)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(sheet, True)
    prefix = name.rpartition(b":")[0] + b":" if b":" in name else b""
    element = f'legacyDrawing xmlns:r="{relations}" r:id="{identifier}"/>'.encode()
    return replaced(sheet, [(offset, offset, b"<" + prefix + element)])
