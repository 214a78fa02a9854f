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
from perftarget.tables.keys import GOALS
from perftarget.tables.model import Table
from perftarget.text.source import KEY, Loc

_NUMBERED: Final = re.compile(r"[0-9０-９]{1,2}\s*(?:[：:、]|[.．](?![0-9０-９]))")
_PRINTED: Final = frozenset({"name", "operator", "value", "unit"})
"""The columns of an indicator on the official form, where operator and unit are part of the target value."""


def table_grid(table: Table, profile: Profile) -> Grid:
    """Return the official form of a table, with merged cells."""
    cells = [Cell(profile.title, 0, 0, columns=4, role="title")]
    cells.append(Cell(f"单位：{profile.amount_unit}", 1, 0, columns=4, role="unit"))
    row = 2
    for labels in profile.head:
        cells += _head_row(table, labels, row)
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


def _head_row(table: Table, labels: list[str], row: int) -> Iterator[Cell]:
    """Yield the cells of a row of head fields."""
    width = 4 // len(labels)
    for index, label in enumerate(labels):
        goals = label == GOALS
        text = goals_text(table) if goals else table.field(label)
        role: Role = "goals" if goals else "value"
        yield Cell(label, row, index * width, role="caption", at=(label, KEY))
        yield Cell(text, row, index * width + 1, columns=width - 1, role=role, at=(label,))


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
