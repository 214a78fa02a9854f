"""Report targets of quantity, time and cost without a number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.rules.shared.trends import trend_of
from perftarget.tables.model import Table
from perftarget.values.parser import Text

_NUMERIC: Final = {
    "数量": ("数量指标应写数和单位，如“≥718人”", "for a quantity write a number and its unit, like “≥718人”"),
    "时效": (
        "时效指标应写日期、期限或比率，如“2025年12月31日前”“≥95%”",
        "for timeliness write a date, a time limit or a rate, like “2025年12月31日前” or “≥95%”",
    ),
    "成本": (
        "成本指标应写金额，如“2050元/人·月”“≤12万元”",
        "for a cost write an amount, like “2050元/人·月” or “≤12万元”",
    ),
}


@rule(
    title=("应量化的指标未量化", "An indicator that must be measured has no number"),
    severity=Severity.ERROR,
    category="指标科学性",
    basis="财预〔2015〕88号：细化量化（地方参照）",
)
def must_be_numeric(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""数量、时效、成本指标的绩效值应是数字、日期或金额。

    Targets of quantity, time and cost are numbers, dates or amounts.

    ## 为什么

    办多少件、何时办完、花多少钱，本来就有数。写“增加”“及时”“降低”，等于没有目标。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 增加 # ✗ “增加”没有数；数量指标应写数和单位，如“≥718人”
      13-时效指标:
        补贴资金支付时间: 及时 # ✗ “及时”没有数；时效指标应写日期、期限或比率，如“2025年12月31日前”“≥95%”
      14-成本指标:
        人均服务成本: 有效降低 # ✗ “有效降低”没有数；成本指标应写金额，如“2050元/人·月”“≤12万元”
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: ≥718人
      13-时效指标:
        补贴资金支付时间: 每月15日前
      14-成本指标:
        人均服务成本: ≤200元
    ```

    ## 依据

    《中央部门预算绩效目标管理办法》（财预〔2015〕88号，地方参照）：绩效目标应细化量化。
    """
    for row in table.indicators:
        value = row.value
        if trend_of(row, profile) or (isinstance(value, Text) and value.vague_time):
            tier = profile.tier_name(row.second)
            if advice := next((advice for name, advice in _NUMERIC.items() if tier.startswith(name)), None):
                message = tr(f"“{row.text}”没有数；", f"“{row.text}” has no number; ") + tr(*advice)
                yield Finding(row.loc, message)
