"""The rows of the indicators: which tier each belongs to, and its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.formats.yaml.loader import Data
from perftarget.i18n import tr
from perftarget.tables.entries import ENTRY_KEYS
from perftarget.tables.form.columns import LABELS, Columns
from perftarget.tables.form.result import Form, PlacedCells
from perftarget.tables.form.rows import Row
from perftarget.tables.form.words import Words, bare
from perftarget.tables.keys import INDICATORS
from perftarget.text.source import KEY, Loc

_NO_CELL: Final = Cell("", 0, 0)
_USUAL: Final = ("first", "second", "name", "value")
_NATURES: Final = frozenset({"定量", "定性", "定量指标", "定性指标"})


@dataclass
class _Indicator:
    """A row: the columns of its value by their keys in the file, and the cells of name and value."""

    entry: dict[str, Data]
    name: Cell
    value: Cell


@dataclass
class _Tier:
    """A second tier under the first-tier label above it, as written; the cells are those of the labels."""

    first: str
    second: str
    first_cell: Cell
    second_cell: Cell
    rows: list[_Indicator] = field(default_factory=list)


class Indicators:
    """Reads the indicators of one form, row by row."""

    def __init__(self, words: Words, form: Form, taken: PlacedCells, rows: Sequence[Row]) -> None:
        self.words = words
        self.form = form
        self.take = taken.take
        self._rows: dict[int, list[Row]] = {}  # of each grid
        for row in rows:
            self._rows.setdefault(row.grid, []).append(row)
        self._columns: dict[int, Columns | None] = {}  # of each grid
        self._last: Columns | None = None
        self._over = False  # a note under the table was met: what follows needs a tier to be an indicator again
        self._tiers: dict[tuple[str, str], _Tier] = {}
        self._tier = _Tier("", "", _NO_CELL, _NO_CELL)

    @property
    def found(self) -> bool:
        """Whether the heads of the columns were met."""
        return self._last is not None

    def heads(self, row: Row) -> None:
        columns = Columns.of(row, self.words)
        self._columns[row.grid] = self._last = columns
        self._over = False
        self.form.labels.setdefault((INDICATORS, KEY), row.filled[0].label)
        self.take(*columns.heads, *filter(self.words.is_group, row.filled))

    def begin(self, row: Row) -> bool:
        """Whether the indicators begin in a row without heads above it: two tiers, a name, a value."""
        texts = [self.words.tier(cell.text) for cell in row.cells]
        if len(texts) != len(_USUAL) or not all(map(self.words.is_tier, texts[:2])):
            return False
        spans = {role: (cell.column, cell.column + cell.columns) for role, cell in zip(_USUAL, row.cells, strict=True)}
        self._columns[row.grid] = self._last = Columns(spans, starts=tuple(cell.column for cell in row.cells))
        said = tr(
            "没有“一级指标、二级指标、三级指标、绩效值”一行，按这个次序读取",
            "there is no row with the heads of the columns; they were read as tier, tier, indicator, target",
        )
        self.form.inferred.append(said)
        return self.row(row)

    def row(self, row: Row) -> bool:
        """Whether it is a row of indicators, which is then taken."""
        columns = self._columns_for(row)
        if columns is None:
            return False
        if row.number < columns.bottom:
            self._columns[row.grid] = self._last = columns = columns.below(row, self.words)
            self.take(*columns.heads)
            return True
        cells = [cell for cell in row.filled if not self._group(cell, columns)]
        found = self._assigned(columns, row, cells) if cells else {}
        if found is None or (found and not self._is_indicator(found)) or (cells and not found):
            self._over = self._over or self.words.is_footer(cells[0])
            return False
        if found:
            self._over = False
            self._read(found, row, columns)
        return True

    def finish(self) -> dict[str, Data]:
        tiers: dict[str, Data] = {}
        for tier in self._tiers.values():
            self._place(tier, tiers)
        return tiers

    def _columns_for(self, row: Row) -> Columns | None:
        """The columns in the grid of that row; those above where the table goes on there without heads."""
        if row.grid not in self._columns:
            rows = self._rows[row.grid]
            columns = self._last.moved(rows) if self._last else None
            self._columns[row.grid] = columns if columns and self._goes_on(columns, rows) else None
        return self._columns[row.grid]

    def _goes_on(self, columns: Columns, rows: Sequence[Row]) -> bool:
        """Whether a table without heads is the rest of the form: what stands in the tiers' columns are tiers."""
        for row in rows:
            found = (self._assigned(columns, row, row.filled) if row.filled else None) or {}
            labels = [self.words.tier(found[role].text) for role in LABELS & found.keys()]
            if self.words.is_footer(row.cells[0]):
                break
            if not all(not label or self.words.is_tier(label) for label in labels):
                return False
        return bool(rows)

    def _group(self, cell: Cell, columns: Columns) -> bool:
        """The caption 绩效指标 beside all rows, also where a further page says it again."""
        if not self.words.is_group(cell) or columns.roles(cell) - {"first"}:
            return False
        self.take(cell)
        return True

    def _assigned(self, columns: Columns, row: Row, cells: list[Cell]) -> dict[str, Cell] | None:
        """By columns; a row that lacks its first cells has its labels too far left, and nothing at its end."""
        if columns.collide(cells) and len(row.cells) <= len(columns.starts):
            return columns.in_order(row.cells)
        found = columns.assign(cells)
        begins = tuple(cell.column for cell in row.cells)
        short = begins == columns.starts[: len(begins)] and len(begins) < len(columns.starts)
        if found is None or not short or row.cells[0] not in cells:
            return found
        label = self.words.tier(row.cells[0].text)
        missing = len(columns.starts) - len(row.cells)
        if self.words.is_footer(row.cells[0]) or self.words.profile.first_named(label):
            return found
        if self.words.profile.second_of(label) or (missing == _BOTH and not self.words.is_tier(label)):
            return columns.assign(cells, shift=missing)
        return found

    def _is_indicator(self, found: dict[str, Cell]) -> bool:
        labels = [self.words.tier(found[role].text) for role in LABELS & found.keys()]
        known = bool(labels) and all(map(self.words.is_tier, labels))
        if not found.keys() & {"name", "value"}:
            return known
        begins = found.get("first") or found.get("second")
        noted = begins is not None and self.words.is_footer(begins)
        return known or not (noted or self._over)

    def _read(self, found: dict[str, Cell], row: Row, columns: Columns) -> None:
        self._change_tier(found, row, columns)
        self.take(*found.values())
        if found.keys() & {"name", "value"}:
            texts = {_key(role, cell): cell.text for role, cell in found.items() if role not in {*LABELS, "name"}}
            entry: dict[str, Data] = {key: texts[key] for key in ENTRY_KEYS.values() if key in texts}
            self._tiers.setdefault((self._tier.first, self._tier.second), self._tier)
            name, value = (found.get(role) or _blank(role, row, columns) for role in ("name", "value"))
            self._tier.rows.append(_Indicator({"值": "", **entry}, name, value))

    def _change_tier(self, found: dict[str, Cell], row: Row, columns: Columns) -> None:
        """A blank label goes on with the one above, unless the code of the second tier says that it cannot."""
        labels = {role: label for role in LABELS & found.keys() if (label := self.words.tier(found[role].text))}
        if not labels:
            return
        if len(labels) == len(LABELS) and found["first"] is found["second"]:
            labels = self._of_both(labels["first"])
        first = labels.get("first", self._tier.first)
        second = labels.get("second", self._tier.second if first == self._tier.first else "")
        profile = self.words.profile
        expected = profile.first_of(second)
        if "first" not in labels and expected and profile.first_named(first) not in {expected, None}:
            first = ""
        first_cell, second_cell = (found.get(role) or _blank(role, row, columns) for role in ("first", "second"))
        tier = _Tier(first, second, first_cell, second_cell)
        self._tier = self._tiers.setdefault((first, second), tier)

    def _of_both(self, label: str) -> dict[str, str]:
        """A label across both columns is the second tier's where the form has it there, else it stands for both."""
        profile = self.words.profile
        if profile.second_of(label) and not profile.first_named(label):
            return {"second": label}
        return {"first": label, "second": label}

    def _place(self, tier: _Tier, tiers: dict[str, Data]) -> None:
        """Two levels where the first tier follows from the second; else three, with the first label as written."""
        loc: Loc = (INDICATORS, tier.second)
        level = tiers
        if tier.first != self.words.profile.first_of(tier.second):
            loc = (INDICATORS, tier.first, tier.second)
            level = tiers.setdefault(tier.first, {})  # type: ignore[assignment]
            self.form.labels.setdefault((INDICATORS, tier.first, KEY), tier.first_cell.label)
        self.form.labels[(*loc, KEY)] = tier.second_cell.label
        level[tier.second] = self._listed(tier.rows, loc) if tier.rows else ""

    def _listed(self, rows: list[_Indicator], loc: Loc) -> Data:
        """A mapping by name; a list where names are blank or repeated, so that no row is lost."""
        names = [row.name.text for row in rows]
        listed = "" in names or len(set(names)) < len(names)
        for index, row in enumerate(rows):
            place = (*loc, index if listed else row.name.text)
            self.form.labels |= {place: row.value.label, (*place, "值"): row.value.label}
            self.form.labels[(*place, "指标") if listed else (*place, KEY)] = row.name.label
        if listed:
            return [{"指标": row.name.text, **row.entry} for row in rows]
        return {row.name.text: _value(row.entry) for row in rows}


_BOTH: Final = 2


def _blank(role: str, row: Row, columns: Columns) -> Cell:
    """The blank cell in that column, to point at; where there is none, the row's nearest to it."""
    blanks = [cell for cell in row.cells if not cell.text and role in columns.roles(cell)]
    return blanks[0] if blanks else replace(row.cells[0 if role in LABELS else -1], text="")


def _key(role: str, cell: Cell) -> str:
    """The column's name in the file; 指标性质 holds a sign on some forms, 定量 or 定性 on others."""
    if role in {"nature", "operator"}:
        role = "nature" if bare(cell.text) in _NATURES else "operator"
    return ENTRY_KEYS[role]


def _value(entry: dict[str, Data]) -> Data:
    return entry["值"] if len(entry) == 1 else entry
