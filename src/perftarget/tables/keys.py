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
