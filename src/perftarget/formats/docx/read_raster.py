"""Compute the horizontal extent of the cells of a Word table."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from lxml import etree

from perftarget.formats.docx.read_xml import (
    VAL,
    AnchoredElement,
    child,
    children_by_tag,
    is_on,
    iter_unwrapped,
    parse_count,
    w,
)

_MAX_WIDTH: Final = 100_000
"""In twips (twentieths of a point); Word allows 31,680."""
_TOLERANCE: Final = 0.02
"""Share of the table's width by which edges in different rows may differ and still be the same grid line."""


_VERTICAL, _HORIZONTAL, _TRACKED, _SPAN, _WIDTH = map(w, ("vMerge", "hMerge", "cellMerge", "gridSpan", "tcW"))
_ORIGINAL: Final = w("vMergeOrig")
_DELETED: Final = w("cellDel")
_HIDDEN: Final = w("hidden")


@dataclass(slots=True)
class RowCell:
    """A visible cell of one row, which can consist of several cells merged horizontally, with its left and right edge.

    `vertical_merge` is "restart" or "continue" if the cell is merged vertically, "joined" if a tracked change merged it
    into the cell above, else "".
    """

    elements: list[AnchoredElement]
    start: int
    end: int
    vertical_merge: str = ""


@dataclass(slots=True)
class _Row:
    """A row as written: its cells, and the number of grid columns skipped before and after them."""

    cells: list[_Cell]
    before: int
    before_width: int
    after: int


class _Cell(NamedTuple):
    """A cell as written; `width` is in twips, 0 if not specified."""

    element: AnchoredElement
    span: int
    width: int
    vertical_merge: str
    horizontal_merge: str


def visible_rows(table: AnchoredElement) -> Iterator[AnchoredElement]:
    """Return the rows that are neither hidden nor tracked as deleted."""
    return (row for row, is_hidden in _rows_that_exist(table) if not is_hidden)


def hidden_rows(table: AnchoredElement) -> Iterator[AnchoredElement]:
    """Yield the rows that are hidden, except for those tracked as deleted."""
    if next(table.element.iter(_HIDDEN), None) is not None:
        yield from (row for row, is_hidden in _rows_that_exist(table) if is_hidden)


def _rows_that_exist(table: AnchoredElement) -> Iterator[tuple[AnchoredElement, bool]]:
    """Yield the rows that are not tracked as deleted, and whether they are hidden."""
    for row in iter_unwrapped(table, w("tr").__eq__):
        properties = _properties(row, "trPr")
        if w("del") not in properties:
            yield row, is_on(properties.get(_HIDDEN))


def visible_cells(row: AnchoredElement) -> Iterator[AnchoredElement]:
    """Return the cells that are not tracked as deleted; the next cells take the place of deleted ones."""
    return (cell for cell, _ in _cells_with_properties(row))


def _cells_with_properties(row: AnchoredElement) -> Iterator[tuple[AnchoredElement, dict[str, etree._Element]]]:
    """Yield the visible cells of a row with their properties."""
    for cell in iter_unwrapped(row, w("tc").__eq__):
        properties = _properties(cell, "tcPr")
        if _DELETED not in properties:
            yield cell, properties


def read_raster(table: AnchoredElement) -> list[list[RowCell]]:
    """Return the cells of each row that has any.

    Edges are in twips, aligned across rows, if all cells then have a positive width; otherwise in grid columns.
    """
    columns = [_twips(column) for column in table.element.findall(f"{w('tblGrid')}/{w('gridCol')}")]
    rows = [row for row in map(_read_row, visible_rows(table)) if row.cells]
    counted = [list(_count_columns(row)) for row in rows]
    if len({cells[-1].end + row.after for row, cells in zip(rows, counted, strict=True)}) > 1:
        measured = [list(_measure_cells(row, columns)) for row in rows]
    else:
        measured = list(_measure_columns(counted, columns))
    measured = _align_edges(measured)
    usable = all(cell.start < cell.end for row in measured for cell in row)
    chosen = measured if usable else counted
    return [list(_merge_horizontally(cells, row.cells)) for cells, row in zip(chosen, rows, strict=True)]


def _properties(placed: AnchoredElement, name: str) -> dict[str, etree._Element]:
    """Return the children of a properties element by tag."""
    element = child(placed.element, name)
    return children_by_tag(element) if element is not None else {}


