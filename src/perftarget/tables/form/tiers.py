"""Collect the indicators of a form by tier, and give them the shape of the file."""

from __future__ import annotations

from dataclasses import dataclass, field

from perftarget.config.profile import Profile
from perftarget.formats.grid import Cell
from perftarget.formats.yaml.loader import Data
from perftarget.tables.form.result import Form
from perftarget.text.source import KEY, Loc

NO_CELL = Cell("", 0, 0)


@dataclass
class IndicatorRow:
    """An indicator: its columns by key in the file, and the cells of its name and its target value."""

    entry: dict[str, Data]
    name: Cell
    value: Cell


@dataclass
class TierRows:
    """A second tier with the first-tier label above it, both as written, and the cells of these labels."""

    first: str = ""
    second: str = ""
    first_cell: Cell = NO_CELL
    second_cell: Cell = NO_CELL
    rows: list[IndicatorRow] = field(default_factory=list)


def tiers_data(tiers: list[TierRows], form: Form, profile: Profile, key: str) -> dict[str, Data]:
    """Return the tiers in the shape of the file, and store the labels of their cells below `key`."""
    data: dict[str, Data] = {}
    for tier in tiers:
        loc: Loc = (key, tier.second)
        level = data
        # A tier is stored in two levels if its first tier follows from the second, else in three.
        if tier.first != profile.first_tier_of(tier.second):
            loc = (key, tier.first, tier.second)
            level = data.setdefault(tier.first, {})  # type: ignore[assignment]
            form.labels.setdefault((key, tier.first, KEY), tier.first_cell.label)
        form.labels[(*loc, KEY)] = tier.second_cell.label
        level[tier.second] = _rows_data(tier.rows, loc, form) if tier.rows else ""
    return data


def has_one_second_tier(label: str, profile: Profile) -> bool:
    """Return True if the form has a single second tier below that first tier, as below 满意度指标."""
    first = profile.first_tier_label(label)
    return first is not None and len(profile.tiers[first].second) == 1


def labels_of_both(label: str, profile: Profile) -> dict[str, str]:
    """Return the labels for a cell across both tier columns: that of the second tier if it is one, else both."""
    if profile.second_tier_label(label) and not profile.first_tier_label(label):
        return {"second": label}
    return {"first": label, "second": label}


def _rows_data(rows: list[IndicatorRow], loc: Loc, form: Form) -> Data:
    """Return the rows as a mapping by name or, if names are blank or repeated, as a list, so that none is lost."""
    names = [row.name.text for row in rows]
    as_list = "" in names or len(set(names)) < len(names)
    for index, row in enumerate(rows):
        row_loc = (*loc, index if as_list else row.name.text)
        form.labels |= {row_loc: row.value.label, (*row_loc, "值"): row.value.label}
        form.labels[(*row_loc, "指标") if as_list else (*row_loc, KEY)] = row.name.label
    if as_list:
        return [{"指标": row.name.text, **row.entry} for row in rows]
    return {row.name.text: _simplified(row.entry) for row in rows}


def _simplified(entry: dict[str, Data]) -> Data:
    """Return the target value alone if there are no other columns."""
    return entry["值"] if len(entry) == 1 else entry
