"""Collect the funding sources of a form, which can belong to the year's amount or to that of a longer term."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.tables.form.readings import unit_message, with_unit
from perftarget.tables.form.result import Form, PlacedCells
from perftarget.tables.keys import AMOUNT, FUNDING
from perftarget.text.source import KEY, Loc

_LOCAL: Final = re.compile("本级")


@dataclass(frozen=True, slots=True)
class _Source:
    """A funding source as written, with its unit; `total` is the caption of the amount above it in its column."""

    name: str
    text: str
    caption: Cell
    value: Cell
    total: str
    unit: str


@dataclass
class Funding:
    """Collector of the funding sources of one form; only at its end is it known which amount is the year's."""

    _totals: dict[int, str] = field(default_factory=dict)
    _sources: list[_Source] = field(default_factory=list)

    def add_amount(self, key: str, caption: Cell) -> None:
        """Add an amount, which the sources below its caption are parts of."""
        self._totals[caption.column] = key

    def add_source(self, name: str, text: str, caption: Cell, value: Cell, unit: str) -> None:
        """Add a source as a part of the amount above it."""
        total = self._totals.get(caption.column, AMOUNT)
        self._sources.append(_Source(name, text, caption, value, total, unit))

    def continues(self, caption: Cell) -> bool:
        """Return True if a caption stands below that of the last source, as a further part of the same amount."""
        last = self._sources[-1].caption if self._sources else None
        return last is not None and last.column == caption.column and last.row + last.rows == caption.row

    def add_unit(self, unit: str, cell: Cell) -> bool:
        """Add the unit in a cell of its own to the source just left of it; return True if there is one."""
        if not self._sources or self._sources[-1].value.row != cell.row:
            return False
        value = self._sources[-1].value
        if value.column + value.columns != cell.column:
            return False
        self._sources[-1] = replace(self._sources[-1], unit=unit)
        return True

    def place(self, form: Form, taken: PlacedCells, profile_unit: str, year: str) -> None:
        """Store the sources after their amount; `year` is the caption of the year's amount."""
        own = {AMOUNT, year}
        if _LOCAL.search(year):  # then funds from above are no part of the amount
            self._place_apart(form, taken, profile_unit)
        self._place(form, taken, profile_unit, own, FUNDING)
        for total in dict.fromkeys(source.total for source in self._sources if source.total not in own):
            self._place(form, taken, profile_unit, {total}, f"{total}来源")

    def _place_apart(self, form: Form, taken: PlacedCells, profile_unit: str) -> None:
        """Store the funds from above as fields of their own, beside an amount that is only that of the office."""
        for source in [source for source in self._sources if not _LOCAL.search(source.name)]:
            if source.name not in form.data:
                self._sources.remove(source)
                taken.take(source.caption, source.value)
                form.data[source.name] = with_unit(source.text, source.unit, profile_unit)
                form.labels |= {(source.name,): source.value.label, (source.name, KEY): source.caption.label}

    def _place(self, form: Form, taken: PlacedCells, profile_unit: str, totals: set[str], key: str) -> None:
        """Store the sources of one amount, which has any of these captions, under a key."""
        found: dict[str, str] = {}
        labels: dict[Loc, str] = {}
        for source in self._sources:
            amount = with_unit(source.text, source.unit, profile_unit)
            if source.total not in totals or found.get(source.name, amount) != amount:
                continue
            taken.take(source.caption, source.value)
            if source.text:
                if amount != source.text and source.name not in found:
                    form.inferred.append(unit_message(source.name, source.text, amount))
                found.setdefault(source.name, amount)
                labels |= {(key, source.name): source.value.label, (key, source.name, KEY): source.caption.label}
                labels.setdefault((key, KEY), source.caption.label)
        if found and key not in form.data:
            form.labels |= labels
            keys = list(form.data)
            index = next((keys.index(total) + 1 for total in totals if total in form.data), len(keys))
            items = list(form.data.items())
            form.data = dict([*items[:index], (key, dict(found)), *items[index:]])
