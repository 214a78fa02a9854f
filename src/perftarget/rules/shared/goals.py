"""The goals of 年度总体绩效目标: their locations, numbering and content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, TypeAlias

from perftarget.config.profile import Profile
from perftarget.tables.keys import GOALS
from perftarget.tables.model import Table
from perftarget.tables.once import once_per_table
from perftarget.text.chinese_numerals import chinese_number
from perftarget.text.source import KEY, Loc
from perftarget.values.indicator_names import name_key
from perftarget.values.parser import is_placeholder

Emptiness: TypeAlias = Literal["blank", "placeholder", "name", ""]

_N: Final = "[0-9０-９]{1,2}"
_C: Final = "[一二三四五六七八九十]{1,3}"
# The number of a goal is not followed by a digit, as in 1、2号楼 and 1：1, except for a year, as in 1、2025年.
_NO_DIGIT: Final = r"(?=\s{0,3}(?:(?:19|20)[0-9]{2}\s?年|[^\s0-9０-９]|\Z))"
_NAMED: Final = rf"目标\s{{0,3}}(?:{_N}|{_C})\s{{0,3}}[：:.．、]"
_BARE: Final = (
    rf"{_N}\s{{0,3}}[：:.．、]{_NO_DIGIT}|[（(]\s?(?:{_N}|{_C})\s?[）)]|{_N}[）)]|[①-⑳]|{_C}[、：:.．](?!{_C})"
)
LEADING_NUMBER: Final = re.compile(rf"\s*({_NAMED}|{_BARE})\s*")
"""The number at the beginning of a goal."""
GOAL_NUMBERS: Final = re.compile(rf"{_NAMED}|(?:(?<![^。；;！!：:，,\s])|^)(?:{_BARE})")
"""The numbers of goals in a text: 目标1： anywhere, other forms only at the beginning of a sentence."""

_NUMBERED: Final = re.compile(r"[0-9０-９一二三四五六七八九十]\s{0,3}[：:.．、）)]|[①-⑳]")
"""The end of a number of a goal, in any form; a quick check before `GOAL_NUMBERS`."""

_DIGITS: Final = re.compile(rf"{_N}|{_C}|[①-⑳]")
_SENTENCE: Final = re.compile("[一-鿿]{4}")
_MARKS: Final = re.compile(r"[\s“”\"'。；;，,、！!]+")
_SPENDING: Final = re.compile("(?:等|各项|相关|方面){0,3}(?:支出|开支|列支)$|等$")
_STOP: Final = re.compile("[。；;，,！!\n]")
_MAX_ENDING_LENGTH: Final = 20
_MAX_SHOWN_LENGTH: Final = 30


class Goal(NamedTuple):
    """The text of a goal as written and its location."""

    text: str
    loc: Loc


@once_per_table
def goals(table: Table) -> list[Goal]:
    """Return the goals of a table, including blank goals, without goals of the wrong type."""
    written = table.raw_goals
    if isinstance(written, str):
        return [Goal(written, (GOALS,))] if written else []
    places = ((text, (GOALS, index)) for index, text in enumerate(written))
    return [Goal(text, loc) for text, loc in places if loc not in table.shape_errors]


def goals_loc(table: Table) -> Loc:
    """Return the location for findings about all goals: the text, or the key above the list."""
    return (GOALS,) if isinstance(table.raw_goals, str) else (GOALS, KEY)


@once_per_table
def classify_goals(table: Table) -> list[tuple[Goal, Emptiness]]:
    """Return each goal with the reason why it has no content, or "" if it has."""
    return [(goal, emptiness(goal.text, table)) for goal in goals(table)]


@once_per_table
def stated_goals(table: Table) -> list[str]:
    """Return the texts of the goals with content, without their numbers; none if a goal could not be read."""
    if any(loc[0] == GOALS for loc in table.shape_errors):
        return []
    return [without_numbers(goal.text) for goal, reason in classify_goals(table) if not reason]


def without_numbers(text: str) -> str:
    """Remove all numbers of goals from a text."""
    return GOAL_NUMBERS.sub(" ", text).strip() if _NUMBERED.search(text) else text.strip()


def emptiness(text: str, table: Table) -> Emptiness:
    """Return the reason why a goal has no content, or "" if it has.

    A goal in which only a word is left out, such as 完成××人培训, has content.
    """
    text = without_leading_numbers(text)
    if not text:
        return "blank"
    bare = _bare(text)
    if not bare or (is_placeholder(text) and not _SENTENCE.search(text)):
        return "placeholder"
    return "name" if bare == _bare(table.name) else ""


def _bare(text: str) -> str:
    return _MARKS.sub("", name_key(text)).removesuffix("项目")


def without_leading_numbers(text: str) -> str:
    """Remove the numbers at the beginning of a goal."""
    start = 0
    while match := LEADING_NUMBER.match(text, start):
        start = match.end()
    return text[start:].strip()


def goal_number(mark: str) -> int:
    """Return the value of the number of a goal, such as 2 for 目标二：; 0 if it is not a number."""
    match = _DIGITS.search(mark)
    digits = match[0] if match else ""
    if "①" <= digits <= "⑳":
        return ord(digits) - ord("①") + 1
    return int(digits) if digits.isdigit() else int(chinese_number(digits) or 0)


def with_value(mark: str, value: int) -> str:
    """Replace the value in the number of a goal, keeping its form."""
    return _DIGITS.sub(str(value), mark, count=1)


def number_style(mark: str) -> str:
    """Return the style of the number of a goal; numbers of the same style differ only in their value."""
    form = _DIGITS.sub("甲" if re.search(_C, mark) else "1", re.sub(r"\s", "", mark), count=1)
    return form.translate(str.maketrans("：．（）", ":.()"))


def is_cost(text: str, profile: Profile) -> bool:
    """Return True if a text ends with a cost, such as 安家费 or 工作经费等支出."""
    text = text[-_MAX_ENDING_LENGTH:]
    bare = _SPENDING.sub("", text)
    return text.endswith(("支出", "开支")) or bare.endswith(profile.terms("cost_items"))


def shorten(text: str) -> str:
    """Return the text on one line, shortened for a message."""
    line = " ".join(text.split())
    return line if len(line) <= _MAX_SHOWN_LENGTH else f"{line[:_MAX_SHOWN_LENGTH]}…"


def split_clauses(text: str) -> Iterator[str]:
    """Yield the parts of a text between full stops, semicolons and commas."""
    yield from filter(None, map(str.strip, _STOP.split(text)))
