"""The fields of a form's head: captions with their values beside or below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.i18n import tr
from perftarget.tables.form.funding import Funding
from perftarget.tables.form.goals import is_goal_marker, split_goals
from perftarget.tables.form.result import Form, PlacedCells
from perftarget.tables.form.rows import Row
from perftarget.tables.form.words import FUNDING, Words, bare, is_unit_line, unit_in_caption
from perftarget.tables.keys import AMOUNT, GOALS
from perftarget.text.source import KEY

_PROJECT: Final = ("项目名称",)
"""What a file begins with, also where the form has a line above it."""
_GAP: Final = re.compile(r"(?:\s{2,}|\t|\n|\u3000)")
_BARE_AMOUNT: Final = re.compile(r"[0-9０-９.．,，]+")


class Fields:
    """Reads the head of one form, row by row."""

    def __init__(self, words: Words, form: Form, taken: PlacedCells) -> None:
        self.words = words
        self.form = form
        self.taken = taken
        self.unit = ""
        self._funding = Funding()
        self._cells: dict[str, tuple[Cell, Cell]] = {}  # caption and value of each field
        self._last = ""
        self._units: dict[tuple[str, ...], str] = {}  # that a caption gives: 项目年度金额（元）
        self._below: dict[int, Cell] = {}  # captions without a value beside them, by column
        self._tall: tuple[str, Cell] | None = None  # the last caption that goes on in the rows below

    def row(self, row: Row, below: Sequence[Row]) -> None:
        """Captions and values take turns; a caption that no form has keeps its words as a key."""
        if self._values_below(row) or self._goes_on(row):
            return
        if self._are_captions(row, below):
            self._below = {cell.column: cell for cell in row.filled if not self._beside(cell)}
            return
        cells = list(row.cells)
        while cells:
            caption = cells.pop(0)
            if not caption.text or self._inline(caption) or self._group(caption, *cells[:1]):
                continue
            value = cells[0] if cells else None
            if value is not None and self._is_value(value, caption):
                self._pair(caption, cells.pop(0))
            elif self.words.field(caption):
                self._put(self.words.field(caption), "", caption, caption)

    def later(self, row: Row) -> None:
        """Fields below the indicators: those that the form has only there, and those that a further page repeats."""
        cells = list(row.cells)
        while cells:
            caption = cells.pop(0)
            if not self._inline(caption) and cells and self.words.field(caption) and self._is_value(cells[0], caption):
                self._pair(caption, cells.pop(0))

    def finish(self) -> None:
        """Settle what depends on the whole head: weak captions, numbered goals, the unit of the amounts."""
        self.form.data = {key: self.form.data[key] for key in _PROJECT if key in self.form.data} | self.form.data
        year = AMOUNT
        for label in list(self.form.data):
            meant = self.words.weak(label)
            if meant and meant not in self.form.data:
                self._rename(label, meant)
                year = label if meant == AMOUNT else year
            elif meant and meant != GOALS:  # another amount than the year's, who filled it in: no field of its own
                del self.form.data[label]
                self.taken.leave(*self._cells[label])
        units = self._funding.place(self.form, self.taken, year)
        self._units |= {(FUNDING, name): unit for name, unit in units.items()}
        goals = self.form.data.get(GOALS)
        if isinstance(goals, str) and (listed := split_goals(goals)):
            self.form.data[GOALS] = list(listed)
            self.form.labels |= {(GOALS, index): self.form.labels[(GOALS,)] for index in range(len(listed))}
        self._amounts()

    def _is_value(self, cell: Cell, caption: Cell) -> bool:
        """Return True where a cell is the value of the caption beside it.

        Beside a caption of the form a text such as 年度目标：造林3万亩 is the value, though anywhere else it could be a
        caption with its value. Only the parts of an amount (其中：财政拨款：80) are read apart from theirs.
        """
        if not cell.text or not self._is_known(cell):
            return True
        label = self.words.field(caption)
        meant = self.words.weak(label) or label
        return bool(label) and meant != AMOUNT and not self.words.is_caption(cell)

    def _is_known(self, cell: Cell) -> bool:
        return self.words.is_caption(cell) or bool(self.words.inline(cell)[0] or self.words.inline_funding(cell)[0])

    def _inline(self, cell: Cell) -> bool:
        """项目名称：甲, also several in a line, wide spaces between them."""
        parts = [replace(cell, text=part) for part in _GAP.split(cell.text) if not is_unit_line(part)]
        found = [self.words.inline(part) for part in parts]
        if not found or not all(label for label, _ in found):
            found = [self.words.inline(cell)]
        source, amount = self.words.inline_funding(cell)
        if source:
            self._funding.source(source, amount, cell, cell)
            return True
        new = dict(found)
        if "" in new or len(new) < len(found) or any(self.form.data.get(key, new[key]) != new[key] for key in new):
            return False
        for label, text in found:
            self._put(label, text, cell, cell)
        return True

    def _group(self, cell: Cell, *following: Cell) -> bool:
        """A caption of captions: 资金情况, or 项目资金 where 年度资金总额 stands beside it."""
        beside = [other for other in following if not self._is_value(other, cell)]
        weak = self.words.weak(self.words.field(cell))
        if not (beside and (weak or self.words.is_group(cell) or cell.rows > 1)) and not (
            self.words.is_group(cell) and not following
        ):
            return False
        self.unit = unit_in_caption(cell.text) or self.unit
        self.taken.take(cell)
        return True

    def _pair(self, caption: Cell, value: Cell) -> None:
        if self.words.is_other_amount(caption):
            self._funding.amount(bare(caption.text), caption)
            return
        source = self.words.funding(caption)
        if source and not self.words.field(caption):
            self._funding.source(source, value.text, caption, value)
            return
        label = self.words.field(caption) or (bare(caption.text) if value.text else "")
        if label:
            self._put(label, value.text, caption, value)

    def _put(self, label: str, text: str, caption: Cell, value: Cell) -> bool:
        """Whether the field is in the data now; what would be there twice stays where it is, to be reported."""
        if label in self.form.data:
            if self.form.data[label] == text:
                self.taken.take(caption, value)
            return self.form.data[label] == text
        self.form.data[label] = text
        self.form.labels |= {(label,): value.label, (label, KEY): caption.label}
        self._units[(label,)] = unit_in_caption(caption.text)
        self._cells[label], self._last = (caption, value), label
        if AMOUNT in {label, self.words.weak(label)}:
            self._funding.amount(label, caption)
        self._tall = (label, caption) if caption.rows > 1 else None
        self.taken.take(caption, value)
        return True

    def _are_captions(self, row: Row, below: Sequence[Row]) -> bool:
        """Whether the captions stand in a row of their own, their values below them."""
        captions = [cell for cell in row.cells if not self._is_beside(cell)]
        alone = len(row.cells) == len(captions) == 1
        if (
            not (len(captions) > 1 or alone)
            or not all(cell.text for cell in captions)
            or not self.words.is_caption(captions[-1])
        ):
            return False
        values = [cell for other in below for cell in other.cells if not self._is_beside(cell)]
        return [cell.column for cell in values] == [cell.column for cell in captions] and not any(
            map(self._is_known, values)
        )

    def _is_beside(self, cell: Cell) -> bool:
        """A caption of captions, or one that stands beside several rows."""
        return self.words.is_group(cell) or (cell.rows > 1 and self.words.is_caption(cell))

    def _beside(self, cell: Cell) -> bool:
        if self._is_beside(cell):
            self.unit = unit_in_caption(cell.text) or self.unit
            self.taken.take(cell)
        return self._is_beside(cell)

    def _values_below(self, row: Row) -> bool:
        captions, self._below = self._below, {}
        for cell in row.cells:
            if (caption := captions.get(cell.column)) is not None:
                self._pair(caption, cell)
        return bool(captions)

    def _goes_on(self, row: Row) -> bool:
        """A row beside the goals' caption, or below it with none of its own: a further goal."""
        label, caption = self._tall or ("", None)
        inside = caption is not None and caption.row < row.number < caption.row + caption.rows
        alone = len(row.cells) == 1 and is_goal_marker(row.cells[0].text)
        below = alone or (not row.cells[0].text and len(row.cells) > 1 and len(row.filled) == 1)
        label = label if inside else self._last if below else ""
        written = self.form.data.get(label)
        if GOALS not in {label, self.words.weak(label)} or not isinstance(written, str):
            return False
        if any(map(self.words.is_caption if inside else self._is_known, row.filled)):
            return False
        self.form.data[label] = "\n".join(filter(None, [written, *(cell.text for cell in row.filled)]))
        self.taken.take(*row.filled)
        return True

    def _rename(self, label: str, meant: str) -> None:
        """Give a field the name of the form, where it stands."""
        self.form.data = {meant if key == label else key: value for key, value in self.form.data.items()}
        self.form.labels |= {(meant, *loc[1:]): text for loc, text in self.form.labels.items() if loc[:1] == (label,)}
        self._units[(meant,)] = self._units.get((label,), "")
        said = tr(f"“{label}”记为{meant}", f"“{label}” was read as “{meant}”")
        self.form.inferred.append(said)

    def _amounts(self) -> None:
        """An amount without a unit has that of its caption or of the line 单位：, which need not be the profile's."""
        for label, written in self.form.data.items():
            if isinstance(written, str) and (label == AMOUNT or self._units.get((label,))):
                self.form.data[label] = self._with_unit(label, written, (label,))
        funding = self.form.data.get(FUNDING)
        if isinstance(funding, dict):
            for source, amount in funding.items():
                funding[source] = self._with_unit(source, str(amount), (FUNDING, source))

    def _with_unit(self, name: str, written: str, at: tuple[str, ...]) -> str:
        unit = self._units.get(at) or self.unit
        if not _BARE_AMOUNT.fullmatch(written) or unit in {"", self.words.profile.amount_unit}:
            return written
        whole = f"{written} {unit}"
        inferred = tr(
            f"{name} {written} 按表上“单位：{unit}”记为 {whole}",
            f"“{name}” {written} was read as {whole}, by “单位：{unit}” on the form",
        )
        self.form.inferred.append(inferred)
        return whole
