"""Writers of Word files: ours, docxtpl with the same layout, python-docx as it is usually written.

`word_writing.py WAY COUNT [apart]` prints milliseconds a table and the peak memory in MB. Started once for each
figure: a second round in the same process would find what the first one has cached. `word_writing.py save COUNT FILE`
writes one document of so many tables.
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
from perftarget.tables.form import table_grid as grid_of
from perftarget.text.source import Source
from tables import SEED, tables

TITLE = "平罗县项目支出预算绩效目标表"


def main(way: str, count: int, *, apart: bool) -> None:
    writer = WAYS[way]
    writer(_grids(2, SEED + 1))  # what is paid once a process is not the writer's; other texts, so that none is known
    grids = _grids(count, SEED)
    before = _memory()
    start = perf_counter()
    if apart:
        for grid in grids:
            writer([grid])
    else:
        writer(grids)
    print((perf_counter() - start) * 1000 / len(grids), _memory() - before)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def _grids(count: int, seed: int) -> list[Grid]:
    profile = load_profile(DEFAULT)
    trees = {name: load(text) for name, text in tables(count, seed=seed, defective=0).items()}
    documents = [build_document(Source(name, "", tree.spans), tree.data, tree.problems) for name, tree in trees.items()]
    return [grid_of(document.table, profile) for document in documents if document.table]


def own(grids: Sequence[Grid]) -> bytes:
    return write(grids, label="附件2", title=TITLE, bureau="平罗县")


def template(grids: Sequence[Grid]) -> bytes:
    """docxtpl, filling a template that our own writer made: the same page, faces, widths and borders.

    Only the label of a first tier is not merged over its second tiers: a loop of docxtpl cannot do that.
    """
    from docxtpl import DocxTemplate

    document = DocxTemplate(BytesIO(_template()))
    document.render({"forms": [_context(grid) for grid in grids]}, autoescape=True)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


_made: list[bytes] = []


def _template() -> bytes:
    """One form whose texts are the places to be filled."""
    if not _made:
        fields = ["name", "department", "unit", "attribute", "period", "office", "amount"]
        cells = [
            Cell("{{ form.title }}", 0, 0, columns=4, role="title"),
            Cell("{{ form.per }}", 1, 0, columns=4, role="unit"),
        ]
        for row, part in enumerate((fields[:1], fields[1:3], fields[3:5], fields[5:7], ["goals"]), start=2):
            width = 4 // len(part)
            for index, name in enumerate(part):
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
        made = docx.Document(BytesIO(write([Grid(tuple(cells), 13, 4)], label="附件2", title=TITLE, bureau="平罗县")))
        table = made.tables[0]._tbl
        before, after = made.paragraphs[-1]._p, made.add_paragraph("{%p endfor %}", style="表间段落")._p
        start = made.add_paragraph("{%p for form in forms %}", style="表间段落")._p
        table.addprevious(start)
        before.addnext(after)
        out = BytesIO()
        made.save(out)
        _made.append(out.getvalue())
    return _made[0]


def _context(grid: Grid) -> dict[str, Any]:
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
            "rows": [{"name": name.text, "target": target.text} for _, (name, target) in rows_of_tier(grid, cell)],
        }
        for cell in by_role["tier"]
        if cell.column == 1
    ]
    head = {"title": by_role["title"][0].text, "per": by_role["unit"][0].text}
    named = {"captions": dict(zip(names, captions, strict=True)), "tiers": tiers}
    return {**head, **dict(zip(names, values, strict=True)), **named}


def rows_of_tier(grid: Grid, tier: Cell) -> list[tuple[int, list[Cell]]]:
    rows = [cell for cell in grid.cells if cell.column >= 2 and tier.row <= cell.row < tier.row + tier.rows]
    return [(row, list(cells)) for row, cells in groupby(rows, key=lambda cell: cell.row)]


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


WAYS: dict[str, Callable[[Sequence[Grid]], bytes]] = {"own": own, "docxtpl": template, "python-docx": plain}

if __name__ == "__main__":
    if sys.argv[1] == "save":  # for those who read
        Path(sys.argv[3]).write_bytes(own(_grids(int(sys.argv[2]), SEED)))
    else:
        main(sys.argv[1], int(sys.argv[2]), apart="apart" in sys.argv[3:])
