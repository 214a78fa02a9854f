"""Read the forms in grids into data, and collect the cells whose text is not in the data."""

from __future__ import annotations

from collections.abc import Sequence

from perftarget.config.profile import Profile
from perftarget.formats.grid import Cell, Grid
from perftarget.i18n import tr
from perftarget.tables.form.fields import FieldReader
from perftarget.tables.form.indicators import IndicatorReader
from perftarget.tables.form.result import Form, PlacedCells
from perftarget.tables.form.rows import Row, flow_rows, is_head_row, split_forms
from perftarget.tables.form.words import Words, is_heading, is_unit_line, normalize_caption, unit_in_line
from perftarget.tables.keys import INDICATORS
from perftarget.values.tier_label import TierLabel


def read_flow(flow: Sequence[Grid], profile: Profile) -> tuple[list[Form], list[Cell]]:
    """Return the forms of a flow in order, and the cells outside all of them."""
    words = Words(profile)
    parts, outside = split_forms(flow_rows(flow), words)
    outside_cells = [cell for row in outside for cell in row.filled]
    unit = next((unit for cell in reversed(outside_cells) if (unit := unit_in_line(cell.text))), "")
    forms = []
    for rows in parts:
        reader = _FormReader(words, rows, unit)
        forms.append(reader.read())
        unit = reader.unit  # also applies to the following forms that have no unit line
    return forms, outside_cells


class _FormReader:
    """Reader of the rows of one form, from top to bottom."""

    def __init__(self, words: Words, rows: list[Row], unit: str) -> None:
        self.words = words
        self.rows = rows
        self.form = Form()
        self.taken = PlacedCells()
        self.fields = FieldReader(words, self.form, self.taken)
        self.unit = self.fields.unit = unit
        self.indicators = IndicatorReader(words, self.form, self.taken, rows)

    def read(self) -> Form:
        """Return the form."""
        self.form.labels[()] = self.rows[0].cells[0].label
        for index, row in enumerate(self.rows):
            self._read_row(row, self.rows[index + 1 : index + 2])
        self.fields.finish()
        self.form.data[INDICATORS] = self.indicators.finish()
        self.form.unplaced = [cell for row in self.rows for cell in row.filled if cell not in self.taken]
        return self.form

    def _read_row(self, row: Row, below: list[Row]) -> None:
        """Read a row as a heading, as heads of columns, as an indicator or as fields."""
        if not row.filled or self._read_heading(row):
            return
        if is_head_row(row, self.words):
            self.indicators.read_heads(row)
        elif not self.indicators.has_columns:
            if not self.indicators.read_first_row(row):
                self.fields.read_row(row, below)
        elif not self.indicators.read_row(row):
            self.fields.read_late_row(row)

    def _read_heading(self, row: Row) -> bool:
        """Take the title and the unit line, which can be repeated on a further page.

        Returns True if all cells of the row are headings.
        """
        for cell in row.filled:
            if unit := unit_in_line(cell.text):
                self.unit = self.fields.unit = unit
            if is_unit_line(cell.text) or normalize_caption(cell.text) == self.words.profile.title:
                self.taken.take(cell)
        return all(is_heading(cell.text) for cell in row.filled)


def infer_first_tiers(form: Form, profile: Profile) -> None:
    """Move second tiers out from under a blank first-tier label if their code or name implies the first tier.

    A message about each is added to `form.inferred`.
    """
    tiers = form.data[INDICATORS]
    blank = tiers.get("") if isinstance(tiers, dict) else None
    if not isinstance(tiers, dict) or not isinstance(blank, dict):
        return
    inferred = {second: first for second in blank if second not in tiers and (first := profile.first_tier_of(second))}
    form.inferred += [
        tr(
            f"{second} 没有写明一级指标，按{by[0]}归入 {first}",
            f"no first tier is written for “{second}”; by its {by[1]} it was put under “{first}”",
        )
        for second, first in inferred.items()
        for by in [("编码", "code") if TierLabel.parse(second).code else ("名称", "name")]
    ]
    remaining = {second: rows for second, rows in blank.items() if second not in inferred}
    moved = {second: blank[second] for second in inferred} | ({"": remaining} if remaining else {})
    form.data[INDICATORS] = {
        name: rows for key, value in tiers.items() for name, rows in (moved if key == "" else {key: value}).items()
    }
