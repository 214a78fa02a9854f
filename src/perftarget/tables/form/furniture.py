"""Recognize what is printed around the fields of every form: titles, unit lines, notes and signature rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from perftarget.tables.form.kinds import is_title
from perftarget.text.normalize import fold

_UNIT_LINE: Final = re.compile(r"(?:金额|计量|资金)?单位[：:](?:人民币)?(元|万元|亿元)")
_HEADING_HINT: Final = re.compile("[表附位年]|20[0-9]{2}")
"""The characters one of which every heading has; most cells of a form have none."""
_YEAR_DIGITS: Final = "〇一二三四五六七八九"
_YEAR: Final = r"(20[0-9]{2}|二[〇○零][〇○零一二三四五六七八九]{2})"
_YEAR_LINE: Final = re.compile(rf"[（(]?{_YEAR}年?度?[）)]?")
_YEAR_IN_TITLE: Final = re.compile(rf"(?<![0-9至-]){_YEAR}年(?:度|(?![0-9至-]))")  # a month or a period is not the year
_ANNEX_LABEL: Final = re.compile(
    r"附(?:件|表|录)?[0-9一二三四五六七八九十]{0,3}(?:[-－—][0-9]{1,2}){0,2}[：:]?|表[0-9一二三四五六七八九十]{1,3}"
)
_ELLIPSIS: Final = re.compile(r"…{1,6}|[.·。]{3,12}")
_SIGNATURE: Final = re.compile(
    r"(?:(?:填|制|报|编|审|复|校)(?:报|表|制|核)?(?:人|者|日期|时间|单位负责人)|(?:单位|部门|项目|财务|分管|主管|业务|科室)?(?:负责人|领导)"
    r"|经办人|联系人|(?:联系|办公)?电话|联系方式|日期|(?:单位|部门)?(?:盖章|公章|签字|签章))"
    r"(?:[（(].{0,10}[)）])?[：:]?"
)
_NOTE: Final = re.compile(r"(?:备?注|附注|填表说明|填报说明|说明)[0-9]?[：:]")
_BLANK_SIGNATURE: Final = re.compile(
    r"(?:[^：:\s0-9]{2,12}[：:]\s*(?:[（(]?(?:单位|部门)?(?:盖章|公章|签字|签章|章)[）)]?\s*)?)+|[年月日\s]+"
    r"|(?:[（(]?(?:单位|部门)?(?:盖章|公章|签字|签章)[）)]?[\s年月日]*)+"
)
_STAMP: Final = re.compile(r"[（(]?(?:单位|部门)?(?:盖章|公章|签字|签章|章)[）)]?")


@lru_cache(maxsize=2048)
def is_heading(text: str) -> bool:
    """Return True for a line above the first field: a title, a unit line, a year, or the label of an annex."""
    if len(text) > 80 or not _HEADING_HINT.search(text):
        return False
    line = "".join(fold(text).split())
    return bool(is_unit_line(text) or is_title(text) or _YEAR_LINE.fullmatch(line) or _ANNEX_LABEL.fullmatch(line))


@lru_cache(maxsize=2048)
def unit_in_line(text: str) -> str:
    """Return the unit in a line such as 单位：元, which may have other text before it, or ""."""
    match = _UNIT_LINE.search("".join(fold(text).split())) if "位" in text else None
    return match[1] if match else ""


def is_unit_line(text: str) -> bool:
    """Return True for a line such as 单位：万元."""
    return bool(_UNIT_LINE.fullmatch("".join(fold(text).split()).strip("（()）")))


def year_in_heading(text: str) -> str:
    """Return the year in a title or in a line of its own ((2019年度) → 2019), or ""."""
    line = "".join(fold(text).split())
    match = _YEAR_LINE.fullmatch(line) or (_YEAR_IN_TITLE.search(line) if is_title(text) else None)
    if not match:
        return ""
    year = match[1].translate({ord("○"): "〇", ord("零"): "〇"})
    return year if year.isdigit() else "".join(str(_YEAR_DIGITS.index(digit)) for digit in year)


def is_template_row(texts: Sequence[str]) -> bool:
    """Return True for a row left from the template, which has nothing but an ellipsis (……)."""
    return bool(texts) and all(_ELLIPSIS.fullmatch("".join(fold(text).split())) for text in texts)


@lru_cache(maxsize=2048)
def is_blank_signature(text: str) -> bool:
    """Return True for captions of signatures without anything after them (审核人：    日期：, 申报单位：（盖章）)."""
    return bool(_BLANK_SIGNATURE.fullmatch(fold(text).strip()))


def is_stamp(text: str) -> bool:
    """Return True for a place to stamp or to sign instead of a value (（盖章）)."""
    return bool(_STAMP.fullmatch("".join(fold(text).split())))


@lru_cache(maxsize=2048)
def is_signature(text: str) -> bool:
    """Return True for the caption of a signature, a telephone number or a date below a form."""
    return bool(_SIGNATURE.match("".join(fold(text).split())))


def is_note(text: str) -> bool:
    """Return True for a note about how the form is filled in (注：本表一式两份。)."""
    return bool(_NOTE.match("".join(fold(text).split())))
