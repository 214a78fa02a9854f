"""Split a part of a Word file into visible lines (of one or more paragraphs), tables and embedded files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from perftarget.formats.docx.read_boxes import TextBox, text_boxes
from perftarget.formats.docx.read_text import ParagraphReader
from perftarget.formats.docx.read_xml import AnchoredElement, P, iter_unwrapped, w

TABLE: Final = w("tbl")
EMBEDDED_FILE: Final = w("altChunk")
_BLOCKS: Final = frozenset((P, TABLE, EMBEDDED_FILE))


class Line(NamedTuple):
    """Text that is displayed as one paragraph, the text boxes anchored in it, and its struck-out text."""

    text: str
    anchor: str
    text_boxes: list[TextBox]
    struck: str = ""


@dataclass
class _LineBuilder:
    """Collector of the paragraphs of one line.

    A line has several paragraphs if the paragraph marks between them are deleted or hidden.
    """

    anchors: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    """Texts of paragraphs merged into the next one, which follow its number."""
    text_boxes: list[TextBox] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    is_visible: bool = False

    def add(self, placed: AnchoredElement, paragraph_reader: ParagraphReader) -> bool:
        """Add a paragraph and return True if the line ends with it."""
        number, text, mark, struck = paragraph_reader.read(placed.element)
        self.text_boxes += text_boxes(placed)
        self.struck += filter(None, (struck,))
        self.is_visible = self.is_visible or mark == "shown" or bool(text)
        if text or mark == "shown":
            self.anchors.append(placed.anchor)
        if mark == "deleted":
            self.pending.append(text)
        else:
            self.texts += (number, *self.pending, text)
            self.pending = []
        return mark == "shown"

    def build(self) -> Iterator[Line]:
        """Yield the line, if it has visible text, text boxes or struck-out text."""
        if self.is_visible or self.text_boxes or self.struck:
            text, anchor = "".join(self.texts + self.pending), next(iter(self.anchors), "")
            yield Line(text, anchor, self.text_boxes, " ".join(self.struck))


def read_lines(parent: AnchoredElement, paragraph_reader: ParagraphReader) -> Iterator[Line | AnchoredElement]:
    """Yield the lines, tables and embedded files of an element in order."""
    line = _LineBuilder()
    for block in iter_unwrapped(parent, _BLOCKS.__contains__):
        is_paragraph = block.element.tag == P
        if not is_paragraph or line.add(block, paragraph_reader):
            yield from line.build()
            line = _LineBuilder()
        if not is_paragraph:
            yield block
    yield from line.build()
