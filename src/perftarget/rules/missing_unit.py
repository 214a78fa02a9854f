"""Report counts without a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import join_words, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.values.parser import Quantity, Range, parse_unit

_RATE: Final = re.compile("率|比例|比重|占比|覆盖面|度$|得分|评分|分值|指数|系数|比值|之比")
_NUMBER_OF: Final = re.compile(r"(.{1,2})数(?:量|额)?$")
_PEOPLE: Final = re.compile("人数|人次|户数")
_BRACKET: Final = re.compile(r"[(（](?:[年月周季]|[^()（）0-9]{2,5})[)）]\s*\Z")
"""Words in brackets that may be a unit: 使用年限（年）, 强度（兆帕）; for a cost they may be the period."""
_EXAMPLES: Final = {"数量": ("人", "个"), "时效": ("天", "小时"), "成本": ("元", "万元")}
"""Units that a message names, by tier."""
_OTHERS: Final = ("%", "人")


@rule(
    title=("绩效值没有单位", "A target has no unit"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="书写规范",
    superseded_by=("serial-date", "standard-without-period", "cost-above-budget"),
)
def missing_unit(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""绩效值中的数应有计量单位，写在绩效值、单位栏或指标名称里都可以。

    A number has a unit: in its value, in the unit column or in the name.

    ## 为什么

    “档案管理：2000”是两千份、两千人还是两千元？没有单位就没有办法核对。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        流动人员档案管理: ≥2000 # ✗ “≥2000”没有单位；请在数字后写上单位，如“≥2000人”、“≥2000个”
      13-时效指标:
        故障响应时间: ≤2 # ✗警告 “≤2”没有单位；请在数字后写上单位，如“≤2天”、“≤2小时”
      14-成本指标:
        宣传费: ≤6 # ✗警告 “≤6”没有单位；请在数字后写上单位，如“≤6元”、“≤6万元”
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        流动人员档案管理: ≥2000份
        购买公益性岗位人数（人）: 718
        召开招聘会次数: 20
        孵化企业: {值: "25", 单位: 家}
        更换智能水表（块）: ≥3600
      13-时效指标:
        故障响应时间（小时）: ≤2
      14-成本指标:
        宣传费（万元）: ≤6
    ```

    ## 依据

    书写规范。数量没有单位的是错误，其他是警告；满意度和比率少写百分号的，由其他规则检查。
    """
    for row in table.indicators:
        tier = profile.tier_name(row.second)
        if "满意" in tier or not _lacks_unit(row) or _is_asked_elsewhere(row, tier):
            continue
        examples = next((units for name, units in _EXAMPLES.items() if name in tier), _OTHERS)
        is_count = "数量" in tier
        example = join_words(f"“{row.text}{unit}”" for unit in examples)
        message = tr(
            f"“{row.text}”没有单位；请在数字后写上单位，如{example}",
            f"“{row.text}” has no unit; write it after the number, as in {example}",
        )
        yield Finding(row.loc, message, severity=None if is_count else Severity.WARNING)


def _is_asked_elsewhere(row: Indicator, tier: str) -> bool:
    """Return True for a bracket that may hold the unit, and for an amount such as 12万, which unit-form reports."""
    value = row.value
    if "成本" in tier:
        return isinstance(value, Quantity) and value.bare_scale
    return _BRACKET.search(row.name) is not None


def _lacks_unit(row: Indicator) -> bool:
    """Return True for a number whose unit is written neither in the value nor in the name."""
    value = row.value
    if not isinstance(value, (Quantity, Range)) or value.unit is not None or row.unreadable is not None:
        return False
    return not (row.named_unit or _names_unit(row.bare_name) or _RATE.search(row.bare_name))


def _names_unit(name: str) -> bool:
    """Return True if a name counts something of a known unit: 人数 anywhere in it, or 次数, 户数 at its end."""
    if _PEOPLE.search(name):
        return True
    if match := _NUMBER_OF.search(name):
        units = (parse_unit(text) for text in (match[1], match[1][-1]))
        return any(unit.kind == "count" for unit in units if unit)
    return False
