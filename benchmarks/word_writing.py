"""Writers of Word files: perftarget, docxtpl with the same layout, python-docx as in its manual.

`word_writing.py WRITER COUNT [separate]` prints the milliseconds per table and the additional peak memory in MB. Each
figure needs a new process, since a second round would profit from the caches of the first.
`word_writing.py save COUNT FILE` writes one document of COUNT tables.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from time import perf_counter
from typing import Any

import docx

from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT
from perftarget.formats.docx.writer import write
from perftarget.formats.grid import Cell, Grid
from perftarget.formats.yaml.loader import load
from perftarget.tables.document import build_document
from perftarget.tables.form import table_grid
from perftarget.text.source import Source
from tables import SEED, tables

TITLE = "平罗县项目支出预算绩效目标表"


def main(name: str, count: int, *, separate: bool) -> None:
    """Measure a writer on one document or on separate documents, and print the result."""
    writer = WRITERS[name]
    writer(_grids(2, SEED + 1))  # warms up the process with other texts than those measured
    grids = _grids(count, SEED)
    before = _peak_megabytes()
    start = perf_counter()
    if separate:
        for grid in grids:
            writer([grid])
    else:
        writer(grids)
    print((perf_counter() - start) * 1000 / len(grids), _peak_megabytes() - before)


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def _grids(count: int, seed: int) -> list[Grid]:
    profile = load_profile(DEFAULT)
    trees = {name: load(text) for name, text in tables(count, seed=seed, defective=0).items()}
    documents = [build_document(Source(name, "", tree.spans), tree.data, tree.problems) for name, tree in trees.items()]
    return [table_grid(document.table, profile) for document in documents if document.table]


def perftarget(grids: Sequence[Grid]) -> bytes:
    """Return a document written by perftarget."""
    return write(grids, label="附件2", title=TITLE, bureau="平罗县")


def docxtpl(grids: Sequence[Grid]) -> bytes:
    """Return a document written by docxtpl from a template that perftarget wrote, so the layout is the same.

    Only the label of a first tier is not merged over its second tiers, which a loop of docxtpl cannot do.
    """
    from docxtpl import DocxTemplate

    document = DocxTemplate(BytesIO(_template()))
    document.render({"forms": [_context(grid) for grid in grids]}, autoescape=True)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


_template_cache: list[bytes] = []


def _template() -> bytes:
    """Return a document of one form with the placeholders of docxtpl as its texts."""
    if not _template_cache:
        fields = ["name", "department", "unit", "attribute", "period", "office", "amount"]
        cells = [
            Cell("{{ form.title }}", 0, 0, columns=4, role="title"),
            Cell("{{ form.per }}", 1, 0, columns=4, role="unit"),
        ]
        for row, names in enumerate((fields[:1], fields[1:3], fields[3:5], fields[5:7], ["goals"]), start=2):
            width = 4 // len(names)
            for index, name in enumerate(names):
                cells.append(Cell("{{ form.captions." + name + " }}", row, index * width, role="caption"))
                role = "goals" if name == "goals" else "value"
                cells.append(Cell("{{ form." + name + " }}", row, index * width + 1, columns=width - 1, role=role))
        cells += [
            Cell(text, 7, column, role="head")
            for column, text in enumerate(("一级指标", "二级指标", "三级指标", "绩效值"))
        ]
        rows = [
            ["{%tr for tier in form.tiers %}"],
            ["{%tr for row in tier.rows %}"],
            ["{% vm %}{{ tier.first }}", "{% vm %}{{ tier.second }}", "{{ row.name }}", "{{ row.target }}"],
            ["{%tr endfor %}"],
            ["{%tr endfor %}"],
        ]
        roles = ("tier", "tier", "name", "target")
        for number, texts in enumerate(rows, start=8):
            for column in range(4):
                cells.append(Cell(texts[column] if column < len(texts) else "", number, column, role=roles[column]))
        grid = Grid(tuple(cells), 13, 4)
        document = docx.Document(BytesIO(write([grid], label="附件2", title=TITLE, bureau="平罗县")))
        table = document.tables[0]._tbl
        before, after = document.paragraphs[-1]._p, document.add_paragraph("{%p endfor %}", style="表间段落")._p
        start = document.add_paragraph("{%p for form in forms %}", style="表间段落")._p
        table.addprevious(start)
        before.addnext(after)
        out = BytesIO()
        document.save(out)
        _template_cache.append(out.getvalue())
    return _template_cache[0]


def _context(grid: Grid) -> dict[str, Any]:
    """Return the values of the placeholders for a grid."""
    by_role: dict[str, list[Cell]] = {}
    for cell in grid.cells:
        by_role.setdefault(cell.role, []).append(cell)
    names = ["name", "department", "unit", "attribute", "period", "office", "amount", "goals"]
    values = [cell.text for cell in (*by_role["value"], *by_role["goals"])]
    captions = [cell.text for cell in by_role["caption"]]
    firsts = [cell for cell in by_role["tier"] if cell.column == 0]
    labels = {row: cell.text for cell in firsts for row in range(cell.row, cell.row + cell.rows)}
    tiers = [
        {
            "first": labels[cell.row],
            "second": cell.text,
            "rows": [{"name": name.text, "target": target.text} for name, target in _tier_rows(grid, cell)],
        }
        for cell in by_role["tier"]
        if cell.column == 1
    ]
    head = {"title": by_role["title"][0].text, "per": by_role["unit"][0].text}
    named = {"captions": dict(zip(names, captions, strict=True)), "tiers": tiers}
    return {**head, **dict(zip(names, values, strict=True)), **named}


def _tier_rows(grid: Grid, tier: Cell) -> list[list[Cell]]:
    """Return the cells of the name and of the target of each row in a second tier."""
    cells = [cell for cell in grid.cells if cell.column >= 2 and tier.row <= cell.row < tier.row + tier.rows]
    return [list(row) for _, row in groupby(cells, key=lambda cell: cell.row)]


def python_docx(grids: Sequence[Grid]) -> bytes:
    """Return a document written by python-docx as in its manual: each cell by row and column."""
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


WRITERS: dict[str, Callable[[Sequence[Grid]], bytes]] = {
    "perftarget": perftarget,
    "docxtpl": docxtpl,
    "python-docx": python_docx,
}

if __name__ == "__main__":
    if sys.argv[1] == "save":  # the input of word_reading.py
        Path(sys.argv[3]).write_bytes(perftarget(_grids(int(sys.argv[2]), SEED)))
    else:
        main(sys.argv[1], int(sys.argv[2]), separate="separate" in sys.argv[3:])
