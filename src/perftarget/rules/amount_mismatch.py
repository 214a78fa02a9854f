"""Report amounts that do not match headcount × standard × months."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import join_words, quote_words, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, Undetermined, rule
from perftarget.rules.shared.figures import costing_figures
from perftarget.rules.shared.goal_costs import find_uncosted_items
from perftarget.tables.costing.costing import Costing, Standard
from perftarget.tables.costing.inferred import cost_rows, infer_costing
from perftarget.tables.costing.rates import PEOPLE
from perftarget.tables.keys import AMOUNT, CALCULATION
from perftarget.tables.model import Table
from perftarget.values.money import (
    Line,
    count_periods,
    deviation,
    explain_shortfall,
    find_round_factor,
    format_amount,
    format_exact_amount,
    percent,
    period_name,
)
from perftarget.values.parser import Quantity


@rule(
    title=("项目年度金额与测算不符", "The year's amount and the calculation differ"),
    severity=Severity.WARNING,
    category="资金匹配性",
    basis="算术",
)
def amount_mismatch(table: Table, profile: Profile) -> Iterator[Finding | Undetermined]:
    r"""项目年度金额应与表内“人数 × 标准 × 月数”的推算相符。

    The year's amount agrees with headcount × standard × months, as the indicators state them.

    ## 为什么

    人数、标准、月数、金额写在同一张表上，却常常对不上：或者金额只够发几个月，或者人数是人次，或者还有别的支出
    没有写出来。钱拨出去以后才发现，就晚了。推算总是带着假定（全年、足额、一个标准），所以这里只提示，不判错。

    ## 例

    ```yaml
    项目年度金额: 1320 万元 # ✗ 申报 1320 万元，比测算 1766.28 万元低 25.27%
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 718 # ↳ 人数 718 人
      14-成本指标:
        公益性岗位人员岗位补贴人均标准: 2050 元/月 # ↳ 标准 2050 元/月，按 12 个月计
    # = 测算：718 人 × 2050 元/月 × 12 个月 = 17,662,800 元
    # = 相当于平均 8.97 个月，或年均 536.6 人在岗
    # = 如为部分月份、人次口径或多级分担，请在“资金测算”中写明；如非，请核对人数、标准或金额
    ```

    金额高于全年足额时，月份再多也解释不了：

    ```yaml
    项目年度金额: 200 万元 # ✗ 申报 200 万元，比测算 168 万元高 19.05%，高于全年足额所需资金
    绩效指标:
      11-数量指标:
        享受补贴人数（人）: 100 人 # ↳ 人数 100 人
      14-成本指标:
        补贴人均标准: 1400 元/月 # ↳ 标准 1400 元/月，按 12 个月计
    # = 测算：100 人 × 1400 元/月 × 12 个月 = 1,680,000 元
    # = 调整发放月数仍与申报金额不符；请在“资金测算”中补列其他支出，或核对人数、标准和金额
    ```

    ## 怎样改

    核对后更正，或者在“资金测算”中写明金额是怎样组成的；写明以后就只检查测算本身：

    ```yaml
    项目年度金额: 1320 万元
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 718
      14-成本指标:
        公益性岗位人员岗位补贴人均标准: 2050 元/月
    资金测算:
      - {项目: 全年在岗, 人数: 500 人, 标准: 2050 元/月, 月数: "12"}
      - {项目: 年中到期, 人数: 218 人, 标准: 2050 元/月, 月数: "2"}
      - {项目: 补发上年, 金额: 0.62 万元}
    ```

    ## 依据

    算术。允许的差距由表式（profile）的 `tolerance.share` 规定，默认 5%，并且不小于金额末位的半个单位。
    金额不是数、标准没有可以相乘的人数、成本里一个钱数也没有的，列为资料不足，未作判断。
    """
    costing = infer_costing(table, profile)
    reading = None if table.writes(CALCULATION) else costing.reading
    if reading is None or costing.amount is None:
        yield from _undetermined(costing, table, profile)
        return
    assumed_period, lines = reading
    computed, declared = costing.sum(lines), costing.amount.yuan
    tolerance = max(computed * profile.tolerance.share, costing.amount.digit / 2)
    if abs(declared - computed) <= tolerance or (
        find_round_factor(declared, computed) and not costing.standards_without_period
    ):
        return  # equal, or off by a round factor, which magnitude-slip reports
    above = declared > computed
    gap, calculated = percent(deviation(declared, computed)), format_amount(computed, costing.amount.unit)
    message = tr(
        f"申报 {costing.amount}，比测算 {calculated}{'高' if above else '低'} {gap}",
        f"declared {costing.amount}, {gap} {'above' if above else 'below'} the calculated {calculated}",
    )
    uncosted_items = [str(items)] if (items := find_uncosted_items(table, profile)) else []
    notes = [
        *costing.arithmetic(lines),
        *_assumption_notes(costing, table, assumed_period),
        *uncosted_items,
        *_remedies(costing, lines, table),
    ]
    yield Finding(
        (AMOUNT,),
        message + (_above_ceiling(costing) if above else ""),
        [Related(*operand) for operand in costing.operands(assumed_period)],
        notes,
        figures=costing_figures(costing, lines, table.amount),
    )


def _undetermined(costing: Costing, table: Table, profile: Profile) -> Iterator[Undetermined]:
    """Yield the data that is missing to calculate or compare; a blank amount is reported by missing-field."""
    if table.writes(CALCULATION) or not table.amount.strip():
        return
    if costing.amount is None:
        if costing.pairs:
            yield Undetermined((AMOUNT,), _no_amount_reason(table.amount))
        return
    for standard in (unpaired for unpaired in costing.unpaired if unpaired.rate and unpaired.rate.period):
        yield Undetermined(standard.row.loc, _no_count_reason(standard, costing))
    for _, standard in costing.pairs_without_total:
        yield Undetermined(standard.row.loc, _no_frequency_reason(standard, table))
    if not _has_money(table, profile) and any(count.unit in PEOPLE for count in costing.counts):
        yield Undetermined(
            (AMOUNT,),
            tr(
                "资料不足：有人数，但成本指标中既无标准也无总额，未作测算",
                "not enough data: there is a headcount, but no standard and no total among the costs to calculate with",
            ),
        )


def _no_amount_reason(amount: str) -> str:
    return tr(
        f"资料不足：“{amount}”不是金额，未与测算比较",
        f"not enough data: “{amount}” is no amount to compare the calculation with",
    )


def _no_count_reason(standard: Standard, costing: Costing) -> str:
    if costing.countable(standard):
        return tr(
            f"资料不足：无法确定“{standard.written}”对应哪一项人数，未作测算",
            f"not enough data: which headcount “{standard.written}” is for cannot be told, so nothing was calculated",
        )
    return tr(
        f"资料不足：“{standard.written}”没有对应的人数或数量，未作测算",
        f"not enough data: there is no count to multiply “{standard.written}” with",
    )


def _no_frequency_reason(standard: Standard, table: Table) -> str:
    if table.is_form:
        return tr(
            f"资料不足：“{standard.written}”未写明一年支付次数，未作测算；请在标准后写明每年或每月",
            f"not enough data: how often “{standard.written}” is paid in a year is not said;"
            " write per year or per month after it",
        )
    return tr(
        f"资料不足：“{standard.written}”未写明一年支付次数，未作测算；请在“资金测算”中写明",
        f"not enough data: how often “{standard.written}” is paid in a year is not said; say so in “资金测算”",
    )


def _has_money(table: Table, profile: Profile) -> bool:
    values = (row.value for row in cost_rows(table, profile))
    return any(isinstance(value, Quantity) and (value.unit is None or value.money is not None) for value in values)


def _above_ceiling(costing: Costing) -> str:
    if costing.months == 12:
        return tr("，高于全年足额所需资金", " and above the ceiling of a full year")
    months = count_periods(costing.months, "月")
    return tr(f"，高于期限内 {months}足额所需资金", f" and above the full amount of the period's {months}")


def _assumption_notes(costing: Costing, table: Table, assumed_period: str) -> Iterator[str]:
    if not costing.months_known:
        yield tr(
            f"项目期限“{table.period}”无法确定月数，按 12 个月计",
            f"the period “{table.period}” does not tell its months; 12 are counted",
        )
    if costing.standards_without_period:
        other = "年" if assumed_period == "月" else "月"
        texts = list(quote_words(standard.written for standard in costing.standards_without_period))
        alternative = format_exact_amount(costing.sum(costing.lines(other) or []))
        yield tr(
            f"{''.join(texts)}未写明期间，暂按较接近申报金额的“每{assumed_period}”计；按“每{other}”计则为 {alternative}",
            f"no period is given for {join_words(texts)}; counted per {period_name(assumed_period)}, which comes nearer to the"
            f" declared amount; per {period_name(other)} it would be {alternative}",
        )


def _remedies(costing: Costing, lines: list[Line], table: Table) -> Iterator[str]:
    if costing.amount and costing.amount.yuan > costing.sum(lines):
        if _is_whole_year(costing, lines):
            yield tr(
                f"恰好等于 12 个月足额，与项目期限的 {costing.months} 个月不同；请核对期限",
                f"exactly the full amount of 12 months, but the period has {costing.months}; check the period",
            )
        elif table.is_form:
            yield tr(
                "调整发放月数仍与申报金额不符；请在成本指标中补列其他支出，或核对人数、标准和金额",
                "months alone cannot explain it; add the other costs to the cost indicators, or check headcount,"
                " standard and amount",
            )
        else:
            yield tr(
                "调整发放月数仍与申报金额不符；请在“资金测算”中补列其他支出，或核对人数、标准和金额",
                "months alone cannot explain it; add the other costs in “资金测算”, or check headcount, standard and amount",
            )
        return
    if costing.amount and not costing.lump_sums:
        yield from explain_shortfall(costing.amount, lines)
    if table.is_form:
        yield tr(
            "如为部分月份、人次口径或多级分担，请随表附上测算说明；如非，请核对人数、标准或金额",
            "if it covers part of the year, counts person-times or is shared between levels of government,"
            " enclose the calculation; if not, check headcount, standard or amount",
        )
        return
    yield tr(
        "如为部分月份、人次口径或多级分担，请在“资金测算”中写明；如非，请核对人数、标准或金额",
        "if it covers part of the year, counts person-times or is shared between levels of government,"
        " say so in “资金测算”; if not, check headcount, standard or amount",
    )


def _is_whole_year(costing: Costing, lines: list[Line]) -> bool:
    monthly = all(line.period == "月" for line in lines) and not costing.lump_sums
    return bool(monthly and costing.amount and costing.amount.rounds_to(costing.sum(lines) * 12 / costing.months))
