"""A text with tab-separated cells, as copied out of Word or Excel, to a grid."""

from __future__ import annotations

import re

from perftarget.errors import UnreadableFileError
from perftarget.formats.grid import Cell, Grid, GridDocument
from perftarget.i18n import tr
from perftarget.limits import DEFAULT_LIMITS, Limits
from perftarget.text.encoding import decode, encoding_problems


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> GridDocument:
    """One grid of all lines; blank lines are no rows, and a blank cell is a cell. Raises Unreadable."""
    decoded = decode(data)
    if decoded is None:
        raise UnreadableFileError("binary")
    lines = enumerate(re.split(r"\r\n?|\n", decoded.text), start=1)
    rows = [(number, line.split("\t")) for number, line in lines if line.strip()]
    if sum(len(parts) for _, parts in rows) > limits.cells:
        raise UnreadableFileError("many-cells", limit=limits.cells)
    cells = tuple(
        Cell(cell.strip(), row, column, label=_label(number, column + 1))
        for row, (number, parts) in enumerate(rows)
        for column, cell in enumerate(parts)
    )
    grid = Grid(cells, len(rows), max((len(parts) for _, parts in rows), default=0))
    return GridDocument(((grid,),), problems=tuple(encoding_problems(decoded)))


def _label(line: int, column: int) -> str:
    return tr(f"第{line}行 第{column}列", f"line {line} column {column}")
