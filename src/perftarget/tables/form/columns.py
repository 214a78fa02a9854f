"""The columns of the indicators, found by their heads, and what of a row stands in which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.tables.form.rows import Row
from perftarget.tables.form.words import Words

LABELS: Final = frozenset({"first", "second"})
"""The roles of the tiers' columns; all others belong to an indicator."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each role begins and ends, in the raster of its grid, and the heads that say so."""

    spans: Mapping[str, tuple[int, int]]
    heads: tuple[Cell, ...] = ()
    bottom: int = 0  # the first row below all heads
    starts: tuple[int, ...] = field(default=())  # of all columns, known or not

    @classmethod
    def of(cls, row: Row, words: Words) -> Columns:
        """By the heads in that row. Of two columns for the name, the better word wins; of two for a value, the last."""
        found: dict[str, Cell] = {}
        for cell in row.filled:
            role = words.head(cell)
            if role == "name" and role in found and words.rank(cell) != words.rank(found[role]):
                cell, other = sorted((cell, found[role]), key=words.rank)  # noqa: PLW2901
                found.setdefault("explanation", other)
            if role:
                found[role] = cell
        bottom = max(cell.row + cell.rows for cell in found.values())
        spans = {role: (cell.column, cell.column + cell.columns) for role, cell in found.items()}
        return cls(spans, tuple(found.values()), bottom, tuple(cell.column for cell in row.cells))

    def below(self, row: Row, words: Words) -> Columns:
        """With the heads of a second row of heads: 符号, 值, 单位 below 指标值."""
        found = {role: cell for cell in row.filled if (role := words.head(cell))}
        spans = dict(self.spans) | {role: (cell.column, cell.column + cell.columns) for role, cell in found.items()}
        starts = tuple(sorted({*self.starts, *(cell.column for cell in row.cells)}))
        return Columns(spans, (*self.heads, *found.values()), self.bottom, starts)

    def moved(self, rows: Iterable[Row]) -> Columns | None:
        """The same columns in another grid, where the form goes on without heads; None where they cannot be told."""
        begins = sorted({cell.column for row in rows for cell in row.cells})
        # The column that only holds 绩效指标 may be left out there, and that of the first tier.
        known = [start for start in self.starts if start in {start for start, _ in self.spans.values()}]
        starts = next((some for some in (list(self.starts), known, known[1:]) if len(some) == len(begins)), None)
        if starts is None:
            return None
        ends = [*begins[1:], begins[-1] + 1]
        place = {start: (begin, end) for start, begin, end in zip(starts, begins, ends, strict=True)}
        spans = {role: place[start] for role, (start, _) in self.spans.items() if start in place}
        return Columns(spans, (), 0, tuple(begins))

    def roles(self, cell: Cell) -> set[str]:
        return {
            role
            for role, (start, end) in self.spans.items()
            if cell.column < end and cell.column + cell.columns > start
        }

    def assign(self, cells: Sequence[Cell], *, shift: int = 0) -> dict[str, Cell] | None:
        """The filled cells by their roles; None where one lies across a name and a tier: that is no indicator's row.

        A row that lacks its first cells is read with a shift: each cell counts as that many columns further right.
        """
        found: dict[str, Cell] = {}
        for cell in cells:
            roles = self.roles(self._shifted(cell, shift)) if shift else self.roles(cell)
            if roles <= LABELS:
                found |= dict.fromkeys(roles, cell)
            elif roles & LABELS:
                return None
            elif roles:
                found["value" if "value" in roles else "name" if "name" in roles else min(roles)] = cell
        return found

    def collide(self, cells: Iterable[Cell]) -> bool:
        """Whether two of the cells stand in one column, their edges having been dragged."""
        met = [role for cell in cells for role in self.roles(cell) & {"name", "value"}]
        return len(set(met)) < len(met)

    def in_order(self, cells: Sequence[Cell]) -> dict[str, Cell]:
        """The filled cells of a whole row by their order, counted from the right, where their edges tell nothing."""
        roles = {start: role for role, (start, _) in self.spans.items()}
        places = zip(reversed(self.starts), reversed(cells), strict=False)
        return {roles[start]: cell for start, cell in places if start in roles and cell.text}

    def _shifted(self, cell: Cell, shift: int) -> Cell:
        order = self.starts
        if cell.column not in order or order.index(cell.column) + shift >= len(order):
            return Cell(cell.text, cell.row, order[-1] + 1)
        return Cell(cell.text, cell.row, order[order.index(cell.column) + shift])
