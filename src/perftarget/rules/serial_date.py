"""Report dates that became the serial number of a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Replace, rule
from perftarget.tables.model import Table
from perftarget.values.parser import Quantity, date_from_serial

_TIME: Final = re.compile("时间|日期|时限|期限|时点|节点|截止")
_COUNTED: Final = re.compile("(?:数|人次|量|额|费|元|面积|里程)$")


@rule(
    title=("日期显示为数字序号", "A date has become a number"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="书写规范",
)
def serial_date(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""时间写成日期，不写 Excel 的序号。

    A date is written as a date, not as the serial number of a spreadsheet.

    ## 为什么

    从 Excel 里复制时单元格丢了日期格式，2021 年 12 月 31 日就变成了 44561，没有人看得懂。

    ## 例

    ```yaml
    绩效指标:
      13-时效指标:
        补贴发放完成时间: "44561" # ✗ “44561”疑似 Excel 的日期序号，即 2021年12月31日；请写成日期
    ```
    ```yaml fixed unsafe
    绩效指标:
      13-时效指标:
        补贴发放完成时间: "2021年12月31日"
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      13-时效指标:
        补贴发放完成时间: 2021年12月31日前
    ```

    ## 依据

    书写规范。
    """
    for row in table.indicators:
        value = row.value
        if not isinstance(value, Quantity) or value.unit is not None or value.scale or value.operator:
            continue
        is_date = _TIME.search(row.name) or (
            "时效" in profile.tier_name(row.second) and not _COUNTED.search(row.bare_name)
        )
        day = date_from_serial(value.number) if is_date else None
        if day:
            text = f"{day.year}年{day.month}月{day.day}日"
            message = tr(
                f"“{row.text.strip()}”疑似 Excel 的日期序号，即 {text}；请写成日期",
                f"“{row.text.strip()}” looks like the serial number of a date in Excel, “{text}”; write the date",
            )
            fix = Fix(tr(f"写成“{text}”", f"Write “{text}”"), (Replace(row.loc, text),), safe=False)
            yield Finding(row.loc, message, fix=fix)
