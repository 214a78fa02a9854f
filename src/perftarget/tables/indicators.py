"""Indicators and second tiers of a table, with their locations in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from perftarget.tables.entries import NO_OPERATORS, Entry
from perftarget.tables.keys import INDICATORS
from perftarget.tables.shapes import is_first_tier
from perftarget.text.source import KEY, Loc
from perftarget.values.parser import Unit, Value, normalize_name, parse, unit_in_name


@dataclass(eq=False)  # not frozen: a table has dozens, and a frozen dataclass takes three times as long to create
class Indicator:
    """A row of the form: a third-tier indicator and its target value, with their locations in the file.

    `loc` is the location of the target value, `name_loc` that of the name, `tier_loc` that of the second-tier label.
    """

    first: str | None  # None if the file omits the first tier, which then follows from the second
    second: str
    name: str
    written: str
    columns: Entry | None  # None if the file has only the target value
    loc: Loc
    name_loc: Loc
    tier_loc: Loc

    @cached_property
    def entry(self) -> Entry:
        """The columns; if the file has only the target value, the other columns are blank."""
        return self.columns or Entry(值=self.written)

    @cached_property
    def text(self) -> str:
        """The target value as written, joined from the columns for operator, value and unit."""
        entry = self.columns
        if entry is None:
            return self.written
        operator = entry.operator if entry.operator not in NO_OPERATORS else ""
        unit = entry.unit if entry.unit not in entry.value else ""
        return f"{operator}{entry.value}{unit}"

    @cached_property
    def value(self) -> Value:
        """The parsed target value."""
        return parse(self.text, name=self.name)

    @cached_property
    def cell(self) -> Value:
        """The parsed value column alone, without the columns for operator and unit."""
        return self.value if self.written == self.text else parse(self.written, name=self.name)

    @cached_property
    def derived(self) -> dict[Any, Any]:
        """What `tables.semantics` has found out about the indicator, by key."""
        return {}

    @cached_property
    def bare_name(self) -> str:
        """The name without spaces, prefix and unit, for comparison."""
        return normalize_name(self.name)

    @cached_property
    def named_unit(self) -> Unit | None:
        """The unit in the name, or None if it has none."""
        return unit_in_name(self.name)


class Tier(NamedTuple):
    """A second tier: the labels as written (`first` is None if omitted), its rows as validated, and its location."""

    first: str | None
    second: str
    content: Any
    loc: Loc


def iter_tiers(label: str, content: Any) -> Iterator[Tier]:
    """Yield the second tiers under a key of 绩效指标, which is a first-tier or a second-tier label."""
    if is_first_tier(label, content):
        for second, rows in content.items():
            yield Tier(label, second, rows, (INDICATORS, label, second))
    else:
        yield Tier(None, label, content, (INDICATORS, label))


def iter_indicators(tier: Tier) -> Iterator[Indicator]:
    """Yield the indicators of a second tier."""
    pairs = tier.content.items() if isinstance(tier.content, dict) else enumerate(tier.content or ())
    tier_loc = (*tier.loc, KEY)
    for key, value in pairs:
        loc = (*tier.loc, key)
        if isinstance(value, str):
            yield Indicator(tier.first, tier.second, str(key), value, None, loc, (*loc, KEY), tier_loc)
        elif isinstance(key, str) or value.model_fields_set:  # otherwise it is a list item that did not fit the form
            name, name_loc = (key, (*loc, KEY)) if isinstance(key, str) else (value.name, (*loc, "指标"))
            yield Indicator(tier.first, tier.second, name, value.value, value, (*loc, "值"), name_loc, tier_loc)
