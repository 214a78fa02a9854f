"""Keys of the sections of a table file."""

from __future__ import annotations

from typing import Final

INDICATORS: Final = "绩效指标"
GOALS: Final = "年度总体绩效目标"
AMOUNT: Final = "项目年度金额"
CALCULATION: Final = "资金测算"
SUPPRESSIONS: Final = "豁免"
BUDGET_YEAR: Final = "预算年度"
ORDER: Final = "序号"
FUNDING: Final = "资金来源"
POINTS: Final = "一级指标分值"
"""The points written after the labels of the first tiers on a form."""
DETAILS: Final = "资金明细"
"""A grid of funds as it is on a form."""
RESULTS: Final = ("自评结果", "监控结果")
"""What was achieved, on a form of self-evaluation and on one of monitoring."""
