"""Report targets that are sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.model import Table
from perftarget.values.parser import Text

_NUMBER: Final = re.compile(
    "[0-9０-９]|[一二两三四五六七八九十百千万][个名人次户家项日天月年场座处条台套辆架艘所栋部本支只头株组期轮%％]|百分之"
)


@rule(
    title=("绩效值为文字叙述", "A target is a sentence"),
    severity=Severity.WARNING,
    category="指标科学性",
    basis="财预〔2015〕88号：细化量化（地方参照）",
)
def prose_value(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""绩效值应是可以考核的数、日期、等级，不是一句话。

    A target is a number, a date or a grade that can be assessed, not a sentence.

    ## 为什么

    “保障各项工作顺利开展，取得良好效果”放在哪一张表里都成立，年底也都算完成。数量、成本指标写成一句话是错误，其余是提示。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        发放补贴: 按照政策规定，对符合条件的人员应发尽发 # ✗错误 “按照政策规定，对符合条件的人员应发尽发”是一句话，不能考核；请写数量和单位，如“718人”
      22-社会效益:
        社会影响: 保障各项工作顺利开展，取得良好社会效果 # ✗ “保障各项工作顺利开展，取得良好社会效果”是一句话，不能考核；请写数、比率或分档的等级
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        发放补贴人数: 718人
      22-社会效益:
        群体性事件: =0起
    ```

    ## 依据

    《中央部门预算绩效目标管理办法》（财预〔2015〕88号，地方参照）：绩效目标应细化量化。句子里写了数字的，不作这样的
    判断。
    """
    for row in table.indicators:
        value = row.value
        if not isinstance(value, Text) or not value.sentence or _NUMBER.search(value.text):
            continue
        tier = profile.tier_name(row.second)
        is_counted = tier.startswith(("数量", "成本"))
        if not is_counted and profile.pattern("named_standards").search(value.text):
            continue
        message = tr(
            f"“{row.text.strip()}”是一句话，不能考核；", f"“{row.text.strip()}” is a sentence and cannot be assessed; "
        )
        yield Finding(row.loc, message + _remedy(tier), severity=Severity.ERROR if is_counted else None)


def _remedy(tier: str) -> str:
    if tier.startswith("成本"):
        return tr("请写金额，如“≤12万元”", "write an amount, like “≤12万元”")
    if tier.startswith("时效"):
        return tr(
            "请写日期、期限或比率，如“2025年12月31日前”",
            "write a date, a time limit or a rate, like “2025年12月31日前”",
        )
    if tier.startswith("数量"):
        return tr("请写数量和单位，如“718人”", "write a number with its unit, like “718人”")
    return tr("请写数、比率或分档的等级", "write a number, a rate, or a grade with its bands")
