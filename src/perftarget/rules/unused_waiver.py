"""Report suppressions without effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import CATEGORIES, Finding, SuppressionUse, rule, rules
from perftarget.text.similarity import nearest_name


@rule(
    title=("豁免未起作用", "A waiver has no effect"), severity=Severity.WARNING, category="文件格式", basis="书写规范"
)
def unused_waiver(suppressions: Iterable[SuppressionUse], profile: Profile) -> Iterator[Finding]:
    r"""每项豁免都应有理由、在有效期内，并确实对应一个问题。

    A waiver has a reason, is in force, and takes a finding away.

    ## 为什么

    没有理由的豁免，一年后谁也说不清为什么放过；用不上的豁免留在表里，会悄悄放过以后真正的问题。

    ## 例

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    项目属性:
    绩效指标:
      22-社会效益:
        群体性事件数量: 减少
    豁免:
      - 规则: vague-value # ✗ 没有写明理由，豁免不生效；请写明理由
      - {规则: blank-field, 理由: 属性待县财政局统一编码, 至: 2025-03-31} # ✗⟦blank-field⟧ 已于 2025-03-31 到期，不再生效；请处理该问题，或延长期限并说明理由
      - {规则: vague-valu, 理由: 无统计口径} # ✗⟦vague-valu⟧ 没有名为 vague-valu 的规则；是否为 vague-value？
      - {规则: encoding, 理由: 用旧系统导出} # ✗⟦encoding⟧ “文件格式”的问题不能豁免；请改正
      - {规则: missing-unit, 理由: 表上另有说明} # ✗⟦missing-unit⟧ 没有发现此类问题，豁免未起作用；请删去
    ```

    ## 怎样改

    写明理由；问题已经改正的，把豁免删去。

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    绩效指标:
      22-社会效益:
        群体性事件数量: 减少
    豁免:
      - 规则: vague-value
        指标: 群体性事件数量
        理由: 公安口径未公布，年底按通报核定
        至: 2025-12-31
    ```

    ## 依据

    书写规范。
    """
    for use in suppressions:
        if problem := _find_problem(use):
            yield Finding((*use.loc, "规则"), problem)


def _find_problem(use: SuppressionUse) -> str:
    """Return the problem of a suppression, or ""."""
    name = use.suppression.rule
    if name not in rules():
        nearest = nearest_name(name, rules())
        hint = tr(f"是否为 {nearest}？", f"did you mean “{nearest}”?") if nearest else ""
        all_rules_hint = tr("全部规则见 docs/rules/", "all rules are in docs/rules/")
        return tr(f"没有名为 {name or '（空）'} 的规则；", f"there is no rule “{name}”; ") + (hint or all_rules_hint)
    if rules()[name].category == CATEGORIES[0]:
        return tr(f"“{CATEGORIES[0]}”的问题不能豁免；请改正", "a fault of the file format cannot be waived; correct it")
    if not use.suppression.reason.strip():
        return tr(
            "没有写明理由，豁免不生效；请写明理由",
            "the waiver gives no reason, so it is not in force; write why this may stand",
        )
    try:
        until = use.until
    except ValueError:
        return tr(
            f"期限“{use.suppression.until}”不是日期，豁免不生效；请写成 2025-12-31",
            f"“{use.suppression.until}” is no date, so the waiver is not in force; write it like 2025-12-31",
        )
    if until and until < use.today:
        return tr(
            f"已于 {until} 到期，不再生效；请处理该问题，或延长期限并说明理由",
            f"the waiver ended on {until}; deal with the finding, or extend the waiver and say why",
        )
    unused_message = tr(
        "没有发现此类问题，豁免未起作用；请删去", "nothing like this was found, so the waiver was not used; delete it"
    )
    return "" if use.used else unused_message
