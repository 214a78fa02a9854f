"""What 附件2 looks like, both ways: a grid to data, a table to a grid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from perftarget.grid import Cell, Grid
from perftarget.language import say
from perftarget.model import AMOUNT, ENTRY_KEYS, GOALS, INDICATORS, Table, TierLabel, TierPlace
from perftarget.profile import Profile
from perftarget.source import KEY, Loc
from perftarget.tree import Data

_NUMBERING: Final = re.compile(r"目标\s*[0-9０-９一二三四五六七八九十]{1,3}\s*[：:.．、]\s*")
_OWN_NUMBER: Final = re.compile(r"[0-9０-９]{1,2}\s*(?:[：:、]|[.．](?![0-9０-９]))")
_UNIT_LINE: Final = re.compile(r"[（(]?(?:金额)?单位[：:](元|万元|亿元)[）)]?")
_TITLE: Final = re.compile(r".*绩效目标(?:申报|批复)?表")
_CAPTION_UNIT: Final = re.compile(r"[（(](?:单位[：:])?(元|万元|亿元)[）)]$")
_CONTINUED: Final = re.compile(r"[（(]续表?[）)]$")
_NO_CELL: Final = Cell("", 0, 0)
_PRINTED: Final = frozenset({"name", "operator", "value", "unit"})
"""The columns of an indicator that the official form shows; operator and unit stand in its value."""


@dataclass
class Form:
    """One form found in a grid: its data in the file's shape, the label of the cell each value came from,
    what was concluded rather than read, and the cells that found no place."""

    data: dict[str, Data] = field(default_factory=dict)
    labels: dict[Loc, str] = field(default_factory=dict)
    inferred: list[str] = field(default_factory=list)
    unplaced: list[Cell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FormFile:
    """The forms of one file, and the cells outside all of them."""

    path: str
    forms: list[Form]
    outside: list[Cell]
    notes: list[str] = field(default_factory=list)


def read(flow: Sequence[Grid], profile: Profile) -> tuple[list[Form], list[Cell]]:
    """The forms of a flow in order, and the cells outside all of them. A form begins at its 项目名称."""
    (grid,) = flow
    rows = [list(row) for _, row in groupby(grid.cells, key=lambda cell: cell.row)]
    captions = _captions(profile)
    first = next(iter(profile.head), [""])[0]
    starts = [i for i, row in enumerate(rows) if (cell := _filled(row)) and captions.get(_bare(cell[0])) == first]
    tops = [_top(rows, start, floor) for start, floor in zip(starts, [0, *starts], strict=False)]
    outside = [cell for row in rows[: tops[0] if tops else None] for cell in _filled(row)]
    ends = [*tops[1:], len(rows)]
    return [_Reader(profile, captions).read(rows[top:end]) for top, end in zip(tops, ends, strict=False)], outside


def _top(rows: list[list[Cell]], start: int, floor: int) -> int:
    """The first row of a form: the title and the line 单位：万元 above its 项目名称 belong to it."""
    while start > floor and _is_heading(_filled(rows[start - 1])):
        start -= 1
    return start


def _is_heading(filled: list[Cell]) -> bool:
    if len(filled) != 1:
        return False
    text = _bare(filled[0])
    return bool(_unit_line(filled[0]) or _TITLE.fullmatch(text))


def _unit_line(cell: Cell) -> re.Match[str] | None:
    return _UNIT_LINE.fullmatch(re.sub(r"\s+", "", cell.text))


def _filled(row: Iterable[Cell]) -> list[Cell]:
    return [cell for cell in row if cell.text]


def _bare(cell: Cell) -> str:
    """The words of a caption: without white space, a colon, a unit in brackets, or （续）."""
    text = re.sub(r"\s+", "", cell.text).rstrip("：:")
    return _CONTINUED.sub("", _CAPTION_UNIT.sub("", text))


def _captions(profile: Profile) -> dict[str, str]:
    fields = ((label, profile.fields.get(label)) for row in profile.head for label in row)
    return {name: label for label, setting in fields for name in (label, *(setting.aliases if setting else ()))}


@dataclass
class _Row:
    """An indicator row: the columns of its value by their keys in the file, and the cells of name and value."""

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
    rows: list[_Row] = field(default_factory=list)


class _Reader:
    """Reads the rows of one form from top to bottom."""

    def __init__(self, profile: Profile, captions: dict[str, str]) -> None:
        self.profile = profile
        self.captions = captions
        self.form = Form()
        self.columns: dict[str, int] = {}
        self.unit = ""
        self.tiers: dict[tuple[str, str], _Tier] = {}
        self.tier = _Tier("", "", _NO_CELL, _NO_CELL)

    def read(self, rows: list[list[Cell]]) -> Form:
        self.form.labels[()] = rows[0][0].label
        for row in rows:
            filled = _filled(row)
            if self._heading(filled) or self._heads(filled):
                continue
            if self.columns:
                self._indicator(row)
            else:
                self._fields(row)
        self._amount()
        tiers: dict[str, Data] = {}
        self.form.data[INDICATORS] = tiers
        for tier in self.tiers.values():
            self._place(tier, tiers)
        return self.form

    def _heading(self, filled: list[Cell]) -> bool:
        """The title and the line 单位：, also where they are repeated on a further page."""
        if not _is_heading(filled):
            return False
        if unit := _unit_line(filled[0]):
            self.unit = unit[1]
        elif _bare(filled[0]) != self.profile.title:
            self.form.unplaced += filled
        return True

    def _heads(self, filled: list[Cell]) -> bool:
        heads = {name: role for role, names in self.profile.columns for name in names}
        found = {heads[text]: cell.column for cell in filled if (text := _bare(cell)) in heads}
        if not {"name", "value"} <= found.keys():
            return False
        self.columns = found
        self.form.labels.setdefault((INDICATORS, KEY), filled[0].label)
        self.form.unplaced += [cell for cell in filled if _bare(cell) not in heads]
        return True

    def _fields(self, row: list[Cell]) -> None:
        """Captions and values take turns; a caption that the form does not know keeps its words as a key."""
        cells = iter(row)
        for caption in cells:
            value = next(cells, caption) if caption.text else caption
            label = self.captions.get(_bare(caption)) or (_bare(caption) if value.text else "")
            if label == AMOUNT and (unit := _CAPTION_UNIT.search(re.sub(r"\s+", "", caption.text))):
                self.unit = unit[1]
            if value is caption or not label or label in self.form.data:
                self.form.unplaced += [cell for cell in dict.fromkeys((caption, value)) if cell.text]
            else:
                self.form.data[label] = (_goals(value.text) if label == GOALS else None) or value.text
                self.form.labels |= {(label,): value.label, (label, KEY): caption.label}

    def _indicator(self, row: list[Cell]) -> None:
        at = {cell.column: cell for cell in row}
        cells = {role: at.get(column, row[0]) for role, column in self.columns.items()}
        filled = {role for role, cell in cells.items() if cell.column == self.columns[role] and cell.text}
        if not filled & {"name", "value"} and not self._is_tier(cells, filled):
            self.form.unplaced += _filled(row)  # a note under the table: 填表人：…
            return
        self.form.unplaced += [cell for cell in _filled(row) if cell not in [cells[role] for role in filled]]
        if filled & {"first", "second"}:
            self._change_tier(cells, filled)
        if filled & {"name", "value"}:
            entry: dict[str, Data] = {
                key: cells[role].text for role, key in ENTRY_KEYS.items() if role in filled and role != "name"
            }
            self.tiers.setdefault((self.tier.first, self.tier.second), self.tier)
            self.tier.rows.append(_Row({"值": "", **entry}, cells["name"], cells["value"]))

    def _is_tier(self, cells: dict[str, Cell], filled: set[str]) -> bool:
        """Whether a row without an indicator names a tier of the form, or one with its code."""
        labels = [_bare(cells[role]) for role in ("first", "second") if role in filled]
        known = [self.profile.first_named(label) or self.profile.first_of(label) for label in labels]
        return bool(labels) and all(known)

    def _change_tier(self, cells: dict[str, Cell], filled: set[str]) -> None:
        """A blank label goes on with the one above, unless the code of the second tier says that it cannot."""
        second = _CONTINUED.sub("", cells["second"].text) if "second" in filled else ""
        first = _CONTINUED.sub("", cells["first"].text) if "first" in filled else self.tier.first
        expected = self.profile.first_of(second)
        if "first" not in filled and expected and self.profile.first_named(first) not in {expected, None}:
            first = ""
        first_cell = cells.get("first", cells["name"])
        tier = _Tier(first, second, first_cell, cells.get("second", first_cell))
        self.tier = self.tiers.setdefault((first, second), tier)

    def _amount(self) -> None:
        """An amount without a unit has that of the line 单位：, which need not be the profile's."""
        amount = self.form.data.get(AMOUNT)
        if (
            isinstance(amount, str)
            and re.fullmatch(r"[0-9.,，]+", amount)
            and self.unit not in {"", self.profile.amount_unit}
        ):
            self.form.data[AMOUNT] = whole = f"{amount} {self.unit}"
            inferred = say(
                f"{AMOUNT} {amount} 按表上“单位：{self.unit}”记为 {whole}",
                f"“{AMOUNT}” {amount} was read as {whole}, by “单位：{self.unit}” on the form",
            )
            self.form.inferred.append(inferred)

    def _place(self, tier: _Tier, tiers: dict[str, Data]) -> None:
        """Two levels where the first tier follows from the second; else three, with the first label as written."""
        loc: Loc = (INDICATORS, tier.second)
        level = tiers
        if tier.first != self.profile.first_of(tier.second):
            loc = (INDICATORS, tier.first, tier.second)
            level = tiers.setdefault(tier.first, {})  # type: ignore[assignment]
            self.form.labels.setdefault((INDICATORS, tier.first, KEY), tier.first_cell.label)
        self.form.labels[(*loc, KEY)] = tier.second_cell.label
        level[tier.second] = self._rows(tier.rows, loc) if tier.rows else ""

    def _rows(self, rows: list[_Row], loc: Loc) -> Data:
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


