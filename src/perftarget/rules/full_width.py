"""Report full-width digits, letters and signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Replace, rule
from perftarget.rules.shared.cells import cells
from perftarget.tables.model import Table

_WIDE: Final = "".join(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))))
_SIGNS: Final = "％﹪＞﹥＜﹤＝﹦"
_TO_HALF_WIDTH: Final = str.maketrans(
    _WIDE + _SIGNS, _WIDE.translate({ord(c): ord(c) - 0xFEE0 for c in _WIDE}) + "%%>><<=="
)
_FULL_WIDTH: Final = re.compile(f"[{_WIDE}{_SIGNS}]|(?<=[0-9])．(?=[0-9])")
_POINT: Final = re.compile("(?<=[0-9])．(?=[0-9])")


@rule(
    title=("数字、字母或符号使用全角", "Full-width digits, letters or signs"),
    severity=Severity.INFO,
    category="规范完整性",
    basis="书写规范",
    superseded_by=("operator-form", "operator-conflict", "unit-form", "unreadable-value"),
)
def full_width(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""数字、字母、百分号和比较符号用半角。

    Digits, letters, percent and comparison signs are half-width.

    ## 为什么

    全角的“９５％”看起来和“95%”一样，查找、排序和汇总时却是另一个东西。

    ## 例

    ```yaml
    项目年度金额: １３２０ 万元 # ✗ “１３２０ 万元”含有全角字符；请写成“1320 万元”
    绩效指标:
      12-质量指标:
        补贴发放准确率: ≥９５％ # ✗ “≥９５％”含有全角字符；请写成“≥95%”
    ```
    ```yaml fixed
    项目年度金额: 1320 万元
    绩效指标:
      12-质量指标:
        补贴发放准确率: ≥95%
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      12-质量指标:
        补贴发放准确率（全年）: ≥95%
    ```

    ## 依据

    书写规范。中文的括号、逗号、引号本来就是全角，不提示。
    """
    texts = cells(table, profile)
    if not _FULL_WIDTH.search("\n".join(text for _, text in texts)):
        return
    for loc, text in texts:
        half_width = _POINT.sub(".", text.translate(_TO_HALF_WIDTH)) if _FULL_WIDTH.search(text) else text
        if half_width != text:
            message = tr(
                f"“{text.strip()}”含有全角字符；请写成“{half_width.strip()}”",
                f"“{text.strip()}” has full-width characters; write “{half_width.strip()}”",
            )
            yield Finding(loc, message, fix=Fix(tr("改为半角", "Make them half-width"), (Replace(loc, half_width),)))
