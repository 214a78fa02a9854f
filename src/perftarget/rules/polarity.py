"""Report signs that point against what is good: ≤ where more is better, ≥ where less is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.tables.semantics.direction import Reversal, find_reversal

_BETTER: Final = {
    "lower": ("越低越好", "less is better"),
    "higher": ("越高越好", "more is better"),
    "short": ("越短越好", "shorter is better"),
    "long": ("越长越好", "longer is better"),
    "cost": ("是要花的钱", "is money to be spent"),
    "usual": ("一般越高越好", "more is usually better"),
}


@rule(
    title=("指标方向（≥、≤）有误", "A comparison points the wrong way"),
    severity=Severity.ERROR,
    category="指标科学性",
    basis="通行审核要求",
    superseded_by=("operator-conflict", "sign-mismatch", "kind-mismatch"),
)
def polarity(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""越高越好的用“≥”，越低越好的用“≤”。

    What should be high has a floor, and what should be low a ceiling.

    ## 为什么

    “投诉率≥5%”的意思是投诉越多越好；“宣传费≥12万元”的意思是花得越多越好；“合格率≤95%”的意思是合格的越少越好。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        有效投诉率: ≥5% # ✗ “有效投诉率”越低越好，却写成“≥5%”；请改为“≤”
        设备验收合格率: ≤95% # ✗ “设备验收合格率”越高越好，却写成“≤95%”；请改为“≥”
      13-时效指标:
        故障响应时间: ≥4小时 # ✗警告 “故障响应时间”越短越好，却写成“≥4小时”；请改为“≤”
      14-成本指标:
        宣传费: ≥12万元 # ✗ “宣传费”是要花的钱，却写成“≥12万元”；请改为“≤”
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      12-质量指标:
        有效投诉率: ≤5%
        投诉办结率: ≥98%
        设备验收合格率: ≥95%
      13-时效指标:
        故障响应时间: ≤4小时
      14-成本指标:
        宣传费: ≤12万元
    ```

    ## 依据

    通行审核要求。事故处理率、投诉办结率、差错整改率这样的指标越高越好；补贴、工资的标准可以有下限；名称里写明是控制数、
    上限的，可以用“≤”；都不提示。比率、满意度和不希望发生的事为错误，其余为警告。
    """
    for row in table.indicators:
        if reversal := find_reversal(row, profile):
            severity = Severity.ERROR if reversal.is_sure else Severity.WARNING
            yield Finding(row.loc, _message(row, reversal), severity=severity)


def _message(row: Indicator, reversal: Reversal) -> str:
    name, text, sign = row.name.strip(), row.text.strip(), reversal.sign
    better, en = _BETTER[reversal.reason]
    unless = reversal.reason == "usual"
    return tr(
        f"“{name}”{better}，却写成“{text}”；请改为“{sign}”{'，确为上限的请在名称中写明' * unless}",
        f"“{name}”: {en}, but the target is “{text}”; use “{sign}”{', or say in the name that it is a limit' * unless}",
    )
