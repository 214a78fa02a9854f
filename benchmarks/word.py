"""The Word writer alone against python-docx as it is usually written; prints milliseconds a table as JSON.

Started by run.py in a process of its own, so that what it takes of memory is not counted to anything else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from io import BytesIO
from time import perf_counter

import docx
from tables import tables

from perftarget.document import build
from perftarget.form import write as grid_of
from perftarget.grid import Grid
from perftarget.profile import DEFAULT, load_profile
from perftarget.source import Source
from perftarget.tree import load


def main(small: int, large: int, rounds: int) -> None:
    from perftarget.writers.docx import write

    def own(grids: Sequence[Grid]) -> bytes:
        return write(grids, label="附件2", title="平罗县项目支出预算绩效目标表", bureau="平罗县")

    grids = _grids(large)
    own(grids[:2])
    plain(grids[:1])
    times: dict[str, list[float]] = {}
    for number in range(rounds):
        times.setdefault(f"perftarget's writer, {small} tables", []).append(_per_table(own, grids[:small]))
        times.setdefault(f"perftarget's writer, {large} tables", []).append(_per_table(own, grids))
        if number == 0:
            times[f"python-docx, table.cell() and merge(), {small} tables"] = [_per_table(plain, grids[:small])]
    print(json.dumps(times))


def _grids(count: int) -> list[Grid]:
    profile = load_profile(DEFAULT)
    trees = {name: load(text) for name, text in tables(count, defective=0).items()}
    documents = [build(Source(name, "", tree.spans), tree.data, tree.problems) for name, tree in trees.items()]
    return [grid_of(document.table, profile) for document in documents if document.table]


def plain(grids: Sequence[Grid]) -> bytes:
    """One document in the way of python-docx's manual: every cell asked of the table by its row and column."""
    document = docx.Document()
    for grid in grids:
        table = document.add_table(grid.rows, grid.columns, style="Table Grid")
        for cell in grid.cells:
            corner = table.cell(cell.row, cell.column)
            if cell.rows > 1 or cell.columns > 1:
                corner = corner.merge(table.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1))
            corner.text = cell.text
        document.add_page_break()
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _per_table(write: Callable[[Sequence[Grid]], bytes], grids: Sequence[Grid]) -> float:
    start = perf_counter()
    write(grids)
    return (perf_counter() - start) * 1000 / len(grids)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
