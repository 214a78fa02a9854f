"""Read the forms in grids into data, and collect the cells whose text is not in the data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from perftarget.config.profile import Profile
from perftarget.formats.grid import Cell, Grid
from perftarget.formats.yaml.loader import Data
from perftarget.i18n import tr
from perftarget.tables.form.evidence import Doubt
from perftarget.tables.form.fields import FieldReader
from perftarget.tables.form.furniture import (
    is_blank_signature,
    is_heading,
    is_note,
    is_signature,
    is_template_row,
    is_unit_line,
    unit_in_line,
    year_in_heading,
)
from perftarget.tables.form.head_rows import Head, find_head, find_head_by_contents
from perftarget.tables.form.heads import horizon_rank
from perftarget.tables.form.kinds import FormKind, is_title, kind_note, kind_of
from perftarget.tables.form.project_list import list_blocks
from perftarget.tables.form.result import Form, PlacedCells
from perftarget.tables.form.rows import Row, flow_rows
from perftarget.tables.form.sections import Sections
from perftarget.tables.form.splitter import separate, split_forms
from perftarget.tables.form.words import (
    NAME,
    Words,
    has_digit,
    normalize_caption,
    split_points,
    unit_in_caption,
    words_of,
)
from perftarget.tables.keys import BUDGET_YEAR, DETAILS, INDICATORS, POINTS

_MAX_RESULT_CAPTION: Final = 20
"""Characters of the caption of a result below the indicators (总分)."""


def read_flow(flow: Sequence[Grid], profile: Profile) -> tuple[list[Form], list[Cell]]:
    """Return the forms of a flow in order, and the cells outside all of them."""
    words = words_of(profile)
    parts, outside = split_forms(flow_rows(separate(flow, words)), words)
    outside_cells = [cell for row in outside for cell in row.filled]
    unit = next((unit for cell in reversed(outside_cells) if (unit := unit_in_line(cell.text))), "")
    headings = [cell.text for cell in outside_cells if is_heading(cell.text)]
    forms = []
    for rows in parts:
        blocks, others = list_blocks(rows, words) or ([rows], [])
        outside_cells += [cell for row in others for cell in row.filled]
        for block in blocks:
            reader = _FormReader(words, block, unit, headings)
            forms.append(reader.read())
        unit = reader.unit  # also applies to the following forms that have no unit line
    lines = {id(row.cells[0]) for row in outside if len(row.cells) == 1}
    furniture = [cell for cell in outside_cells if id(cell) in lines and _is_furniture(cell.text)]
    if forms:
        forms[0].furniture[:0] = furniture
    known = {id(cell) for cell in furniture}
    return forms, [cell for cell in outside_cells if id(cell) not in known]


def _is_furniture(text: str) -> bool:
    """Return True for a line that is printed around the forms and says nothing about a project."""
    return is_heading(text) or is_note(text) or is_signature(text) or is_blank_signature(text)


def _is_below_table(texts: Sequence[str]) -> bool:
    """Return True for a row below the indicators that is left from the template, a note or a signature."""
    if is_template_row(texts) or is_note(texts[0]) or is_signature(texts[0]):
        return True
    return is_blank_signature(texts[-1]) and not any(map(has_digit, texts))


class _FormReader:
    """Reader of the rows of one form, from top to bottom."""

    def __init__(self, words: Words, rows: Sequence[Row], unit: str, headings: Sequence[str]) -> None:
        self.words = words
        self.rows = rows
        self.form = Form()
        self.taken = PlacedCells()
        self.unit = unit
        self.fields = FieldReader(words, self.form, self.taken)
        self.fields.head.unit = unit
        self.sections = Sections(words, self.form, self.taken, rows)
        self._label = ""  # the title above the next heads of indicators
        self._prepare(headings)

    def read(self) -> Form:
        """Return the form."""
        self.form.labels[()] = self.rows[0].cells[0].label
        index = 0
        zone: list[Row] = []
        while index < len(self.rows):
            row, head = self.rows[index], self._head_at(index)
            height = 1
            if zone and (head or self.sections.has_columns):
                self.fields.read_rows(zone)
                zone = []
            if head:
                self._read_head(head, index)
                height = head.height
            elif not row.filled or self._read_heading(row):
                pass
            elif self.sections.has_columns:
                self._read_below_heads(row)
            elif not self.sections.read_first_row(row):
                zone.append(row)
            index += height
        self.fields.read_rows(zone)
        self._finish()
        return self.form

    def _prepare(self, headings: Sequence[str]) -> None:
        """Tell the kind and the year of the form by its title and heads."""
        lines = [row.filled for row in self.rows if all(is_heading(cell.text) for cell in row.filled)]
        own = [cell.text for line in lines for cell in line]
        self._heads = [find_head(self.rows, index, self.words) for index in range(len(self.rows))]
        texts = [cell.text for head in self._heads if head for cell in head.cells]
        titled = any(map(is_title, own))
        titles = own if titled else [*own, *headings]
        self.form.kind = kind_of(titles, texts)
        self.form.title = next(filter(is_title, titles), "")
        years = [year for text in [*own, *reversed(headings)] if (year := year_in_heading(text))]
        self.year = years[0] if years else ""
        self.fields.head.results_key = self.form.kind.results_key
        self.sections.keeps_results = bool(self.form.kind.results_key)

    def _head_at(self, index: int) -> Head | None:
        """Return the heads of the columns that start in that row, or None."""
        head = self._heads[index]
        if head or self.sections.has_columns:
            return head
        return find_head_by_contents(self.rows, index, self.words)

    def _read_head(self, head: Head, index: int) -> None:
        """Read the heads of the columns with the title beside them."""
        side = next((cell for cell in head.tops if horizon_rank(cell.text) != 1 and self.words.is_group(cell)), None)
        label = side.text if side else self._label
        self._label = ""
        body = self._body(index + head.height)
        terms = [reading.caption for reading in self.fields.head.store.readings]
        self.sections.read_heads(head, self.rows[index].grid, body, label, terms)

    def _body(self, start: int) -> list[Row]:
        """Return the rows from there to the next heads of columns."""
        ends = (index for index in range(start, len(self.rows)) if self._heads[index])
        return list(self.rows[start : next(ends, len(self.rows))])

    def _read_heading(self, row: Row) -> bool:
        """Take the title, the unit line and what else is printed around the fields; return True if it is all."""
        if self.sections.has_columns and row.cells[0].column > 0:
            return False  # beside a tier it is an indicator
        for cell in row.filled:
            if unit := unit_in_line(cell.text):
                self.fields.head.unit = unit
                is_caption = unit_in_caption(cell.text) and not is_unit_line(cell.text)
                self.unit = self.unit if is_caption else unit  # that of a caption holds for this form only
            if is_unit_line(cell.text) or all(is_heading(other.text) for other in row.filled):
                self.taken.set_aside(cell)
        if len(row.filled) == 1 and self.words.is_group(row.filled[0]):
            self._label = row.filled[0].text
        first = row.filled[0]
        is_line = len(row.filled) == 1 and not self.words.inline_field(first)[0] and not self.words.field_of(first.text)
        is_line = is_line and not self.words.is_tier(self.words.tier_label(normalize_caption(first.text)))
        if is_line and _is_furniture(row.filled[0].text):
            self.taken.set_aside(*row.filled)
            return True
        return all(is_heading(cell.text) for cell in row.filled)

    def _read_below_heads(self, row: Row) -> None:
        """Read a row below the heads: an indicator, a field, a total, or what is printed below the table."""
        if self.sections.read_row(row):
            return
        first = row.filled[0]
        if len(row.filled) == 1 and self.words.is_group(first):
            self.taken.take(first)
        elif _is_below_table([cell.text for cell in row.filled]):
            self.taken.set_aside(*row.filled)
        elif self._is_result(row):
            self._read_total(row)
        else:
            self.fields.read_late_row(row)

    def _is_result(self, row: Row) -> bool:
        """Return True for a row below the indicators of a form of results that has a caption of its own (总分)."""
        first = row.filled[0]
        if not self.form.kind.results_key or len(row.filled) == 1 or self.words.field_of(first.text):
            return False
        return len(first.text) <= _MAX_RESULT_CAPTION

    def _read_total(self, row: Row) -> None:
        """Keep a row of results below the indicators, such as the total score, by the heads of its columns."""
        caption, *cells = row.filled
        key = normalize_caption(caption.text)
        heads = [self.sections.head_of(cell) for cell in cells]
        texts: Data = cells[0].text
        if len(cells) > 1:
            named = all(heads) and len(set(heads)) == len(heads)
            texts = (
                {head: cell.text for head, cell in zip(heads, cells, strict=True)}
                if named
                else [cell.text for cell in cells]
            )
        if key not in self.fields.head.store.results:
            self.fields.head.store.results[key] = texts
            self.form.labels[(self.form.kind.results_key, key)] = cells[0].label
            self.taken.take(*row.filled)

    def _finish(self) -> None:
        """Put the data together: the fields, the year, the indicators of all terms, and the results."""
        form = self.form
        self.fields.finish()
        if form.kind is FormKind.WHOLE and NAME not in form.data:
            self._name_after_office()
        if self.year and BUDGET_YEAR not in form.data:
            items = list(form.data.items())
            index = list(form.data).index(NAME) + 1 if NAME in form.data else 0
            form.data = dict([*items[:index], (BUDGET_YEAR, self.year), *items[index:]])
        readers = self.sections.readers
        points = {first: cell for reader in readers.values() for first, cell in reader.points.items()}
        if points:
            form.data[POINTS] = {first: split_points(cell.text)[1] for first, cell in points.items()}
            form.labels |= {(POINTS, first): cell.label for first, cell in points.items()}
        for key, reader in readers.items():
            if key != INDICATORS:
                form.data[key] = reader.finish()
        form.data[INDICATORS] = readers[INDICATORS].finish() if INDICATORS in readers else {}
        if self.fields.head.store.details:
            form.data[DETAILS] = dict(self.fields.head.store.details)
        results = self.fields.head.store.results
        if INDICATORS in readers and readers[INDICATORS].results:
            results["指标"] = list(readers[INDICATORS].results)
        if results:
            form.data[form.kind.results_key] = results
        if note := kind_note(form.kind, has_results=bool(results)):
            form.inferred.insert(0, note)
        form.doubts += self._missing()
        form.unplaced = [cell for row in self.rows for cell in row.filled if cell not in self.taken]
        form.furniture += self.taken.furniture

    def _name_after_office(self) -> None:
        """Store the name of the office of a form of a whole office as the name of the project."""
        data, labels = self.form.data, self.form.labels
        key = next((key for key in data if key.endswith("名称")), None)
        if key:
            self.form.data = {NAME if other == key else other: value for other, value in data.items()}
            labels |= {(NAME, *loc[1:]): label for loc, label in labels.items() if loc[:1] == (key,)}

    def _missing(self) -> Iterator[Doubt]:
        """Yield the doubts about a form whose project name or indicators were not found."""
        data = self.form.data
        if NAME not in data and self.form.kind is not FormKind.WHOLE:
            captions = "、".join(f"“{key}”" for key in data if key not in {INDICATORS, BUDGET_YEAR})
            message = (
                tr(f"没有找到项目名称；表头有{captions}", f"there is no project name; the form has {captions}")
                if captions
                else tr("没有找到项目名称", "there is no project name")
            )
            yield Doubt((NAME,), message, self.form.labels[()])
        tiers = [
            cell for row in self.rows for cell in row.filled[:1] if self.words.is_tier(self.words.tier_label(cell.text))
        ]
        if not data[INDICATORS] and tiers:
            message = tr(
                f"没有看懂指标各栏的名称，“{tiers[0].text}”以下各行没有读取",
                f"the heads of the columns were not understood; the rows from “{tiers[0].text}” on were not read",
            )
            yield Doubt((INDICATORS,), message, tiers[0].label)
