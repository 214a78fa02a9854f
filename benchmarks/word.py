"""The Word writer alone, or python-docx as it is usually written; prints milliseconds a table.

Started by run.py once for each figure: a second round in the same process would find what the first one has cached.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import BytesIO
from time import perf_counter

import docx

from perftarget.configuration import load_profile
from perftarget.document import build
from perftarget.form import write as grid_of
from perftarget.grid import Grid
from perftarget.profile import DEFAULT
from perftarget.source import Source
from perftarget.tree import load
from tables import SEED, tables


def main(way: str, count: int) -> None:
    write = {"own": own, "plain": plain}[way]
    write(_grids(2, SEED + 1))  # what is paid once a process is not the writer's; other texts, so that none is known
    grids = _grids(count, SEED)
    start = perf_counter()
    write(grids)
    print((perf_counter() - start) * 1000 / len(grids))


def _grids(count: int, seed: int) -> list[Grid]:
    profile = load_profile(DEFAULT)
    trees = {name: load(text) for name, text in tables(count, seed=seed, defective=0).items()}
    documents = [build(Source(name, "", tree.spans), tree.data, tree.problems) for name, tree in trees.items()]
    return [grid_of(document.table, profile) for document in documents if document.table]


def own(grids: Sequence[Grid]) -> bytes:
    from perftarget.writers.docx import write

    return write(grids, label="附件2", title="平罗县项目支出预算绩效目标表", bureau="平罗县")


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


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
