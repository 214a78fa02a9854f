"""What stands in a part of a Word file as a person sees it: lines, each of one or more paragraphs, and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from perftarget.formats.docx.read_text import Texts
from perftarget.formats.docx.read_xml import P, Placed, inside, w

TABLE: Final = w("tbl")
CHUNK: Final = w("altChunk")
_BLOCKS: Final = frozenset((P, TABLE, CHUNK))


class Line(NamedTuple):
    """What a person sees as one paragraph, and the text boxes that are anchored in it."""

    text: str
    anchor: str
    boxes: list[Placed]


@dataclass
class _Paragraphs:
    """Those that run on in one line, since the marks between them are deleted or hidden: mostly one alone."""

    anchors: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    """Texts of paragraphs that are part of the next one, and come after its number."""
    boxes: list[Placed] = field(default_factory=list)
    is_seen: bool = False

    def add(self, placed: Placed, texts: Texts) -> bool:
        """Take a paragraph in. Whether the line ends with it."""
        number, text, mark = texts.paragraph(placed.element)
        self.boxes += texts.boxes(placed)
        self.is_seen = self.is_seen or mark == "shown" or bool(text)
        if text or mark == "shown":
            self.anchors.append(placed.anchor)
        if mark == "deleted":
            self.held.append(text)
        else:
            self.texts += (number, *self.held, text)
            self.held = []
        return mark == "shown"

    def lines(self) -> Iterator[Line]:
        """The line that they are, if there is anything to see."""
        if self.is_seen or self.boxes:
            yield Line("".join(self.texts + self.held), next(iter(self.anchors), ""), self.boxes)


def lines(parent: Placed, texts: Texts) -> Iterator[Line | Placed]:
    """The lines, tables and embedded files in their order."""
    paragraphs = _Paragraphs()
    for block in inside(parent, _BLOCKS.__contains__):
        is_paragraph = block.element.tag == P
        if not is_paragraph or paragraphs.add(block, texts):
            yield from paragraphs.lines()
            paragraphs = _Paragraphs()
        if not is_paragraph:
            yield block
    yield from paragraphs.lines()
