"""Reader of text with tab-separated cells, as copied from Word or Excel."""

from __future__ import annotations

import re

from perftarget.errors import UnreadableFileError
from perftarget.formats.grid import Cell, Grid, GridDocument
from perftarget.i18n import tr
from perftarget.limits import DEFAULT_LIMITS, Limits
from perftarget.text.encoding import decode, encoding_problems


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> GridDocument:
    """Read all lines as one grid; a blank line is not a row, but a blank cell is a cell.

    A vertical tab, which Word writes for a line break inside a cell, is a line feed.

    Raises UnreadableFileError if the bytes are not text or have too many cells.
    """
    decoded = decode(data)
    if decoded is None:
        raise UnreadableFileError("binary")
    lines = enumerate(re.split(r"\r\n?|\n", decoded.text), start=1)
    rows = [(number, line.replace("\v", "\n").split("\t")) for number, line in lines if line.strip()]
    if sum(len(parts) for _, parts in rows) > limits.cells:
        raise UnreadableFileError("many-cells", limit=limits.cells)
    cells = tuple(
        Cell(part.strip(), row, column, label=_label(number, column + 1))
        for row, (number, parts) in enumerate(rows)
        for column, part in enumerate(parts)
    )
    grid = Grid(cells, len(rows), max((len(parts) for _, parts in rows), default=0))
    return GridDocument(((grid,),), problems=tuple(encoding_problems(decoded)))


def _label(line: int, column: int) -> str:
    return tr(f"第{line}行 第{column}列", f"line {line} column {column}")
