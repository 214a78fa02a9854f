"""Grades with bands: 优85%、良80%, ≥90分为优."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from perftarget.values.measures import Quantity, Range
from perftarget.values.number_parser import parse_number, parse_range
from perftarget.values.qualitative import GRADES


@dataclass(frozen=True, slots=True)
class GradeBands:
    """Grades, each with its band: `优≥90%、良80%—90%`; unlike a lone grade, they are a target."""

    bands: tuple[tuple[str, Quantity | Range], ...]
    raw: str = field(default="", compare=False)

    numeric = True

    def __str__(self) -> str:
        return "、".join(f"{grade}{band}" for grade, band in self.bands)


_BANDED: Final = sorted((*GRADES, "合格", "不合格"), key=len, reverse=True)
_GRADES: Final = "|".join(_BANDED)
BAND_MARKS: Final = frozenset(grade[-1] for grade in _BANDED)
"""Characters of which grades with bands have one at least."""
_CLEAR: Final = frozenset(("优", "优秀", "良", "良好", "合格", "满意", "非常满意", "基本满意"))
"""Grades that are recognised alone; 高 and 好 before a number are more likely to be part of a word."""
_SEPARATOR: Final = re.compile("[、,，;；/\n ]+")
_BEFORE: Final = re.compile(rf"({_GRADES})(?:为|:|：)?[（(]?([≥≤><=0-9][^（）()]{{0,20}})[）)]?")
_AFTER: Final = re.compile(rf"([≥≤><=0-9][^（）()]{{0,20}}?)(?:为|是|:|：)({_GRADES})")
_NEXT: Final = re.compile(rf"(?<=[%分）)上下])(?=(?:{_GRADES})(?:为|:|：)?[（(]?[≥≤><=0-9])")


_REACHED: Final = re.compile(rf"[、,;\uff0c\uff1b]达到?(?:{_GRADES})(?:及?以上)?\Z")
"""The grade to reach, after all bands: 优≥90%、良80%—89%、达到良以上."""


def parse_bands(text: str, raw: str) -> GradeBands | None:
    """Parse grades with their bands."""
    text = _REACHED.sub("", text)
    parts = [part for chunk in _SEPARATOR.split(text) for part in _NEXT.split(chunk) if part]
    bands = []
    for part in parts:
        before, after = _BEFORE.fullmatch(part), _AFTER.fullmatch(part)
        grade, band = before.groups() if before else (after[2], after[1]) if after else ("", "")
        measure = parse_number(band) or parse_range(band, "") if band else None
        if measure is None:
            return None
        bands.append((grade, measure))
    is_clear = len({grade for grade, _ in bands}) == len(bands) and (len(bands) > 1 or bands[0][0] in _CLEAR)
    return GradeBands(tuple(bands), raw) if bands and is_clear else None
