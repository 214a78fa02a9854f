"""Report calculations of 资金测算 whose sum is not the amount of the year."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.figures import Operand
from perftarget.linter.rule import Finding, Related, Undetermined, rule
from perftarget.rules.shared.figures import amount_figures, line_operands
from perftarget.tables.costing.declared import MissingOperand, Term, calculation_terms
from perftarget.tables.keys import AMOUNT, CALCULATION
from perftarget.tables.model import Table
from perftarget.text.source import KEY
from perftarget.values.money import Amount, find_round_factor, format_amount, format_exact_amount, parse_amount, total


@rule(
    title=("资金测算与年度金额不符", "资金测算 does not come to the year's amount"),
    severity=Severity.ERROR,
    category="资金匹配性",
    basis="算术",
)
def calculation_mismatch(table: Table, profile: Profile) -> Iterator[Finding | Undetermined]:
    r"""写了“资金测算”的，各项合计应等于项目年度金额。

    Where the calculation is given, it comes to the year's amount.

    ## 为什么

    测算是填表人自己写的，不是推算出来的，所以差一点也是错：不是测算漏项，就是金额写错。

    ## 例

    ```yaml
    项目年度金额: 1649.45 万元 # ✗ 资金测算合计 1650.55 万元，与年度金额 1649.45 万元不符，多 1.1 万元；请核对各项测算和金额
    绩效指标:
      11-数量指标:
        享受生活补贴人员数量（人）: 480 人
      14-成本指标:
        “三支一扶”人员经费人均标准（月）: 5500 元/月
    资金测算:
      - 项目: 生活补贴 # ↳ 生活补贴 16,505,500 元
        标准: “三支一扶”人员经费人均标准（月）
        人月: "3001"
    # = 生活补贴：3001 人·月 × 5500 元/月 = 16,505,500 元
    ```

    算不出来的一项，指出缺什么：

    ```yaml
    项目年度金额: 12 万元
    资金测算:
      - {项目: 生活补贴, 人数: 享受补贴人数, 标准: 1000 元/月, 月数: "12"} # ✗⟦享受补贴人数⟧ “享受补贴人数”不是本表的指标，也不是带单位的数量；请写成“10 人”这样的数量，或照抄指标名称
      - {项目: 交通补贴, 人数: 10 人, 标准: 1000 元/月} # ✗⟦1000 元/月⟧ 标准是按月的，却没有写月数或人月；请补上
    ```

    ## 怎样改

    ```yaml
    项目年度金额: 1661.45 万元
    绩效指标:
      11-数量指标:
        享受生活补贴人员数量（人）: 480 人
      14-成本指标:
        “三支一扶”人员经费人均标准（月）: 5500 元/月
    资金测算:
      - 项目: 生活补贴
        标准: “三支一扶”人员经费人均标准（月）
        人月: "2999"
      - {项目: 安家费, 金额: 12 万元}
    ```

    ## 依据

    算术。金额按末位取整（四舍五入或舍去）造成的差不算错。“资金测算”空白、年度金额不是数的，列为资料不足，未作判断。
    """
    if not table.writes(CALCULATION):
        return
    declared = parse_amount(table.amount, profile.amount_unit)
    terms = calculation_terms(table, profile)
    missing = [term for term in terms if isinstance(term, MissingOperand)]
    yield from (Finding(operand.loc, operand.message) for operand in missing)
    complete = [term for term in terms if isinstance(term, Term)]
    computed = total(term.yuan for term in complete)
    if not missing:
        yield from _undetermined(table, terms, declared)
    if missing or not complete or declared is None or declared.rounds_to(computed):
        return
    sum_text, gap_text = (format_amount(yuan, declared.unit) for yuan in (computed, abs(computed - declared.yuan)))
    is_above = computed > declared.yuan
    message = tr(
        f"资金测算合计 {sum_text}，与年度金额 {declared}不符，{'多' if is_above else '少'} {gap_text}；请核对各项测算和金额",
        f"“资金测算” comes to {sum_text}, {gap_text} {'more' if is_above else 'less'} than the year's amount {declared};"
        " check its lines and the amount",
    )
    notes = [str(term) for term in complete]
    if len(complete) > 1:
        notes.append(tr("合计 ", "total ") + format_exact_amount(computed))
    if slipped := find_round_factor(declared.yuan, computed):
        factor, why = slipped
        notes.append(tr(f"两者恰好相差 {factor} 倍，疑似{why}", f"one is {factor} times the other: probably {why}"))
    related = [Related(term.loc, f"{term.item} {format_exact_amount(term.yuan)}".strip()) for term in complete]
    figures = amount_figures(declared, table.amount, map(_operands, complete), computed)
    yield Finding((AMOUNT,), message, related, notes, figures=figures)


def _operands(term: Term) -> tuple[Operand, ...]:
    """Return the factors of a line of 资金测算; they all stand in that line."""
    if term.line is None:
        return (Operand(term.item, term.text, term.yuan, "元", term.loc),)
    counted, standard = tr("人数", "headcount"), tr("标准", "standard")
    return line_operands(term.line, (counted, term.loc), (standard, term.loc))


def _undetermined(table: Table, terms: list[Term | MissingOperand], declared: Amount | None) -> Iterator[Undetermined]:
    """Yield a result for a blank calculation, and for an amount that the sum cannot be compared with."""
    has_wrong_type = any(loc[0] == CALCULATION for loc in table.shape_errors)
    if not terms and not has_wrong_type:
        reason = tr(
            "资料不足：“资金测算”是空白，年度金额没有核对；请填写，或删去这一项",
            "not enough data: “资金测算” is blank, so the amount was not checked; fill it in or delete it",
        )
        yield Undetermined((CALCULATION, KEY), reason)
    elif terms and declared is None and table.amount.strip():
        reason = tr(
            f"资料不足：“{table.amount}”不是金额，未与资金测算的合计比较",
            f"not enough data: “{table.amount}” is no amount to compare the sum of “资金测算” with",
        )
        yield Undetermined((AMOUNT,), reason)
