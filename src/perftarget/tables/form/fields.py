"""Read the head fields of a form: captions with their values beside or below them."""

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
from perftarget.tables.form.words import (
    FUNDING,
    Words,
    has_digit,
    is_number,
    is_unit_line,
    normalize_caption,
    unit_in_caption,
)
from perftarget.tables.keys import AMOUNT, GOALS
from perftarget.text.source import KEY

_LEADING_FIELDS: Final = ("项目名称",)
"""The fields at the start of a table file, even if the form has a line above them."""
_GAP: Final = re.compile(r"(?:\s{2,}|\t|\n|\u3000)")
_BARE_AMOUNT: Final = re.compile(r"[0-9０-９.．,，]+")


class FieldReader:
    """Reader of the head of one form, row by row."""

    def __init__(self, words: Words, form: Form, taken: PlacedCells) -> None:
        self.words = words
        self.form = form
        self.taken = taken
        self.unit = ""
        self._funding = Funding()
        self._cells: dict[str, tuple[Cell, Cell]] = {}  # caption and value of each field
        self._last_label = ""
        self._units: dict[tuple[str, ...], str] = {}  # units in captions: 项目年度金额（元）
        self._pending: dict[int, Cell] = {}  # captions with their values in the next row, by column
        self._tall: tuple[str, Cell] | None = None  # label and caption of the last field, if it spans several rows

    def read_row(self, row: Row, below: Sequence[Row]) -> None:
        """Read alternating captions and values; an unknown caption becomes a key as written."""
        if self._read_values_below(row) or self._continue_goals(row):
            return
        if self._is_caption_row(row, below):
            self._pending = {cell.column: cell for cell in row.filled if not self._take_side_caption(cell)}
            return
        cells = list(row.cells)
        while cells:
            caption = cells.pop(0)
            if (
                not caption.text
                or is_number(caption.text)
                or self._read_inline(caption)
                or self._take_group(caption, *cells[:1])
            ):
                continue
            if self._has_amount_further_right(caption, cells):
                cells.pop(0)
            value = cells[0] if cells else None
            if value is not None and self._is_value(value, caption):
                self._read_pair(caption, cells.pop(0))
            elif self.words.field_label(caption):
                self._store(self.words.field_label(caption), "", caption, caption)

    def read_late_row(self, row: Row) -> None:
        """Read fields below the indicators, including those repeated on a further page."""
        cells = list(row.cells)
        while cells:
            caption = cells.pop(0)
            if self._read_inline(caption) or not cells:
                continue
            if self.words.field_label(caption) and self._is_value(cells[0], caption):
                self._read_pair(caption, cells.pop(0))

    def finish(self) -> None:
        """Resolve what depends on the whole head: ambiguous captions, numbered goals and the units of amounts."""
        data = self.form.data
        self.form.data = {key: data[key] for key in _LEADING_FIELDS if key in data} | data
        year_label = self._resolve_ambiguous()
        units = self._funding.place(self.form, self.taken, year_label)
        self._units |= {(FUNDING, name): unit for name, unit in units.items()}
        goals = self.form.data.get(GOALS)
        if isinstance(goals, str) and (items := split_goals(goals)):
            self.form.data[GOALS] = list(items)
            self.form.labels |= {(GOALS, index): self.form.labels[(GOALS,)] for index in range(len(items))}
        self._add_units()

    def _resolve_ambiguous(self) -> str:
        """Rename or remove fields with ambiguous captions, and return the original label of the year's amount."""
        year_label = AMOUNT
        for label in list(self.form.data):
            implied = self.words.implied_field(label)
            if implied and implied not in self.form.data:
                self._rename(label, implied)
                year_label = label if implied == AMOUNT else year_label
            elif implied and implied != GOALS:  # a further amount, or the unit that filled in the form
                del self.form.data[label]
                self.taken.release(*self._cells[label])
        return year_label

    def _is_value(self, cell: Cell, caption: Cell) -> bool:
        """Return True if the cell is the value of the caption beside it.

        Beside a caption of the form, text such as 年度目标：造林3万亩 is the value, although elsewhere it would be an
        inline field. The exception are the parts of an amount (其中：财政拨款：80), which are read separately.
        """
        if not cell.text or not self._is_known(cell):
            return True
        label = self.words.field_label(caption)
        field = self.words.implied_field(label) or label
        return bool(label) and field != AMOUNT and not self.words.is_caption(cell)

    def _has_amount_further_right(self, caption: Cell, cells: Sequence[Cell]) -> bool:
        """Return True if a cell without a digit is between the caption of an amount and the amount.

        For example, 总投资 is a second caption in 项目资金｜总投资｜300.
        """
        label = self.words.field_label(caption)
        if AMOUNT not in {label, self.words.implied_field(label)} or len(cells) < 2:
            return False
        between, amount = cells[:2]
        return bool(between.text) and not has_digit(between.text) and has_digit(amount.text) and is_number(amount.text)

    def _is_known(self, cell: Cell) -> bool:
        """Return True if the cell is a caption, or an inline field or source."""
        if self.words.is_caption(cell):
            return True
        return bool(self.words.inline_field(cell)[0] or self.words.inline_source(cell)[0])

    def _read_inline(self, cell: Cell) -> bool:
        """Read inline fields (项目名称：甲), also several separated by wide spaces; return True if there are any."""
        parts = [replace(cell, text=part) for part in _GAP.split(cell.text) if not is_unit_line(part)]
        fields = [self.words.inline_field(part) for part in parts]
        if not fields or not all(label for label, _ in fields):
            fields = [self.words.inline_field(cell)]
        source, amount = self.words.inline_source(cell)
        if source:
            self._funding.add_source(source, amount, cell, cell)
            return True
        new = dict(fields)
        if "" in new or len(new) < len(fields) or any(self.form.data.get(key, new[key]) != new[key] for key in new):
            return False
        for label, text in fields:
            self._store(label, text, cell, cell)
        return True

    def _take_group(self, cell: Cell, *following: Cell) -> bool:
        """Take a caption of captions, and return True if it is one.

        For example, 资金情况 always is; 项目资金 is if the next cell is the caption 年度资金总额.
        """
        has_caption_beside = any(not self._is_value(other, cell) for other in following)
        ambiguous = self.words.implied_field(self.words.field_label(cell))
        if not (has_caption_beside and (ambiguous or self.words.is_group(cell) or cell.rows > 1)) and not (
            self.words.is_group(cell) and not following
        ):
            return False
        self.unit = unit_in_caption(cell.text) or self.unit
        self.taken.take(cell)
        return True

    def _read_pair(self, caption: Cell, value: Cell) -> None:
        """Read a caption with its value."""
        if self.words.is_other_amount(caption):
            self._funding.add_amount(normalize_caption(caption.text), caption)
            return
        source = self.words.source_name(caption)
        if source and not self.words.field_label(caption):
            self._funding.add_source(source, value.text, caption, value)
            return
        label = self.words.field_label(caption) or (normalize_caption(caption.text) if value.text else "")
        if label:
            self._store(label, value.text, caption, value)

    def _store(self, label: str, text: str, caption: Cell, value: Cell) -> None:
        """Store a field in the data; a repeated field with another value is not stored, so that it is reported."""
        if label in self.form.data:
            if self.form.data[label] == text:
                self.taken.take(caption, value)
            return
        self.form.data[label] = text
        self.form.labels |= {(label,): value.label, (label, KEY): caption.label}
        self._units[(label,)] = unit_in_caption(caption.text)
        self._cells[label], self._last_label = (caption, value), label
        if AMOUNT in {label, self.words.implied_field(label)}:
            self._funding.add_amount(label, caption)
        self._tall = (label, caption) if caption.rows > 1 else None
        self.taken.take(caption, value)

    def _is_caption_row(self, row: Row, below: Sequence[Row]) -> bool:
        """Return True if the row has only captions, with their values in the row below."""
        captions = [cell for cell in row.cells if not self._is_side_caption(cell)]
        is_single = len(row.cells) == len(captions) == 1
        if (
            not (len(captions) > 1 or is_single)
            or not all(cell.text for cell in captions)
            or not self.words.is_caption(captions[-1])
        ):
            return False
        values = [cell for other in below for cell in other.cells if not self._is_side_caption(cell)]
        return [cell.column for cell in values] == [cell.column for cell in captions] and not any(
            map(self._is_known, values)
        )

    def _is_side_caption(self, cell: Cell) -> bool:
        """Return True for a caption of captions, or one that spans several rows."""
        return self.words.is_group(cell) or (cell.rows > 1 and self.words.is_caption(cell))

    def _take_side_caption(self, cell: Cell) -> bool:
        """Take the cell and return True if it is a side caption."""
        if not self._is_side_caption(cell):
            return False
        self.unit = unit_in_caption(cell.text) or self.unit
        self.taken.take(cell)
        return True

    def _read_values_below(self, row: Row) -> bool:
        """Read the values of the captions in the row above, and return True if it was a row of captions."""
        captions, self._pending = self._pending, {}
        for cell in row.cells:
            if (caption := captions.get(cell.column)) is not None:
                self._read_pair(caption, cell)
        return bool(captions)

    def _continue_goals(self, row: Row) -> bool:
        """Read a further goal, beside the caption of the goals or in a row without a caption below them.

        Returns True if the row is a further goal.
        """
        label, caption = self._tall or ("", None)
        beside = caption is not None and caption.row < row.number < caption.row + caption.rows
        has_marker = len(row.cells) == 1 and is_goal_marker(row.cells[0].text)
        below = has_marker or (not row.cells[0].text and len(row.cells) > 1 and len(row.filled) == 1)
        label = label if beside else self._last_label if below else ""
        goals = self.form.data.get(label)
        if GOALS not in {label, self.words.implied_field(label)} or not isinstance(goals, str):
            return False
        if any(map(self.words.is_caption if beside else self._is_known, row.filled)):
            return False
        self.form.data[label] = "\n".join(filter(None, [goals, *(cell.text for cell in row.filled)]))
        self.taken.take(*row.filled)
        return True

    def _rename(self, label: str, field: str) -> None:
        """Rename a field to the label of the form, keeping its position, with a message."""
        self.form.data = {field if key == label else key: value for key, value in self.form.data.items()}
        self.form.labels |= {(field, *loc[1:]): text for loc, text in self.form.labels.items() if loc[:1] == (label,)}
        self._units[(field,)] = self._units.get((label,), "")
        self.form.inferred.append(tr(f"“{label}”记为{field}", f"“{label}” was read as “{field}”"))

    def _add_units(self) -> None:
        """Add the unit of the caption or the unit line, which may differ from the profile's, to amounts without one."""
        for label, text in self.form.data.items():
            if isinstance(text, str) and (label == AMOUNT or self._units.get((label,))):
                self.form.data[label] = self._with_unit(label, text, (label,))
        funding = self.form.data.get(FUNDING)
        if isinstance(funding, dict):
            for source, amount in funding.items():
                funding[source] = self._with_unit(source, str(amount), (FUNDING, source))

    def _with_unit(self, name: str, text: str, loc: tuple[str, ...]) -> str:
        """Return the amount at `loc` with its unit, and add a message if the unit is not the profile's."""
        unit = self._units.get(loc) or self.unit
        if not _BARE_AMOUNT.fullmatch(text) or unit in {"", self.words.profile.amount_unit}:
            return text
        amount = f"{text} {unit}"
        message = tr(
            f"{name} {text} 按表上“单位：{unit}”记为 {amount}",
            f"“{name}” {text} was read as {amount}, by “单位：{unit}” on the form",
        )
        self.form.inferred.append(message)
        return amount
