"""A Word file to grids: each table one, each paragraph outside of tables one of a single cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from perftarget.errors import UnreadableFileError
from perftarget.formats.docx.read_lines import TABLE, Line, lines
from perftarget.formats.docx.read_numbering import Numbering
from perftarget.formats.docx.read_raster import cells_of, rows_of
from perftarget.formats.docx.read_styles import Styles
from perftarget.formats.docx.read_table import grid_of
from perftarget.formats.docx.read_text import Texts
from perftarget.formats.docx.read_xml import Placed, child, is_on, w
from perftarget.formats.grid import Cell, Grid, GridDocument
from perftarget.formats.ooxml.package import Package, open_package
from perftarget.i18n import tr
from perftarget.limits import DEFAULT_LIMITS, Limits

_DEEPEST: Final = 50
"""Tables in tables; nobody has more than three."""


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> GridDocument:
    """All changes accepted, without what is hidden. Raises Unreadable."""
    package = open_package(data, "docx", limits)
    root = package.xml(package.main)
    _empty_prompts(root)
    reader = _Reader(package)
    try:
        grids = tuple(
            grid
            for index, body in enumerate(root)
            if body.tag == w("body")
            for grid in reader.read(Placed(body, str(index)))
        )
    except RecursionError as error:  # wrappers in wrappers, thousands deep: no program writes that
        raise UnreadableFileError("damaged", part=package.main) from error
    if reader.notes and not any(cell.text for grid in grids for cell in grid.cells):
        raise UnreadableFileError("alt-chunk")
    return GridDocument((grids,), notes=tuple(reader.notes))


def _empty_prompts(root: etree._Element) -> None:
    """Take away what Word shows where nothing is filled in yet: 单击此处输入文字."""
    prompts = {control for control in root.iter(w("sdt")) if is_on(child(control, "sdtPr", "showingPlcHdr"))}
    for text in root.iter(w("t"), w("sym")) if prompts else ():
        if next(text.iterancestors(w("sdt")), None) in prompts:
            text.clear()


class _Reader:
    """Reads the blocks of one file in their order, and counts tables and paragraphs as a person would."""

    def __init__(self, package: Package) -> None:
        self.notes: list[str] = []
        self._main = package.main
        self._texts = Texts(Styles.of(_part(package, "styles")), Numbering(_part(package, "numbering")))
        self._tables = self._paragraphs = self._depth = 0
        self._last = ""

    def read(self, parent: Placed) -> Iterator[Grid]:
        for block in lines(parent, self._texts):
            if isinstance(block, Line):
                yield from self._line(block)
                for box in block.boxes:
                    yield from self.read(box)
            elif block.element.tag == TABLE:
                self._enter()
                yield from self._table(block)
                self._depth -= 1
            else:
                self._note_chunk()

    def _line(self, line: Line) -> Iterator[Grid]:
        if text := line.text.strip():
            self._paragraphs += 1
            self._last = tr(f"第{self._paragraphs}段", f"paragraph {self._paragraphs}")
            yield Grid((Cell(text, 0, 0, label=self._last, anchor=line.anchor),), 1, 1)

    def _table(self, table: Placed) -> Iterator[Grid]:
        if _is_layout(table):
            for row in rows_of(table):
                for cell in cells_of(row):
                    yield from self.read(cell)
            return
        self._last = tr(f"表{self._tables + 1}", f"table {self._tables + 1}")
        grid = grid_of(table, self._text, self._last)
        if grid.cells:
            self._tables += 1
            yield grid

    def _text(self, cell: Placed) -> str:
        """The lines of a cell, with those of its text boxes; a table in it has a line for each row."""
        found: list[str] = []
        for block in lines(cell, self._texts):
            if isinstance(block, Line):
                found.append(block.text)
                found += filter(None, map(self._text, block.boxes))
            elif block.element.tag == TABLE:
                self._enter()
                found += filter(None, map(self._row, rows_of(block)))
                self._depth -= 1
            else:
                self._note_chunk()
        return "\n".join(found).strip()

    def _row(self, row: Placed) -> str:
        return " ".join(filter(None, map(self._text, cells_of(row))))

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableFileError("damaged", part=self._main)

    def _note_chunk(self) -> None:
        place = tr(f"{self._last or '开头'}之后", f"after {self._last or 'the beginning'}")
        self.notes.append(
            tr(
                f"{place}嵌有另一份文件，没有读取；请用 Word 打开后另存为 .docx",
                f"{place} another file is embedded, which was not read; open it in Word and save it as .docx",
            )
        )


def _part(package: Package, kind: str) -> etree._Element | None:
    """A part beside the text; where it is missing, the file is read without it."""
    part = package.related(kind)
    return package.xml(part) if part else None


def _is_layout(table: Placed) -> bool:
    """Whether the table only places others on the page: each row has one cell with anything in it at most."""
    if table.element.find(f".//{TABLE}") is None:
        return False
    return all(sum(map(_has_content, cells_of(row))) <= 1 for row in rows_of(table))


def _has_content(cell: Placed) -> bool:
    return any(one.tag != w("t") or (one.text or "").strip() for one in cell.element.iter(w("t"), w("sym"), TABLE))
