"""Report targets with nothing that can be measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.rules.shared.trends import trend_of
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.tables.semantics.names import understand
from perftarget.values.parser import Boolean, BudgetReference, Empty, Grade, Placeholder, Scale, Text


class _Norm(NamedTuple):
    """The demand of a tier with numbers: the name of the quantity and the advice, each in Chinese and English."""

    lacks: tuple[str, str]
    advice: tuple[str, str]


_NORMS: Final = {
    "数量": _Norm(("数量", "quantity"), ("数和单位，如“≥718人”", "a number with its unit, like “≥718人”")),
    "时效": _Norm(
        ("时间", "time"),
        (
            "日期、期限或比率，如“2025年12月31日前”“≥95%”",
            "a date, a time limit or a rate, like “2025年12月31日前” or “≥95%”",
        ),
    ),
    "成本": _Norm(
        ("金额", "amount"), ("金额，如“2050元/人·月”“≤12万元”", "an amount, like “2050元/人·月” or “≤12万元”")
    ),
}
_NOT_NUMBERS: Final = frozenset({"standard", "outcome", "whole"})
"""The kinds of measure that fit a quality or an effect, but no quantity, time or cost."""


@rule(
    title=("绩效值无法考核", "A target that cannot be assessed"),
    severity=Severity.WARNING,
    category="指标科学性",
    basis="财预〔2015〕88号：细化量化（地方参照）",
    superseded_by=("satisfaction-form", "kind-mismatch"),
    replaces=("must-be-numeric", "vague-value", "prose-value"),
)
def not_measurable(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""绩效值应能考核：数量、时效、成本写数、日期或金额；质量、效益写数、有分档的等级、标准，或者不发生、全覆盖。

    A target can be assessed: numbers, dates or amounts for quantity, time and cost; for quality and effects also grades
    with bands, named standards, “none” and “all”.

    ## 为什么

    办多少件、何时办完、花多少钱，本来就有数；写“若干”“及时”，等于没有目标。“减少”没有说从多少减到多少：去年 10 起、
    今年 9 起算完成，还是要降到 5 起？一年以后谁也评不出来。

    ## 例

    数量、时效、成本指标没有数的是错误（时效写成一句话的是警告）：

    ```yaml
    绩效指标:
      11-数量指标:
        组织技能培训: 若干场 # ✗错误 “若干场”没有写明数量；请写数和单位，如“≥718人”
      13-时效指标:
        补贴资金支付时间: 及时 # ✗错误 “及时”没有写明时间；请写日期、期限或比率，如“2025年12月31日前”“≥95%”
        设备交付时间: 按照合同约定的时间，分批完成交付 # ✗ “按照合同约定的时间，分批完成交付”没有写明时间；请写日期、期限或比率，如“2025年12月31日前”“≥95%”
      14-成本指标:
        人均服务成本: 有效降低 # ✗错误 “有效降低”没有写明金额；请写金额，如“2050元/人·月”“≤12万元”
    ```

    质量、效益、满意度指标没有数、分档或标准的是警告：

    ```yaml
    绩效指标:
      12-质量指标:
        资金使用情况: 专款专用 # ✗ “专款专用”无法考核；请写数、比率、有分档的等级或标准的名称，如“≥95%”“优（≥90分）”
      22-社会效益:
        因就业问题发生重大群体性事件数量: 减少 # ✗ “减少”没有幅度、基期或分档，无法考核
      24-可持续影响:
        高校毕业生就业率: 显著提高 # ✗ “显著提高”没有幅度、基期或分档，无法考核
    # = 三种写法：量化，如“=0起”；与基期比，如“较上年下降≥10%”；分档，如“优（≤2起）”
    # = 三种写法：量化，如“≥90%”；与基期比，如“较上年提高≥5个百分点”；分档，如“优（≥90分）”
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        组织技能培训场次: ≥12场
      13-时效指标:
        补贴资金支付时间: 每月15日前
      14-成本指标:
        人均服务成本: ≤200元
      12-质量指标:
        工程竣工验收: 合格
        道路工程质量: 达到《公路工程质量检验评定标准》要求
      22-社会效益:
        因就业问题发生重大群体性事件数量: =0起
      24-可持续影响:
        高校毕业生就业率: 较上年提高≥5个百分点
    ```

    某一级指标确实不适用的，写明理由：

    ```yaml
    绩效指标:
      23-生态效益:
        生态效益: 不适用（只发放补贴，不涉及工程建设）
    ```

    ## 依据

    《中央部门预算绩效目标管理办法》（财预〔2015〕88号）：绩效目标应细化量化。“合格”“通过”“建立”只有在名称说明由什么
    认定（验收、检测、评审、制定等）时才是绩效值。“控制在预算内”由 budget-reference 提示，没有分档的等级由 grade-without-bands
    提示，满意度由 satisfaction-form 提示，写错的数由 unreadable-value 提示。本规则代替原来的 must-be-numeric、vague-value 和
    prose-value，这些名称在配置、豁免和基线中仍然有效。
    """
    for row in table.indicators:
        tier = profile.tier_name(row.second)
        norm = next((norm for name, norm in _NORMS.items() if tier.startswith(name)), None)
        if _is_measured(row, profile, counted=norm is not None) or _is_judged_by_others(
            row, tier, counted=norm is not None
        ):
            continue
        yield _without_number(row, norm, profile, tier) if norm else _without_measure(row, profile)


