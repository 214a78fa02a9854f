"""Take a list of projects apart: a table in which the fields are columns left of the indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perftarget.formats.grid import Cell
from perftarget.tables.form.head_rows import find_head
from perftarget.tables.form.heads import head_role
from perftarget.tables.form.rows import Row
from perftarget.tables.form.words import NAME, Words


def list_blocks(rows: Sequence[Row], words: Words) -> tuple[list[list[Row]], list[Row]] | None:
    """Return the rows of each project of a list as those of a form of its own, and the rows of no project.

    None if the rows are no list. Each field becomes a row of its caption and its value, above the heads of the
    indicators. A row that has only fields, such as the total of an office, belongs to no project.
    """
    index = next((index for index in range(len(rows)) if find_head(rows, index, words)), None)
    if index is None:
        return None
    edge = _first_indicator_column(rows[index], words)
    fields = [cell for cell in rows[index].filled if cell.column < edge]
    names = [cell for cell in fields if (words.field_of(cell.text) or ("",))[0] == NAME]
    if not names or rows[index].filled[0].column != rows[index].cells[0].column:
        return None
    name_column = max(names, key=lambda cell: (words.field_of(cell.text) or ("", 0))[1]).column
    height = max(cell.rows for cell in rows[index].filled)
    head_rows = [
        Row(tuple(cell for cell in row.cells if cell.column >= edge), row.grid) for row in rows[index : index + height]
    ]
    blocks: list[list[Row]] = []
    others: list[Row] = []
    current = ""
    for row in rows[index + height :]:
        starts = [cell for cell in row.cells if cell.column == name_column and cell.text and cell.text != current]
        left = [cell for cell in row.cells if cell.column < edge]
        right = tuple(cell for cell in row.cells if cell.column >= edge)
        if not any(cell.text for cell in right) or (row.filled and words.is_footer(row.filled[0])):
            others += [row] if row.filled else []
            continue
        if starts:
            current = starts[0].text
            blocks.append([*rows[:index], *_field_rows(fields, left, row), *head_rows])
        if not blocks:
            others.append(row)
            continue
        blocks[-1].append(Row(right, row.grid))
    return (blocks, others) if blocks else None


def _first_indicator_column(row: Row, words: Words) -> int:
    """Return the first column of a tier or, without tiers, of the names of the indicators."""
    columns = [
        cell.column for cell in row.filled if (head_role(cell.text, words) or ("",))[0] in {"first", "second", "name"}
    ]
    return min(columns, default=0)


def _field_rows(fields: Sequence[Cell], left: Sequence[Cell], row: Row) -> list[Row]:
    """Return a row of caption and value for each field, as they would stand on a form of its own."""
    values = {cell.column: cell for cell in left}
    return [
        Row(
            (
                replace(caption, column=0, columns=1, row=0, rows=1),
                replace(values[caption.column], column=1, columns=1, row=0, rows=1),
            ),
            row.grid,
        )
        for caption in fields
        if caption.column in values
    ]
