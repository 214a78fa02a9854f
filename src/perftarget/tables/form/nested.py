"""Read the funding sources in a table inside the cell of an amount."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from perftarget.formats.grid import Cell, Grid, full_text
from perftarget.tables.form.words import has_digit, is_number, normalize_caption


def nested_sources(cell: Cell) -> tuple[str, list[tuple[str, str]]] | None:
    """Return the text of a cell without the tables inside it, and the sources and amounts in these tables.

    The text of the cell includes that of the tables. None if the tables have other content than captions and amounts.
    """
    pairs = [_row_pairs(row) for grid in cell.nested for row in _rows(grid)]
    found = [pair for row in pairs if row is not None for pair in row]
    if not found or None in pairs:
        return None
    tables = full_text(replace(cell, text=""))
    return cell.text.removesuffix(tables).rstrip("\n"), found


def _rows(grid: Grid) -> list[list[str]]:
    """Return the texts of each row."""
    rows = groupby(grid.cells, key=lambda cell: cell.row)
    return [[cell.text for cell in cells if cell.text] for _, cells in rows]


def _row_pairs(texts: list[str]) -> list[tuple[str, str]] | None:
    """Return the captions of a row with the amounts after them; a row of heads has none. None if an amount has none."""
    pairs = []
    caption = ""
    for text in texts:
        if not is_number(text) or not has_digit(text):
            caption = text
        elif caption:
            pairs.append((normalize_caption(caption), text))
            caption = ""
        else:
            return None
    return pairs
