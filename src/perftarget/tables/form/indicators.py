"""Read the indicator rows of a form: the tier of each row and its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.formats.yaml.loader import Data
from perftarget.i18n import tr
from perftarget.tables.entries import ENTRY_KEYS
from perftarget.tables.form.columns import Columns
from perftarget.tables.form.evidence import Evidence
from perftarget.tables.form.furniture import is_template_row
from perftarget.tables.form.heads import SIGN_ROLES, TIER_ROLES, sign_role
from perftarget.tables.form.result import Form, PlacedCells
from perftarget.tables.form.rows import Row
from perftarget.tables.form.shared_cells import SharedCells
from perftarget.tables.form.tiers import IndicatorRow, TierRows, has_one_second_tier, labels_of_both, tiers_data
from perftarget.tables.form.words import Words, normalize_caption, split_points
from perftarget.tables.keys import INDICATORS

_DEFAULT_ROLES: Final = ("first", "second", "name", "value")


class IndicatorReader:
    """Reader of one block of indicators of a form, row by row; `key` is its place in the data."""

    def __init__(
        self, words: Words, form: Form, taken: PlacedCells, rows: Sequence[Row], key: str = INDICATORS
    ) -> None:
        self.words = words
        self.form = form
        self.take = taken.take
        self.key = key
        self.results: list[dict[str, Data]] = []  # what was achieved, by indicator
        self.keeps_results = False
        self.points: dict[str, Cell] = {}  # the labels of first tiers with points written after them
        self._rows: dict[int, list[Row]] = {}  # by index of the grid
        for row in rows:
            self._rows.setdefault(row.grid, []).append(row)
        self._columns: dict[int, Columns | None] = {}  # by index of the grid
        self._last_columns: Columns | None = None
        self._after_footer = False  # True after a note below the table, when an indicator row needs a tier label
        self._shared = SharedCells()
        self._tiers: dict[tuple[str, str], TierRows] = {}
        self._tier = TierRows()

    @property
    def has_columns(self) -> bool:
        """True if the columns of the indicators are known."""
        return self._last_columns is not None

    @property
    def is_empty(self) -> bool:
        """True if no tier was read."""
        return not self._tiers

    def set_columns(self, columns: Columns, grid: int) -> None:
        """Set the columns of the rows that follow in a grid."""
        self._columns[grid] = self._last_columns = columns
        self._after_footer = False

    def head_of(self, cell: Cell) -> str:
        """Return the head of the column of results or of points that a cell stands in, or ""."""
        columns = self._last_columns
        if columns is None:
            return ""
        others = columns.other_cells([cell])
        return next(iter(others), ENTRY_KEYS["weight"] if "weight" in columns.roles(cell) else "")

    def read_first_row(self, row: Row) -> bool:
        """Read the first indicator of a form without column heads: two tiers, a name and a value.

        Returns True if the row is such an indicator.
        """
        texts = [self.words.tier_label(cell.text) for cell in row.cells]
        first, second = [*texts, "", ""][:2]
        if len(texts) != len(_DEFAULT_ROLES) or not self.words.is_first_tier(first):
            return False
        if not self.words.is_second_tier(second):
            return False
        cells = zip(_DEFAULT_ROLES, row.cells, strict=True)
        spans = {role: (cell.column, cell.column + cell.columns) for role, cell in cells}
        self.set_columns(Columns(spans, starts=tuple(cell.column for cell in row.cells)), row.grid)
        message = tr(
            "没有“一级指标、二级指标、三级指标、绩效值”一行，按这个次序读取",
            "there is no row with the heads of the columns; they were read as tier, tier, indicator, target",
        )
        self.form.inferred.append(message)
        return self.read_row(row)

    def read_row(self, row: Row) -> bool:
        """Read a row, and return True if it belongs to the indicators."""
        columns = self._columns_for(row)
        if columns is None or row.number < columns.bottom:
            return False
        cells = [cell for cell in row.filled if not self._take_group(cell, columns)]
        if cells and self._is_field(cells[0], columns):
            return False
        if len(cells) == 1 and self._read_tier_heading(cells[0], columns):
            return True
        assigned = self._assign(columns, row, cells) if cells else {}
        if assigned is None or (assigned and not self._is_indicator(assigned)) or (cells and not assigned):
            self._after_footer = self._after_footer or self.words.is_footer(cells[0])
            return False
        if assigned:
            self._after_footer = False
            self._read_indicator(assigned, row, columns)
        return True

    def _read_tier_heading(self, cell: Cell, columns: Columns) -> bool:
        """Read a tier that is a heading above its indicators (（一）数量指标); return True if the cell is one."""
        label = self.words.tier_label(normalize_caption(cell.text))
        if columns.spans.keys() & TIER_ROLES or not self.words.is_tier(label):
            return False
        is_second = self.words.is_second_tier(label) and not self.words.is_first_tier(label)
        if is_second:
            tier = TierRows(self._tier.first, label, self._tier.first_cell, cell)
            self._tier = self._tiers.setdefault((tier.first, label), tier)
        else:
            self._tier = TierRows(label, first_cell=cell)
        self.take(cell)
        return True

    def _is_field(self, cell: Cell, columns: Columns) -> bool:
        """Return True for the caption of a field in the columns of the tiers, such as the next of several goals."""
        if not columns.roles(cell) <= TIER_ROLES or self.words.is_tier(self.words.tier_label(cell.text)):
            return False
        found = self.words.field_of(cell.text)
        return found is not None and found[1] >= Evidence.PATTERN and not cell.text.endswith("指标")

    def finish(self) -> dict[str, Data]:
        """Return the indicators in the shape of the file."""
        return tiers_data(list(self._tiers.values()), self.form, self.words.profile, self.key)

    def _columns_for(self, row: Row) -> Columns | None:
        """Return the columns in the grid of the row; if it has no heads but continues the form, the previous ones."""
        if row.grid not in self._columns:
            rows = self._rows[row.grid]
            columns = self._last_columns.adapted_to(rows) if self._last_columns else None
            self._columns[row.grid] = columns if columns and self._is_continuation(columns, rows) else None
        return self._columns[row.grid]

    def _is_continuation(self, columns: Columns, rows: Sequence[Row]) -> bool:
        """Return True if a grid without heads continues the form: its tier columns contain only tier labels."""
        for row in rows:
            assigned = (self._assign(columns, row, row.filled) if row.filled else None) or {}
            labels = self._tier_labels(assigned).values()
            if self.words.is_footer(row.cells[0]):
                break
            if not all(not label or self.words.is_tier(label) for label in labels):
                return False
        return bool(rows)

    def _tier_labels(self, assigned: dict[str, Cell]) -> dict[str, str]:
        """Return the labels in the tier columns of a row by role."""
        return {role: self.words.tier_label(assigned[role].text) for role in TIER_ROLES & assigned.keys()}

    def _take_group(self, cell: Cell, columns: Columns) -> bool:
        """Take the caption 绩效指标 beside the rows, also if repeated on a further page; return True if it is one."""
        if not self.words.is_group(cell) or columns.roles(cell) - {"first"}:
            return False
        self.take(cell)
        return True

    def _assign(self, columns: Columns, row: Row, cells: list[Cell]) -> dict[str, Cell] | None:
        """Return the cells of a row by role, or None if it is no indicator row.

        If a row lacks its first cells, its labels are too far left and its last columns are empty; it is shifted.
        """
        if columns.collide(cells) and len(row.cells) <= len(columns.starts):
            return columns.assign_in_order(row.cells)
        assigned = columns.assign(cells)
        starts = tuple(cell.column for cell in row.cells)
        is_short = starts == columns.starts[: len(starts)] and len(starts) < len(columns.starts)
        if assigned is None or not is_short or row.cells[0] not in cells:
            return assigned
        label = self.words.tier_label(row.cells[0].text)
        missing = len(columns.starts) - len(row.cells)
        if self.words.is_footer(row.cells[0]) or self.words.is_first_tier(label):
            return assigned
        if self.words.profile.second_tier_label(label) or (
            missing == len(TIER_ROLES) and not self.words.is_tier(label)
        ):
            return columns.assign(cells, shift=missing)
        return assigned

    def _is_indicator(self, assigned: dict[str, Cell]) -> bool:
        """Return True if the cells are those of an indicator or a tier, and not a note below the table."""
        labels = self._tier_labels(assigned).values()
        has_tiers = bool(labels) and all(map(self.words.is_tier, labels))
        if not assigned.keys() & {"name", "value"}:
            return has_tiers or (bool(labels) and all(label.endswith("指标") for label in labels))
        if len(labels) == len(TIER_ROLES) and assigned["first"] is assigned["second"] and not has_tiers:
            return assigned["first"].text.endswith("指标")
        if self.keeps_results and labels and "value" not in assigned and not has_tiers:
            return all(label.endswith("指标") for label in labels)
        first_cell = assigned.get("first") or assigned.get("second")
        is_note = first_cell is not None and self.words.is_footer(first_cell)
        return has_tiers or not (is_note or self._after_footer)

    def _read_indicator(self, assigned: dict[str, Cell], row: Row, columns: Columns) -> None:
        """Read the tier labels of a row and its indicator, if it has one."""
        if is_template_row([cell.text for role, cell in assigned.items() if role != "first"]):
            self._skip_template_row(list(assigned.values()))
            return
        assigned = self._shared.added_to(assigned, row, columns)
        self._change_tier(assigned, row, columns)
        self.take(*(assigned[role] for role in TIER_ROLES & assigned.keys()))
        own = {role: cell for role, cell in assigned.items() if role not in TIER_ROLES}
        bands = columns.band_cells(row.cells)
        if is_template_row([cell.text for cell in own.values()]):
            self._skip_template_row(list(own.values()))
            return
        if not own and not bands:
            return
        entry = self._entry({role: cell for role, cell in own.items() if role != "name"})
        if bands and not entry.get("值"):
            entry["值"] = " ".join(f"{head}{cell.text}" for head, cell in bands.items() if cell.text)
            self.take(*bands.values())
        ordered: dict[str, Data] = {key: entry[key] for key in ENTRY_KEYS.values() if key in entry}
        self._tiers.setdefault((self._tier.first, self._tier.second), self._tier)
        name, value = (assigned.get(role) or _blank_cell(role, row, columns) for role in ("name", "value"))
        self.take(*(assigned[role] for role in ("name",) if role in assigned))
        self._tier.rows.append(IndicatorRow({"值": "", **ordered}, name, value))
        if self.keeps_results:
            self._keep_results(name, columns.other_cells(row.filled))

    def _skip_template_row(self, cells: Sequence[Cell]) -> None:
        """Leave out a row that is left from the template, and say so once."""
        self.take(*cells)
        note = tr(f"“{cells[-1].text}”是模板留下的行，没有读取", f"“{cells[-1].text}” is left from the template")
        if note not in self.form.inferred:
            self.form.inferred.append(note)

    def _entry(self, own: dict[str, Cell]) -> dict[str, str]:
        """Return the texts of the columns by key; a sign or a word about the target by its own text."""
        entry: dict[str, str] = {}
        for role, cell in own.items():
            kind = (sign_role(cell.text) or role) if role in SIGN_ROLES else role
            key = ENTRY_KEYS[kind if ENTRY_KEYS[kind] not in entry else role]
            if key not in entry:
                entry[key] = cell.text
                self.take(cell)
        return entry

    def _keep_results(self, name: Cell, others: dict[str, Cell]) -> None:
        """Keep what was achieved for an indicator."""
        if others:
            self.results.append({"指标": name.text, **{head: cell.text for head, cell in others.items()}})
            self.take(*others.values())

    def _change_tier(self, assigned: dict[str, Cell], row: Row, columns: Columns) -> None:
        """Set the current tier by the labels of a row.

        A blank label continues the one above, unless the code or name of the second tier implies another first tier.
        """
        labels = {role: label for role, label in self._tier_labels(assigned).items() if label}
        if not labels:
            return
        profile = self.words.profile
        if len(labels) == len(TIER_ROLES) and assigned["first"] is assigned["second"]:
            labels = labels_of_both(labels["first"], profile)
        elif "second" not in assigned and "name" in assigned and has_one_second_tier(labels.get("first", ""), profile):
            labels["second"] = labels["first"]  # as if the label were merged across both columns
        first = labels.get("first", self._tier.first)
        second = labels.get("second", self._tier.second if first == self._tier.first else "")
        expected = profile.first_tier_of(second)
        if "first" not in labels and expected and profile.first_tier_label(first) not in {expected, None}:
            first = ""
        self._keep_points(assigned, first)
        first_cell, second_cell = (
            assigned.get(role) or _blank_cell(role, row, columns) for role in ("first", "second")
        )
        tier = TierRows(first, second, first_cell, second_cell)
        self._tier = self._tiers.setdefault((first, second), tier)

    def _keep_points(self, assigned: dict[str, Cell], first: str) -> None:
        """Keep the points written after the label of a first tier, and say that those of a second tier are not."""
        if first and "first" in assigned and split_points(assigned["first"].text)[1]:
            self.points.setdefault(first, assigned["first"])
        second = assigned.get("second")
        if second and second is not assigned.get("first") and split_points(second.text)[1]:
            label = " ".join(second.text.split())
            note = tr(
                f"“{label}”中的分值没有记入：只记一级指标的分值",
                f"the points in “{label}” were left out: only those of first tiers are kept",
            )
            if self.words.tier_label(second.text) != second.text and note not in self.form.inferred:
                self.form.inferred.append(note)


def _blank_cell(role: str, row: Row, columns: Columns) -> Cell:
    """Return the blank cell in that column, or a blank copy of the nearest cell if there is none, for its label."""
    blanks = [cell for cell in row.cells if not cell.text and role in columns.roles(cell)]
    return blanks[0] if blanks else replace(row.cells[0 if role in TIER_ROLES else -1], text="")
