"""Amounts and the sources that they come from, which a form may give for a year and for more than a year."""

from __future__ import annotations

from dataclasses import dataclass, field

from perftarget.formats.grid import Cell
from perftarget.tables.form.result import Form, PlacedCells
from perftarget.tables.form.words import FUNDING, unit_in_caption
from perftarget.tables.keys import AMOUNT
from perftarget.text.source import KEY


@dataclass(frozen=True, slots=True)
class _Source:
    """A source of funds as written, and the amount whose part it is: the one above it in its column."""

    name: str
    text: str
    caption: Cell
    value: Cell
    whole: str


@dataclass
class Funding:
    """Gathers the sources of one form; only at its end it is known which amount is that of the year."""

    _wholes: dict[int, str] = field(default_factory=dict)
    _sources: list[_Source] = field(default_factory=list)

    def amount(self, label: str, caption: Cell) -> None:
        """Sources below this caption are parts of that amount."""
        self._wholes[caption.column] = label

    def source(self, name: str, text: str, caption: Cell, value: Cell) -> None:
        self._sources.append(_Source(name, text, caption, value, self._wholes.get(caption.column, AMOUNT)))

    def place(self, form: Form, taken: PlacedCells, year: str) -> dict[str, str]:
        """Put the sources of the year's amount into the data; `year` is the label that it was found under.

        Returns the units in their captions by their names.
        """
        funding: dict[str, str] = {}
        units = {}
        for one in self._sources:
            if one.whole not in {AMOUNT, year} or funding.get(one.name, one.text) != one.text:
                continue
            taken.take(one.caption, one.value)
            if one.text:
                funding[one.name] = one.text
                units[one.name] = unit_in_caption(one.caption.text)
                form.labels.setdefault((FUNDING, KEY), one.caption.label)
                form.labels |= {(FUNDING, one.name): one.value.label, (FUNDING, one.name, KEY): one.caption.label}
        if funding:
            before = {key: form.data[key] for key in list(form.data)[: _behind_amount(form)]}
            form.data = before | {FUNDING: dict(funding)} | form.data
        return units


def _behind_amount(form: Form) -> int:
    labels = list(form.data)
    return labels.index(AMOUNT) + 1 if AMOUNT in labels else len(labels)
