"""Collect the funding sources of a form, which can belong to the year's amount or to that of a longer term."""

from __future__ import annotations

from dataclasses import dataclass, field

from perftarget.formats.grid import Cell
from perftarget.tables.form.result import Form, PlacedCells
from perftarget.tables.form.words import FUNDING, unit_in_caption
from perftarget.tables.keys import AMOUNT
from perftarget.text.source import KEY


@dataclass(frozen=True, slots=True)
class _Source:
    """A funding source as written; `total` is the label of the amount above it in its column."""

    name: str
    text: str
    caption: Cell
    value: Cell
    total: str


@dataclass
class Funding:
    """Collector of the funding sources of one form; only at its end is it known which amount is the year's."""

    _totals: dict[int, str] = field(default_factory=dict)
    _sources: list[_Source] = field(default_factory=list)

    def add_amount(self, label: str, caption: Cell) -> None:
        """Add an amount, which the sources below its caption are parts of."""
        self._totals[caption.column] = label

    def add_source(self, name: str, text: str, caption: Cell, value: Cell) -> None:
        """Add a source as a part of the amount above it."""
        self._sources.append(_Source(name, text, caption, value, self._totals.get(caption.column, AMOUNT)))

    def place(self, form: Form, taken: PlacedCells, year: str) -> dict[str, str]:
        """Store the sources of the year's amount in the data of the form; `year` is the label of that amount.

        Returns the units in the captions of the sources, by name.
        """
        funding: dict[str, str] = {}
        units = {}
        for source in self._sources:
            if source.total not in {AMOUNT, year} or funding.get(source.name, source.text) != source.text:
                continue
            taken.take(source.caption, source.value)
            if source.text:
                funding[source.name] = source.text
                units[source.name] = unit_in_caption(source.caption.text)
                form.labels.setdefault((FUNDING, KEY), source.caption.label)
                form.labels |= {
                    (FUNDING, source.name): source.value.label,
                    (FUNDING, source.name, KEY): source.caption.label,
                }
        if funding:
            before = {key: form.data[key] for key in list(form.data)[: _index_after_amount(form)]}
            form.data = before | {FUNDING: dict(funding)} | form.data
        return units


def _index_after_amount(form: Form) -> int:
    """Return the index of the field after the year's amount, or the number of fields if there is no amount."""
    labels = list(form.data)
    return labels.index(AMOUNT) + 1 if AMOUNT in labels else len(labels)
