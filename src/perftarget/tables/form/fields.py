"""Read the head of a form: captions with their values beside or below them, and grids of funds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.formats.yaml.loader import Data
from perftarget.tables.form.evidence import Evidence
from perftarget.tables.form.funding import Funding
from perftarget.tables.form.funds import FundsGrid, find_funds_grid
from perftarget.tables.form.furniture import is_stamp, is_unit_line, unit_in_line
from perftarget.tables.form.goals import is_goal_marker, split_goals
from perftarget.tables.form.pairs import Pair, amount_lines, best_style, is_spaced, pair_at
from perftarget.tables.form.readings import FieldStore, Reading, unit_message, with_unit
from perftarget.tables.form.result import Form, PlacedCells
from perftarget.tables.form.rows import Row
from perftarget.tables.form.words import (
    Words,
    has_digit,
    is_number,
    normalize_caption,
    unit_in_caption,
)
from perftarget.tables.keys import AMOUNT, DETAILS, GOALS

_GAP: Final = re.compile(r"(?:\s{2,}|\t|\n|\u3000)")
_SENTENCE: Final = re.compile("[，。；]")
_MAX_SUBCAPTION: Final = 25


class FieldReader:
    """Reader of the head of one form."""

    def __init__(self, words: Words, form: Form, taken: PlacedCells) -> None:
        self.words = words
        self.form = form
        self.taken = taken
        self.store = FieldStore(form, taken)
        self.unit = ""
        self.results_key = ""
        self.funding = Funding()
        self._goals: Reading | None = None  # the goals, which the next rows can continue
        self._in_amount = False  # True in the rows beside the caption of the amount

    def read_rows(self, rows: Sequence[Row]) -> None:
        """Read consecutive rows of the head."""
        styles = [is_spaced(row.cells, self.words) for row in rows]
        spaced = styles.count(True) > styles.count(False)
        index = 0
        while index < len(rows):
            style = styles[index]
            index += self._read_at(rows[index:], spaced if style is None else style)

    def read_late_row(self, row: Row) -> None:
        """Read fields below the indicators, including those repeated on a further page."""
        cells = list(row.cells)
        while cells:
            caption = cells.pop(0)
            if self._read_inline(caption, row.grid) or not cells:
                continue
            found = self.words.field_of(caption.text)
            is_strong = found is not None and (found[1] > Evidence.PATTERN or found[0] == GOALS)
            if is_strong and not self.words.is_caption(cells[0]):
                self._read_pair(Pair(caption, cells.pop(0)), row.grid)

    def finish(self) -> None:
        """Store the readings, and resolve what depends on the whole head: funding, numbered goals and units."""
        stored = self.store.place()
        year = stored[AMOUNT].caption_text if AMOUNT in stored else AMOUNT
        unit = self.words.profile.amount_unit
        for key, reading in stored.items():
            text = self.form.data[key]
            if isinstance(text, str):
                amount = with_unit(text, reading.unit, unit)
                if amount != text:
                    self.form.data[key] = amount
                    self.form.inferred.append(unit_message(key, text, amount))
        self.funding.place(self.form, self.taken, unit, year)
        goals = self.form.data.get(GOALS)
        if isinstance(goals, str) and (items := split_goals(goals)):
            self.form.data[GOALS] = list(items)
            self.form.labels |= {(GOALS, index): self.form.labels[(GOALS,)] for index in range(len(items))}

    def _read_at(self, rows: Sequence[Row], spaced: bool) -> int:
        """Read the first of the rows with those that belong to it, and return their number."""
        row = rows[0]
        if not row.filled or self._continue_goals(row):
            return 1
        side, inner = _side_caption(rows, self.words)
        if side and self._read_block(side, inner):
            return len(inner)
        if grid := find_funds_grid(rows, self.words):
            self._read_grid(grid, None, row.grid)
            return grid.height
        if captions := self._captions_above(rows):
            for caption, value in captions:
                self._read_pair(Pair(caption, value), row.grid)
            return 2
        self._read_pairs(row, spaced)
        return 1

    def _read_block(self, side: Cell, inner: Sequence[Row]) -> bool:
        """Read the rows beside a caption that spans them; return False if it is the caption of an ordinary field."""
        found = self.words.field_of(side.text)
        name = found[0] if found else ""
        first = inner[0].filled
        if not first:
            return False
        grid = find_funds_grid(inner, self.words) if name != GOALS else None
        if grid:
            self._take_group(side)
            self._read_grid(grid, side, inner[0].grid)
            self.read_rows(inner[grid.height :])
            return True
        if name == GOALS:
            return self._read_goals_block(side, inner, found[1] if found else Evidence.IMPLIED)
        is_group = self.words.is_group(side) or (
            self._is_known(first[0]) and (not found or found[1] <= Evidence.PATTERN or name == AMOUNT)
        )
        if is_group or (name == AMOUNT and not has_digit(first[0].text) and len(first) > 1):
            self._take_group(side)
            outer, self._in_amount = self._in_amount, name == AMOUNT
            self.read_rows(inner)
            self._in_amount = outer
            return True
        if side.rows == 1:
            return False
        self._read_pair(Pair(side, first[0]), inner[0].grid)
        rest = inner[0].without(first[0])
        self.read_rows([rest, *inner[1:]] if rest.cells else inner[1:])
        return True

    def _read_goals_block(self, side: Cell, inner: Sequence[Row], evidence: Evidence) -> bool:
        """Read the rows beside the caption of the goals: captions above or beside their texts, or goals."""
        first, grid = inner[0].filled, inner[0].grid
        if all(len(row.filled) > 1 and _is_goal_caption(row.filled[0].text) for row in inner):
            self.taken.take(side)
            for row in inner:
                self._read_pairs(row, spaced=False)
            return True
        captions = self._columns_below(inner)
        if captions and all(_is_short(caption.text) for caption, _ in captions):
            self.taken.take(side)
            for caption, value in captions:
                found = self.words.field_of(caption.text)
                if found and found[0] == GOALS:
                    self._add(GOALS, max(evidence, found[1]), caption, value, value.text, grid)
                else:
                    self._add_result(caption, value, grid)
            self.read_rows(inner[2:])
            return True
        self._add(GOALS, evidence, side, first[0], first[0].text, grid)
        self._goals = self.store.readings[-1]
        for row in [inner[0].without(first[0]), *inner[1:]]:
            if row.filled and any(map(self.words.is_caption, row.filled)):
                self.read_rows([row])
            elif row.filled and self._goals:
                self._append_goals(self._goals, row)
        return True

    def _columns_below(self, rows: Sequence[Row]) -> list[tuple[Cell, Cell]]:
        """Return the captions of a row with the values in the row below, or [] if they are not above each other."""
        if len(rows) < 2 or len(rows[0].filled) < 2:
            return []
        below = {cell.column: cell for cell in rows[1].cells}
        captions = rows[0].filled
        columns = {cell.column for cell in captions}
        if not columns <= below.keys() or any(cell.column not in columns for cell in rows[1].filled):
            return []
        return [(cell, below[cell.column]) for cell in captions]

    def _captions_above(self, rows: Sequence[Row]) -> list[tuple[Cell, Cell]]:
        """Return the captions of a row that has only captions, with their values in the row below, or []."""
        if alone := self._caption_above(rows):
            return alone
        captions = [cell for cell in rows[0].cells if not self.words.is_group(cell)]
        values = [cell for row in rows[1:2] for cell in row.cells if not self.words.is_group(cell)]
        is_single = len(rows[0].cells) == len(captions) == 1
        if not (len(captions) > 1 or is_single) or not all(cell.text for cell in captions):
            return []
        is_caption = self._is_known if is_single else self.words.is_caption
        if [cell.column for cell in values] != [cell.column for cell in captions] or any(map(is_caption, values)):
            return []
        are_amounts = all(is_number(cell.text) or not cell.text for cell in values) and any(
            cell.text for cell in values
        )
        are_captions = not any(is_number(cell.text) for cell in captions)
        is_field = bool(self.words.field_of(captions[-1].text) or self.words.is_other_amount(captions[-1]))
        if not is_field and not (len(captions) > 1 and are_amounts and are_captions):
            return []
        self.taken.take(*(cell for cell in rows[0].cells if self.words.is_group(cell)))
        return list(zip(captions, values, strict=True))

    def _caption_above(self, rows: Sequence[Row]) -> list[tuple[Cell, Cell]]:
        """Return the only caption of a row with the only text of the row below it, or []."""
        if len(rows) < 2 or len(rows[0].filled) != 1 or len(rows[1].filled) != 1:
            return []
        caption, value = rows[0].filled[0], rows[1].filled[0]
        is_whole = len(rows[0].cells) == 1 or (len(rows[0].cells) > 2 and all(c.columns == 1 for c in rows[0].cells))
        found = self.words.field_of(caption.text)
        if not found or not is_whole or caption.column != value.column or self.words.is_caption(value):
            return []
        inline = self.words.field_of(self.words.inline_field(value)[0])
        return [(caption, value)] if not inline or inline[0] == found[0] else []

    def _read_pairs(self, row: Row, spaced: bool) -> None:
        """Read alternating captions and values; an unknown caption becomes a key as written."""
        cells, index = row.cells, 0
        spaced = best_style(cells, self.words, spaced=spaced)
        while index < len(cells):
            caption, rest = cells[index], [cell for cell in cells[index + 1 :] if cell.text]
            index += 1
            if not caption.text or is_number(caption.text) or self._read_inline(caption, row.grid):
                continue
            if not self.words.is_caption(caption) and self._read_unknown_inline(caption, row.grid):
                continue
            if self._is_group_beside(caption, rest):
                self._take_group(caption)
                continue
            if self._has_amount_further_right(caption, cells[index:]):
                self._take_group(caption)
                self._read_pair(Pair(cells[index], cells[index + 1]), row.grid, in_amount=True)
                index += 2
                continue
            pair, index = pair_at(cells, index - 1, self.words, spaced=spaced)
            if pair:
                self._read_pair(pair, row.grid)
            elif self.words.field_of(caption.text):
                blank = Cell("", caption.row, caption.column, label=caption.label)
                self._read_pair(Pair(caption, blank), row.grid)

    def _is_group_beside(self, caption: Cell, rest: Sequence[Cell]) -> bool:
        """Return True for a caption of captions: 资金情况, or 项目资金 if the next cell is the caption 年度资金总额."""
        following = rest[:1]
        if not following:
            return self.words.is_group(caption)
        if amount_lines(following[0].text):
            return False
        if self.words.is_group(caption) and len(rest) % 2 == 0 and not is_number(following[0].text):
            return True
        if not self._is_known(following[0]) or not _is_beside(caption, following[0], self.words):
            return False
        found = self.words.field_of(caption.text)
        is_weak = found is not None and found[1] == Evidence.IMPLIED
        return is_weak or self.words.is_group(caption) or (caption.rows > 1 and not (found and found[0] == GOALS))

    def _has_amount_further_right(self, caption: Cell, cells: Sequence[Cell]) -> bool:
        """Return True if a cell without a digit is between the caption of an amount and the amount.

        For example, 总投资 is a second caption in 项目资金｜总投资｜300.
        """
        found = self.words.field_of(caption.text)
        if not found or found[0] != AMOUNT or len(cells) < 2:
            return False
        between, amount = cells[:2]
        return bool(between.text) and not has_digit(between.text) and has_digit(amount.text) and is_number(amount.text)

    def _is_known(self, cell: Cell) -> bool:
        """Return True if the cell is a caption, or an inline field or source."""
        if self.words.is_caption(cell):
            return True
        return bool(self.words.inline_field(cell)[0] or self.words.inline_source(cell)[0])

    def _read_inline(self, cell: Cell, grid: int) -> bool:
        """Read inline fields (项目名称：甲), also several separated by wide spaces; return True if there are any."""
        parts = [replace(cell, text=part) for part in _GAP.split(cell.text) if not is_unit_line(part)]
        fields = [self.words.inline_field(part) for part in parts]
        if not fields or not all(caption for caption, _ in fields):
            fields = [self.words.inline_field(cell)]
        source, amount = self.words.inline_source(cell)
        if source:
            self.funding.add_source(source, amount, cell, cell, unit_in_caption(cell.text) or self.unit)
            return True
        if not all(caption for caption, _ in fields):
            return False
        for caption, text in fields:
            name, evidence = self.words.field_of(caption) or ("", Evidence.EXACT)
            value = "" if is_stamp(text) else text
            unit = unit_in_caption(caption) or self.unit
            if name == AMOUNT:
                self.funding.add_amount(normalize_caption(caption), cell)
            own = normalize_caption(caption)
            self.store.add(Reading(name, evidence, value, cell, cell, grid, unit, own))
        return True

    def _read_unknown_inline(self, cell: Cell, grid: int) -> bool:
        """Read a caption that the form does not know with its value in one cell; return True if it is one."""
        caption, text = ("", "") if is_unit_line(cell.text) else self.words.inline_unknown(cell)
        if caption:
            value = "" if is_stamp(text) else text
            self.store.add(Reading("", Evidence.EXACT, value, cell, cell, grid, "", normalize_caption(caption)))
        return bool(caption)

    def _take_group(self, cell: Cell) -> None:
        """Take a caption of captions with the unit written in it."""
        self.unit = unit_in_caption(cell.text) or self.unit
        self.taken.take(cell)

    def _read_pair(self, pair: Pair, grid: int, *, in_amount: bool = False) -> None:
        """Read a caption with its value; `in_amount` tells that it stands beside the caption of the amount."""
        caption, value = pair.caption, pair.value
        if unit := unit_in_line(f"{normalize_caption(caption.text)}:{value.text}"):
            self.unit = unit
            self.taken.take(caption, value)
            return
        found = self.words.field_of(caption.text)
        source = self.words.part_name(caption)
        if source and not (found and found[1] >= Evidence.PATTERN) and (is_number(value.text) or not value.text):
            unit = unit_in_caption(caption.text) or self.unit
            self.funding.add_source(source, value.text, caption, value, unit)
            return
        if self.words.is_other_amount(caption):
            self.funding.add_amount(normalize_caption(caption.text), caption)
            found = None
        elif not found and (in_amount or self._in_amount) and is_number(value.text) and has_digit(value.text):
            if not self.store.has(AMOUNT):
                found = (AMOUNT, Evidence.IMPLIED)
        if found and found[0] == AMOUNT and (lines := amount_lines(value.text)):
            self._read_amount_lines(lines, found[1], caption, value, grid)
            return
        name, evidence = found or ("", Evidence.EXACT)
        if pair.is_positional and name:
            evidence = Evidence.POSITION
        if not name and not value.text and not caption.text.strip():
            return
        self._add(name, evidence, caption, value, value.text, grid)

    def _add(self, name: str, evidence: Evidence, caption: Cell, value: Cell, text: str, grid: int) -> None:
        """Add a reading."""
        is_amount = name == AMOUNT or self.words.is_other_amount(caption)
        unit = unit_in_caption(caption.text) or (self.unit if is_amount else "")
        if name == AMOUNT:
            self.funding.add_amount(normalize_caption(caption.text), caption)
        reading = Reading(name, evidence, "" if is_stamp(text) else text, caption, value, grid, unit)
        self.store.add(reading)
        self._goals = reading if name == GOALS else None

    def _add_result(self, caption: Cell, value: Cell, grid: int) -> None:
        """Keep what was achieved apart from the targets, or under its own caption on a form of targets."""
        if self.results_key:
            key = normalize_caption(caption.text)
            self.store.results[key] = value.text
            self.form.labels[(self.results_key, key)] = value.label
            self.taken.take(caption, value)
        else:
            self._add("", Evidence.EXACT, caption, value, value.text, grid)

    def _read_amount_lines(
        self, lines: Sequence[tuple[str, str]], evidence: Evidence, caption: Cell, value: Cell, grid: int
    ) -> None:
        """Read the amount and its sources written as lines of one cell."""
        unit = unit_in_caption(caption.text) or self.unit
        totals = [index for index, (name, _) in enumerate(lines) if (self.words.field_of(name) or ("",))[0] == AMOUNT]
        total = totals[0] if totals else 0
        self._add(AMOUNT, evidence, caption, value, lines[total][1], grid)
        for index, (name, amount) in enumerate(lines):
            if index != total:
                self.funding.add_source(normalize_caption(name), amount, caption, value, unit)

    def _read_grid(self, grid: FundsGrid, side: Cell | None, index: int) -> None:
        """Read a grid of funds: the planned amounts as the year's amount and its sources, the rest as it is."""
        rest: dict[str, Data] = {}
        sources = [head for head in grid.heads if self.words.source_name(head)]
        if len(sources) >= len(grid.heads) - 1 and len(grid.rows) == 1:
            for head, value in ((head, grid.rows[0][1].get(head.column)) for head in grid.heads):
                if value is not None:
                    self._read_pair(Pair(head, value), index)
            if grid.rows[0][0] is not None:
                self.taken.take(grid.rows[0][0])
            return
        section = self.results_key or DETAILS
        key = (section, "资金" if self.results_key or not side else normalize_caption(side.text))
        planned = grid.planned
        self.taken.take(*grid.heads)
        for number, (row_head, amounts) in enumerate(grid.rows):
            name = normalize_caption(row_head.text) if row_head else ""
            self._read_grid_row(row_head, amounts, planned, number, side, grid, index)
            texts: dict[str, Data] = {
                normalize_caption(head.text): amounts[head.column].text
                for head in grid.heads
                if head.column in amounts and amounts[head.column].text
            }
            self.form.labels |= {
                (*key, *filter(None, [name]), normalize_caption(head.text)): amounts[head.column].label
                for head in grid.heads
                if head.column in amounts
            }
            self.taken.take(*amounts.values(), *([row_head] if row_head else []))
            if name:
                rest[name] = texts
            else:
                rest |= texts
        (self.store.results if self.results_key else self.store.details)[key[-1]] = rest

    def _read_grid_row(
        self,
        row_head: Cell | None,
        amounts: dict[int, Cell],
        planned: int | None,
        number: int,
        side: Cell | None,
        grid: FundsGrid,
        index: int,
    ) -> None:
        """Read the planned amount of one row of a grid of funds as the year's amount or as a source of it."""
        column = planned if planned is not None else grid.heads[0].column
        value = amounts.get(column)
        if value is None:
            return
        unit = (unit_in_caption(row_head.text) if row_head else "") or self.unit
        source = self.words.part_name(row_head) if row_head else ""
        found = self.words.field_of(row_head.text) if row_head else None
        if row_head and source and not (found and found[1] > Evidence.PATTERN):
            if is_number(value.text) and has_digit(value.text):
                self.funding.add_source(source, value.text, row_head, value, unit)
            return
        if number and not (found and found[0] == AMOUNT):
            return
        evidence = Evidence.ALIAS if found and found[0] == AMOUNT else Evidence.IMPLIED
        if planned is None:
            evidence = Evidence.POSITION
        caption = row_head or side or grid.heads[0]
        if has_digit(value.text):
            self._add(AMOUNT, evidence, caption, value, value.text, index)
            self.store.readings[-1].unit = unit

    def _continue_goals(self, row: Row) -> bool:
        """Read a further goal in a row without a caption below the goals; return True if the row is one."""
        has_marker = len(row.cells) == 1 and is_goal_marker(row.cells[0].text)
        below = has_marker or (not row.cells[0].text and len(row.cells) > 1 and len(row.filled) == 1)
        if not self._goals or not below or any(map(self._is_known, row.filled)):
            return False
        self._append_goals(self._goals, row)
        return True

    def _append_goals(self, goals: Reading, row: Row) -> None:
        """Add the texts of a row to the goals."""
        goals.text = "\n".join(filter(None, [goals.text, *(cell.text for cell in row.filled)]))
        goals.more += row.filled


