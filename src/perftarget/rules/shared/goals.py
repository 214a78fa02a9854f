"""What 年度总体绩效目标 says: the goals with their places, without their numbers; shared by the rules on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from perftarget.config.profile import Profile
from perftarget.tables.keys import GOALS
from perftarget.tables.model import Table
from perftarget.text.chinese_numerals import chinese_number
from perftarget.text.source import KEY, Loc
from perftarget.values.indicator_names import name_key
from perftarget.values.parser import is_placeholder

Emptiness: TypeAlias = Literal["blank", "placeholder", "name", ""]

_N: Final = "[0-9０-９]{1,2}"
_C: Final = "[一二三四五六七八九十]{1,3}"
# 1、2号楼 and 1：1 begin with no number of a goal, 1、2025年 does.
_NO_DIGIT: Final = r"(?=\s{0,3}(?:(?:19|20)[0-9]{2}\s?年|[^\s0-9０-９]|\Z))"
_NAMED: Final = rf"目标\s{{0,3}}(?:{_N}|{_C})\s{{0,3}}[：:.．、]"
_BARE: Final = (
    rf"{_N}\s{{0,3}}[：:.．、]{_NO_DIGIT}|[（(]\s?(?:{_N}|{_C})\s?[）)]|{_N}[）)]|[①-⑳]|{_C}[、：:.．](?!{_C})"
)
LEADING: Final = re.compile(rf"\s*({_NAMED}|{_BARE})\s*")
"""The number that a goal begins with."""
NUMBERS: Final = re.compile(rf"{_NAMED}|(?:(?<![^。；;！!：:，,\s])|^)(?:{_BARE})")
"""Every number of a goal in a text: 目标1： anywhere, the others where a sentence begins."""

_NUMBERED: Final = re.compile(r"[0-9０-９一二三四五六七八九十]\s{0,3}[：:.．、）)]|[①-⑳]")
"""What every number of a goal ends with, which is sooner looked for."""

_DIGITS: Final = re.compile(rf"{_N}|{_C}|[①-⑳]")
_SENTENCE: Final = re.compile("[一-鿿]{4}")
_MARKS: Final = re.compile(r"[\s“”\"'。；;，,、！!]+")
_SPENDING: Final = re.compile("(?:等|各项|相关|方面){0,3}(?:支出|开支|列支)$|等$")
_STOP: Final = re.compile("[。；;，,！!\n]")
_LAST: Final = 20
_SHOWN: Final = 30


class Goal(NamedTuple):
    """One goal as written, and where."""

    text: str
    loc: Loc


@lru_cache(maxsize=1)
def goals(table: Table) -> list[Goal]:
    """Those that fit the form, blank ones too."""
    written = table.goals_written
    if isinstance(written, str):
        return [Goal(written, (GOALS,))] if written else []
    places = ((text, (GOALS, index)) for index, text in enumerate(written))
    return [Goal(text, loc) for text, loc in places if loc not in table.shape_errors]


def place(table: Table) -> Loc:
    """Where to say what is true of all goals: at the text, or at the key above the items."""
    return (GOALS,) if isinstance(table.goals_written, str) else (GOALS, KEY)


@lru_cache(maxsize=1)  # two ask for the same table
def empty(table: Table) -> list[tuple[Goal, Emptiness]]:
    """Each goal with why it says nothing."""
    return [(goal, emptiness(goal.text, table)) for goal in goals(table)]


@lru_cache(maxsize=1)  # three rules ask in turn for the same table
def said(table: Table) -> list[str]:
    """What the goals say, without numbers; nothing where one of them could not be read."""
    if any(loc[0] == GOALS for loc in table.shape_errors):
        return []
    return [without_numbers(goal.text) for goal, nothing in empty(table) if not nothing]


def without_numbers(text: str) -> str:
    return NUMBERS.sub(" ", text).strip() if _NUMBERED.search(text) else text.strip()


def emptiness(text: str, table: Table) -> Emptiness:
    """Why a goal says nothing; "" where it says something, though a word of it be left out: 完成××人培训."""
    text = unnumbered(text)
    if not text:
        return "blank"
    bare = _bare(text)
    if not bare or (is_placeholder(text) and not _SENTENCE.search(text)):
        return "placeholder"
    return "name" if bare == _bare(table.name) else ""


def _bare(text: str) -> str:
    return _MARKS.sub("", name_key(text)).removesuffix("项目")


def unnumbered(text: str) -> str:
    """Without the number, or numbers, in front."""
    start = 0
    while found := LEADING.match(text, start):
        start = found.end()
    return text[start:].strip()


def number(mark: str) -> int:
    """目标二： → 2"""
    found = _DIGITS.search(mark)
    digits = found[0] if found else ""
    if "①" <= digits <= "⑳":
        return ord(digits) - ord("①") + 1
    return int(digits) if digits.isdigit() else int(chinese_number(digits) or 0)


def renumbered(mark: str, value: int) -> str:
    return _DIGITS.sub(str(value), mark, count=1)


def style(mark: str) -> str:
    """Two numbers of one style differ in nothing but the number."""
    form = _DIGITS.sub("甲" if re.search(_C, mark) else "1", re.sub(r"\s", "", mark), count=1)
    return form.translate(str.maketrans("：．（）", ":.()"))


def is_cost(text: str, profile: Profile) -> bool:
    """安家费, 工作经费等支出"""
    text = text[-_LAST:]
    bare = _SPENDING.sub("", text)
    return text.endswith(("支出", "开支")) or bare.endswith(profile.terms("cost_items"))


def brief(text: str) -> str:
    """As much of it as a message has room for."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def sentences(text: str) -> Iterator[str]:
    """The parts of a goal between full stops, semicolons and commas."""
    yield from filter(None, map(str.strip, _STOP.split(text)))
