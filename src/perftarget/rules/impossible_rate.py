"""Report rates above 100%."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.model import Table
from perftarget.values.parser import Operator, Quantity


@rule(
    title=("比率超过了 100%", "A rate is over 100%"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="算术",
    superseded_by=("operator-conflict",),
)
def impossible_rate(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""部分与全部之比不超过 100%。

    A part is no more than its whole.

    ## 为什么

    合格率不会是 292%。常见的原因是扫描、转换时把“≥92%”认成了“292%”。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        设备验收合格率: 292% # ✗ “292%”超过了 100%；是否为“≥92%”，“≥”被误认作“2”？
        补贴发放准确率: ">100%" # ✗ “>100%”超过了 100%；请核对
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      12-质量指标:
        设备验收合格率: ≥92%
      21-经济效益:
        销售收入增长率: ≥120%
    ```

    ## 依据

    算术。增长率、完成率、执行率、倍数等可以超过 100% 的，不提示。
    """
    for row in table.indicators:
        value = row.value
        if not isinstance(value, Quantity) or not value.is_rate or value.number < 100 or str(value.unit) != "%":
            continue
        is_over = value.number > 100 or value.operator is Operator.ABOVE
        if not is_over or not row.bare_name.endswith(profile.terms("full_rates")):
            continue
        text, rest = row.text.strip(), f"{value.number:f}"[1:]
        problem = tr(f"“{text}”超过了 100%；", f"“{text}” is over 100%; ")
        is_misread = f"{value.number:f}".startswith("2") and len(rest.partition(".")[0]) == 2 and not value.operator
        suggestion = tr(f"是否为“≥{rest}%”，“≥”被误认作“2”？", f"is it “≥{rest}%”, its “≥” misread as “2”?")
        yield Finding(row.loc, problem + (suggestion if is_misread else tr("请核对", "check it")))
