"""Grids to the data of the forms in them; whatever is not taken into the data is reported."""

from __future__ import annotations

from collections.abc import Sequence

from perftarget.config.profile import Profile
from perftarget.formats.grid import Cell, Grid
from perftarget.i18n import tr
from perftarget.tables.form.fields import Fields
from perftarget.tables.form.indicators import Indicators
from perftarget.tables.form.result import Form, PlacedCells
from perftarget.tables.form.rows import Row, is_heads, rows_of, split
from perftarget.tables.form.words import Words, bare, is_heading, is_unit_line, unit_line
from perftarget.tables.keys import INDICATORS
from perftarget.values.tier_label import TierLabel


def read_flow(flow: Sequence[Grid], profile: Profile) -> tuple[list[Form], list[Cell]]:
    """The forms of a flow in order, and the cells outside all of them."""
    words = Words(profile)
    parts, outside = split(rows_of(flow), words)
    above = [cell for row in outside for cell in row.filled]
    unit = next((unit for cell in reversed(above) if (unit := unit_line(cell.text))), "")
    forms = []
    for rows in parts:
        reader = _Reader(words, rows, unit)
        forms.append(reader.read())
        unit = reader.unit  # said once, it holds for the forms that say none
    return forms, above


class _Reader:
    """Reads the rows of one form from top to bottom."""

    def __init__(self, words: Words, rows: list[Row], unit: str) -> None:
        self.words = words
        self.rows = rows
        self.form = Form()
        self.taken = PlacedCells()
        self.fields = Fields(words, self.form, self.taken)
        self.unit = self.fields.unit = unit
        self.indicators = Indicators(words, self.form, self.taken, rows)

    def read(self) -> Form:
        self.form.labels[()] = self.rows[0].cells[0].label
        for number, row in enumerate(self.rows):
            self._row(row, self.rows[number + 1 : number + 2])
        self.fields.finish()
        self.form.data[INDICATORS] = self.indicators.finish()
        self.form.unplaced = [cell for row in self.rows for cell in row.filled if cell not in self.taken]
        return self.form

    def _row(self, row: Row, below: list[Row]) -> None:
        if not row.filled or self._heading(row):
            return
        if is_heads(row, self.words):
            self.indicators.heads(row)
        elif not self.indicators.found:
            if not self.indicators.begin(row):
                self.fields.row(row, below)
        elif not self.indicators.row(row):
            self.fields.later(row)

    def _heading(self, row: Row) -> bool:
        """The title and the line 单位：, also where they are repeated on a further page."""
        for cell in row.filled:
            if unit := unit_line(cell.text):
                self.unit = self.fields.unit = unit
            if is_unit_line(cell.text) or bare(cell.text) == self.words.profile.title:
                self.taken.take(cell)
        return all(is_heading(cell.text) for cell in row.filled)


def infer_first_tiers(form: Form, profile: Profile) -> None:
    """Put second tiers under a blank first-tier label where their code or name says that they belong, and note it."""
    tiers = form.data[INDICATORS]
    blank = tiers.get("") if isinstance(tiers, dict) else None
    if not isinstance(tiers, dict) or not isinstance(blank, dict):
        return
    known = {second: first for second in blank if second not in tiers and (first := profile.first_of(second))}
    form.inferred += [
        tr(
            f"{second} 没有写明一级指标，按{by[0]}归入 {first}",
            f"no first tier is written for “{second}”; by its {by[1]} it was put under “{first}”",
        )
        for second, first in known.items()
        for by in [("编码", "code") if TierLabel.parse(second).code else ("名称", "name")]
    ]
    left = {second: rows for second, rows in blank.items() if second not in known}
    lifted = {second: blank[second] for second in known} | ({"": left} if left else {})
    form.data[INDICATORS] = {
        name: rows for key, value in tiers.items() for name, rows in (lifted if key == "" else {key: value}).items()
    }
