"""Columns of the indicators, located by their heads, and the assignment of cells to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.tables.form.rows import Row
from perftarget.tables.form.words import Words

TIER_ROLES: Final = frozenset({"first", "second"})
"""The roles of the tier columns; all other columns belong to an indicator."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The column span (start, end) of each role in a grid, and the heads that define it.

    `bottom` is the first row below the heads; `starts` are the starts of all columns, including those without a role.
    """

    spans: Mapping[str, tuple[int, int]]
    heads: tuple[Cell, ...] = ()
    bottom: int = 0
    starts: tuple[int, ...] = field(default=())

    @classmethod
    def from_heads(cls, row: Row, words: Words) -> Columns:
        """Return the columns with the heads in that row.

        Of two name columns, the one with the preferred head is the name and the other the explanation; of two columns
        with another role, the last is used.
        """
        heads: dict[str, Cell] = {}
        for cell in row.filled:
            role = words.head_role(cell)
            if role == "name" and role in heads and words.head_rank(cell) != words.head_rank(heads[role]):
                cell, other = sorted((cell, heads[role]), key=words.head_rank)  # noqa: PLW2901
                heads.setdefault("explanation", other)
            if role:
                heads[role] = cell
        bottom = max(cell.row + cell.rows for cell in heads.values())
        spans = {role: (cell.column, cell.column + cell.columns) for role, cell in heads.items()}
        return cls(spans, tuple(heads.values()), bottom, tuple(cell.column for cell in row.cells))

    def with_second_row(self, row: Row, words: Words) -> Columns:
        """Return the columns with a second row of heads added: 符号, 值 and 单位 below 指标值."""
        heads = {role: cell for cell in row.filled if (role := words.head_role(cell))}
        spans = dict(self.spans) | {role: (cell.column, cell.column + cell.columns) for role, cell in heads.items()}
        starts = tuple(sorted({*self.starts, *(cell.column for cell in row.cells)}))
        return Columns(spans, (*self.heads, *heads.values()), self.bottom, starts)

    def adapted_to(self, rows: Iterable[Row]) -> Columns | None:
        """Return the columns of another grid in which the form continues without heads, or None if they differ."""
        new_starts = sorted({cell.column for row in rows for cell in row.cells})
        # The other grid may omit the column that only contains 绩效指标, and the column of the first tier.
        role_starts = {start for start, _ in self.spans.values()}
        with_role = [start for start in self.starts if start in role_starts]
        candidates = (list(self.starts), with_role, with_role[1:])
        starts = next((candidate for candidate in candidates if len(candidate) == len(new_starts)), None)
        if starts is None:
            return None
        ends = [*new_starts[1:], new_starts[-1] + 1]
        new_spans = {start: (begin, end) for start, begin, end in zip(starts, new_starts, ends, strict=True)}
        spans = {role: new_spans[start] for role, (start, _) in self.spans.items() if start in new_spans}
        return Columns(spans, (), 0, tuple(new_starts))

    def roles(self, cell: Cell) -> set[str]:
        """Return the roles of the columns that the cell overlaps."""
        return {
            role
            for role, (start, end) in self.spans.items()
            if cell.column < end and cell.column + cell.columns > start
        }

    def assign(self, cells: Sequence[Cell], *, shift: int = 0) -> dict[str, Cell] | None:
        """Return the filled cells by role, or None if a cell spans a tier and a name, so that it is no indicator's row.

        With a shift, each cell is assigned that many columns further right, for a row that lacks its first cells.
        """
        assigned: dict[str, Cell] = {}
        for cell in cells:
            roles = self.roles(self._shifted(cell, shift)) if shift else self.roles(cell)
            if roles <= TIER_ROLES:
                assigned |= dict.fromkeys(roles, cell)
            elif roles & TIER_ROLES:
                return None
            elif roles:
                assigned["value" if "value" in roles else "name" if "name" in roles else min(roles)] = cell
        return assigned

    def collide(self, cells: Iterable[Cell]) -> bool:
        """Return True if two cells are in the same name or value column, because their edges were moved."""
        roles = [role for cell in cells for role in self.roles(cell) & {"name", "value"}]
        return len(set(roles)) < len(roles)

    def assign_in_order(self, cells: Sequence[Cell]) -> dict[str, Cell]:
        """Return the filled cells of a whole row by role, counted from the right instead of by their edges."""
        roles = {start: role for role, (start, _) in self.spans.items()}
        pairs = zip(reversed(self.starts), reversed(cells), strict=False)
        return {roles[start]: cell for start, cell in pairs if start in roles and cell.text}

    def _shifted(self, cell: Cell, shift: int) -> Cell:
        """Return the cell moved to the right by that many columns, or past the last column if there are too few."""
        if cell.column not in self.starts or self.starts.index(cell.column) + shift >= len(self.starts):
            return Cell(cell.text, cell.row, self.starts[-1] + 1)
        return Cell(cell.text, cell.row, self.starts[self.starts.index(cell.column) + shift])