def _value(entry: dict[str, Data]) -> Data:
    return entry["值"] if len(entry) == 1 else entry


def _goals(text: str) -> list[Data] | None:
    """The items of a text numbered 目标 1：…目标 2：…; None where it is not numbered so."""
    parts = [part.strip() for part in _NUMBERING.split(text)]
    return [part for part in parts if part] if len(parts) > 1 else None


def conclude(form: Form, profile: Profile) -> None:
    """Give a blank first-tier label its own where the code of every second tier under it says which, and note it."""
    tiers = form.data[INDICATORS]
    blank = tiers.get("") if isinstance(tiers, dict) else None
    if not isinstance(tiers, dict) or not isinstance(blank, dict):
        return
    firsts = {second: profile.first_of(second) for second in blank}
    if all(firsts.values()) and not tiers.keys() & blank.keys():
        form.inferred += [
            say(
                f"{second} 的一级指标栏空白，按{by[0]}归入 {first}",
                f"the first-tier label of “{second}” is blank; by its {by[1]} it was put under “{first}”",
            )
            for second, first in firsts.items()
            for by in [("编码", "code") if TierLabel.parse(second).code else ("名称", "name")]
        ]
        pairs = [pair for key, value in tiers.items() for pair in (blank.items() if key == "" else [(key, value)])]
        form.data[INDICATORS] = dict(pairs)


