"""A text with tab-separated cells, as copied out of Word or Excel, to a grid."""

from __future__ import annotations

import re

from perftarget.grid import Cell, Grid
from perftarget.language import say


def read(text: str) -> list[Grid]:
    """One grid of all lines; blank lines are no rows, and a blank cell is a cell."""
    lines = enumerate(re.split(r"\r\n?|\n", text), start=1)
    rows = [(number, line.split("\t")) for number, line in lines if line.strip()]
    cells = tuple(
        Cell(cell.strip(), row, column, label=_label(number, column + 1))
        for row, (number, parts) in enumerate(rows)
        for column, cell in enumerate(parts)
    )
    return [Grid(cells, len(rows), max((len(parts) for _, parts in rows), default=0))]


def _label(line: int, column: int) -> str:
    return say(f"第{line}行 第{column}列", f"line {line} column {column}")
