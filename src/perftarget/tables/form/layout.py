"""Lay out a table as the grid of the official form, which is four columns wide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.formats.grid import Cell, Grid, Role
from perftarget.tables.entries import ENTRY_KEYS
from perftarget.tables.indicators import Tier
from perftarget.tables.keys import GOALS, INDICATORS, ORDER, SUPPRESSIONS
from perftarget.tables.model import Table
from perftarget.text.source import KEY, Loc
from perftarget.values.years import parse_year

_NUMBERED: Final = re.compile(r"[0-9０-９]{1,2}\s*(?:[：:、]|[.．](?![0-9０-９]))")
_PRINTED: Final = frozenset({"name", "operator", "value", "unit"})
"""The columns of an indicator on the official form, where operator and unit are part of the target value."""
_NOT_ON_THE_FORM: Final = frozenset({ORDER, SUPPRESSIONS})
"""The fields and sections that concern the file and not the project."""
_MAX_CENTERED: Final = 60
"""Characters of a value that is centred; longer text reads better aligned left."""


def table_grid(table: Table, profile: Profile) -> Grid:
    """Return the official form of a table, with merged cells."""
    year_label = _year_label(table, profile)
    year = f"（{parse_year(table.field(year_label))}年度）" if year_label else ""
    cells = [Cell(profile.title + year, 0, 0, columns=4, role="title")]
    cells.append(Cell(f"单位：{profile.amount_unit}", 1, 0, columns=4, role="unit"))
    row = 2
    for labels in _head(table, profile):
        cells += _head_row(table, profile, labels, row)
        row += 1
    heads = (profile.columns.first, profile.columns.second, profile.columns.name, profile.columns.value)
    cells += [Cell(names[0], row, column, role="head") for column, names in enumerate(heads)]
    cells += _indicator_cells(table, profile, row + 1)
    return Grid(tuple(cells), max(cell.row + cell.rows for cell in cells), 4)


def unprinted_columns(table: Table) -> list[str]:
    """Return the columns that the table has and the official form does not."""
    entries = [row.entry for row in table.indicators]
    others = {role: key for role, key in ENTRY_KEYS.items() if role not in _PRINTED}
    return [key for role, key in others.items() if any(getattr(entry, role) for entry in entries)]


def unprinted_fields(table: Table) -> list[str]:
    """Return the fields and sections that are not printed because their content is a list or a mapping."""
    printed = _NOT_ON_THE_FORM | {GOALS, INDICATORS}
    labels = (label for label in table.labels if label not in printed)
    return [label for label in labels if (content := table.content(label)) and not isinstance(content, str)]


def _head(table: Table, profile: Profile) -> Iterator[list[str]]:
    """Yield the labels of each row: those of the form, each followed by the other fields below it in the file."""
    others = _other_fields(table, profile)
    yield from ([label] for label in others[0])
    for labels, below in zip(profile.head, others[1:], strict=True):
        yield labels
        yield from ([label] for label in below)


def _other_fields(table: Table, profile: Profile) -> list[list[str]]:
    """Return the other fields with text: those above the first row of the form, then those below each of its rows."""
    rows = {label: row for row, labels in enumerate(profile.head, start=1) for label in labels}
    others: list[list[str]] = [[] for _ in range(len(profile.head) + 1)]
    row = 0
    for label in table.labels:
        if label in rows:
            row = rows[label]
        elif _is_other_field(table, profile, label):
            others[row].append(label)
    return others


def _is_other_field(table: Table, profile: Profile, label: str) -> bool:
    """Return True for a field with text that is neither in the head of the form nor in its title."""
    if label in _NOT_ON_THE_FORM or label == INDICATORS:
        return False
    if label == GOALS:
        return bool(table.goals)
    if not table.field(label).strip():
        return False
    return label not in profile.pairs("year_fields") or not _is_in_title(table, profile, label)


def _is_in_title(table: Table, profile: Profile, label: str) -> bool:
    """Return True if the title has the year of that field."""
    printed = _year_label(table, profile)
    year = parse_year(table.field(printed)) if printed else None
    return year is not None and parse_year(table.field(label)) == year


def _year_label(table: Table, profile: Profile) -> str:
    """Return the label of the budget year that is part of the title: one that is not in the head; "" without one."""
    in_head = {label for labels in profile.head for label in labels}
    labels = (label for label in profile.pairs("year_fields") if label not in in_head)
    return next((label for label in labels if parse_year(table.field(label)) is not None), "")


def _head_row(table: Table, profile: Profile, labels: list[str], row: int) -> Iterator[Cell]:
    """Yield the cells of a row of head fields."""
    width = 4 // len(labels)
    for index, label in enumerate(labels):
        text = goals_text(table) if label == GOALS else table.field(label)
        role = _role(label, text, is_other=labels not in profile.head)
        yield Cell(label, row, index * width, role="caption", at=(label, KEY))
        yield Cell(text, row, index * width + 1, columns=width - 1, role=role, at=(label,))


def _role(label: str, text: str, *, is_other: bool) -> Role:
    """Return the role of the value of a field."""
    if label == GOALS or (is_other and (len(text) > _MAX_CENTERED or "\n" in text)):
        return "goals"
    return "other" if is_other else "value"


def goals_text(table: Table) -> str:
    """Return the goals as printed on the form: one line each, numbered unless they already have numbers."""
    if isinstance(table.raw_goals, str):
        return table.raw_goals
    numbered = enumerate(table.goals, start=1)
    return "\n".join(goal if _NUMBERED.match(goal) else f"目标{number}：{goal}" for number, goal in numbered)


def _indicator_cells(table: Table, profile: Profile, row: int) -> Iterator[Cell]:
    """Yield the cells of the tiers and indicators, starting at that row."""
    for first, group in groupby(table.tiers, key=lambda tier: _first_label(tier, profile)):
        tiers = [(tier, _tier_rows(table, tier)) for tier in group]
        first_loc = tiers[0][0].loc[:-1]
        yield Cell(first, row, 0, rows=sum(len(rows) for _, rows in tiers), role="tier", at=(*first_loc, KEY))
        for tier, rows in tiers:
            yield Cell(tier.second, row, 1, rows=len(rows), role="tier", at=(*tier.loc, KEY))
            for indicator in rows:
                yield Cell(indicator.name, row, 2, role="name", at=indicator.name_loc)
                yield Cell(indicator.target, row, 3, role="target", at=indicator.loc)
                row += 1


class _Row(NamedTuple):
    """An indicator as printed, with the locations of its name and its target value."""

    name: str
    target: str
    name_loc: Loc | None = None
    loc: Loc | None = None


def _tier_rows(table: Table, tier: Tier) -> list[_Row]:
    """Return the rows of a second tier; a tier without indicators has one blank row."""
    indicators = (indicator for indicator in table.indicators if indicator.tier_loc == (*tier.loc, KEY))
    rows = [_Row(indicator.name, indicator.text, indicator.name_loc, indicator.loc) for indicator in indicators]
    return rows or [_Row("", "")]


def _first_label(tier: Tier, profile: Profile) -> str:
    """Return the first-tier label as written, or the one that follows from the second tier."""
    return tier.first if tier.first is not None else profile.first_tier_of(tier.second) or ""
