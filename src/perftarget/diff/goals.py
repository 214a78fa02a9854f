"""Comparison of the goals of two versions of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from perftarget.diff.change import Change, Kind, TargetContext
from perftarget.diff.prose import compare_prose, prose_key
from perftarget.tables.form.goals import split_goals
from perftarget.tables.keys import GOALS
from perftarget.tables.model import Table
from perftarget.text.similarity import similarity
from perftarget.text.source import Loc

_MIN_SIMILARITY: Final = Decimal("0.3")
_MAX_COMPARED: Final = 100
"""Maximum number of goals on each side that are compared by likeness."""
_MAX_LENGTH: Final = 500
"""Number of characters of a goal by which its likeness is judged."""
_DIGITS: Final = "[0-9０-９]{1,2}"
_NUMERAL: Final = "[一二三四五六七八九十]{1,3}"
_ENDS: Final = "[。；;！!\n]"
_YEAR_OR_TEXT: Final = r"(?=\s*(?:(?:19|20)[0-9]{2}年|[^\s0-9０-９]|\Z))"
"""The text after the number of a goal; 1.2万人 and 1:1 begin no goal."""
_NUMBER: Final = re.compile(
    rf"\s*(?:(?:目标\s*)?(?:{_DIGITS}|{_NUMERAL})\s*[：:.．、)）]{_YEAR_OR_TEXT}"
    rf"|[（(]\s?(?:{_DIGITS}|{_NUMERAL})\s?[）)]|[①-⑳])\s*"
)
"""The number of a goal at its beginning."""
_NUMBERED: Final = re.compile(
    rf"(?:(?<={_ENDS})|^)\s*(?=(?:{_DIGITS}[、)）.．]{_YEAR_OR_TEXT}|[（(](?:{_DIGITS}|{_NUMERAL})[）)]|[①-⑳]|{_NUMERAL}、))"
)
"""The place before the number of a goal inside a text."""


class Goal(NamedTuple):
    """A goal without its number, and its location."""

    text: str
    loc: Loc


class GoalChange(NamedTuple):
    """A changed goal; `old` or `new` is None if the goal is missing on that side."""

    change: Change
    old: Goal | None
    new: Goal | None


def compare_goals(old: Table, new: Table, context: TargetContext) -> Iterator[GoalChange]:
    """Yield the changed goals; order, numbers and the form of a list or a text are no content."""
    before, after = _goals(old), _goals(new)
    pairs = _pair(before, after, context)
    for k, goal in enumerate(after):
        if k not in pairs:
            yield GoalChange((Kind.ADDED, ""), None, goal)
        elif before[pairs[k]].text != goal.text:
            former = before[pairs[k]]
            yield GoalChange(compare_prose(former.text, goal.text, context), former, goal)
    for i, goal in enumerate(before):
        if i not in pairs.values():
            yield GoalChange((Kind.REMOVED, ""), goal, None)
    order = [pairs[k] for k in sorted(pairs)]
    if old.goals != new.goals and (order != sorted(order) or _texts(before) == _texts(after)):
        yield GoalChange((Kind.SAME, ""), before[0] if before else None, after[0] if after else None)


def _texts(goals: Sequence[Goal]) -> list[str]:
    return [goal.text for goal in goals]


def _goals(table: Table) -> list[Goal]:
    """Return the goals with content, also those that are numbered inside one text."""
    is_text = isinstance(table.raw_goals, str)
    written: list[tuple[str, Loc]] = [
        (text, (GOALS,) if is_text else (GOALS, index)) for index, text in enumerate(table.goals)
    ]
    items = [(item, loc) for text, loc in written for item in _items(text)]
    goals = [Goal(_without_number(text), loc) for text, loc in items]
    return [goal for goal in goals if goal.text]


def _items(text: str) -> list[str]:
    """Return the numbered parts of a text, or the whole text if it has at most one number."""
    parts = split_goals(text)
    if parts is None:
        starts = [match.end() for match in _NUMBERED.finditer(text)]
        ends = [*starts[1:], len(text)]
        parts = (
            [text[: starts[0]], *(text[start:end] for start, end in zip(starts, ends, strict=True))] if starts else []
        )
    return [part for part in parts if part.strip()] if len(parts) > 1 else [text]


def _without_number(text: str) -> str:
    """Return a goal without the numbers at its beginning."""
    while (match := _NUMBER.match(text)) and match.end():
        text = text[match.end() :]
    return text.strip()


def _pair(old: Sequence[Goal], new: Sequence[Goal], context: TargetContext) -> dict[int, int]:
    """Return the index of the former goal for each new goal that has one: the same, else the most similar."""
    pairs: dict[int, int] = {}
    free = dict(enumerate(old))
    by_key: dict[str, list[int]] = {}
    for i, goal in free.items():
        by_key.setdefault(prose_key(goal.text, context.years[0]), []).append(i)
    for k, goal in enumerate(new):
        if candidates := by_key.get(prose_key(goal.text, context.years[1])):
            pairs[k] = candidates.pop(0)
            del free[pairs[k]]
    rest = [k for k in range(len(new)) if k not in pairs]
    ranked = sorted(
        (
            (similarity(free[i].text[:_MAX_LENGTH], new[k].text[:_MAX_LENGTH]), -abs(i - k), i, k)
            for i in list(free)[:_MAX_COMPARED]
            for k in rest[:_MAX_COMPARED]
        ),
        reverse=True,
    )
    is_only = len(free) == len(rest) == 1 and len(old) == len(new) == 1
    for score, _, i, k in ranked:
        if i in free and k not in pairs and (score >= _MIN_SIMILARITY or is_only):
            pairs[k] = i
            del free[i]
    return pairs
