"""Indicators and second tiers of a table, with their locations in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

from perftarget.tables.entries import NO_OPERATORS, Entry
from perftarget.tables.keys import INDICATORS
from perftarget.tables.shapes import is_first_tier
from perftarget.text.normalize import compact, fold
from perftarget.text.source import KEY, Loc
from perftarget.values.measurability import Measured, measured_by
from perftarget.values.parser import Unit, Value, normalize_name, parse, unit_in_name
from perftarget.values.unreadable import Unreadable, diagnose

_DECLARED_IN_NAME: Final = re.compile("不适用|不涉及")
_DECLARED: Final = re.compile(r"(?:[本该此](?:项目|指标|级|项)?)?不(?:适用|涉及)(.*)", re.DOTALL)
_MIN_REASON: Final = 4
"""Length of a reason in characters; a lone 不适用 gives none."""


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
    def unreadable(self) -> Unreadable | None:
        """The reason why the target value cannot be read, or None if it can be or if it is only words."""
        return None if self.is_not_applicable else diagnose(self.text, self.name)

    @cached_property
    def measured(self) -> Measured | None:
        """The part of the target value that makes it measurable, or None."""
        return measured_by(self.text, self.name)

    @cached_property
    def is_not_applicable(self) -> bool:
        """True if the row says that its tier does not apply to the project: 不适用（台网运行不改变生态环境）.

        The name says so (本项目不适用此指标: 无), or the value does and gives a reason.
        """
        if "不" not in self.name and "不" not in self.text:
            return False
        if _says_not_applicable(self.text):
            return True
        named = _DECLARED_IN_NAME.search(self.name) is not None and not self.value.numeric
        return named and (len(self.bare_name) > _MIN_REASON or len(self.text.strip()) > _MIN_REASON)

    @cached_property
    def derived(self) -> dict[Any, Any]:
        """Results of `tables.semantics` for the indicator, by key."""
        return {}

    @cached_property
    def bare_name(self) -> str:
        """The name without spaces, prefix and unit, for comparison."""
        return normalize_name(self.name)

    @cached_property
    def named_unit(self) -> Unit | None:
        """The unit in the name, or None if it has none."""
        return unit_in_name(self.name)


def _says_not_applicable(text: str) -> bool:
    """Return True for 不适用 or 不涉及 with a reason."""
    match = _DECLARED.fullmatch(compact(fold(text).strip()))
    return match is not None and len(re.sub(r"\W", "", match[1])) >= _MIN_REASON


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
