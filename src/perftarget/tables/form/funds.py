"""Find grids of funds in the head of a form: amounts below the heads of columns, beside the heads of rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.tables.form.evidence import Evidence
from perftarget.tables.form.rows import Row
from perftarget.tables.form.words import Words, has_digit, is_mark, is_number, normalize_caption
from perftarget.tables.keys import AMOUNT

_MIN_COLUMNS: Final = 2
_MAX_ROWS: Final = 50
_PLANNED: Final = (
    re.compile(r"年初|批复|申报|申请|预算批复"),
    re.compile(r"年度|本年|当年|全年预算|预算数|预算金额|金额|资金|计划"),
    re.compile(r"预算|总额|合计"),
)
_LATER: Final = re.compile(r"执行|支出|实际|到位|完成|使用|上年|结余|得分|分值|权重|率|调整|决算|中期|实施期|原因")
_FUNDS: Final = re.compile(rf"{_LATER.pattern}|{'|'.join(pattern.pattern for pattern in _PLANNED)}")


@dataclass(frozen=True, slots=True)
class FundsGrid:
    """A grid of funds: the heads of its columns, and its rows as the head of the row (or None) with the amounts."""

    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell | None, dict[int, Cell]], ...]
    height: int

    @property
    def planned(self) -> int | None:
        """The column of the approved amount, or None if no head says which it is."""
        candidates = [head for head in self.heads if not _LATER.search(normalize_caption(head.text))]
        for pattern in _PLANNED:
            if found := [head for head in candidates if pattern.search(normalize_caption(head.text))]:
                filled = [
                    head for head in found if any(head.column in row and row[head.column].text for _, row in self.rows)
                ]
                return (filled or found)[0].column
        return candidates[0].column if len(candidates) == 1 else None


def find_funds_grid(rows: Sequence[Row], words: Words) -> FundsGrid | None:
    """Return the grid of funds whose heads are the first of the rows, or None."""
    heads = rows[0].filled
    if len(heads) < _MIN_COLUMNS or any(is_number(cell.text) for cell in heads):
        return None
    fields = [field for cell in heads if (field := words.field_of(cell.text))]
    if any(name != AMOUNT and evidence >= Evidence.ALIAS for name, evidence in fields):
        return None
    body = list(islice(takewhile(lambda row: row.grid == rows[0].grid, islice(rows, 1, None)), _MAX_ROWS))
    first = body[0].filled[0] if body and body[0].filled else None
    if first is None:
        return None
    has_row_heads = not is_number(first.text)
    if has_row_heads:
        heads = [cell for cell in heads if cell.column > first.column]
        corner = [cell for cell in rows[0].filled if cell.column <= first.column]
        if any(words.field_of(cell.text) or words.source_name(cell) for cell in corner):
            return None
    are_funds = all(_FUNDS.search(normalize_caption(cell.text)) for cell in heads)
    found: list[tuple[Cell | None, dict[int, Cell]]] = []
    for row in body:
        amounts = _amounts(row, heads, has_row_heads, are_funds)
        if amounts is None or (not has_row_heads and found):
            break
        found.append((row.filled[0] if has_row_heads else None, amounts))
    filled = {column for _, amounts in found for column, cell in amounts.items() if has_digit(cell.text)}
    if len(heads) < _MIN_COLUMNS or len(filled) < (1 if are_funds else _MIN_COLUMNS):
        return None
    return FundsGrid(tuple(heads), tuple(found), len(found) + 1)


def _amounts(row: Row, heads: Sequence[Cell], has_row_heads: bool, are_funds: bool) -> dict[int, Cell] | None:
    """Return the amounts of a row by the column of their heads, or None if it does not belong to the grid.

    Below heads that speak of funds, a text with a number in it may stand for an amount (得分10).
    """
    filled = row.filled
    if not filled or is_number(filled[0].text) == has_row_heads:
        return None
    cells = [cell for cell in row.cells if not has_row_heads or cell.column > filled[0].column]
    columns = {head.column for head in heads}
    others = [cell for cell in cells if not is_number(cell.text) and not is_mark(cell.text)]
    if others and not (are_funds and all(has_digit(cell.text) for cell in others) and len(others) * 2 < len(cells)):
        return None
    aligned = {cell.column: cell for cell in cells if cell.column in columns}
    return aligned if aligned and all(cell.column in columns for cell in cells if cell.text) else None
