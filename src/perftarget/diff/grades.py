"""Comparison of two grades."""

from __future__ import annotations

from typing import Final

from perftarget.diff.change import Change, Kind, TargetContext
from perftarget.values.parser import Grade

_GRADE_SCALES: Final = (
    (("优", "优秀", "优等"), ("良", "良好", "优良"), ("中", "中等"), ("差",)),
    (("很好", "极好"), ("好",), ("较好",), ("一般",), ("较差",), ("差",)),
    (("高",), ("较高",), ("较低",), ("低",)),
    (("非常满意",), ("满意",), ("较满意", "比较满意"), ("基本满意",), ("不满意",)),
)
"""Scales of grades, the best grade first; a grade is a tuple of synonyms."""


def compare_grades(old: Grade, new: Grade, _: TargetContext) -> Change:
    """Compare two grades of one scale.

    A grade may be meant exactly or as a minimum, so only another grade is a difference.
    """
    for scale in _GRADE_SCALES:
        before, after = (
            next((index for index, names in enumerate(scale) if grade.name in names), None) for grade in (old, new)
        )
        if before is not None and after is not None:
            if before == after:
                lost = old.operator is not None and new.operator is None
                gained = old.operator is None and new.operator is not None
                return (Kind.UNBOUND if lost else Kind.CHANGED if gained else Kind.SAME), ""
            return (Kind.LOWERED if after > before else Kind.RAISED), ""
    return Kind.UNCLEAR, ""
