"""Report costs whose sum is not the amount of the year."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, Undetermined, rule
from perftarget.rules.shared.figures import amount_figures, lump_operands
from perftarget.rules.shared.goal_costs import find_uncosted_items
from perftarget.tables.costing.costing import Costing
from perftarget.tables.costing.inferred import cost_rows, infer_costing
from perftarget.tables.keys import AMOUNT, CALCULATION
from perftarget.tables.model import Table
from perftarget.values.money import format_amount, format_exact_amount, total
from perftarget.values.parser import Quantity, Range, Text, Value


@rule(
    title=("各项成本合计与年度金额不符", "The costs do not sum to the year's amount"),
    severity=Severity.ERROR,
    category="资金匹配性",
    basis="算术",
)
def cost_sum(table: Table, profile: Profile) -> Iterator[Finding | Undetermined]:
    r"""成本指标都是总额时，合计应等于项目年度金额。

    Lump costs add up to the year's amount.

    ## 为什么

    成本指标列出了每一项花多少钱，合计超过年度金额，就是钱不够；少于年度金额，就是有钱没有说明用途。

    ## 例

    ```yaml
    项目年度金额: 20 万元 # ✗ 2 项成本合计 21 万元，超过年度金额 20 万元，多 1 万元
    绩效指标:
      14-成本指标:
        宣传、印刷、办公等费用: 12 万元 # ↳ 12 万元
        档案管理及孵化园运营: 9 万元 # ↳ 9 万元
    # = 120,000 元 + 90,000 元 = 210,000 元
    # = 请核对各项成本和年度金额
    ```

    合计少于年度金额，或者超过金额的是“≤”的上限，只提示：

    ```yaml
    项目年度金额: 20 万元 # ✗警告 2 项成本合计 19 万元，少于年度金额 20 万元，差 1 万元
    绩效指标:
      14-成本指标:
        宣传、印刷、办公等费用: 11 万元 # ↳ 11 万元
        档案管理及孵化园运营: 8 万元 # ↳ 8 万元
    # = 110,000 元 + 80,000 元 = 190,000 元
    # = 请核对各项成本和年度金额
    ```

    ## 怎样改

    ```yaml
    项目年度金额: 20 万元
    绩效指标:
      14-成本指标:
        宣传、印刷、办公等费用: 12 万元
        档案管理及孵化园运营: 8 万元
    ```

    ## 依据

    算术。只在没有人均标准、成本指标有两项以上总额时检查；与年度金额相等的一项是合计，不再相加。
    有一项单独就超过年度金额的，由 cost-above-budget 说；少于年度金额、又有“据实结算”一类不是金额的，列为资料不足，未作判断。
    """
    costing = infer_costing(table, profile)
    if (
        costing.pairs
        or costing.unpaired
        or costing.amount is None
        or len(costing.lump_sums) < 2
        or table.writes(CALCULATION)
    ):
        yield from _undetermined_amount(costing, table)
        return
    if costing.above:
        return  # cost-above-budget reports the cause
    computed, declared = total(lump.amount.yuan for lump in costing.lump_sums), costing.amount.yuan
    if costing.amount.rounds_to(computed):
        return
    is_above = computed > declared
    if not is_above and (undetermined := _undetermined_costs(table, profile)):
        yield from undetermined
        return
    sum_text = format_amount(computed, costing.amount.unit)
    gap_text = format_amount(abs(computed - declared), costing.amount.unit)
    zh_relation, zh_gap, en_relation = ("超过", "多", "more") if is_above else ("少于", "差", "less")
    message = tr(
        f"{len(costing.lump_sums)} 项成本合计 {sum_text}，{zh_relation}年度金额 {costing.amount}，{zh_gap} {gap_text}",
        f"{len(costing.lump_sums)} costs come to {sum_text}, {gap_text} {en_relation} than the year's amount {costing.amount}",
    )
    uncosted_items = [str(items)] if not is_above and (items := find_uncosted_items(table, profile)) else []
    summands = " + ".join(format_exact_amount(lump.amount.yuan) for lump in costing.lump_sums)
    yield Finding(
        (AMOUNT,),
        message,
        [Related(lump.row.loc, lump.text) for lump in costing.lump_sums],
        [
            f"{summands} = {format_exact_amount(computed)}",
            *uncosted_items,
            tr("请核对各项成本和年度金额", "check the costs and the year's amount"),
        ],
        severity=Severity.ERROR
        if is_above and not any(lump.at_most for lump in costing.lump_sums)
        else Severity.WARNING,
        figures=amount_figures(costing.amount, table.amount, map(lump_operands, costing.lump_sums), computed),
    )


def _undetermined_amount(costing: Costing, table: Table) -> Iterator[Undetermined]:
    """Yield a result if the amount is not a sum of money; a blank amount is reported by missing-field."""
    is_calculated = table.writes(CALCULATION) or costing.standards
    if not is_calculated and costing.amount is None and len(costing.lump_sums) > 1 and table.amount.strip():
        reason = tr(
            f"资料不足：“{table.amount}”不是金额，未与各项成本的合计比较",
            f"not enough data: “{table.amount}” is no amount to compare the sum of the costs with",
        )
        yield Undetermined((AMOUNT,), reason)


def _undetermined_costs(table: Table, profile: Profile) -> list[Undetermined]:
    """Return the costs that are not a definite amount; they may be the difference to the sum."""
    costs = cost_rows(table, profile)
    undetermined = [
        row for row in costs if _is_undetermined(row.value) and not profile.pattern("not_costs").search(row.name)
    ]
    return [Undetermined(row.loc, _no_amount_reason(row.text)) for row in undetermined]


def _is_undetermined(value: Value) -> bool:
    """Return True for 据实结算, 约12万元 and 10-12万元, but not for shares and 控制在预算内."""
    if isinstance(value, (Quantity, Range)):
        quantity = value.high if isinstance(value, Range) else value
        return quantity.money is not None and (isinstance(value, Range) or quantity.approximate)
    return isinstance(value, Text)


def _no_amount_reason(text: str) -> str:
    return tr(
        f"资料不足：“{text}”不是确定的金额，各项成本的合计不完整，没有核对",
        f"not enough data: “{text}” is no certain amount, so the costs were not added up",
    )