def _is_short(text: str) -> bool:
    """Return True if a text can be a caption inside the block of the goals."""
    return len(text) <= _MAX_SUBCAPTION and not _SENTENCE.search(text)


def _is_goal_caption(text: str) -> bool:
    """Return True for the caption of one of several goals (长期目标)."""
    return _is_short(text) and "目标" in text and not is_goal_marker(text)


def _side_caption(rows: Sequence[Row], words: Words) -> tuple[Cell | None, list[Row]]:
    """Return the caption that stands beside several rows, and these rows without it.

    It spans the rows or, without merged cells, has only blank cells below it.
    """
    first = rows[0].filled[0]
    if first is not rows[0].cells[0]:
        return None, []
    if first.rows > 1:
        inner = [row for row in rows if row.grid == rows[0].grid and row.number < first.row + first.rows]
    else:
        found = words.field_of(first.text)
        if not words.is_group(first) and not (found and found[0] in {AMOUNT, GOALS}):
            return None, []
        inner = [rows[0]]
        for row in rows[1:]:
            head = row.cells[0]
            if row.grid != rows[0].grid or head.column != first.column or head.text or not row.filled:
                break
            inner.append(row)
        if len(inner) < 2:
            return None, []
    inner = [row.without(*(cell for cell in row.cells if cell.column == first.column)) for row in inner]
    return first, [row for row in inner if row.cells]


def _is_beside(caption: Cell, following: Cell, words: Words) -> bool:
    """Return True if a known caption beside another is no value of it.

    Beside a caption of the form, text such as 年度目标：造林3万亩 is the value, although elsewhere it would be an
    inline field. The exception are the parts of an amount (其中：财政拨款：80), which are read separately.
    """
    found = words.field_of(caption.text)
    return not found or found[0] == AMOUNT or words.is_caption(following)
