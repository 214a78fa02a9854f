"""Convert the tables of a Word file to grids, with their merged cells, nested tables and text boxes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from perftarget.errors import UnreadableFileError
from perftarget.formats.docx.read_boxes import TextBox
from perftarget.formats.docx.read_lines import TABLE, Line, read_lines
from perftarget.formats.docx.read_notes import Notes
from perftarget.formats.docx.read_numbering import Numbering
from perftarget.formats.docx.read_raster import RowCell, hidden_rows, read_raster, visible_cells, visible_rows
from perftarget.formats.docx.read_text import ParagraphReader
from perftarget.formats.docx.read_xml import AnchoredElement, w
from perftarget.formats.grid import Cell, Grid, full_text
from perftarget.i18n import tr

_MAX_TABLE_DEPTH: Final = 50
"""Levels of nested tables; real documents have three at most."""


class _Content(NamedTuple):
    """The content of a cell that Word shows in it."""

    text: str
    nested: tuple[Grid, ...] = ()


@dataclass(slots=True)
class _MergedCell:
    """A cell with the number of rows that it spans; `is_open` is True if the next row can continue it."""

    first: RowCell
    row: int
    label: str
    content: _Content
    rows: int = 1
    is_open: bool = False


@dataclass
class TableReader:
    """Reader of the tables of one file, in order, because fields and numbers continue from one cell to the next."""

    main: str
    """Name of the part that is read, for errors."""
    paragraph_reader: ParagraphReader
    notes: Notes
    _last_boxes: list[AnchoredElement] = field(default_factory=list)
    _depth: int = 0

    def __post_init__(self) -> None:
        # Word does not count the paragraphs of covered cells in its lists.
        self._covered_reader = ParagraphReader(self.paragraph_reader.styles, Numbering(None))

    def enter_table(self) -> None:
        """Count one more level of nested tables. Raises UnreadableFileError if there are too many."""
        self._depth += 1
        if self._depth > _MAX_TABLE_DEPTH:
            raise UnreadableFileError("damaged", part=self.main)

    def leave_table(self) -> None:
        """Count one level of nested tables less."""
        self._depth -= 1

    def take_boxes(self) -> list[AnchoredElement]:
        """Return the floating text boxes with tables that were found in cells since the last call, in order."""
        boxes, self._last_boxes = self._last_boxes, []
        return boxes

    def read(self, table: AnchoredElement, label: str) -> Grid:
        """Return the grid of a table, with only those columns at whose edges a cell starts or ends.

        `label` names the table in the labels of its cells.
        """
        for row in hidden_rows(table):
            if text := " ".join(map(self._covered_text, visible_cells(row))).strip():
                self.notes.add_hidden_row(text, label)
        rows = read_raster(table)
        edges = sorted({edge for row in rows for cell in row for edge in (cell.start, cell.end)})
        cells = [_grid_cell(merged, edges) for merged in self._merge_rows(rows, label)]
        return Grid(tuple(cells), len(rows), max(len(edges) - 1, 0))

    def _merge_rows(self, rows: list[list[RowCell]], table_label: str) -> list[_MergedCell]:
        """Merge each cell that continues the cell above; without a cell of the same width above, it is separate."""
        merged_cells: list[_MergedCell] = []
        above: dict[tuple[int, int], _MergedCell] = {}
        for row_index, row in enumerate(rows):
            current = {}
            for ordinal, cell in enumerate(row, start=1):
                label = _cell_label(table_label, row_index + 1, ordinal)
                merged = self._continued(cell, above.get((cell.start, cell.end)), label)
                if merged is None:
                    merged = _MergedCell(cell, row_index, label, self._read_cells(cell.elements, label))
                    merged_cells.append(merged)
                merged.is_open = bool(cell.vertical_merge)
                current[cell.start, cell.end] = merged
            above = current
        return merged_cells

    def _continued(self, cell: RowCell, above: _MergedCell | None, label: str) -> _MergedCell | None:
        """Return the cell above with one row more if this cell continues it, else None.

        A cell that continues nothing is a cell of its own, and so is a cell with text below such a cell.
        """
        if above is None or not (
            cell.vertical_merge == "joined" or (cell.vertical_merge == "continue" and above.is_open)
        ):
            return None
        if above.first.vertical_merge == "continue" and any(map(self._covered_text, cell.elements)):
            return None
        above.rows += 1
        self._note_covered(cell.elements, above, label)
        return above

    def _note_covered(self, elements: list[AnchoredElement], merged: _MergedCell, label: str) -> None:
        """Add notes about the texts of cells merged into another, unless they repeat its text."""
        for element in elements:
            text = self._covered_text(element)
            if text and "".join(text.split()) != "".join(merged.content.text.split()):
                self.notes.add_covered(text, label)

    def _read_cells(self, cells: list[AnchoredElement], label: str) -> _Content:
        """Return the content of the cells merged horizontally into one; unlike those below, Word shows all of them."""
        content = self._read_cell(cells[0], label)
        for cell in cells[1:]:
            text, nested = self._read_cell(cell, label, len(content.nested))
            content = _Content("\n".join(filter(None, (content.text, text))), (*content.nested, *nested))
        return content

    def _read_cell(self, cell: AnchoredElement, label: str, nested_before: int = 0) -> _Content:
        """Return the content of a cell, which includes the text boxes that stand in its text."""
        texts: list[str] = []
        nested: list[Grid] = []
        for block in read_lines(cell, self.paragraph_reader):
            if isinstance(block, Line):
                texts.append(block.text)
                for content in self._box_contents(block.text_boxes, label, nested_before + len(nested)):
                    texts += filter(None, (content.text,))
                    nested += content.nested
                if block.struck:
                    self.notes.add_struck(block.struck, label)
            elif block.element.tag == TABLE:
                nested += self._read_nested(block, label, nested_before + len(nested) + 1)
            else:
                self.notes.add_embedded_file(tr(f"{label}之后", f"after {label}"))
        return _Content("\n".join(texts).strip(), tuple(nested))

    def _box_contents(self, boxes: list[TextBox], label: str, nested_before: int) -> Iterator[_Content]:
        """Yield the contents of the text boxes in the text of a cell; keep or report those that float over it."""
        for box in boxes:
            if not box.floats:
                content = self._read_cell(box.content, label, nested_before)
                nested_before += len(content.nested)
                yield content
            elif _has_table(box.content):
                self._last_boxes.append(box.content)
            else:
                self.notes.add_floating(" ".join(self._texts(box.content, self.paragraph_reader)), label)

    def _read_nested(self, table: AnchoredElement, label: str, number: int) -> Iterator[Grid]:
        """Yield the grid of a table in a cell, unless it is blank."""
        self.enter_table()
        count = str(number) if number > 1 else ""
        grid = self.read(table, tr(f"{label} 内的表{count}", f"{label}, inner table{count and f' {count}'}"))
        self.leave_table()
        if any(map(full_text, grid.cells)):
            yield grid

    def _covered_text(self, cell: AnchoredElement) -> str:
        """Return all text of a cell that is not shown."""
        return " ".join(filter(None, self._texts(cell, self._covered_reader)))

    def _texts(self, parent: AnchoredElement, paragraph_reader: ParagraphReader) -> Iterator[str]:
        """Yield all texts in an element, including those in its tables and text boxes."""
        for block in read_lines(parent, paragraph_reader):
            if isinstance(block, Line):
                yield block.text.strip()
                for box in block.text_boxes:
                    yield from self._texts(box.content, paragraph_reader)
            elif block.element.tag == TABLE:
                for row in visible_rows(block):
                    for cell in visible_cells(row):
                        yield from self._texts(cell, paragraph_reader)


def _has_table(box: AnchoredElement) -> bool:
    """Return True if a text box contains a table with text."""
    texts = (text for table in box.element.iter(TABLE) for text in table.iter(w("t")))
    return any((text.text or "").strip() for text in texts)


def _cell_label(table_label: str, row: int, ordinal: int) -> str:
    """Return the label of a cell by the numbers of its row and of the cell in it."""
    return tr(f"{table_label} 第{row}行 第{ordinal}列", f"{table_label} row {row} column {ordinal}")


def _grid_cell(merged: _MergedCell, edges: list[int]) -> Cell:
    """Return the cell of the grid, with its columns counted between the edges."""
    start, end = bisect_left(edges, merged.first.start), bisect_left(edges, merged.first.end)
    return Cell(
        merged.content.text,
        merged.row,
        start,
        merged.rows,
        end - start,
        label=merged.label,
        anchor=merged.first.elements[0].anchor,
        nested=merged.content.nested,
    )
