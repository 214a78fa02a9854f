"""Read a Word file into grids: one for each table, and a one-cell grid for each paragraph outside of tables."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from perftarget.errors import UnreadableFileError
from perftarget.formats.docx.read_layout import is_layout
from perftarget.formats.docx.read_lines import TABLE, Line, read_lines
from perftarget.formats.docx.read_notes import Notes
from perftarget.formats.docx.read_numbering import Numbering
from perftarget.formats.docx.read_raster import visible_cells, visible_rows
from perftarget.formats.docx.read_styles import Styles
from perftarget.formats.docx.read_table import TableReader
from perftarget.formats.docx.read_text import ParagraphReader
from perftarget.formats.docx.read_xml import AnchoredElement, child, is_on, w
from perftarget.formats.grid import Cell, Grid, GridDocument, full_text
from perftarget.formats.ooxml.package import Package, open_package
from perftarget.i18n import tr
from perftarget.limits import DEFAULT_LIMITS, Limits


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
    if reader.notes.has_embedded_file and not any(full_text(cell) for grid in grids for cell in grid.cells):
        raise UnreadableFileError("alt-chunk")
    return GridDocument((grids,), notes=tuple(reader.notes.messages))


def _clear_placeholders(root: etree._Element) -> None:
    """Remove the placeholder text of content controls that are not filled in (单击此处输入文字)."""
    controls = {control for control in root.iter(w("sdt")) if is_on(child(control, "sdtPr", "showingPlcHdr"))}
    for text in root.iter(w("t"), w("sym")) if controls else ():
        if next(text.iterancestors(w("sdt")), None) in controls:
            text.clear()


class _Reader:
    """Reader of the blocks of one file in order, which numbers tables and paragraphs for the labels of cells."""

    def __init__(self, package: Package) -> None:
        self.notes = Notes()
        styles = Styles.from_xml(_related_xml(package, "styles"))
        self._paragraph_reader = ParagraphReader(styles, Numbering(_related_xml(package, "numbering")))
        self._tables = TableReader(package.main, self._paragraph_reader, self.notes)
        self._table_count = self._paragraph_count = 0
        self._last_label = ""

    def read(self, parent: AnchoredElement) -> Iterator[Grid]:
        """Yield the grids of the blocks in an element."""
        for block in read_lines(parent, self._paragraph_reader):
            if isinstance(block, Line):
                yield from self._read_line(block)
                for text_box in block.text_boxes:
                    yield from self.read(text_box.content)
            elif block.element.tag == TABLE:
                self._tables.enter_table()
                yield from self._read_table(block)
                self._tables.leave_table()
            else:
                self.notes.add_embedded_file(self._place_after())

    def _read_line(self, line: Line) -> Iterator[Grid]:
        """Yield the one-cell grid of a line, unless the line is blank."""
        if text := line.text.strip():
            self._paragraph_count += 1
            self._last_label = tr(f"第{self._paragraph_count}段", f"paragraph {self._paragraph_count}")
            yield Grid((Cell(text, 0, 0, label=self._last_label, anchor=line.anchor),), 1, 1)
        if line.struck:
            self.notes.add_struck(line.struck, self._last_label if text else self._place_after())

    def _read_table(self, table: AnchoredElement) -> Iterator[Grid]:
        """Yield the grid of a table and those of the boxes over it or, if it is a layout table, those in its cells."""
        if is_layout(table):
            for row in visible_rows(table):
                for cell in visible_cells(row):
                    yield from self.read(cell)
            return
        self._last_label = tr(f"表{self._table_count + 1}", f"table {self._table_count + 1}")
        grid = self._tables.read(table, self._last_label)
        if grid.cells:
            self._table_count += 1
            yield grid
        for text_box in self._tables.take_boxes():
            yield from self.read(text_box)

    def _place_after(self) -> str:
        """Return the place after the last cell or line, for content that has no label."""
        return tr(f"{self._last_label or '开头'}之后", f"after {self._last_label or 'the beginning'}")


def _related_xml(package: Package, kind: str) -> etree._Element | None:
    """Return the part of that kind that the main part refers to, or None if the file has none."""
    part = package.related(kind)
    return package.xml(part) if part else None
