"""Report single costs that are above the amount of the year."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.figures import Operand
from perftarget.linter.rule import Finding, Related, rule
from perftarget.rules.shared.figures import excess_figures, lump_operands
from perftarget.tables.costing.costing import LumpSum
from perftarget.tables.costing.inferred import infer_costing
from perftarget.tables.keys import AMOUNT
from perftarget.tables.model import Table
from perftarget.values.money import Amount, find_round_factor, format_amount
from perftarget.values.parser import Operator, Quantity


@rule(
    title=("单项成本超过年度金额", "One cost is above the year's amount"),
    severity=Severity.ERROR,
    category="资金匹配性",
    basis="算术",
)
def cost_above_budget(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""一项成本不超过项目年度金额。

    No single cost is above the year's amount.

    ## 为什么

    全部的钱只有 20 万元，其中一项不可能花 120 万元：不是这一项的单位或位数写错，就是年度金额写错。

    ## 例

    ```yaml
    项目年度金额: 20 万元 # ↳ 年度金额 20 万元
    绩效指标:
      14-成本指标:
        宣传、印刷、办公等费用: 120 万元 # ✗ “120 万元”单项即超过年度金额 20 万元，多 100 万元；请核对这项成本和年度金额
        档案管理: 8 万元
    ```

    “≤”的上限、按月推算的，只提示；没有写单位的，多半是把元写进了万元的表：

    ```yaml
    项目年度金额: 20 万元 # ↳ 年度金额 20 万元
    绩效指标:
      14-成本指标:
        宣传费: ≤30 万元 # ✗警告 “≤30 万元”单项即超过年度金额 20 万元，多 10 万元；请核对这项成本和年度金额
        印刷费: 80000 # ✗警告 “80000”没有写单位，按“万元”计超过年度金额 20 万元；请写明单位
    ```

    ## 怎样改

    ```yaml
    项目年度金额: 20 万元
    绩效指标:
      14-成本指标:
        宣传、印刷、办公等费用: 12 万元
        档案管理: 80000 元
    ```

    ## 依据

    算术。人均标准、单价不是一项成本；总成本、总投资等合计，节约额、带动投资，以及跨年度项目的各项成本不检查。
    此时不再重复提示 cost-sum。
    """
    costing = infer_costing(table, profile)
    if costing.amount is None or _exceeds_one_year(table):
        return
    for lump in costing.above:
        value = lump.row.value
        is_minimum = isinstance(value, Quantity) and value.operator in {Operator.AT_LEAST, Operator.ABOVE}
        if not is_minimum and not profile.pattern("other_money").search(lump.row.name):
            yield _finding(lump, costing.amount, table.amount, profile)


def _exceeds_one_year(table: Table) -> bool:
    """Return True if the period exceeds one year; the costs may then be those of all years."""
    dates = table.dates
    return bool(dates and dates.first and dates.last and (dates.last - dates.first).days > 366)


def _finding(lump: LumpSum, amount: Amount, written: str, profile: Profile) -> Finding:
    (cost,) = lump_operands(lump)
    figures = excess_figures(cost, Operand(AMOUNT, written, amount.yuan, "元", (AMOUNT,)))
    value = lump.row.value
    declared = tr("年度金额 ", "the year's amount ") + str(amount)
    related = [Related((AMOUNT,), declared)]
    if isinstance(value, Quantity) and value.unit is None and not value.scale:
        message = tr(
            f"“{lump.row.text}”没有写单位，按“{profile.amount_unit}”计超过年度金额 {amount}；请写明单位",
            f"“{lump.row.text}” has no unit; read in “{profile.amount_unit}” it is above {declared}; write its unit",
        )
        return Finding(lump.row.loc, message, related, severity=Severity.WARNING, figures=figures)
    gap_text = format_amount(lump.amount.yuan - amount.yuan, amount.unit)
    message = tr(
        f"“{lump.row.text}”单项即超过年度金额 {amount}，多 {gap_text}；请核对这项成本和年度金额",
        f"“{lump.row.text}” alone is {gap_text} above {declared}; check this cost and the amount",
    )
    is_assumed = lump.at_most or (isinstance(value, Quantity) and bool(value.per))
    return Finding(
        lump.row.loc,
        message,
        related,
        _notes(lump, amount),
        severity=Severity.WARNING if is_assumed else None,
        figures=figures,
    )


def _notes(lump: LumpSum, amount: Amount) -> Iterator[str]:
    if lump.text != str(lump.amount):
        yield lump.text
    if factor_and_cause := find_round_factor(amount.yuan, lump.amount.yuan):
        factor, cause = factor_and_cause
        yield tr(f"恰好等于年度金额的 {factor} 倍，疑似{cause}", f"{factor} times the year's amount: probably {cause}")
