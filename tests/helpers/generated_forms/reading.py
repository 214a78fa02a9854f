"""Adapter of the program's reader to the judge, which knows none of the reader's types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from perftarget import errors
from perftarget.config.profile import Profile
from perftarget.formats.grid import Cell, Grid
from perftarget.tables import form as forms_package

REFUSALS = tuple(error for error in vars(errors).values() if isinstance(error, type) and issubclass(error, Exception))
_PLAIN_ROWS = (
    ("项目名称", "甲", "主管部门", "乙"),
    ("一级指标", "二级指标", "三级指标", "绩效值"),
    ("产出指标", "数量指标", "人数", "5人"),
)
PLAIN_FORM = [Grid(tuple(Cell(text, r, c) for r, row in enumerate(_PLAIN_ROWS) for c, text in enumerate(row)), 3, 4)]


@dataclass
class Reading:
    """What a reader returned, independent of its types; `refusal` is its message if it refused the form."""

    data: list[dict[str, Any]]
    reported: list[str]
    doubts: list[str]
    kinds: list[str]
    refusal: str = ""


def read(flow: Sequence[Grid], profile: Profile) -> Reading:
    """Return the reading of a flow by the program."""
    try:
        forms, outside = forms_package.read_flow(flow, profile)
    except REFUSALS as error:
        return Reading([], [], [], [], str(error) or type(error).__name__)
    for form in forms:
        if isinstance(form.data.get("绩效指标"), dict):
            forms_package.infer_first_tiers(form, profile)
    doubts = [str(doubt) for form in forms for doubt in getattr(form, "doubts", ())]
    inferred = [line for form in forms for line in form.inferred]
    cells = [*outside, *(cell for form in forms for cell in (*form.unplaced, *form.furniture))]
    kinds = [str(getattr(form, "kind", "")) for form in forms]
    notes = [str(note) for form in forms for note in getattr(form, "notes", ())]
    messages = [text.replace("\\n", " ") for text in (*inferred, *doubts, *notes)]  # of a type with a repr
    captions = [reason.caption for form in forms for reason in form.reasons]
    reported = [*(cell.text for cell in cells), *messages, *captions]
    return Reading([form.data for form in forms], reported, doubts, kinds, "" if forms else "no form")
