"""Insert comments (批注) into a Word file by editing its original bytes, so that everything else stays unchanged."""

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
    CONTENT_TYPES,
    HEADER,
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
from perftarget.limits import DEFAULT_LIMITS, Limits

_TRANSITIONAL: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONSHIP_TYPES: Final = {
    _TRANSITIONAL: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    _STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
}
_CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_ID: Final = re.compile(rb"""\b[\w.-]*:?id\s*=\s*["']([0-9]{1,9})["']""")
_COMMENT: Final = re.compile(rb"<(?:[\w.-]+:)?(?:comment|commentRangeStart|commentReference)\s[^<>]*>")
_INITIALS: Final = "pt"
_TEXT_BOX: Final = "txbxContent"


def add_comments(data: bytes, comments: Sequence[Comment], *, when: datetime, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Return the file with a comment at each anchor, dated `when`.

    A comment whose anchor does not exist is placed at the first paragraph. Without comments or paragraphs, `data` is
    returned unchanged. Raises UnreadableFileError if `data` is not a Word file.
    """
    package = open_package(data, "docx", limits)
    document = to_utf8(package.read(package.main))
    finder = _ParagraphFinder(document, {comment.anchor for comment in comments})
    walk_elements(document, finder.start, finder.end)
    if not comments or not finder.paragraphs:
        return data
    part = package.related("comments") or ""
    existing = to_utf8(package.read(part)) if part else b""
    number = _next_number(document, existing)
    comment_elements = []
    for comment in comments:
        finder.by_anchor.get(comment.anchor, finder.paragraphs[0]).numbers.append(number)
        comment_elements.append(_comment_xml(number, comment.text, when, finder.namespace))
        number += 1
    changed = _changed_parts(package, part, existing, "".join(comment_elements).encode(), finder.namespace)
    changed[package.main] = replace_spans(
        document, (change for paragraph in finder.paragraphs for change in paragraph.changes(finder.namespace))
    )
    return repack(data, package.archive, changed)


@dataclass
class _Paragraph:
    """A paragraph, the byte offsets at which comment marks can be inserted, and the numbers of its comments."""

    tag: bytes
    start: int  # after its start tag and its properties
    end: int  # before its end tag; equal to `start` if the element is empty
    numbers: list[int] = field(default_factory=list)

    def changes(self, namespace: str) -> Iterator[tuple[int, int, bytes]]:
        """Yield the replacements (start, end, new bytes) that mark the paragraph as commented."""
        if not self.numbers:
            return
        declaration = "" if self.tag.startswith(b"<w:") else f'xmlns:w="{namespace}" '
        starts = "".join(f'<w:commentRangeStart {declaration}w:id="{number}"/>' for number in self.numbers).encode()
        ends = "".join(
            f'<w:commentRangeEnd {declaration}w:id="{number}"/>'
            f'<w:r {declaration}><w:commentReference w:id="{number}"/></w:r>'.replace(" >", ">")
            for number in self.numbers
        ).encode()
        if self.tag.endswith(b"/>"):
            name = self.tag[1:-2].split()[0]
            yield self.start - 2, self.start, b">" + starts + ends + b"</" + name + b">"
        else:
            yield self.start, self.start, starts
            yield self.end, self.end, ends


@dataclass
class _OpenElement:
    """An element whose end tag has not been reached, with the number of children read so far."""

    name: str  # local name; empty if the element is in another namespace
    anchor: str
    children: int = 0
    paragraph: _Paragraph | None = None


@dataclass
class _ParagraphFinder:
    """Collector of the paragraphs of a document, by byte offset and by anchor."""

    xml: bytes
    anchors: set[str]
    by_anchor: dict[str, _Paragraph] = field(default_factory=dict)
    paragraphs: list[_Paragraph] = field(default_factory=list)
    namespace: str = _TRANSITIONAL
    _stack: list[_OpenElement] = field(default_factory=list)

    def start(self, full_name: str, _attributes: Mapping[str, str], offset: int) -> None:
        """Handle the start tag at `offset`."""
        namespace, _, name = full_name.rpartition(" ")
        if not self._stack:
            self.namespace = namespace
            self._stack.append(_OpenElement(name, ""))
            return
        parent = self._stack[-1]
        element = _OpenElement(
            name if namespace == self.namespace else "", f"{parent.anchor}.{parent.children}".lstrip(".")
        )
        parent.children += 1
        if any(ancestor.name == _TEXT_BOX for ancestor in self._stack):
            # Word has no comments in text boxes, so they are placed at the paragraph that the box is anchored to.
            holder = next((ancestor.paragraph for ancestor in self._stack if ancestor.paragraph), None)
            if holder and element.anchor in self.anchors:
                self.by_anchor.setdefault(element.anchor, holder)
        elif element.name == "pPr" and parent.paragraph and (tag := tag_at(self.xml, offset)).endswith(b"/>"):
            parent.paragraph.start = offset + len(tag)
            element.name = ""  # the offset is set; `end` must not set it again
        elif element.name == "p":
            tag = tag_at(self.xml, offset)
            element.paragraph = _Paragraph(tag, offset + len(tag), offset + len(tag))
            self._add(element, element.paragraph)
        self._stack.append(element)

    def _add(self, element: _OpenElement, paragraph: _Paragraph) -> None:
        """Register a paragraph under its own anchor and, if it is the first one in a cell, under the cell's."""
        self.paragraphs.append(paragraph)
        cell_anchor = next((ancestor.anchor for ancestor in reversed(self._stack) if ancestor.name == "tc"), "")
        for anchor in {element.anchor, cell_anchor} & self.anchors:
            self.by_anchor.setdefault(anchor, paragraph)

    def end(self, _: str, offset: int) -> None:
        """Handle the end tag at `offset`."""
        element = self._stack.pop()
        parent = self._stack[-1] if self._stack else element
        if element.name == "pPr" and parent.paragraph:
            parent.paragraph.start = offset + len(tag_at(self.xml, offset))
        elif element.paragraph and not element.paragraph.tag.endswith(b"/>"):
            element.paragraph.end = offset


def _next_number(document: bytes, comments: bytes) -> int:
    """Return the lowest comment number above all that are in use."""
    tags = (match[0] for xml in (document, comments) for match in _COMMENT.finditer(xml))
    return max((int(match[1]) for tag in tags if (match := _ID.search(tag))), default=-1) + 1


def _comment_xml(number: int, text: str, when: datetime, namespace: str) -> str:
    """Return the comment element, with one paragraph for each line of `text`."""
    mark = "<w:r><w:annotationRef/></w:r>"
    lines = (f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r>' for line in escape_illegal(text).split("\n"))
    paragraphs = "".join(f"<w:p>{mark if not index else ''}{line}</w:p>" for index, line in enumerate(lines))
    date = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'<w:comment xmlns:w="{namespace}" w:id="{number}" w:author="{AUTHOR}" w:date="{date}"'
        f' w:initials="{_INITIALS}">{paragraphs}</w:comment>'
    )


def _changed_parts(
    package: Package, part: str, existing: bytes, comment_elements: bytes, namespace: str
) -> dict[str, bytes]:
    """Return the comments part and, if it is new, the relationships and content types that have to refer to it."""
    if part:
        return {part: append_child(existing, "comments", comment_elements)}
    folder = posixpath.dirname(package.main)
    part = free_name(package.entries, posixpath.join(folder, "comments{}.xml"))
    rels_part = relationships_part(package.main)
    rels = package.read(rels_part) if rels_part in package else b""
    new_rels, _ = add_relationship(rels, _RELATIONSHIP_TYPES[namespace], posixpath.basename(part))
    root = f'{HEADER}<w:comments xmlns:w="{namespace}"></w:comments>'.encode()
    types = add_content_type(package.read(CONTENT_TYPES), part=part, kind=_CONTENT_TYPE)
    return {part: append_child(root, "comments", comment_elements), rels_part: new_rels, CONTENT_TYPES: types}
