"""Parser of a budget year and of the number of a table in its order."""

from __future__ import annotations

import re
from typing import Final

from perftarget.text.normalize import fold

_YEAR: Final = re.compile(r"[(（]?((?:19|20)[0-9]{2})(?:年度?)?[)）]?")
_NUMERALS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")


def parse_year(text: str) -> int | None:
    """Return the year of 2019, 2019年, 2019年度 or 二〇一九年; None for other text."""
    match = _YEAR.fullmatch("".join(fold(text).split()).translate(_NUMERALS))
    return int(match[1]) if match else None


def parse_order(text: str) -> int | None:
    """Return a whole number of at most nine digits; None for other text."""
    number = fold(text).strip()
    return int(number) if _NUMBER.fullmatch(number) else None