def _read_row(row: AnchoredElement) -> _Row:
    """Read a row element."""
    properties = _properties(row, "trPr")
    before, after = (_span(properties.get(w(name)), 0) for name in ("gridBefore", "gridAfter"))
    cells = [_read_cell(cell, cell_properties) for cell, cell_properties in _cells_with_properties(row)]
    return _Row(cells, before, _width(properties.get(w("wBefore"))), after)


def _read_cell(cell: AnchoredElement, properties: dict[str, etree._Element]) -> _Cell:
    """Read a cell element."""
    vertical, horizontal = _merge_state(properties.get(_VERTICAL)), _merge_state(properties.get(_HORIZONTAL))
    if (tracked := properties.get(_TRACKED)) is not None:
        vertical = _tracked_merge_state(tracked, vertical)
    span, width = _span(properties.get(_SPAN), 1), _width(properties.get(_WIDTH))
    return _Cell(cell, span, width, vertical, horizontal)


def _merge_state(element: etree._Element | None) -> str:
    """Return "restart" or "continue", or "" if there is no such element."""
    if element is None:
        return ""
    return "restart" if element.get(VAL, "").startswith("rest") else "continue"


def _tracked_merge_state(element: etree._Element, state: str) -> str:
    """Return the state of a vertical merge with its tracked change accepted; a change without a new state splits it."""
    merge = element.get(_VERTICAL, "")
    if not merge:
        return "" if element.get(_ORIGINAL) else state
    return "restart" if merge.startswith("rest") else "joined"


def _span(element: etree._Element | None, minimum: int) -> int:
    """Return a number of grid columns."""
    return minimum if element is None else max(parse_count(element.get(VAL)), minimum)


def _width(element: etree._Element | None) -> int:
    """Return a width in twips, or 0 if it is missing or in another unit."""
    if element is None or element.get(w("type"), "dxa") != "dxa":
        return 0
    return _twips(element)


def _twips(element: etree._Element) -> int:
    """Return the w:w attribute, limited to the valid range."""
    return min(max(parse_count(element.get(w("w"))), 0), _MAX_WIDTH)


def _count_columns(row: _Row) -> Iterator[RowCell]:
    """Yield the cells of a row with edges in grid columns."""
    start = row.before
    for cell in row.cells:
        yield RowCell([cell.element], start, start + cell.span, cell.vertical_merge)
        start += cell.span


def _measure_cells(row: _Row, columns: list[int]) -> Iterator[RowCell]:
    """Yield the cells of a row with edges in twips, by their own widths or else by those of their columns."""
    column, start = row.before, row.before_width or sum(columns[: row.before])
    for cell in row.cells:
        end = start + (cell.width or sum(columns[column : column + cell.span]))
        yield RowCell([cell.element], start, end, cell.vertical_merge)
        column, start = column + cell.span, end


def _measure_columns(rows: list[list[RowCell]], columns: list[int]) -> Iterator[list[RowCell]]:
    """Yield the cells of each row with edges in twips instead of grid columns, by the widths of the columns."""
    offsets = dict(enumerate(accumulate(columns, initial=0)))
    for row in rows:
        yield [
            RowCell(cell.elements, offsets.get(cell.start, 0), offsets.get(cell.end, 0), cell.vertical_merge)
            for cell in row
        ]


def _align_edges(rows: list[list[RowCell]]) -> list[list[RowCell]]:
    """Return the rows with nearly equal edges made equal, such as those of a row whose edges were dragged by hand."""
    edges = sorted({edge for row in rows for cell in row for edge in (cell.start, cell.end)})
    tolerance = (edges[-1] - edges[0]) * _TOLERANCE if edges else 0
    lines = edges[:1] + [edge for previous, edge in pairwise(edges) if edge - previous > tolerance]

    def align(edge: int) -> int:
        return lines[bisect_right(lines, edge) - 1]

    return [
        [RowCell(cell.elements, align(cell.start), align(cell.end), cell.vertical_merge) for cell in row]
        for row in rows
    ]


def _merge_horizontally(row: list[RowCell], cells: list[_Cell]) -> Iterator[RowCell]:
    """Yield the cells of a row, with those merged by hMerge as one.

    Older files use hMerge: each merged cell is an element that continues the cell before it. A cell that continues
    nothing is a cell of its own.
    """
    merged: RowCell | None = None
    for row_cell, cell in zip(row, cells, strict=True):
        if merged and cell.horizontal_merge == "continue":
            merged.elements += row_cell.elements
            merged.end = row_cell.end
            continue
        if merged:
            yield merged
        merged = row_cell if cell.horizontal_merge == "restart" else None
        if not merged:
            yield row_cell
    if merged:
        yield merged
