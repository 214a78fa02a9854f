"""Collect the readings of the head fields of a form, and choose among them by their evidence."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.formats.yaml.loader import Data
from perftarget.i18n import tr
from perftarget.tables.form.evidence import Doubt, Evidence, Reason
from perftarget.tables.form.result import Form, PlacedCells
from perftarget.tables.form.words import NAME, has_digit, normalize_caption, unit_in_caption, without_continued
from perftarget.tables.keys import AMOUNT, GOALS
from perftarget.text.source import KEY

_NUMBERED: Final = re.compile(r"[0-9](?:[（(].*[）)])?$")
_BARE_AMOUNT: Final = re.compile(r"[0-9０-９.．,，]+")


@dataclass(eq=False)
class Reading:
    """A caption with its value: the field that it was taken for ("" for none), why, and the cells.

    `grid` is the index of the grid in the flow, `unit` the unit of an amount in the caption or above it.
    """

    field: str
    evidence: Evidence
    text: str
    caption: Cell
    value: Cell
    grid: int = 0
    unit: str = ""
    own: str = ""
    more: list[Cell] = dataclasses.field(default_factory=list)

    @property
    def caption_text(self) -> str:
        """The caption as the key of a field that the form does not have."""
        return self.own or normalize_caption(self.caption.text)


@dataclass
class FieldStore:
    """The readings of one form in the order of the form."""

    form: Form
    taken: PlacedCells
    readings: list[Reading] = dataclasses.field(default_factory=list)
    details: dict[str, Data] = dataclasses.field(default_factory=dict)
    results: dict[str, Data] = dataclasses.field(default_factory=dict)

    def add(self, reading: Reading) -> None:
        """Add a reading; the name on a further page has （续） after it."""
        if reading.field == NAME and self.has(NAME):
            reading.text = without_continued(reading.text)
        is_weak_amount = reading.field == AMOUNT and reading.evidence <= Evidence.PATTERN
        if is_weak_amount and reading.text and not has_digit(reading.text):
            reading.field = ""  # text without a digit is no amount
        self.readings.append(reading)

    def has(self, name: str) -> bool:
        """Return True if a reading of the field was added."""
        return any(reading.field == name for reading in self.readings)

    def place(self) -> dict[str, Reading]:
        """Store the best reading of each field in the data, the others under their own captions.

        Returns the readings that were stored, by key.
        """
        best = {name: self._best(name) for name in dict.fromkeys(reading.field for reading in self.readings) if name}
        stored: dict[str, Reading] = {}
        for reading in self._ordered():
            key = reading.field if best.get(reading.field) is reading else reading.caption_text
            if key in best and best[key] is not reading:
                self._drop(reading, best[key])
            elif key in stored:
                self._drop(reading, stored[key])
            elif key:
                self._store(key, reading)
                stored[key] = reading
        return stored

    def _ordered(self) -> list[Reading]:
        """Return the readings with the project name first, if only lines of text stand above it."""
        names = [reading for reading in self.readings if reading.field == NAME]
        best = self._best(NAME) if names else None
        above = self.readings[: self.readings.index(best)] if best else []
        if best and all(other.grid != best.grid or other.caption is other.value for other in above):
            return [best, *(reading for reading in self.readings if reading is not best)]
        return self.readings

    def _best(self, name: str) -> Reading:
        """Return the reading of a field with the strongest evidence; of equals the first that is not blank."""
        readings = [reading for reading in self.readings if reading.field == name]
        strongest = max(reading.evidence for reading in readings)
        equals = [reading for reading in readings if reading.evidence == strongest]
        if name == GOALS and len(equals) > 1 and all(_NUMBERED.search(reading.caption_text) for reading in equals):
            return self._joined(equals)
        chosen = next((reading for reading in equals if reading.text), equals[0])
        different = [reading for reading in equals if reading.text not in {"", chosen.text}]
        if different:
            quoted = "、".join(f"“{reading.caption_text}”{reading.text}" for reading in (chosen, *different))
            self.form.doubts.append(
                Doubt(
                    (name,),
                    tr(
                        f"{name}有几种读法，分不出哪一个：{quoted}",
                        f"there are several readings of {name}, none better than the others: {quoted}",
                    ),
                    different[0].value.label,
                )
            )
        elif chosen.evidence == Evidence.POSITION:
            self.form.doubts.append(
                Doubt(
                    (name,),
                    tr(
                        f"{name}“{chosen.text}”只是按位置读的，与栏目之间隔着空格子",
                        f"{name} “{chosen.text}” was read by its position alone, with blank cells before it",
                    ),
                    chosen.value.label,
                )
            )
        return chosen

    def _joined(self, goals: list[Reading]) -> Reading:
        """Return the first of several goals with numbered captions, with the texts of all."""
        first, *others = goals
        first.text = "\n".join(filter(None, [first.text, *(goal.text for goal in others)]))
        first.more += [cell for goal in others for cell in (goal.caption, goal.value)]
        self.readings = [reading for reading in self.readings if not any(reading is goal for goal in others)]
        return first

    def _store(self, key: str, reading: Reading) -> None:
        """Store a reading in the data of the form."""
        self.form.data[key] = reading.text
        self.form.labels |= {(key,): reading.value.label, (key, KEY): reading.caption.label}
        self.taken.take(reading.caption, reading.value, *reading.more)
        evidence = reading.evidence if key == reading.field else Evidence.EXACT
        self.form.reasons.append(Reason(key, reading.caption_text, evidence, reading.value.label))
        if key == reading.field and evidence == Evidence.IMPLIED and key != reading.caption_text:
            caption = reading.caption_text
            self.form.inferred.append(tr(f"“{caption}”记为{key}", f"“{caption}” was read as “{key}”"))

    def _drop(self, reading: Reading, kept: Reading) -> None:
        """Take the cells of a reading that repeats another; a different one stays unplaced and is reported."""
        if reading.text == kept.text or not reading.text:
            self.taken.take(reading.caption, reading.value, *reading.more)


def with_unit(text: str, unit: str, profile_unit: str) -> str:
    """Return an amount with its unit if it has none and the unit is not that of the profile."""
    if not _BARE_AMOUNT.fullmatch(text) or unit in {"", profile_unit}:
        return text
    return f"{text} {unit}"


def unit_message(name: str, text: str, amount: str) -> str:
    """Return the message that an amount was read with the unit written on the form."""
    unit = amount.rpartition(" ")[2]
    return tr(
        f"{name} {text} 按表上“单位：{unit}”记为 {amount}",
        f"“{name}” {text} was read as {amount}, by “单位：{unit}” on the form",
    )


def caption_unit(cells: Iterable[Cell]) -> str:
    """Return the unit in the first caption that has one, or ""."""
    return next((unit for cell in cells if (unit := unit_in_caption(cell.text))), "")
