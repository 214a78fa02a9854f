"""Take apart the target values that are written in several cells below one head: sign, number and unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from perftarget.tables.form.columns import Column
from perftarget.tables.form.evidence import Evidence
from perftarget.tables.form.heads import sign_role
from perftarget.tables.form.rows import Row
from perftarget.tables.form.words import has_digit


def texts_below(column: Column, body: Sequence[Row]) -> list[str]:
    """Return the texts of the cells below a head that do not reach into other columns."""
    start, end = column.span
    return [
        cell.text for row in body for cell in row.filled if start <= cell.column and cell.column + cell.columns <= end
    ]


def value_parts(column: Column, heads: Sequence[Column], body: Sequence[Row]) -> Iterator[Column]:
    """Yield the columns below the head of a target value, which has one for each cell of the value.

    A column without a head that follows belongs to the target value if it completes bare numbers, as units do.
    """
    start, end = column.span
    following = [other.span[0] for other in heads if other.span[0] >= end]
    limit = min(following, default=1 + max((cell.column for row in body for cell in row.cells), default=end))
    limit = limit if _has_bare_numbers(body, start, end, limit) else end
    cells = [cell for row in body for cell in row.filled if start <= cell.column < limit]
    starts = sorted({cell.column for cell in cells})
    if column.role != "value" or len(starts) < 2 or starts[0] != start or not _have_several(body, start, limit):
        yield column
        return
    for begin, stop in zip(starts, [*starts[1:], limit], strict=True):
        part = replace(column, cell=replace(column.cell, column=begin, columns=stop - begin))
        role = _role_of(texts_below(part, body))
        yield part if role == "value" else replace(part, role=role, evidence=Evidence.CONTENTS)


def _has_bare_numbers(body: Sequence[Row], start: int, end: int, limit: int) -> bool:
    """Return True if the cells in the columns from `end` on all stand beside a number without a unit."""
    for row in body:
        values = [cell.text for cell in row.filled if start <= cell.column < end]
        others = [cell for cell in row.filled if end <= cell.column < limit]
        if others and not (values and values[-1].strip()[-1:].isdigit()):
            return False
    return True


def _have_several(body: Sequence[Row], start: int, end: int) -> bool:
    """Return True if a row has several cells with text in these columns."""
    return any(sum(start <= cell.column < end for cell in row.filled) > 1 for row in body)


def _role_of(texts: Sequence[str]) -> str:
    """Return the role of a part of the target value: its sign, its number or its unit."""
    if texts and all(sign_role(text) == "operator" for text in texts):
        return "operator"
    return "value" if not texts or any(map(has_digit, texts)) else "unit"
