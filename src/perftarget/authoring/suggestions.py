"""What the tables at hand have: under each tier, as targets of an indicator, in a field of the head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from perftarget.config.profile import Profile
from perftarget.tables.model import FIELD_NAMES, Table
from perftarget.values.indicator_names import name_key


class Row(NamedTuple):
    """An indicator with its tier's name and its target, as one line each."""

    tier: str
    name: str
    target: str


class TableSample(NamedTuple):
    """What one table has: its rows, and the fields of its head that are filled in, with their labels."""

    rows: tuple[Row, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()


def sample_table(table: Table, profile: Profile) -> TableSample:
    rows = (
        Row(profile.tier_name(row.second), _line(row.name), _line(row.text))
        for row in table.indicators
        if row.name.strip()
    )
    fields = ((label, _line(table.field(label))) for label in FIELD_NAMES)
    return TableSample(tuple(rows), tuple((label, text) for label, text in fields if text))


def _line(text: str) -> str:
    return " ".join(text.split())


class Suggestions:
    """What tables have, what most of them have first. Names are the same however their spaces are written."""

    def __init__(self, tables: Iterable[TableSample]) -> None:
        self._names: dict[str, Counter[str]] = {}
        self._targets: dict[str, Counter[str]] = {}
        self._fields: dict[str, Counter[str]] = {}
        self._written: dict[str, str] = {}
        for table in tables:
            for row in table.rows:
                name = name_key(row.name)
                self._written.setdefault(name, row.name)
                self._names.setdefault(row.tier, Counter())[name] += 1
                if row.target:
                    self._targets.setdefault(name, Counter())[row.target] += 1
            for label, text in table.fields:
                self._fields.setdefault(label, Counter())[text] += 1

    def names(self, tier: str) -> Iterator[str]:
        """The indicators under a tier of that name."""
        return (self._written[name] for name, _ in self._names.get(tier, Counter()).most_common())

    def targets(self, name: str) -> list[str]:
        """The targets of an indicator of that name."""
        return [target for target, _ in self._targets.get(name_key(name), Counter()).most_common()]

    def field(self, label: str) -> list[str]:
        """What is written in a field of the head."""
        return [text for text, _ in self._fields.get(label, Counter()).most_common()]
