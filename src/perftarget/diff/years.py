"""Years of two versions of a table: a year in a text is compared by its distance from the budget year."""

from __future__ import annotations

import re
from typing import Final

from perftarget.tables.document import Document
from perftarget.tables.model import Table
from perftarget.text.normalize import fold

_ANY: Final = "(?:19|20)[0-9]{2}"
_IN_NAME: Final = re.compile(rf"(?<![0-9.])({_ANY})(?![0-9.]|元|[人户名个台套公平米亩万])(?:年度?)?")
_IN_TEXT: Final = re.compile(
    rf"(?<![0-9.〔\[])({_ANY})(?=年|[-—~至到]{{1,2}}{_ANY}年|[-./][0-9]{{1,2}}(?:[-./月]|(?![0-9])))"
)
_IN_PATH: Final = re.compile(rf"(?<![0-9])({_ANY})(?![0-9])")
_NUMERALS: Final = re.compile("二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_LAST_YEAR: Final = re.compile("[较比与同]*(?:上一?年度?|去年)(?:末|底)?(?:同期|同比|相比|比)*|同比")
_BASE_YEAR: Final = re.compile(rf"[较比与同]*({_ANY})年?(?:度|底|末)?(?:同期|同比|相比)*")


def budget_year(document: Document, table: Table) -> int | None:
    """Return the budget year of a table: as written, else the year in its name, else that in the path of its file."""
    if table.year is not None:
        return table.year
    found = set(_IN_NAME.findall(_digits(table.name)))
    if not found:
        found = set(_IN_PATH.findall(document.source.path))
    return int(found.pop()) if len(found) == 1 else None


def name_without_year(name: str) -> str:
    """Return the name of a project or an indicator without years."""
    return _IN_NAME.sub("", _digits(name))


def relative_years(text: str, year: int | None, *, is_name: bool = False) -> str:
    """Return a text with each year as its distance from the budget year, such as {+0}; unchanged without one."""
    text = _digits(text)
    if year is None:
        return text
    pattern = _IN_NAME if is_name else _IN_TEXT
    return pattern.sub(lambda match: f"{{{int(match[1]) - year:+d}}}", text)


def relative_base(base: str, year: int | None) -> str:
    """Return the base of a change, such as 较2024年, as its distance from the budget year; unchanged without one."""
    text = _digits(base)
    if _LAST_YEAR.fullmatch(text):
        return "-1"
    match = _BASE_YEAR.fullmatch(text)
    return f"{int(match[1]) - year:+d}" if match and year is not None else text


def _digits(text: str) -> str:
    """Return the folded text with years in Chinese numerals as digits: 二〇二五年."""
    return _NUMERALS.sub(lambda match: match[0].translate(_DIGITS), fold(text))
