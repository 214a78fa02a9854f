"""Cells that are merged over several indicators, and so belong to each of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.tables.form.columns import Columns
from perftarget.tables.form.rows import Row

_SHARED_ROLES: Final = frozenset({"name", "value", "operator", "unit"})
"""The roles of columns whose merged cells hold for each of their rows; points, for example, are those of all."""


@dataclass
class SharedCells:
    """The last merged cell of each role, with the index of its grid."""

    _cells: dict[str, tuple[int, Cell]] = field(default_factory=dict)

    def added_to(self, assigned: dict[str, Cell], row: Row, columns: Columns) -> dict[str, Cell]:
        """Return the cells of an indicator by role with those that are merged from above over its row."""
        own = {role for cell in row.cells for role in columns.roles(cell)}
        above = {
            role: cell
            for role, (grid, cell) in self._cells.items()
            if grid == row.grid and row.number < cell.row + cell.rows and role not in own
        }
        self._cells |= {
            role: (row.grid, cell) for role, cell in assigned.items() if role in _SHARED_ROLES and cell.rows > 1
        }
        return {**above, **assigned} if assigned.keys() & {"name", "value"} else assigned
