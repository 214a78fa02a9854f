"""Collect what the captions of a form and their values mean: fields, amounts, funding sources and results."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from perftarget.formats.grid import Cell
from perftarget.tables.form.evidence import Evidence
from perftarget.tables.form.funding import Funding
from perftarget.tables.form.furniture import is_stamp, is_unit_line, unit_in_line
from perftarget.tables.form.nested import nested_sources
from perftarget.tables.form.pairs import Pair, amount_lines
from perftarget.tables.form.readings import FieldStore, Reading
from perftarget.tables.form.result import Form, PlacedCells
from perftarget.tables.form.words import AMOUNT_UNITS, Words, has_digit, is_number, normalize_caption, unit_in_caption
from perftarget.tables.keys import AMOUNT

_TOTAL: Final = re.compile("合计|总计|总额|小计")
_GAP: Final = re.compile(r"(?:\s{2,}|\t|\n|\u3000)")


class HeadCollector:
    """Collector of the pairs of one form; `unit` is that of its amounts, `results_key` the place of results."""

    def __init__(self, words: Words, form: Form, taken: PlacedCells) -> None:
        self.words = words
        self.form = form
        self.taken = taken
        self.store = FieldStore(form, taken)
        self.funding = Funding()
        self.unit = ""
        self.results_key = ""

    def add_inline(self, cell: Cell, grid: int) -> bool:
        """Add inline fields (项目名称：甲), also several separated by wide spaces; return True if there are any."""
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
            if name == AMOUNT and (lines := amount_lines(text)):
                self._add_amount_lines(lines, evidence, Pair(replace(cell, text=caption), cell), grid)
                self.taken.take(cell)
                continue
            if name == AMOUNT:
                self.funding.add_amount(normalize_caption(caption), cell)
            own = normalize_caption(caption)
            self.store.add(Reading(name, evidence, value, cell, cell, grid, unit, own))
        return True

    def add_unit(self, cell: Cell) -> bool:
        """Add the unit in a cell of its own to the amount left of it; return True if the cell has one."""
        unit = "".join(cell.text.split())
        if unit not in AMOUNT_UNITS:
            return False
        amounts = [one for one in self.store.readings if one.field == AMOUNT and one.value.row == cell.row]
        if not self.funding.add_unit(unit, cell):
            if not amounts:
                return False
            amounts[-1].unit = unit
        self.taken.take(cell)
        return True

    def add_unknown_inline(self, cell: Cell, grid: int) -> bool:
        """Add a caption that the form does not know with its value in one cell; return True if it is one."""
        caption, text = ("", "") if is_unit_line(cell.text) else self.words.inline_unknown(cell)
        if caption:
            value = "" if is_stamp(text) else text
            self.store.add(Reading("", Evidence.EXACT, value, cell, cell, grid, "", normalize_caption(caption)))
        return bool(caption)

    def take_group(self, cell: Cell) -> None:
        """Take a caption of captions with the unit written in it."""
        self.unit = unit_in_caption(cell.text) or self.unit
        self.taken.take(cell)

    def add_pair(self, pair: Pair, grid: int, *, in_amount: bool = False) -> None:
        """Add a caption with its value; `in_amount` tells that it stands beside the caption of the amount."""
        caption, value = pair.caption, pair.value
        line = f"{normalize_caption(caption.text)}:{value.text}"
        if is_unit_line(line):
            self.unit = unit_in_line(line)
            self.taken.take(caption, value)
            return
        found = self.words.field_of(caption.text)
        source = self.words.part_name(caption)
        if not source and not found and in_amount and self.funding.continues(caption):
            source = normalize_caption(caption.text)
        if source and not (found and found[1] >= Evidence.PATTERN) and (is_number(value.text) or not value.text):
            unit = unit_in_caption(caption.text) or self.unit
            self.funding.add_source(source, value.text, caption, value, unit)
            return
        if self.words.is_other_amount(caption):
            self.funding.add_amount(normalize_caption(caption.text), caption)
            found = None
        elif not found and in_amount and is_number(value.text) and has_digit(value.text) and not self.store.has(AMOUNT):
            found = (AMOUNT, Evidence.IMPLIED)
        if found and found[0] == AMOUNT and (lines := amount_lines(value.text)):
            self._add_amount_lines(lines, found[1], pair, grid)
            return
        if found and found[0] == AMOUNT and (nested := nested_sources(value)):
            self._add_nested(nested, found[1], pair, grid)
            return
        name, evidence = found or ("", Evidence.EXACT)
        if pair.is_positional and name:
            evidence = Evidence.POSITION
        if not name and not value.text and not caption.text.strip():
            return
        self.add(name, evidence, pair, grid)

    def add(self, name: str, evidence: Evidence, pair: Pair, grid: int) -> Reading:
        """Add the reading of a pair as a field ("" for none), and return it."""
        caption, value = pair.caption, pair.value
        is_amount = name == AMOUNT or self.words.is_other_amount(caption)
        unit = unit_in_caption(caption.text) or (self.unit if is_amount else "")
        if name == AMOUNT:
            self.funding.add_amount(normalize_caption(caption.text), caption)
        reading = Reading(name, evidence, "" if is_stamp(value.text) else value.text, caption, value, grid, unit)
        self.store.add(reading)
        return reading

    def add_result(self, pair: Pair, grid: int) -> None:
        """Keep what was achieved apart from the targets, or under its own caption on a form of targets."""
        caption, value = pair.caption, pair.value
        if self.results_key:
            key = normalize_caption(caption.text)
            self.store.results[key] = value.text
            self.form.labels[(self.results_key, key)] = value.label
            self.taken.take(caption, value)
        else:
            self.add("", Evidence.EXACT, pair, grid)

    def _add_nested(self, nested: tuple[str, list[tuple[str, str]]], evidence: Evidence, pair: Pair, grid: int) -> None:
        """Add an amount with the sources in a table inside its cell, of which one can be the total."""
        text, sources = nested
        totals = [amount for name, amount in sources if _TOTAL.search(name)]
        self.add(AMOUNT, evidence, pair, grid).text = text if has_digit(text) or not totals else totals[0]
        unit = unit_in_caption(pair.caption.text) or self.unit
        for name, amount in sources:
            if not _TOTAL.search(name):
                self.funding.add_source(name, amount, pair.caption, pair.value, unit)

    def _add_amount_lines(self, lines: Sequence[tuple[str, str]], evidence: Evidence, pair: Pair, grid: int) -> None:
        """Add the amount and its sources written as lines of one cell."""
        caption, value = pair.caption, pair.value
        unit = unit_in_caption(caption.text) or self.unit
        totals = [index for index, (name, _) in enumerate(lines) if (self.words.field_of(name) or ("",))[0] == AMOUNT]
        total = totals[0] if totals else 0
        self.add(AMOUNT, evidence, pair, grid).text = lines[total][1]
        for index, (name, amount) in enumerate(lines):
            if index != total:
                self.funding.add_source(normalize_caption(name), amount, caption, value, unit)
