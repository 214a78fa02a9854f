"""Report amounts that differ from the calculation by a round factor."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, rule
from perftarget.rules.shared.figures import costing_figures
from perftarget.tables.costing.inferred import infer_costing
from perftarget.tables.keys import AMOUNT, CALCULATION
from perftarget.tables.model import Table
from perftarget.values.money import find_round_factor, format_amount


@rule(
    title=("金额与测算相差整数量级", "The amount and the calculation differ by a round factor"),
    severity=Severity.ERROR,
    category="资金匹配性",
    basis="算术",
)
def magnitude_slip(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""项目年度金额与测算不应恰好相差 10、100、1000、10000 倍或 12 倍。

    The amount is not off by a factor of ten, of ten thousand or of twelve.

    ## 为什么

    恰好差一万倍，多半是元与万元写混了；差十倍，多半是多写或少写一个零。这样的差错不可能用部分月份来解释。
    差十二倍，多半是按年的标准当成按月；也可能真的只发一个月，所以只是提示。

    ## 例

    ```yaml
    项目年度金额: 13776000 万元 # ✗ 申报 13776000 万元，恰好等于测算 1377.6 万元的 10000 倍，疑似元与万元混淆；请核对单位、位数和期间
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 560 # ↳ 人数 560 人
      14-成本指标:
        公益性岗位人员岗位补贴人均标准: 2050 元/月 # ↳ 标准 2050 元/月，按 12 个月计
    # = 测算：560 人 × 2050 元/月 × 12 个月 = 13,776,000 元
    ```

    ```yaml
    项目年度金额: 1000 万元 # ✗警告 测算 12000 万元恰好等于申报 1000 万元的 12 倍，疑似按年与按月混淆；请核对单位、位数和期间
    绩效指标:
      11-数量指标:
        享受补贴人数（人）: 1000 人 # ↳ 人数 1000 人
      14-成本指标:
        补贴人均标准: 10000 元/月 # ↳ 标准 10000 元/月，按 12 个月计
    # = 测算：1000 人 × 10000 元/月 × 12 个月 = 120,000,000 元
    ```

    ## 怎样改

    ```yaml
    项目年度金额: 1000 万元
    绩效指标:
      11-数量指标:
        享受补贴人数（人）: 1000 人
      14-成本指标:
        补贴人均标准: 10000 元/年
    ```

    ## 依据

    算术。比值与整数量级相差不超过 0.5% 时判为此类；此时不再重复提示 amount-mismatch。标准没有写期间的不判。
    """
    costing = infer_costing(table, profile)
    reading = None if table.writes(CALCULATION) else costing.reading
    if reading is None or costing.amount is None or costing.standards_without_period:
        return
    assumed_period, lines = reading
    declared, computed = costing.amount.yuan, costing.sum(lines)
    if (factor_and_cause := find_round_factor(declared, computed)) is None:
        return
    factor, cause = factor_and_cause
    amount, calculated = str(costing.amount), format_amount(computed, costing.amount.unit)
    above = tr(
        f"申报 {amount}，恰好等于测算 {calculated}", f"declared {amount}, {factor} times the calculated {calculated}"
    )
    below = tr(
        f"测算 {calculated}恰好等于申报 {amount}", f"calculated {calculated}, {factor} times the declared {amount}"
    )
    message = (above if declared > computed else below) + tr(
        f"的 {factor} 倍，疑似{cause}；请核对单位、位数和期间", f": probably {cause}; check unit, digits and period"
    )
    # A factor of 12 may be correct, for example if the project pays only one month.
    severity = Severity.WARNING if factor == 12 else None
    yield Finding(
        (AMOUNT,),
        message,
        [Related(*operand) for operand in costing.operands(assumed_period)],
        costing.arithmetic(lines),
        severity=severity,
        figures=costing_figures(costing, lines, table.amount),
    )
