"""Read a Word file into grids: one for each table, and a one-cell grid for each paragraph outside of tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from perftarget.errors import UnreadableFileError
from perftarget.formats.docx.read_lines import TABLE, Line, read_lines
from perftarget.formats.docx.read_numbering import Numbering
from perftarget.formats.docx.read_raster import visible_cells, visible_rows
from perftarget.formats.docx.read_styles import Styles
from perftarget.formats.docx.read_table import build_grid
from perftarget.formats.docx.read_text import ParagraphReader
from perftarget.formats.docx.read_xml import AnchoredElement, child, is_on, w
from perftarget.formats.grid import Cell, Grid, GridDocument
from perftarget.formats.ooxml.package import Package, open_package
from perftarget.i18n import tr
from perftarget.limits import DEFAULT_LIMITS, Limits

_MAX_TABLE_DEPTH: Final = 50
"""Levels of nested tables; real documents have three at most."""
_MAX_QUOTED: Final = 60
"""Characters of a text quoted in a note."""


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> GridDocument:
    """Return the visible content of a Word file, with all tracked changes accepted.

    Raises UnreadableFileError if the file is damaged, or if its only content is an embedded file.
    """
    package = open_package(data, "docx", limits)
    root = package.xml(package.main)
    _clear_placeholders(root)
    reader = _Reader(package)
    try:
        grids = tuple(
            grid
            for index, body in enumerate(root)
            if body.tag == w("body")
            for grid in reader.read(AnchoredElement(body, str(index)))
        )
    except RecursionError as error:  # thousands of nested wrappers, which no program writes
        raise UnreadableFileError("damaged", part=package.main) from error
    if reader.has_embedded_file and not any(cell.text for grid in grids for cell in grid.cells):
        raise UnreadableFileError("alt-chunk")
    return GridDocument((grids,), notes=tuple(reader.notes))


def _clear_placeholders(root: etree._Element) -> None:
    """Remove the placeholder text of content controls that are not filled in (单击此处输入文字)."""
    controls = {control for control in root.iter(w("sdt")) if is_on(child(control, "sdtPr", "showingPlcHdr"))}
    for text in root.iter(w("t"), w("sym")) if controls else ():
        if next(text.iterancestors(w("sdt")), None) in controls:
            text.clear()


class _Reader:
    """Reader of the blocks of one file in order, which numbers tables and paragraphs for the labels of cells."""

    def __init__(self, package: Package) -> None:
        self.notes: list[str] = []
        self.has_embedded_file = False
        self._main = package.main
        styles = Styles.from_xml(_related_xml(package, "styles"))
        self._paragraph_reader = ParagraphReader(styles, Numbering(_related_xml(package, "numbering")))
        self._table_count = self._paragraph_count = self._table_depth = 0
        self._last_label = ""

    def read(self, parent: AnchoredElement) -> Iterator[Grid]:
        """Yield the grids of the blocks in an element."""
        for block in read_lines(parent, self._paragraph_reader):
            if isinstance(block, Line):
                yield from self._read_line(block)
                for text_box in block.text_boxes:
                    yield from self.read(text_box)
            elif block.element.tag == TABLE:
                self._enter_table()
                yield from self._read_table(block)
                self._table_depth -= 1
            else:
                self._note_embedded_file()

    def _read_line(self, line: Line) -> Iterator[Grid]:
        """Yield the one-cell grid of a line, unless the line is blank."""
        if text := line.text.strip():
            self._paragraph_count += 1
            self._last_label = tr(f"第{self._paragraph_count}段", f"paragraph {self._paragraph_count}")
            yield Grid((Cell(text, 0, 0, label=self._last_label, anchor=line.anchor),), 1, 1)
        if line.struck:
            self._note_struck(line.struck, self._last_label if text else self._place_after())

    def _read_table(self, table: AnchoredElement) -> Iterator[Grid]:
        """Yield the grid of a table or, if it is a layout table, the grids of the blocks in its cells."""
        if _is_layout(table):
            for row in visible_rows(table):
                for cell in visible_cells(row):
                    yield from self.read(cell)
            return
        self._last_label = tr(f"表{self._table_count + 1}", f"table {self._table_count + 1}")
        grid = build_grid(table, self._cell_text, self._last_label)
        if grid.cells:
            self._table_count += 1
            yield grid

    def _cell_text(self, cell: AnchoredElement, label: str) -> str:
        """Return the lines of a cell, including its text boxes and one line for each row of a nested table."""
        texts: list[str] = []
        for block in read_lines(cell, self._paragraph_reader):
            if isinstance(block, Line):
                texts.append(block.text)
                texts += filter(None, (self._cell_text(text_box, label) for text_box in block.text_boxes))
                if block.struck:
                    self._note_struck(block.struck, label)
            elif block.element.tag == TABLE:
                self._enter_table()
                texts += filter(None, (self._row_text(row, label) for row in visible_rows(block)))
                self._table_depth -= 1
            else:
                self._note_embedded_file()
        return "\n".join(texts).strip()

    def _row_text(self, row: AnchoredElement, label: str) -> str:
        """Return the cells of a row of a nested table, separated by spaces."""
        return " ".join(filter(None, (self._cell_text(cell, label) for cell in visible_cells(row))))

    def _enter_table(self) -> None:
        """Count one more level of nested tables. Raises UnreadableFileError if there are too many."""
        self._table_depth += 1
        if self._table_depth > _MAX_TABLE_DEPTH:
            raise UnreadableFileError("damaged", part=self._main)

    def _place_after(self) -> str:
        """Return the place after the last cell or line, for content that has no label."""
        return tr(f"{self._last_label or '开头'}之后", f"after {self._last_label or 'the beginning'}")

    def _note_struck(self, text: str, label: str) -> None:
        """Add a note about struck-out text, which was deleted by hand."""
        quoted = _shorten(text)
        self.notes.append(
            tr(
                f"{label} 的“{quoted}”画了删除线，没有读取；不是删去的请取消删除线",
                f"{label}: “{quoted}” is struck out and was not read; if it is not deleted, remove the strikethrough",
            )
        )

    def _note_embedded_file(self) -> None:
        """Add a note about an embedded file (altChunk), which is not read."""
        place = self._place_after()
        self.has_embedded_file = True
        self.notes.append(
            tr(
                f"{place}嵌有另一份文件，没有读取；请用 Word 打开后另存为 .docx",
                f"{place} another file is embedded, which was not read; open it in Word and save it as .docx",
            )
        )


def _related_xml(package: Package, kind: str) -> etree._Element | None:
    """Return the part of that kind that the main part refers to, or None if the file has none."""
    part = package.related(kind)
    return package.xml(part) if part else None


def _shorten(text: str) -> str:
    """Return a text on one line, cut off where it is too long to be quoted."""
    line = " ".join(text.split())
    return line if len(line) <= _MAX_QUOTED else f"{line[:_MAX_QUOTED]}…"


def _is_layout(table: AnchoredElement) -> bool:
    """Return True if a table only positions nested tables: at most one cell in each row has content."""
    if table.element.find(f".//{TABLE}") is None:
        return False
    return all(sum(map(_has_content, visible_cells(row))) <= 1 for row in visible_rows(table))


def _has_content(cell: AnchoredElement) -> bool:
    """Return True if a cell contains text, a symbol or a table."""
    elements = cell.element.iter(w("t"), w("sym"), TABLE)
    return any(element.tag != w("t") or (element.text or "").strip() for element in elements)