def _is_measured(row: Indicator, profile: Profile, *, counted: bool) -> bool:
    """Return True if a value meets the norm; a tier with numbers demands more than the others."""
    if row.value.numeric:
        return True
    if counted:
        return row.measured is not None and row.measured not in _NOT_NUMBERS
    return row.measured is not None or bool(profile.pattern("named_standards").search(row.text))


def _is_judged_by_others(row: Indicator, tier: str, *, counted: bool) -> bool:
    """Return True if another rule judges such a value."""
    value = row.value
    if isinstance(value, (Empty, Placeholder)) or row.unreadable is not None or row.is_not_applicable:
        return True
    if isinstance(value, (Grade, Scale)):
        return not counted
    return isinstance(value, BudgetReference) and "成本" in tier


def _without_number(row: Indicator, norm: _Norm, profile: Profile, tier: str) -> Finding:
    text = row.text.strip()
    message = tr(
        f"“{text}”没有写明{norm.lacks[0]}；请写{norm.advice[0]}",
        f"“{text}” states no {norm.lacks[1]}; write {norm.advice[1]}",
    )
    is_schedule = tier.startswith("时效") and isinstance(row.value, Text) and row.value.sentence
    return Finding(row.loc, message, severity=None if is_schedule else Severity.ERROR)


def _without_measure(row: Indicator, profile: Profile) -> Finding:
    text, value = row.text.strip(), row.value
    if trend := trend_of(row, profile):
        message = tr(
            f"“{text}”没有幅度、基期或分档，无法考核",
            f"“{text}” gives no extent, base year or bands, and cannot be assessed",
        )
        return Finding(row.loc, message, notes=[_three_ways(row, trend.direction, profile)])
    if isinstance(value, Boolean):
        message = tr(
            f"“{text}”没有写明按什么认定；请写数、比率或标准的名称，如“≥95%”",
            f"nothing says what decides “{text}”; write a number, a rate or the name of a standard, like “≥95%”",
        )
        return Finding(row.loc, message, severity=Severity.INFO)
    message = tr(
        f"“{text}”无法考核；请写数、比率、有分档的等级或标准的名称，如“≥95%”“优（≥90分）”",
        f"“{text}” cannot be assessed; write a number, a rate, a grade with its bands or the name of a standard, like “≥95%” or “优（≥90分）”",
    )
    return Finding(row.loc, message)


def _three_ways(row: Indicator, direction: str | None, profile: Profile) -> str:
    """Return the note with the three ways to write a change; bad events should not occur at all."""
    if direction == "down" and understand(row, profile).kind == "event":
        number, change, band = "=0起", "较上年下降≥10%", "优（≤2起）"
    elif direction == "down":
        number, change, band = "≤5%", "较上年下降≥10%", "优（≤5%）"
    else:
        number, change, band = "≥90%", "较上年提高≥5个百分点", "优（≥90分）"
    return tr(
        f"三种写法：量化，如“{number}”；与基期比，如“{change}”；分档，如“{band}”",
        f"three ways to write it: a number, like “{number}”; a change against a base year, like “{change}”; a grade with its bands, like “{band}”",
    )
