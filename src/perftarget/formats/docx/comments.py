"""Comments (批注) into a Word file: their marks are put into the author's own bytes, and nothing else is touched."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import escape

from perftarget.formats.grid import Comment
from perftarget.formats.ooxml.package import Package, open_package
from perftarget.formats.ooxml.xml_patch import (
    AUTHOR,
    HEADER,
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
from perftarget.limits import DEFAULT_LIMITS, Limits

_TRANSITIONAL: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS: Final = {
    _TRANSITIONAL: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    _STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
}
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_ID: Final = re.compile(rb"""\b[\w.-]*:?id\s*=\s*["']([0-9]{1,9})["']""")
_COMMENT: Final = re.compile(rb"<(?:[\w.-]+:)?(?:comment|commentRangeStart|commentReference)\s[^<>]*>")
_INITIALS: Final = "pt"
_BOX: Final = "txbxContent"


def add_comments(data: bytes, comments: Sequence[Comment], *, when: datetime, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The file with a comment at each anchor; one whose anchor is not there is put at the first paragraph."""
    package = open_package(data, "docx", limits)
    document = to_utf8(package.read(package.main))
    finder = _Finder(document, {comment.anchor for comment in comments})
    walk(document, finder.start, finder.end)
    if not comments or not finder.spots:
        return data
    part = package.related("comments") or ""
    written = to_utf8(package.read(part)) if part else b""
    number = _next_number(document, written)
    bodies = []
    for comment in comments:
        finder.found.get(comment.anchor, finder.spots[0]).numbers.append(number)
        bodies.append(_body(number, comment.text, when, finder.space))
        number += 1
    changed = _comments(package, part, written, "".join(bodies).encode(), finder.space)
    changed[package.main] = replace_spans(
        document, (change for spot in finder.spots for change in spot.changes(finder.space))
    )
    return repack(data, package.archive, changed)


@dataclass
class _Spot:
    """A paragraph: where marks may stand in it, and the numbers of its comments."""

    tag: bytes
    start: int  # behind its tag and its properties
    end: int  # before its end tag; of an empty one, behind its tag
    numbers: list[int] = field(default_factory=list)

    def changes(self, space: str) -> Iterator[tuple[int, int, bytes]]:
        if not self.numbers:
            return
        own = "" if self.tag.startswith(b"<w:") else f'xmlns:w="{space}" '
        begins = "".join(f'<w:commentRangeStart {own}w:id="{one}"/>' for one in self.numbers).encode()
        ends = "".join(
            f'<w:commentRangeEnd {own}w:id="{one}"/><w:r {own}><w:commentReference w:id="{one}"/></w:r>'.replace(
                " >", ">"
            )
            for one in self.numbers
        ).encode()
        if self.tag.endswith(b"/>"):
            name = self.tag[1:-2].split()[0]
            yield self.start - 2, self.start, b">" + begins + ends + b"</" + name + b">"
        else:
            yield self.start, self.start, begins
            yield self.end, self.end, ends


@dataclass
class _Open:
    """An element that has begun: its name, its place, how many children it has had."""

    name: str
    anchor: str
    children: int = 0
    spot: _Spot | None = None


@dataclass
class _Finder:
    """Finds the paragraphs of anchors, by their bytes."""

    xml: bytes
    anchors: set[str]
    found: dict[str, _Spot] = field(default_factory=dict)
    spots: list[_Spot] = field(default_factory=list)
    space: str = _TRANSITIONAL
    _stack: list[_Open] = field(default_factory=list)

    def start(self, full: str, _attributes: Mapping[str, str], offset: int) -> None:
        space, _, name = full.rpartition(" ")
        if not self._stack:
            self.space = space
            self._stack.append(_Open(name, ""))
            return
        above = self._stack[-1]
        one = _Open(name if space == self.space else "", f"{above.anchor}.{above.children}".lstrip("."))
        above.children += 1
        if any(other.name == _BOX for other in self._stack):
            # Word has no comments in text boxes: they are put at the paragraph that the box hangs on.
            holder = next((other.spot for other in self._stack if other.spot), None)
            if holder and one.anchor in self.anchors:
                self.found.setdefault(one.anchor, holder)
        elif one.name == "pPr" and above.spot and (tag := tag_at(self.xml, offset)).endswith(b"/>"):
            above.spot.start = offset + len(tag)
            one.name = ""  # it has no end tag to look for
        elif one.name == "p":
            tag = tag_at(self.xml, offset)
            one.spot = _Spot(tag, offset + len(tag), offset + len(tag))
            self._hold(one, one.spot)
        self._stack.append(one)

    def _hold(self, paragraph: _Open, spot: _Spot) -> None:
        """A paragraph serves its own anchor, and that of the cell whose first it is."""
        self.spots.append(spot)
        cell = next((one.anchor for one in reversed(self._stack) if one.name == "tc"), "")
        for anchor in {paragraph.anchor, cell} & self.anchors:
            self.found.setdefault(anchor, spot)

    def end(self, _: str, offset: int) -> None:
        one = self._stack.pop()
        above = self._stack[-1] if self._stack else one
        if one.name == "pPr" and above.spot:
            above.spot.start = offset + len(tag_at(self.xml, offset))
        elif one.spot and not one.spot.tag.endswith(b"/>"):
            one.spot.end = offset


def _next_number(document: bytes, comments: bytes) -> int:
    tags = (found[0] for xml in (document, comments) for found in _COMMENT.finditer(xml))
    return max((int(found[1]) for tag in tags if (found := _ID.search(tag))), default=-1) + 1


def _body(number: int, written: str, when: datetime, space: str) -> str:
    """A comment, a paragraph a line."""
    mark = "<w:r><w:annotationRef/></w:r>"
    lines = (f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r>' for line in legal(written).split("\n"))
    paragraphs = "".join(f"<w:p>{mark if not index else ''}{line}</w:p>" for index, line in enumerate(lines))
    date = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'<w:comment xmlns:w="{space}" w:id="{number}" w:author="{AUTHOR}" w:date="{date}" w:initials="{_INITIALS}">'
        f"{paragraphs}</w:comment>"
    )


def _comments(package: Package, part: str, written: bytes, bodies: bytes, space: str) -> dict[str, bytes]:
    """The part with the comments, and what must know of it where it is new."""
    if part:
        return {part: append_child(written, "comments", bodies)}
    folder = posixpath.dirname(package.main)
    part = free_name(package.entries, posixpath.join(folder, "comments{}.xml"))
    rels = rels_of(package.main)
    known, _ = related(package.read(rels) if rels in package else b"", _RELATIONS[space], posixpath.basename(part))
    new = f'{HEADER}<w:comments xmlns:w="{space}"></w:comments>'.encode()
    types = with_type(package.read(TYPES), part=part, kind=_TYPE)
    return {part: append_child(new, "comments", bodies), rels: known, TYPES: types}
