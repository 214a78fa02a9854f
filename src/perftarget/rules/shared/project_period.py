"""Parsing of 项目期限, the period of a project."""

from __future__ import annotations

import re
from typing import Final

from perftarget.tables.model import FIELD_NAMES
from perftarget.values.parser import Date, Period, Quantity, Value, parse

PERIOD: Final = next(label for label, name in FIELD_NAMES.items() if name == "period")
YEAR: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_AROUND: Final = re.compile(r"[（(][^（）()]{0,20}[）)]|^自|[止起]$|\W?[共计为]{1,3}[0-9]{1,3}个?[年月]$")


def parse_project_period(written: str) -> Value:
    """Parse the period of a project; remarks in brackets and 自…止 are removed if the text cannot be parsed with them."""
    value = parse(written)
    if isinstance(value, Quantity) and value.unit is None and YEAR.fullmatch(written):
        return parse(f"{written}年")
    return value if isinstance(value, (Period, Date)) else parse(_AROUND.sub("", _AROUND.sub("", written).strip()))
