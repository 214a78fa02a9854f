"""What was found in the grids of a file."""

from __future__ import annotations

from dataclasses import dataclass, field

from perftarget.formats.grid import Cell
from perftarget.formats.yaml.loader import Data
from perftarget.text.source import Loc


@dataclass
class Form:
    """One form: its data in the file's shape, the label of the cell each value came from, what was concluded rather
    than read, and the cells that found no place.
    """

    data: dict[str, Data] = field(default_factory=dict)
    labels: dict[Loc, str] = field(default_factory=dict)
    inferred: list[str] = field(default_factory=list)
    unplaced: list[Cell] = field(default_factory=list)


class PlacedCells:
    """The cells whose words are in the data, or are printed on every form; all others are reported."""

    def __init__(self) -> None:
        self._known: set[int] = set()

    def take(self, *cells: Cell) -> None:
        self._known |= {id(cell) for cell in cells}

    def leave(self, *cells: Cell) -> None:
        """Take back that they were taken."""
        self._known -= {id(cell) for cell in cells}

    def __contains__(self, cell: Cell) -> bool:
        return id(cell) in self._known


@dataclass(frozen=True, slots=True)
class FormFile:
    """The forms of one file, the cells outside all of them, and what could not be read as it was meant."""

    path: str
    forms: list[Form]
    outside: list[Cell]
    notes: list[str] = field(default_factory=list)
