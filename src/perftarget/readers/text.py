"""A text with tab-separated cells, as copied out of Word or Excel, to a grid."""

from __future__ import annotations

import re

from perftarget.grid import Cell, Grid


def read(text: str) -> list[Grid]:
    """One grid of all lines; blank lines are no rows, and a blank cell is a cell."""
    lines = enumerate(re.split(r"\r\n?|\n", text), start=1)
    rows = [(number, line.split("\t")) for number, line in lines if line.strip()]
    cells = tuple(
        Cell(cell.strip(), row, column, label=f"第{number}行 第{column + 1}列")
        for row, (number, parts) in enumerate(rows)
        for column, cell in enumerate(parts)
    )
    return [Grid(cells, len(rows), max((len(parts) for _, parts in rows), default=0))]
