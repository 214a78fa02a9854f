"""Report tiers that the form requires and that have no indicator."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Insert, rule
from perftarget.tables.keys import INDICATORS
from perftarget.tables.model import Table
from perftarget.text.source import KEY, Loc


@rule(
    title=("缺少应设置的指标", "A tier that the form demands has no indicator"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="表式规定（参照中发〔2018〕34号）",
)
def missing_tier(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""表式要求的每一级指标下都应有指标。

    Every tier that the form demands has an indicator.

    ## 为什么

    没有产出指标，不知道钱花出去办成了什么；没有效益指标，不知道办成以后有什么用。一级指标（产出、效益）缺失是
    错误；二级指标缺失是提示，确实不适用的可以写豁免说明理由。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 718
      12-质量指标: # ✗键 “12-质量指标”下没有指标；请填写
      13-时效指标:
        补贴资金支付到位率: ≥95%
      14-成本指标:
        岗位补贴人均标准: 2050 元/月
      22-社会效益:
        群体性事件数量: =0起
      24-可持续影响:
        就业困难人员就业率: ≥60%
      31-服务对象满意度:
        公共就业服务满意度: ≥85%
    ```

    没有写的二级指标，修复时先补上空白的一行，内容仍要自己填：

    ```yaml
    绩效指标: # ✗键 缺少“14-成本指标”；请补充，至少填写一个指标
      11-数量指标:
        购买公益性岗位人数（人）: 718
      12-质量指标:
        补贴发放准确率: ≥95%
      13-时效指标:
        补贴资金支付到位率: ≥95%
      22-社会效益:
        群体性事件数量: =0起
      24-可持续影响:
        就业困难人员就业率: ≥60%
      31-服务对象满意度:
        公共就业服务满意度: ≥85%
    ```
    ```yaml fixed unsafe
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 718
      12-质量指标:
        补贴发放准确率: ≥95%
      13-时效指标:
        补贴资金支付到位率: ≥95%
      14-成本指标: # ✗键 “14-成本指标”下没有指标；请填写
      22-社会效益:
        群体性事件数量: =0起
      24-可持续影响:
        就业困难人员就业率: ≥60%
      31-服务对象满意度:
        公共就业服务满意度: ≥85%
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 718
      12-质量指标:
        补贴发放准确率: ≥95%
      13-时效指标:
        补贴资金支付到位率: ≥95%
      14-成本指标:
        岗位补贴人均标准: 2050 元/月
      22-社会效益:
        群体性事件数量: =0起
      24-可持续影响:
        就业困难人员就业率: ≥60%
      31-服务对象满意度:
        公共就业服务满意度: ≥85%
    ```

    ## 依据

    表式规定：必填哪几级由表式（profile）的 `tiers` 规定。《中共中央 国务院关于全面实施预算绩效管理的意见》（中发
    〔2018〕34号）提出绩效目标不仅要包括产出、成本，还要包括经济效益、社会效益、生态效益、可持续影响和服务对象满意度
    等绩效指标，但没有要求每张表各级俱全，作为参照；经济效益、生态效益不作要求。
    """
    if (INDICATORS,) in table.shape_errors or any(map(profile.is_tier, table.model_extra or {})):
        return  # the indicators could not be read, which another rule reports
    if not table.indicators and not _unreadable_tiers(table):
        return  # no-indicators reports this
    present = {profile.second_tier_label(tier.second) or tier.second: tier.loc for tier in table.tiers}
    written = {row.second for row in table.indicators} | _unreadable_tiers(table)
    filled = {profile.second_tier_label(second) for second in written}
    firsts = {profile.first_tier_of(second) for second in written} | _written_firsts(table, profile)
    for first, tier in profile.tiers.items():
        if first not in firsts and tier.required != "off":
            severity = Severity[tier.required.upper()]
            message = tr(
                f"“{first}”下没有指标；请至少填写一个",
                f"there is no indicator at all under “{first}”; write at least one",
            )
            yield Finding((INDICATORS, KEY), message, severity=severity)
            continue
        for second, setting in tier.second.items():
            if setting.required == "off" or second in filled:
                continue
            severity = Severity[setting.required.upper()]
            if loc := present.get(second):
                message = tr(f"“{second}”下没有指标；请填写", f"there is no indicator under “{second}”; fill it in")
                yield Finding((*loc, KEY), message, severity=severity)
            else:
                message = tr(
                    f"缺少“{second}”；请补充，至少填写一个指标",
                    f"“{second}” is missing; add it, with at least one indicator",
                )
                fix = _insertion_fix(second, present, profile)
                yield Finding((INDICATORS, KEY), message, fix=fix, severity=severity)


def _unreadable_tiers(table: Table) -> set[str]:
    """Return the tiers that contain something that could not be read."""
    return {str(part) for loc in table.shape_errors if loc[0] == INDICATORS for part in loc[1:3]}


def _written_firsts(table: Table, profile: Profile) -> set[str | None]:
    """Return the first tiers that are written in the table."""
    return {profile.first_tier_label(row.first) for row in table.indicators if row.first}


def _insertion_fix(second: str, present: dict[str, Loc], profile: Profile) -> Fix | None:
    """Return the fix that adds a blank tier after the previous tier of the form, or before the first of the file."""
    order = list(profile.second_tiers)
    flat = [label for label in order if label in present and len(present[label]) == 2]
    if not flat:
        return None
    before = [label for label in flat if order.index(label) < order.index(second)]
    beside = (*present[before[-1] if before else flat[0]], KEY)
    return Fix(tr(f"补充“{second}”", f"Add “{second}”"), (Insert(beside, second, before=not before),), safe=False)
