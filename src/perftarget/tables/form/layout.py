"""A table to the grid of the official form, four columns wide."""

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

_OWN_NUMBER: Final = re.compile(r"[0-9０-９]{1,2}\s*(?:[：:、]|[.．](?![0-9０-９]))")
_PRINTED: Final = frozenset({"name", "operator", "value", "unit"})
"""The columns of an indicator that the official form shows; operator and unit stand in its value."""


def table_grid(table: Table, profile: Profile) -> Grid:
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


def unprinted_columns(table: Table) -> list[str]:
    """The columns that a table has and the form does not."""
    entries = [row.entry for row in table.indicators]
    others = {role: key for role, key in ENTRY_KEYS.items() if role not in _PRINTED}
    return [key for role, key in others.items() if any(getattr(entry, role) for entry in entries)]


def _head_row(table: Table, labels: list[str], row: int) -> Iterator[Cell]:
    width = 4 // len(labels)
    for index, label in enumerate(labels):
        goals = label == GOALS
        text = goals_text(table) if goals else table.field(label)
        role: Role = "goals" if goals else "value"
        yield Cell(label, row, index * width, role="caption", at=(label, KEY))
        yield Cell(text, row, index * width + 1, columns=width - 1, role=role, at=(label,))


def goals_text(table: Table) -> str:
    """The goals as the form shows them, a line each, numbered unless the author wrote numbers of his own."""
    if isinstance(table.goals_written, str):
        return table.goals_written
    numbered = enumerate(table.goals, start=1)
    return "\n".join(goal if _OWN_NUMBER.match(goal) else f"目标{number}：{goal}" for number, goal in numbered)


def _indicator_rows(table: Table, profile: Profile, row: int) -> Iterator[Cell]:
    for first, tiers in groupby(table.tiers, key=lambda tier: _first_label(tier, profile)):
        places = [(tier, _rows_of(table, tier)) for tier in tiers]
        above = places[0][0].loc[:-1]
        yield Cell(first, row, 0, rows=sum(len(rows) for _, rows in places), role="tier", at=(*above, KEY))
        for tier, rows in places:
            yield Cell(tier.second, row, 1, rows=len(rows), role="tier", at=(*tier.loc, KEY))
            for shown in rows:
                yield Cell(shown.name, row, 2, role="name", at=shown.name_at)
                yield Cell(shown.target, row, 3, role="target", at=shown.at)
                row += 1


class _Row(NamedTuple):
    """An indicator as the form shows it, and where its name and its target stand."""

    name: str
    target: str
    name_at: Loc | None = None
    at: Loc | None = None


def _rows_of(table: Table, tier: Tier) -> list[_Row]:
    """A tier without an indicator still has its row on the form, a blank one."""
    of_tier = (row for row in table.indicators if row.tier_loc == (*tier.loc, KEY))
    return [_Row(row.name, row.text, row.name_loc, row.loc) for row in of_tier] or [_Row("", "")]


def _first_label(tier: Tier, profile: Profile) -> str:
    return tier.first if tier.first is not None else profile.first_of(tier.second) or ""
