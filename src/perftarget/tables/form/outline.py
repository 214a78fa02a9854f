"""Take an outline apart: projects, tiers and indicators as lines of one column, beside their values and amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from perftarget.formats.grid import Cell, Grid
from perftarget.tables.form.heads import LEVELS, head_role
from perftarget.tables.form.rows import Row, flow_rows
from perftarget.tables.form.words import NAME, Words, has_digit
from perftarget.tables.keys import AMOUNT

_AMOUNT_HEAD: Final = re.compile("金额|预算|资金")
_LEVEL_HEAD: Final = re.compile("[一二三]级")
_NOTE: Final = re.compile(r"[（(][^（()）]*[）)]$")
_HEADS: Final = ("一级指标", "二级指标", "三级指标", "指标值")


@dataclass
class _Project:
    """A project of an outline: the cells of its name and amount, and its indicators as tier, tier, name and value."""

    name: Cell
    amount: Cell
    rows: list[tuple[Cell, Cell, Cell, Cell]] = field(default_factory=list)


def outline_forms(grid: Grid, words: Words) -> list[Grid] | None:
    """Return a form for each project of an outline, after the rows of no project; None for any other grid."""
    if any(_LEVEL_HEAD.search(cell.text) for cell in grid.cells):
        return None
    rows = flow_rows([grid])
    start = next((index for index, row in enumerate(rows) if _is_head(row, words)), None)
    if start is None:
        return None
    head = rows[start]
    value = next(cell.column for cell in head.filled[1:] if _role(cell, words) == "value")
    amount = next(cell.column for cell in head.filled[1:] if _AMOUNT_HEAD.search(cell.text) and cell.column != value)
    projects, others = _projects(rows[start + 1 :], words, value, amount)
    if not any(second.text for project in projects for _, second, _, _ in project.rows):
        return None
    others = [*rows[:start], *others]
    return [*(Grid(row.cells, grid.rows, grid.columns) for row in others), *(_form(project) for project in projects)]


def _role(cell: Cell, words: Words) -> str:
    """Return the role of a head, or ""."""
    found = head_role(cell.text, words)
    return found[0] if found else ""


def _is_head(row: Row, words: Words) -> bool:
    """Return True for heads of a column of lines, of a target value and of an amount, without columns of tiers."""
    cells = row.filled
    if len(cells) < len(LEVELS) or words.field_of(cells[0].text) or LEVELS & {_role(cell, words) for cell in cells}:
        return False
    values = [cell for cell in cells[1:] if _role(cell, words) == "value"]
    return bool(values) and any(_AMOUNT_HEAD.search(cell.text) for cell in cells[1:] if cell is not values[0])


def _projects(rows: list[Row], words: Words, value: int, amount: int) -> tuple[list[_Project], list[Row]]:
    """Return the projects, and the rows of no project, such as the office above them."""
    projects: list[_Project] = []
    others: list[Row] = []
    heads: dict[int, Row] = {}
    first = second = Cell("", 0, 0)
    for row in rows:
        if not row.filled:
            continue
        line, cells = row.cells[0], {cell.column: cell for cell in row.cells}
        label = _NOTE.sub("", line.text.strip())
        target = cells.get(value, Cell("", line.row, value, label=line.label))
        money = cells.get(amount, target)
        if has_digit(money.text) and not target.text:
            if projects and not projects[-1].rows:
                others.append(heads[id(projects.pop())])
            projects.append(_Project(line, money))
            heads[id(projects[-1])] = row
        elif words.is_first_tier(label) and not target.text:
            first, second = replace(line, text=label), Cell("", 0, 0)
        elif words.is_second_tier(label) and not target.text:
            second = replace(line, text=label)
        elif projects and line.text:
            projects[-1].rows.append((first, second, line, target))
        else:
            others.append(row)
    return projects, others


def _form(project: _Project) -> Grid:
    """Return the form of a project as it would stand on a page of its own."""
    lines: list[tuple[Cell, ...]] = [
        (replace(project.name, text=NAME), project.name),
        (replace(project.amount, text=AMOUNT), project.amount),
        tuple(replace(project.name, text=text) for text in _HEADS),
        *project.rows,
    ]
    cells = tuple(_placed(lines))
    return Grid(cells, len(lines), len(_HEADS))


def _placed(lines: list[tuple[Cell, ...]]) -> Iterator[Cell]:
    """Yield the cells at their places in the form, one row and one column each."""
    for row, cells in enumerate(lines):
        for column, cell in enumerate(cells):
            yield replace(cell, row=row, column=column, rows=1, columns=1)
