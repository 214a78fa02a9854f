"""Report numbers with Chinese numerals, thousands separators or a full stop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Replace, rule
from perftarget.tables.keys import AMOUNT
from perftarget.tables.model import Table
from perftarget.values.parser import MAX_LENGTH, Delta, Frequency, Quantity, Range, parse

_NEEDLESS: Final = re.compile(r"(?<=[0-9])[,，](?=[0-9])|[。；;]\s*$")
_DIGIT: Final = re.compile("[0-9０-９]")


@rule(
    title=("数字写法不统一", "A number is not written the usual way"),
    severity=Severity.INFO,
    category="规范完整性",
    basis="书写规范",
    superseded_by=("operator-form", "operator-conflict"),
)
def number_form(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""绩效值的数字用阿拉伯数字，不加千分位，句末不加句号。

    Targets have Arabic numerals, no thousands separators and no full stop.

    ## 为什么

    “5,000”在有的系统里成了 5 和 000 两个数，“三家”不能求和。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        服务次数: ≥5,000次 # ✗ “≥5,000次”请写成“≥5000次”
        培育企业: 三家 # ✗ “三家”请写成“3家”
      12-质量指标:
        补贴发放准确率: ≥95%。 # ✗ “≥95%。”请写成“≥95%”
    ```
    ```yaml fixed
    绩效指标:
      11-数量指标:
        服务次数: ≥5000次
        培育企业: 3家
      12-质量指标:
        补贴发放准确率: ≥95%
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        服务次数: ≥5000次
    ```

    ## 依据

    书写规范。“一次性”“十分满意”里的不是数字。
    """
    rows = [(row.loc, row.written, row.cell) for row in table.indicators]
    for loc, text, value in ((AMOUNT,), table.amount, parse(table.amount)), *rows:
        if len(text) > MAX_LENGTH or not isinstance(value, (Quantity, Range, Delta, Frequency)):
            continue
        normal = _NEEDLESS.sub("", text)
        if not _DIGIT.search(text) and not isinstance(value, Frequency):
            normal = str(value)
        if normal != text and parse(normal) == value:
            message = tr(f"“{text.strip()}”请写成“{normal.strip()}”", f"write “{normal.strip()}” for “{text.strip()}”")
            yield Finding(
                loc, message, fix=Fix(tr("改为通行的写法", "Write it the usual way"), (Replace(loc, normal),))
            )
