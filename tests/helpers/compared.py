"""Comparison of two texts of tables, for the tests of diff."""

from __future__ import annotations

from typing import TypeAlias

from command_line import GOOD
from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT
from perftarget.diff.compare import Result, compare
from perftarget.tables.reader import parse_documents

PROFILE = load_profile(DEFAULT)
GOAL = "为 10 人发放岗位补贴，稳定就业，保障基本生活。"
"""The goal of the good table."""

Sides: TypeAlias = tuple[str, str]
"""The texts of the old and of the new side."""


def compared(old: str, new: str) -> Result:
    """Compare two tables, both in files of the same name without a year."""
    sides = [parse_documents("a.yaml", text.encode(), PROFILE) for text in (old, new)]
    return compare(sides[0], sides[1], PROFILE)


def kinds(old: str, new: str) -> list[tuple[str, str, str, str, str]]:
    """Return the kind, the place, both texts and the note of each difference."""
    found = [one for comparison in compared(old, new).comparisons for one in comparison.differences]
    return [(one.kind.word, one.where, one.old, one.new, one.note) for one in found]


def with_target(value: str, name: str = "发放准确率", tier: str = "12-质量指标") -> str:
    """Return a table with a single indicator."""
    return f"项目名称: 甲\n绩效指标:\n  {tier}:\n    {name}: {value}\n"


def with_goals(*goals: str) -> str:
    """Return the good table with other goals."""
    return GOOD.replace(f"  - {GOAL}\n", "".join(f"  - {goal}\n" for goal in goals))


def next_year(text: str, year: int = 2026) -> str:
    """Return a table of 2025 as that of another year, with all its years moved."""
    return text.replace("2025", str(year)).replace("2024", str(year - 1))


def only(old: str, new: str) -> str:
    """Return the kind of the only difference and its note, or "same" if there is none."""
    changes = kinds(old, new)
    if not changes:
        return "same"
    ((kind, _, _, _, note),) = changes
    return f"{kind} {note}".strip()
