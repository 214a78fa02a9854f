"""Results of reading forms from grids."""

from __future__ import annotations

from dataclasses import dataclass, field

from perftarget.formats.grid import Cell
from perftarget.formats.yaml.loader import Data
from perftarget.tables.form.evidence import Doubt, Reason
from perftarget.tables.form.kinds import FormKind
from perftarget.text.source import Loc


@dataclass
class Form:
    """A form as read.

    `data` has the shape of a table file, and `labels` the label of the cell that each value was read from. `inferred`
    are messages about what was inferred rather than read, `doubts` what could not be told, and `reasons` why each field
    and column was read where it was. `unplaced` are the cells whose text is not in the data, and `furniture` those with
    a title, a note or a signature, which say nothing about the project.
    """

    data: dict[str, Data] = field(default_factory=dict)
    labels: dict[Loc, str] = field(default_factory=dict)
    inferred: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    unplaced: list[Cell] = field(default_factory=list)
    furniture: list[Cell] = field(default_factory=list)
    kind: FormKind = FormKind.TARGET
    title: str = ""


class PlacedCells:
    """The cells whose text is in the data or is printed on every form; all other cells are reported."""

    def __init__(self) -> None:
        self._ids: set[int] = set()
        self.furniture: list[Cell] = []

    def take(self, *cells: Cell) -> None:
        """Add cells."""
        self._ids |= {id(cell) for cell in cells}

    def set_aside(self, *cells: Cell) -> None:
        """Add cells that are printed around the fields of every form."""
        self.furniture += [cell for cell in cells if cell not in self]
        self.take(*cells)

    def __contains__(self, cell: Cell) -> bool:
        return id(cell) in self._ids


@dataclass(frozen=True, slots=True)
class FormFile:
    """The forms of one file, the cells outside all of them, and notes about content that could not be read."""

    path: str
    forms: list[Form]
    outside: list[Cell]
    notes: list[str] = field(default_factory=list)
