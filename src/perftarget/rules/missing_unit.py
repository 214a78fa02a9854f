"""Report counts without a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import join_words, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.model import Table
from perftarget.values.parser import Quantity, Range, normalize_name, parse_unit, unit_in_name

_RATE: Final = re.compile("率|比例|比重|占比|覆盖面|度$")
_NUMBER_OF: Final = re.compile(r"(.{1,2})数(?:量|额)?$")


@rule(
    title=("缺少计量单位", "A count has no unit"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="书写规范",
    superseded_by=("serial-date",),
)
def missing_unit(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""数量指标应有计量单位，写在绩效值、单位栏或指标名称里都可以。

    A count has a unit: in its value, in the unit column or in the name.

    ## 为什么

    “档案管理：2000”是两千份、两千人还是两千元？没有单位就没有办法核对。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        流动人员档案管理: ≥2000 # ✗ “≥2000”没有单位；请在数字后写上单位，如“≥2000人”、“≥2000个”
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        流动人员档案管理: ≥2000份
        购买公益性岗位人数（人）: 718
        召开招聘会次数: 20
        孵化企业: {值: "25", 单位: 家}
    ```

    ## 依据

    书写规范。比率少写百分号的，由其他规则检查。
    """
    for row in table.indicators:
        value = row.value
        if "数量" not in profile.tier_name(row.second) or not isinstance(value, (Quantity, Range)):
            continue
        if value.unit is None and not _has_unit_in_name(row.name) and not _RATE.search(row.bare_name):
            example = join_words(f"“{row.text}{unit}”" for unit in ("人", "个"))
            message = tr(
                f"“{row.text}”没有单位；请在数字后写上单位，如{example}",
                f"“{row.text}” has no unit; write it after the number, as in {example}",
            )
            yield Finding(row.loc, message)


def _has_unit_in_name(name: str) -> bool:
    """Return True if a name ends with a unit in brackets, such as （人）, or with 人数, 次数 or 户数."""
    if unit_in_name(name):
        return True
    if match := _NUMBER_OF.search(normalize_name(name)):
        units = (parse_unit(text) for text in (match[1], match[1][-1]))
        return any(unit.kind == "count" for unit in units if unit)
    return False
