"""Read the head of a form: captions with their values beside or below them, and grids of funds."""

from __future__ import annotations

from collections.abc import Sequence

from perftarget.formats.grid import Cell
from perftarget.tables.form.blocks import (
    captions_above,
    columns_below,
    has_amount_further_right,
    is_goal_caption,
    is_group_beside,
    is_known,
    is_short,
    side_caption,
)
from perftarget.tables.form.evidence import Evidence
from perftarget.tables.form.funds import find_funds_grid
from perftarget.tables.form.funds_reader import read_funds_grid
from perftarget.tables.form.goals import is_goal_marker, split_goals
from perftarget.tables.form.head_collector import HeadCollector
from perftarget.tables.form.pairs import Pair, PairFinder, is_spaced
from perftarget.tables.form.readings import Reading, unit_message, with_unit
from perftarget.tables.form.result import Form, PlacedCells
from perftarget.tables.form.rows import Row
from perftarget.tables.form.words import Words, has_digit, is_number
from perftarget.tables.keys import AMOUNT, GOALS


class FieldReader:
    """Reader of the head of one form."""

    def __init__(self, words: Words, form: Form, taken: PlacedCells) -> None:
        self.words = words
        self.form = form
        self.taken = taken
        self.head = HeadCollector(words, form, taken)
        self._goals: Reading | None = None  # the goals, which the next rows can continue
        self._in_amount = False  # True in the rows beside the caption of the amount

    def read_rows(self, rows: Sequence[Row]) -> None:
        """Read consecutive rows of the head."""
        styles = [is_spaced(row.cells, self.words) for row in rows]
        spaced = next((style for style in styles if style is not None), False)
        index = 0
        while index < len(rows):
            spaced = spaced if styles[index] is None else bool(styles[index])  # as in the nearest row above
            index += self._read_at(rows[index:], spaced=spaced)

    def read_late_row(self, row: Row) -> None:
        """Read fields below the indicators, including those repeated on a further page."""
        cells = list(row.cells)
        while cells:
            caption = cells.pop(0)
            if self.head.add_inline(caption, row.grid) or not cells:
                continue
            found = self.words.field_of(caption.text)
            is_strong = found is not None and (found[1] > Evidence.PATTERN or found[0] == GOALS)
            if is_strong and not self.words.is_caption(cells[0]):
                self._add_pair(Pair(caption, cells.pop(0)), row.grid)

    def finish(self) -> None:
        """Store the readings, and resolve what depends on the whole head: funding, numbered goals and units."""
        stored = self.head.store.place()
        year = stored[AMOUNT].caption_text if AMOUNT in stored else AMOUNT
        unit = self.words.profile.amount_unit
        for key, reading in stored.items():
            text = self.form.data[key]
            if isinstance(text, str):
                amount = with_unit(text, reading.unit, unit)
                if amount != text:
                    self.form.data[key] = amount
                    self.form.inferred.append(unit_message(key, text, amount))
        self.head.funding.place(self.form, self.taken, unit, year)
        goals = self.form.data.get(GOALS)
        if isinstance(goals, str) and (items := split_goals(goals)):
            self.form.data[GOALS] = list(items)
            self.form.labels |= {(GOALS, index): self.form.labels[(GOALS,)] for index in range(len(items))}

    def _read_at(self, rows: Sequence[Row], *, spaced: bool) -> int:
        """Read the first of the rows with those that belong to it, and return their number."""
        row = rows[0]
        if not row.filled or self._continue_goals(row):
            return 1
        side, inner, height = side_caption(rows, self.words)
        if side and self._read_block(side, inner):
            return height
        if funds := find_funds_grid(rows, self.words):
            read_funds_grid(funds, None, row.grid, self.head)
            return funds.height
        if captions := captions_above(rows, self.words):
            self.taken.take(*(cell for cell in row.cells if self.words.is_group(cell)))
            for caption, value in captions:
                self._add_pair(Pair(caption, value), row.grid)
            return 2
        self._read_pairs(row, spaced=spaced)
        return 1

    def _read_block(self, side: Cell, inner: Sequence[Row]) -> bool:
        """Read the rows beside a caption that spans them; return False if it is the caption of an ordinary field."""
        found = self.words.field_of(side.text)
        name = found[0] if found else ""
        first = inner[0].filled if inner else []
        if not first:
            return False
        if name == GOALS:
            self._read_goals(side, inner, found[1] if found else Evidence.IMPLIED)
            return True
        if funds := find_funds_grid(inner, self.words):
            self.head.take_group(side)
            read_funds_grid(funds, side, inner[0].grid, self.head)
            self.read_rows(inner[funds.height :])
            return True
        is_group = self.words.is_group(side) or (
            is_known(first[0], self.words) and (not found or found[1] <= Evidence.PATTERN or name == AMOUNT)
        )
        if is_group or (name == AMOUNT and not has_digit(first[0].text) and len(first) > 1):
            self.head.take_group(side)
            outer, self._in_amount = self._in_amount, name == AMOUNT
            self.read_rows(inner)
            self._in_amount = outer
            return True
        if side.rows == 1:
            return False
        self._add_pair(Pair(side, first[0]), inner[0].grid)
        rest = inner[0].without(first[0])
        self.read_rows([rest, *inner[1:]] if rest.cells else inner[1:])
        return True

    def _read_goals(self, side: Cell, inner: Sequence[Row], evidence: Evidence) -> None:
        """Read the rows beside the caption of the goals: captions above or beside their texts, or goals."""
        first, grid = inner[0].filled, inner[0].grid
        if all(len(row.filled) > 1 and is_goal_caption(row.filled[0].text) for row in inner):
            self.taken.take(side)
            for row in inner:
                self._read_pairs(row, spaced=False)
            return
        captions = columns_below(inner)
        if captions and all(is_short(caption.text) for caption, _ in captions):
            self.taken.take(side)
            self._read_goals_in_columns(captions, evidence, grid)
            self.read_rows(inner[2:])
            return
        self._goals = self.head.add(GOALS, evidence, Pair(side, first[0]), grid)
        for row in [inner[0].without(first[0]), *inner[1:]]:
            if row.filled and any(map(self.words.is_caption, row.filled)):
                self.read_rows([row])
            elif row.filled and self._goals:
                self._append_goals(self._goals, row)

    def _read_goals_in_columns(self, captions: Sequence[tuple[Cell, Cell]], evidence: Evidence, grid: int) -> None:
        """Read the goals below 预期目标 and 年度目标, and what was achieved below 实际完成情况."""
        for caption, value in captions:
            found = self.words.field_of(caption.text)
            if found and found[0] == GOALS:
                self.head.add(GOALS, max(evidence, found[1]), Pair(caption, value), grid)
            else:
                self.head.add_result(Pair(caption, value), grid)

    def _add_pair(self, pair: Pair, grid: int, *, in_amount: bool = False) -> None:
        """Add a caption with its value; goals can be continued by the next rows."""
        readings = self.head.store.readings
        count = len(readings)
        self.head.add_pair(pair, grid, in_amount=in_amount or self._in_amount)
        added = readings[count:]
        self._goals = added[-1] if added and added[-1].field == GOALS else None

    def _read_pairs(self, row: Row, *, spaced: bool) -> None:
        """Read alternating captions and values; an unknown caption becomes a key as written."""
        cells, index = row.cells, 0
        pairs = PairFinder(cells, self.words)
        style = pairs.best_style(spaced=spaced)
        while index < len(cells):
            caption = cells[index]
            index += 1
            if not caption.text or self._read_alone(caption, pairs.after(index - 1), row.grid):
                continue
            if has_amount_further_right(caption, cells[index : index + 2], self.words):
                self.head.take_group(caption)
                self._add_pair(Pair(cells[index], cells[index + 1]), row.grid, in_amount=True)
                index += 2
                continue
            pair, index = pairs.pair_at(index - 1, style)
            if pair:
                self._add_pair(pair, row.grid)
            elif self.words.field_of(caption.text):
                blank = Cell("", caption.row, caption.column, label=caption.label)
                self._add_pair(Pair(caption, blank), row.grid)

    def _read_alone(self, cell: Cell, rest: Sequence[Cell], grid: int) -> bool:
        """Read a cell that has no value beside it: a number, an inline field or a caption of captions."""
        if is_number(cell.text) or self.head.add_inline(cell, grid) or self.head.add_unit(cell):
            return True
        is_caption = self.words.is_caption(cell) or self.words.part_name(cell)
        if not is_caption and self.head.add_unknown_inline(cell, grid):
            return True
        if is_group_beside(cell, rest, self.words):
            self.head.take_group(cell)
            return True
        return False

    def _continue_goals(self, row: Row) -> bool:
        """Read a further goal in a row without a caption below the goals; return True if the row is one."""
        has_marker = len(row.cells) == 1 and is_goal_marker(row.cells[0].text)
        below = has_marker or (not row.cells[0].text and len(row.cells) > 1 and len(row.filled) == 1)
        if not self._goals or not below or any(is_known(cell, self.words) for cell in row.filled):
            return False
        self._append_goals(self._goals, row)
        return True

    def _append_goals(self, goals: Reading, row: Row) -> None:
        """Add the texts of a row to the goals."""
        goals.text = "\n".join(filter(None, [goals.text, *(cell.text for cell in row.filled)]))
        goals.more += row.filled
