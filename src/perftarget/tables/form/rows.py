"""The rows of a flow, and where among them each form begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from perftarget.formats.grid import Cell, Grid
from perftarget.tables.form.words import Words, is_heading
from perftarget.tables.model import FIELD_NAMES

_NAME = next(iter(FIELD_NAMES))


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that begin in a row of the grid with that number."""

    cells: tuple[Cell, ...]
    grid: int

    @property
    def filled(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.text]

    @property
    def number(self) -> int:
        return self.cells[0].row


def rows_of(flow: Iterable[Grid]) -> list[Row]:
    return [
        Row(tuple(cells), number)
        for number, grid in enumerate(flow)
        for _, cells in groupby(grid.cells, key=lambda cell: cell.row)
    ]


def split(rows: Sequence[Row], words: Words) -> tuple[list[list[Row]], list[Row]]:
    """The rows of each form, and those before the first. What stands above its first field belongs to a form."""
    tops: list[int] = []
    for start in _starts(rows, words):
        top = start
        while top > (tops[-1] if tops else 0) and _is_above(rows[top - 1], words):
            top -= 1
        tops.append(top)
    ends = [*tops[1:], len(rows)]
    return [list(rows[top:end]) for top, end in zip(tops, ends, strict=False)], list(rows[: tops[0] if tops else None])


def _is_above(row: Row, words: Words) -> bool:
    """A title, the line 单位：万元, a line 填报单位：甲, 一、基本信息: what may stand above the table of a form."""
    cells = row.filled
    return bool(cells) and all(
        is_heading(cell.text) or bool(words.inline(cell)[0]) or words.is_group(cell) for cell in cells
    )


def _starts(rows: Sequence[Row], words: Words) -> Iterator[int]:
    """Where 项目名称 stands; where a form lacks it, at its first other field after indicators, or at their heads."""
    headed, named = [is_heads(row, words) for row in rows], [_named(row, words) for row in rows]
    follows = _heads_follow(headed, named)
    name, began, heads = "", False, True
    for number, row in enumerate(rows):
        found = named[number]
        if headed[number]:
            if not began:
                yield number
                began = True
            heads = True
        elif found is not None:
            if began and found == name and (not heads or _is_continued(rows, number)):
                heads = False
            elif follows[number] or not _is_alone(row):
                yield number
                name, began, heads = found, True, False
        elif heads and follows[number] and _is_first_row(rows, number, words):
            yield number
            name, began, heads = "", True, False


def _named(row: Row, words: Words) -> str | None:
    """The name of the project that a row gives; None where it is about something else."""
    filled = row.filled
    if not filled or row.cells[0].column > 0:  # beside a tier, it is an indicator that is called so
        return None
    label, text = words.inline(filled[0])
    if label == _NAME:
        return text
    for cell in filled[:2]:  # a caption over several rows may stand before it: 基本信息
        if words.field(cell) == _NAME:
            return next((other.text for other in row.cells if other.column > cell.column), "")
        if not words.is_group(cell):
            break
    return None


def _is_continued(rows: Sequence[Row], number: int) -> bool:
    """Whether the fields are said again under a title with （续）."""
    above = rows[number - 1].filled if number else []
    return any("续" in cell.text and is_heading(cell.text) for cell in above)


def _is_alone(row: Row) -> bool:
    return len(row.cells) == 1


def _heads_follow(headed: Sequence[bool], named: Sequence[str | None]) -> list[bool]:
    """Of each row, whether heads of indicators come after it before the next 项目名称.

    A line of text 项目名称：甲 begins a form only where they do.
    """
    follows, after = [], False
    for is_headed, name in zip(reversed(headed), reversed(named), strict=True):
        follows.append(after)
        after = is_headed or (after and name is None)
    return follows[::-1]


def _is_first_row(rows: Sequence[Row], number: int, words: Words) -> bool:
    """Two fields of the form or more, in this row and the next."""
    near = [cell for row in rows[number : number + 2] for cell in row.filled]
    first = rows[number].filled
    known = [cell for cell in near if words.field(cell) in FIELD_NAMES]
    return bool(first) and words.field(first[0]) in FIELD_NAMES and len(known) >= _ENOUGH


_ENOUGH = 2


def is_heads(row: Row, words: Words) -> bool:
    """Whether the heads of the indicator columns stand in it: a name and a value at least."""
    return {"name", "value"} <= {words.head(cell) for cell in row.filled}
