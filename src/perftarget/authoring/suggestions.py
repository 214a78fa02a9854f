"""Suggestions from existing tables: indicators of a tier, targets of an indicator, values of a field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from perftarget.config.profile import Profile
from perftarget.tables.keys import ORDER
from perftarget.tables.model import FIELD_NAMES, Table
from perftarget.values.indicator_names import name_key


class SampleRow(NamedTuple):
    """An indicator with the name of its tier and its target, each on one line."""

    tier: str
    name: str
    target: str


class TableSample(NamedTuple):
    """The rows of a table, and the labels and texts of its fields that are not empty."""

    rows: tuple[SampleRow, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()


def sample_table(table: Table, profile: Profile) -> TableSample:
    """Return the sample of a table."""
    rows = (
        SampleRow(profile.tier_name(row.second), _one_line(row.name), _one_line(row.text))
        for row in table.indicators
        if row.name.strip()
    )
    fields = ((label, _one_line(table.field(label))) for label in FIELD_NAMES if label != ORDER)
    return TableSample(tuple(rows), tuple((label, text) for label, text in fields if text))


def _one_line(text: str) -> str:
    return " ".join(text.split())


class Suggestions:
    """Suggestions from samples of tables, the most frequent first.

    Names that differ only in white space or prefix count as the same.
    """

    def __init__(self, tables: Iterable[TableSample]) -> None:
        self._names: dict[str, Counter[str]] = {}
        self._targets: dict[str, Counter[str]] = {}
        self._fields: dict[str, Counter[str]] = {}
        self._display_names: dict[str, str] = {}
        for table in tables:
            for row in table.rows:
                name = name_key(row.name)
                self._display_names.setdefault(name, row.name)
                self._names.setdefault(row.tier, Counter())[name] += 1
                if row.target:
                    self._targets.setdefault(name, Counter())[row.target] += 1
            for label, text in table.fields:
                self._fields.setdefault(label, Counter())[text] += 1

    def names(self, tier: str) -> Iterator[str]:
        """Return the names of the indicators in a tier of that name."""
        return (self._display_names[name] for name, _ in self._names.get(tier, Counter()).most_common())

    def targets(self, name: str) -> list[str]:
        """Return the targets of an indicator of that name."""
        return [target for target, _ in self._targets.get(name_key(name), Counter()).most_common()]

    def field(self, label: str) -> list[str]:
        """Return the texts of a field."""
        return [text for text, _ in self._fields.get(label, Counter()).most_common()]
