"""Report rates of timeliness without a stated time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.rules.shared.texts import goal_texts, normalize
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.text.normalize import cached_by_text_and_profile
from perftarget.values.parser import Date, Frequency, Period, Quantity, Range

_DAY: Final = re.compile("[0-9一二三四五六七八九十](?:日|号前|月份?(?:[前底末]|之前|以前))")


@rule(
    title=("时效指标未明确完成时限", "On time, and nothing says when"),
    severity=Severity.INFO,
    category="指标科学性",
    basis="财预〔2015〕88号：细化量化（地方参照）",
    superseded_by=("duplicate-indicator", "similar-indicator"),
)
def open_deadline(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""时效指标用“及时”“规定时间”的，表中应写明是什么时间。

    Where a rate of timeliness speaks of “the time set”, the table says which time that is.

    ## 为什么

    “在规定时间内支付到位率 ≥95%”，规定的是 5 天还是半年？没有写，月底发和年底发都是 95%，到时候谁也算不出这个率。

    ## 例

    ```yaml
    绩效指标:
      13-时效指标:
        补贴资金在规定时间内支付到位率: ≥95% # ✗键 “规定时间”未明确完成时限；请在名称中写明，如“15个工作日内”，或以时间为绩效值，如“每月15日前”
        故障处理及时率: =100% # ✗键 “及时”未明确完成时限；请在名称中写明，如“15个工作日内”，或以时间为绩效值，如“每月15日前”
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      13-时效指标:
        补贴资金支付时间: 每月15日前
        4小时内故障处理率: =100%
    ```

    写在目标、指标解释或者备注里也可以：

    ```yaml
    绩效指标:
      13-时效指标:
        补贴资金支付及时率: {值: ≥95%, 备注: 每月15日前发到本人账户为及时}
    ```

    ## 依据

    《中央部门预算绩效目标管理办法》（财预〔2015〕88号，地方参照）：绩效目标应细化量化。按时完成、按期完工的期限就是
    表上的项目期限，不提示；时效指标中只要有一行写明了时间，就不再逐行要求。同一行是日常管理要求的，
    management-indicator 另外提示，是两个问题。绩效值只写“及时”的由 must-be-numeric 检查。
    """
    rows = [row for row in table.indicators if "时效" in profile.tier_name(row.second)]
    open_rows = [(row, word) for row in rows if (word := _find_open_word(row, profile))]
    if not open_rows or any(_has_time(row, profile) for row in rows):
        return
    if any(_states_time(located.text, profile) for located in goal_texts(table)):
        return
    for row, open_word in open_rows:
        message = tr(
            f"“{open_word}”未明确完成时限；请在名称中写明，如“15个工作日内”，或以时间为绩效值，如“每月15日前”",
            f"nothing says what time “{open_word}” is; write it in the name, as in “15个工作日内”, or as the target, as in “每月15日前”",
        )
        yield Finding(row.name_loc, message)


def _find_open_word(row: Indicator, profile: Profile) -> str:
    """Return the word of a rate that leaves the time open; "" if there is none or it is the project period."""
    name, value = row.bare_name, row.value
    match = profile.pattern("open_deadlines").search(name)
    if not match or not isinstance(value, (Quantity, Range)) or not (value.is_rate or "率" in name):
        return ""
    return "" if profile.pattern("ends_with_the_period").search(name) else match[0]


def _has_time(row: Indicator, profile: Profile) -> bool:
    """Return True if a cell of the indicator states a time."""
    value, entry = row.value, row.columns
    is_duration = isinstance(value, (Quantity, Range)) and value.unit is not None and value.unit.kind == "time"
    texts = (entry.explanation, entry.scoring, entry.basis, entry.method, entry.remark) if entry else ()
    cells = (row.name, row.written, *filter(None, texts))
    return (
        is_duration
        or isinstance(value, (Date, Period, Frequency))
        or any(_states_time(cell, profile) for cell in cells)
    )


@cached_by_text_and_profile
def _states_time(text: str, profile: Profile) -> bool:
    text = normalize(text)
    return bool(_DAY.search(text) or profile.pattern("known_deadlines").search(text))
