"""Rows and second tiers of a table, with their places in the file."""

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


@dataclass(eq=False)  # dozens a table, and a frozen one takes three times as long to make
class Indicator:
    """One row of the form: a third-tier indicator and its target value, and where they stand in the file."""

    first: str | None  # None where the file leaves the first tier to the code of the second
    second: str
    name: str
    written: str
    columns: Entry | None  # None where the file has nothing but the value
    loc: Loc
    name_loc: Loc
    tier_loc: Loc

    @cached_property
    def entry(self) -> Entry:
        return self.columns or Entry(值=self.written)

    @cached_property
    def text(self) -> str:
        """The target value as written, its columns joined."""
        entry = self.columns
        if entry is None:
            return self.written
        operator = entry.operator if entry.operator not in NO_OPERATORS else ""
        unit = entry.unit if entry.unit not in entry.value else ""
        return f"{operator}{entry.value}{unit}"

    @cached_property
    def value(self) -> Value:
        return parse(self.text, name=self.name)

    @cached_property
    def cell(self) -> Value:
        """The value of its own cell, without what the columns of sign and unit add."""
        return self.value if self.written == self.text else parse(self.written, name=self.name)

    @cached_property
    def bare_name(self) -> str:
        """The name without spaces, prefix and unit: what tells whether two are the same."""
        return normalize_name(self.name)

    @cached_property
    def named_unit(self) -> Unit | None:
        """The unit in the name."""
        return unit_in_name(self.name)


class Tier(NamedTuple):
    """A second tier: the first-tier label as written (None where there is none), its own label, its rows, its place."""

    first: str | None
    second: str
    content: Any
    loc: Loc


def tiers_under(label: str, content: Any) -> Iterator[Tier]:
    if is_first_tier(label, content):
        for second, rows in content.items():
            yield Tier(label, second, rows, (INDICATORS, label, second))
    else:
        yield Tier(None, label, content, (INDICATORS, label))


def indicator_rows(tier: Tier) -> Iterator[Indicator]:
    pairs = tier.content.items() if isinstance(tier.content, dict) else enumerate(tier.content or ())
    tier_loc = (*tier.loc, KEY)
    for key, value in pairs:
        loc = (*tier.loc, key)
        if isinstance(value, str):
            yield Indicator(tier.first, tier.second, str(key), value, None, loc, (*loc, KEY), tier_loc)
        elif isinstance(key, str) or value.model_fields_set:  # else an item of a list that did not fit the form
            name, name_loc = (key, (*loc, KEY)) if isinstance(key, str) else (value.name, (*loc, "指标"))
            yield Indicator(tier.first, tier.second, name, value.value, value, (*loc, "值"), name_loc, tier_loc)