def write(table: Table, profile: Profile) -> Grid:
    """The official form of a table, four columns wide, with its merged cells."""
    cells = [Cell(profile.title, 0, 0, columns=4, role="title")]
    cells.append(Cell(f"单位：{profile.amount_unit}", 1, 0, columns=4, role="unit"))
    row = 2
    for labels in profile.head:
        cells += _head_row(table, labels, row)
        row += 1
    heads = (profile.columns.first, profile.columns.second, profile.columns.name, profile.columns.value)
    cells += [Cell(names[0], row, column, role="head") for column, names in enumerate(heads)]
    cells += _indicator_rows(table, profile, row + 1)
    return Grid(tuple(cells), max(cell.row + cell.rows for cell in cells), 4)


def unprinted(table: Table) -> list[str]:
    """The columns that a table has and the form does not."""
    entries = [row.entry for row in table.indicators]
    others = {role: key for role, key in ENTRY_KEYS.items() if role not in _PRINTED}
    return [key for role, key in others.items() if any(getattr(entry, role) for entry in entries)]


def _head_row(table: Table, labels: list[str], row: int) -> Iterator[Cell]:
    width = 4 // len(labels)
    for index, label in enumerate(labels):
        goals = label == GOALS
        text = goals_text(table) if goals else table.field(label)
        yield Cell(label, row, index * width, role="caption")
        yield Cell(text, row, index * width + 1, columns=width - 1, role="goals" if goals else "value")


def goals_text(table: Table) -> str:
    """The goals as the form shows them, a line each, numbered unless the author wrote numbers of his own."""
    if isinstance(table.goals_written, str):
        return table.goals_written
    numbered = enumerate(table.goals, start=1)
    return "\n".join(goal if _OWN_NUMBER.match(goal) else f"目标{number}：{goal}" for number, goal in numbered)


def _indicator_rows(table: Table, profile: Profile, row: int) -> Iterator[Cell]:
    for first, tiers in groupby(table.tier_places, key=lambda tier: _first_label(tier, profile)):
        places = [(tier, _rows_of(table, tier)) for tier in tiers]
        yield Cell(first, row, 0, rows=sum(len(rows) for _, rows in places), role="tier")
        for tier, rows in places:
            yield Cell(tier.second, row, 1, rows=len(rows), role="tier")
            for name, target in rows:
                yield Cell(name, row, 2, role="name")
                yield Cell(target, row, 3, role="target")
                row += 1


def _rows_of(table: Table, tier: TierPlace) -> list[tuple[str, str]]:
    """A tier without an indicator still has its row on the form, a blank one."""
    rows = [(row.name, row.text) for row in table.indicators if row.tier_loc == (*tier.loc, KEY)]
    return rows or [("", "")]


def _first_label(tier: TierPlace, profile: Profile) -> str:
    return tier.first if tier.first is not None else profile.first_of(tier.second) or ""
