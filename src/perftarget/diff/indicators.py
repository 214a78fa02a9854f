"""Comparison of the indicators of two versions of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from perftarget.diff.change import Change, Kind, TargetContext
from perftarget.diff.prose import compare_prose, prose_key
from perftarget.diff.rows import pair_rows
from perftarget.diff.targets import compare_targets
from perftarget.diff.years import relative_years
from perftarget.tables.entries import ENTRY_KEYS
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.text.source import Loc
from perftarget.values.indicator_names import name_key, normalize_name
from perftarget.values.parser import Quantity, parse

_PARTS_OF_TARGET: Final = frozenset({"name", "operator", "value", "unit"})
COLUMNS: Final = {name: key for name, key in ENTRY_KEYS.items() if name not in _PARTS_OF_TARGET}
"""The columns of an indicator beside its name and target: attribute name → key in the file."""


class RowChange(NamedTuple):
    """A change in a row: the name of its indicator, its second tier, the column unless it is name or target."""

    change: Change
    name: str
    tier: str
    old: str
    new: str
    old_loc: Loc
    new_loc: Loc
    column: str = ""


def compare_indicators(old: Table, new: Table, context: TargetContext) -> Iterator[RowChange]:
    """Yield the differences in the indicators."""
    pairs = pair_rows(old.indicators, new.indicators, context.profile)
    paired = {id(row) for row in pairs.values()}
    columns = _common_columns(old, new)
    for row in new.indicators:
        if id(row) in pairs:
            yield from _compare_rows(pairs[id(row)], row, context._replace(row=row), columns)
        else:
            yield RowChange((Kind.ADDED, ""), row.name.strip(), row.second, "", row.text, (), row.name_loc)
    for row in old.indicators:
        if id(row) not in paired:
            yield RowChange((Kind.REMOVED, ""), row.name.strip(), row.second, row.text, "", row.name_loc, ())


def _common_columns(old: Table, new: Table) -> dict[str, str]:
    """Return the columns to compare: all, but for those that a printed form does not have beside a YAML file."""
    if old.is_form == new.is_form:
        return COLUMNS
    form = old if old.is_form else new
    return {name: key for name, key in COLUMNS.items() if any(_column(row, name) for row in form.indicators)}


def _column(row: Indicator, name: str) -> str:
    return str(getattr(row.columns, name)).strip() if row.columns else ""


def _compare_rows(
    old: Indicator, new: Indicator, context: TargetContext, columns: dict[str, str]
) -> Iterator[RowChange]:
    old_name, name, tier = old.name.strip(), new.name.strip(), new.second
    if old_name != name:
        change = _compare_names(old_name, name, context)
        yield RowChange(change, name, tier, old_name, name, old.name_loc, new.name_loc)
    if context.profile.tier_name(old.second) != context.profile.tier_name(tier):
        yield RowChange((Kind.MOVED, ""), name, tier, old.second, tier, old.name_loc, new.name_loc)
    old_text, text = old.text.strip(), new.text.strip()
    if old_text != text or (old.named_unit != new.named_unit and old.value.numeric):
        yield RowChange(compare_targets(old, new, context), name, tier, old_text, text, old.loc, new.loc)
    for attribute, key in columns.items():
        texts = _column(old, attribute), _column(new, attribute)
        if texts[0] != texts[1]:
            old_loc, new_loc = ((*row.loc[:-1], key) if row.columns else row.loc for row in (old, new))
            yield RowChange(_compare_column(texts, context), name, tier, *texts, old_loc, new_loc, key)


def _compare_names(old: str, new: str, context: TargetContext) -> Change:
    """Compare two names: no news if they differ in the year, width or unit only; a number in a name is a target."""
    keys = [
        normalize_name(name_key(relative_years(name, year, is_name=True)))
        for name, year in zip((old, new), context.years, strict=True)
    ]
    if keys[0] == keys[1]:
        return Kind.SAME, ""
    kind, note = compare_prose(old, new, context)
    return (kind, note) if kind in {Kind.LOWERED, Kind.RAISED, Kind.AMOUNT} else (Kind.RENAMED, "")


def _compare_column(texts: Iterable[str], context: TargetContext) -> Change:
    """Compare the texts of a column: no news if both say the same, such as 20 and 20.0分."""
    old, new = texts
    keys = [prose_key(text, year) for text, year in zip((old, new), context.years, strict=True)]
    numbers = [_number(text) for text in (old, new)]
    is_same = keys[0] == keys[1] or (numbers[0] is not None and numbers[0] == numbers[1])
    return (Kind.SAME if is_same else Kind.CHANGED), ""


def _number(text: str) -> Decimal | None:
    """Return the number of points in a column; None for other text."""
    value = parse(text)
    is_points = isinstance(value, Quantity) and (value.unit is None or value.unit.symbol in {"分", "%"})
    return value.number if isinstance(value, Quantity) and is_points and value.operator is None else None
