"""What stands in a part of a Word file as a person sees it: lines, each of one or more paragraphs, and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from perftarget.readers._docx_text import Texts
from perftarget.readers._docx_xml import P, Placed, inside, w

TABLE: Final = w("tbl")
CHUNK: Final = w("altChunk")
_BLOCKS: Final = frozenset((P, TABLE, CHUNK))


@dataclass
class Line:
    """Paragraphs that run on in one line, since the marks between them are deleted or hidden: mostly one alone."""

    text: str = ""
    anchor: str = ""
    boxes: list[Placed] = field(default_factory=list)
    """The text boxes that are anchored in it."""
    is_seen: bool = False
    _held: str = ""  # of paragraphs that are part of the next one, and come after its number

    def add(self, placed: Placed, texts: Texts) -> bool:
        """Take a paragraph in. Whether the line ends with it."""
        paragraph = texts.paragraph(placed.element)
        if not self.anchor or (paragraph.text and not self.text and not self._held):
            self.anchor = placed.anchor
        self.boxes += texts.boxes(placed)
        ends = paragraph.mark == "shown"
        self.is_seen = self.is_seen or ends or bool(paragraph.text)
        if paragraph.mark == "deleted":
            self._held += paragraph.text
        else:
            self.text += paragraph.number + self._held + paragraph.text
            self._held = ""
        return ends

    def whole(self) -> Line:
        """The line where nothing follows to go on with."""
        return Line(self.text + self._held, self.anchor, self.boxes, self.is_seen)


def lines(parent: Placed, texts: Texts) -> Iterator[Line | Placed]:
    """The lines, tables and embedded files in their order."""
    line = Line()
    for block in inside(parent, _BLOCKS.__contains__):
        ends = block.element.tag != P or line.add(block, texts)
        if ends:
            yield from _seen(line)
            line = Line()
        if block.element.tag != P:
            yield block
    yield from _seen(line)


def _seen(line: Line) -> Iterator[Line]:
    if line.is_seen or line.boxes:
        yield line.whole()
