"""A Word file to grids: each table one, each paragraph outside of tables one of a single cell."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from perftarget.document import Unreadable
from perftarget.grid import Cell, Grid, Reading
from perftarget.language import say
from perftarget.readers._docx_numbering import Numbering
from perftarget.readers._docx_styles import Styles
from perftarget.readers._docx_table import cells_of, grid_of, rows_of
from perftarget.readers._docx_text import Texts, blocks, joins_next
from perftarget.readers._docx_xml import Placed, w
from perftarget.readers._package import Package, open_package


def read(data: bytes) -> Reading:
    """All changes accepted, without what is hidden. Raises Unreadable."""
    package = open_package(data, "docx")
    root = package.xml(package.main)
    body = next((Placed(one, str(index)) for index, one in enumerate(root) if one.tag == w("body")), None)
    try:
        grids = tuple(_Reader(package).read(body)) if body else ()
    except RecursionError as error:
        raise Unreadable("damaged", part=package.main) from error
    chunks = sum(1 for _ in root.iter(w("altChunk")))
    if chunks and not any(cell.text for grid in grids for cell in grid.cells):
        raise Unreadable("alt-chunk")
    return Reading((grids,), notes=(_chunk_note(chunks),) if chunks else ())


def _chunk_note(count: int) -> str:
    return say(
        f"里面嵌有 {count} 份别的文件，没有读取；请用 Word 打开后另存为 .docx",
        f"{count} other files are embedded in it and were not read; open it in Word and save it as .docx",
    )


class _Reader:
    """Reads the blocks of one file in their order, and counts tables and paragraphs as a person would."""

    def __init__(self, package: Package) -> None:
        self.texts = Texts(Styles.of(_part(package, "styles")), Numbering(_part(package, "numbering")))
        self.tables = 0
        self.paragraphs = 0

    def read(self, parent: Placed) -> Iterator[Grid]:
        joined: list[tuple[str, str]] = []
        for block in blocks(parent):
            if block.element.tag == w("tbl"):
                yield from self._lines(joined)
                yield from self._table(block)
                continue
            joined.append((self.texts.paragraph(block.element), block.anchor))
            if not joins_next(block.element):
                yield from self._lines(joined)
            for box in self.texts.boxes(block):
                yield from self.read(box)
        yield from self._lines(joined)

    def _lines(self, joined: list[tuple[str, str]]) -> Iterator[Grid]:
        """The paragraph gathered so far, where it says anything."""
        text = "".join(text for text, _ in joined).strip()
        if text:
            self.paragraphs += 1
            label = say(f"第{self.paragraphs}段", f"paragraph {self.paragraphs}")
            yield Grid((Cell(text, 0, 0, label=label, anchor=joined[0][1]),), 1, 1)
        joined.clear()

    def _table(self, table: Placed) -> Iterator[Grid]:
        if _is_layout(table):
            for row in rows_of(table):
                for cell in cells_of(row):
                    yield from self.read(cell)
            return
        self.tables += 1
        yield grid_of(table, self._text, self.tables)

    def _text(self, cell: Placed) -> str:
        """The paragraphs of a cell, a line each, with those of its text boxes; a table in it a line a row."""
        lines: list[str] = []
        goes_on = False
        for block in blocks(cell):
            if block.element.tag == w("tbl"):
                lines += self._nested(block)
                goes_on = False
                continue
            text = self.texts.paragraph(block.element)
            if goes_on:
                lines[-1] += text
            else:
                lines.append(text)
            goes_on = joins_next(block.element)
            lines += [text for box in self.texts.boxes(block) if (text := self._text(box))]
        return "\n".join(line for line in lines if line.strip()).strip()

    def _nested(self, table: Placed) -> Iterator[str]:
        for row in rows_of(table):
            yield " ".join(filter(None, (self._text(cell) for cell in cells_of(row))))


def _part(package: Package, kind: str) -> etree._Element | None:
    """A part beside the text; where it is missing, the file is read without it."""
    part = package.related(kind)
    return package.xml(part) if part else None


def _is_layout(table: Placed) -> bool:
    """Whether the table only places others on the page: each row has one cell with anything in it at most."""
    if table.element.find(f".//{w('tbl')}") is None:
        return False
    return all(sum(map(_has_content, cells_of(row))) <= 1 for row in rows_of(table))


def _has_content(cell: Placed) -> bool:
    return any(True for tag in ("t", "sym", "tbl") for _ in cell.element.iter(w(tag)))
