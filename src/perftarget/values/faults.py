"""Causes for which a value cannot be read."""

from __future__ import annotations

from typing import Literal, NamedTuple

Cause = Literal[
    "mistyped-digit",  # 36OO, l2, 〇
    "mistyped-point",  # 93。5
    "space-in-number",  # 1 200
    "misplaced-comma",  # 1,2345
    "leading-zero",  # 08
    "misplaced-sign",  # 95%≥
    "repeated-sign",  # ≥95%以上≥
    "mistyped-sign",  # 》95%
    "note",  # ≥42公里（待核实）
    "impossible-date",  # 2025年11月31日前
    "garbled-date",  # 20251130, 2025年1130日前
    "missing-number",  # 公里
    "several-values",  # ≥36块72块
    "repeated-unit",  # 5000元元
    "two-units",  # 28.8万元%
    "ambiguous-scale",  # 5万5
    "stray-character",  # 95%/
    "unit-before-number",  # 人200
    "unknown-form",
]


class Repair(NamedTuple):
    """A text that may have been meant, and the characters of the text that differ from it."""

    cause: Cause
    start: int
    end: int
    reading: str
