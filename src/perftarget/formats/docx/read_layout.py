"""Recognize the tables of a Word file that only position other tables on the page."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from perftarget.formats.docx.read_boxes import in_floating_box
from perftarget.formats.docx.read_lines import TABLE
from perftarget.formats.docx.read_raster import visible_cells, visible_rows
from perftarget.formats.docx.read_xml import AnchoredElement, w


def is_layout(table: AnchoredElement) -> bool:
    """Return True if a table only positions nested tables.

    In each row, at most one cell has content, or the content of all cells is tables. Floating text boxes do not count.
    """
    nested = table.element.iter(TABLE)
    next(nested)  # the table itself
    if all(in_floating_box(inner, table.element) for inner in nested):
        return False
    return all(map(_is_layout_row, visible_rows(table)))


def _is_layout_row(row: AnchoredElement) -> bool:
    filled = [cell for cell in visible_cells(row) if next(_content(cell), None) is not None]
    return len(filled) <= 1 or all(_has_only_tables(cell) for cell in filled)


def _has_only_tables(cell: AnchoredElement) -> bool:
    """Return True if all text of a cell is in nested tables."""
    outer = next(cell.element.iterancestors(TABLE))
    return all(element.tag == TABLE or next(element.iterancestors(TABLE)) is not outer for element in _content(cell))


def _content(cell: AnchoredElement) -> Iterator[etree._Element]:
    """Yield the texts that are not blank, the symbols and the tables in a cell."""
    for element in cell.element.iter(w("t"), w("sym"), TABLE):
        is_blank = element.tag == w("t") and not (element.text or "").strip()
        if not is_blank and not in_floating_box(element, cell.element):
            yield element
