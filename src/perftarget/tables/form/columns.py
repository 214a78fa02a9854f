"""Columns of the indicators, located by their heads and contents, and the assignment of cells to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from perftarget.formats.grid import Cell
from perftarget.tables.form.evidence import Evidence
from perftarget.tables.form.heads import TIER_ROLES
from perftarget.tables.form.rows import Row

Span = tuple[int, int]
"""The first column and the one after the last."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the indicators: the text and the cell of its head, its role ("" if unknown), and the evidence."""

    head: str
    cell: Cell
    role: str
    evidence: Evidence

    @property
    def span(self) -> Span:
        """The columns of the grid that the head covers."""
        return (self.cell.column, self.cell.column + self.cell.columns)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one block of indicators in a grid.

    `spans` are the columns with a role of their own, `others` those of the results, bands and unknown heads by the text
    of their heads. `bottom` is the first row below the heads; `starts` are the starts of all columns.
    """

    spans: Mapping[str, Span]
    others: Mapping[str, Span] = field(default_factory=dict)
    bands: Mapping[str, Span] = field(default_factory=dict)
    bottom: int = 0
    starts: tuple[int, ...] = ()

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
        return Columns(
            _moved(self.spans, new_spans),
            _moved(self.others, new_spans),
            _moved(self.bands, new_spans),
            0,
            tuple(new_starts),
        )

    def roles(self, cell: Cell) -> set[str]:
        """Return the roles of the columns that the cell overlaps."""
        return {role for role, span in self.spans.items() if _overlaps(cell, span)}

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

    def other_cells(self, cells: Sequence[Cell]) -> dict[str, Cell]:
        """Return the filled cells in the columns of results and unknown heads, by head."""
        return {head: cell for cell in cells for head, span in self.others.items() if _overlaps(cell, span)}

    def band_cells(self, cells: Sequence[Cell]) -> dict[str, Cell]:
        """Return the filled cells in the columns of grades (优, 良, 中, 差), by head."""
        return {head: cell for head, span in self.bands.items() for cell in cells if _overlaps(cell, span)}

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


def _overlaps(cell: Cell, span: Span) -> bool:
    """Return True if the cell covers a part of the columns."""
    return cell.column < span[1] and cell.column + cell.columns > span[0]


def _moved(spans: Mapping[str, Span], new_spans: Mapping[int, Span]) -> dict[str, Span]:
    """Return the spans at their places in another grid, without those that it omits."""
    return {name: new_spans[start] for name, (start, _) in spans.items() if start in new_spans}
