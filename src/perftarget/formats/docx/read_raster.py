"""Where the cells of a table in a Word file begin and end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from lxml import etree

from perftarget.formats.docx.read_xml import VAL, Placed, child, children, inside, is_on, number, w

_WIDEST: Final = 100_000
"""Twentieths of a point; Word has 31,680."""
_TOLERANCE: Final = 0.02
"""Of the table's width: how far the edges of cells in different rows may be apart and still mean one line."""


_DOWN, _ASIDE, _TRACKED, _SPAN, _WIDTH = map(w, ("vMerge", "hMerge", "cellMerge", "gridSpan", "tcW"))
_DELETED: Final = w("cellDel")


@dataclass(slots=True)
class Box:
    """A cell of one row as it is seen, which may be several merged sideways, and where it begins and ends."""

    cells: list[Placed]
    start: int
    end: int
    down: str = ""
    """restart or continue, where it is merged downwards"""


@dataclass(slots=True)
class _Row:
    """A row as written: its cells, and how much is left out before and after them."""

    cells: list[_Cell]
    before: int
    before_width: int
    after: int


class _Cell(NamedTuple):
    placed: Placed
    span: int
    width: int
    down: str
    aside: str


def rows_of(table: Placed) -> Iterator[Placed]:
    """The rows that are shown: neither hidden nor tracked as deleted."""
    for row in inside(table, w("tr").__eq__):
        properties = _properties(row, "trPr")
        if w("del") not in properties and not is_on(properties.get(w("hidden"))):
            yield row


def cells_of(row: Placed) -> Iterator[Placed]:
    """The cells that are shown: not those tracked as deleted, whose place the next ones take."""
    return (cell for cell, _ in _shown(row))


def _shown(row: Placed) -> Iterator[tuple[Placed, dict[str, etree._Element]]]:
    for cell in inside(row, w("tc").__eq__):
        properties = _properties(cell, "tcPr")
        if _DELETED not in properties:
            yield cell, properties


def raster(table: Placed) -> list[list[Box]]:
    """The rows that have cells. Edges are counted in columns, or measured where that shows which of them are one."""
    columns = [_twips(one) for one in table.element.findall(f"{w('tblGrid')}/{w('gridCol')}")]
    rows = [row for row in map(_row, rows_of(table)) if row.cells]
    counted = [list(_counted(row)) for row in rows]
    if len({boxes[-1].end + row.after for row, boxes in zip(rows, counted, strict=True)}) > 1:
        measured = [list(_measured(row, columns)) for row in rows]
    else:
        measured = list(_laid(counted, columns))
    measured = _snapped(measured)
    usable = all(box.start < box.end for row in measured for box in row)
    boxes = measured if usable else counted
    return [list(_joined(row, cells)) for row, cells in zip(boxes, (row.cells for row in rows), strict=True)]


def _properties(placed: Placed, name: str) -> dict[str, etree._Element]:
    found = child(placed.element, name)
    return children(found) if found is not None else {}


def _row(row: Placed) -> _Row:
    properties = _properties(row, "trPr")
    before, after = (_span(properties.get(w(name)), 0) for name in ("gridBefore", "gridAfter"))
    return _Row([_cell(*shown) for shown in _shown(row)], before, _width(properties.get(w("wBefore"))), after)


def _cell(cell: Placed, properties: dict[str, etree._Element]) -> _Cell:
    down, aside = _merge(properties.get(_DOWN), VAL), _merge(properties.get(_ASIDE), VAL)
    tracked = _merge(properties.get(_TRACKED), _DOWN)  # as it ends up
    return _Cell(cell, _span(properties.get(_SPAN), 1), _width(properties.get(_WIDTH)), tracked or down, aside)


def _merge(found: etree._Element | None, attribute: str) -> str:
    if found is None:
        return ""
    return "restart" if found.get(attribute, "").startswith("rest") else "continue"


def _span(found: etree._Element | None, least: int) -> int:
    return least if found is None else max(number(found.get(VAL)), least)


def _width(found: etree._Element | None) -> int:
    if found is None or found.get(w("type"), "dxa") != "dxa":
        return 0
    return _twips(found)


def _twips(found: etree._Element) -> int:
    return min(max(number(found.get(w("w"))), 0), _WIDEST)


def _counted(row: _Row) -> Iterator[Box]:
    start = row.before
    for cell in row.cells:
        yield Box([cell.placed], start, start + cell.span, cell.down)
        start += cell.span


def _measured(row: _Row, columns: list[int]) -> Iterator[Box]:
    """The same in twentieths of a point; a cell that tells no width has that of its columns."""
    at, start = row.before, row.before_width or sum(columns[: row.before])
    for cell in row.cells:
        end = start + (cell.width or sum(columns[at : at + cell.span]))
        yield Box([cell.placed], start, end, cell.down)
        at, start = at + cell.span, end


def _laid(rows: list[list[Box]], columns: list[int]) -> Iterator[list[Box]]:
    """The same where the table tells the widths of all columns."""
    lines = dict(enumerate(accumulate(columns, initial=0)))
    for row in rows:
        yield [Box(box.cells, lines.get(box.start, 0), lines.get(box.end, 0), box.down) for box in row]


def _snapped(rows: list[list[Box]]) -> list[list[Box]]:
    """Edges that are nearly the same made one: those of a row that somebody dragged a little."""
    edges = sorted({edge for row in rows for box in row for edge in (box.start, box.end)})
    room = (edges[-1] - edges[0]) * _TOLERANCE if edges else 0
    lines = edges[:1] + [edge for before, edge in pairwise(edges) if edge - before > room]

    def line(edge: int) -> int:
        return lines[bisect_right(lines, edge) - 1]

    return [[Box(box.cells, line(box.start), line(box.end), box.down) for box in row] for row in rows]


def _joined(row: list[Box], cells: list[_Cell]) -> Iterator[Box]:
    """Cells merged sideways in the way of old files, each a cell of its own that goes on with the one before it."""
    merged: Box | None = None
    for box, cell in zip(row, cells, strict=True):
        if merged and cell.aside == "continue":
            merged.cells += box.cells
            merged.end = box.end
            continue
        if merged:
            yield merged
        merged = box if cell.aside else None
        if not cell.aside:
            yield box
    if merged:
        yield merged
