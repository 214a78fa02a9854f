"""Report standards per person without a period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Replace, rule
from perftarget.tables.costing.costing import Costing, Standard
from perftarget.tables.costing.inferred import infer_costing
from perftarget.tables.keys import CALCULATION
from perftarget.tables.model import Table
from perftarget.values.money import format_exact_amount, period_name
from perftarget.values.units import PERIODS

_PERIODS: Final = frozenset(PERIODS.values())
_PERSONS: Final = frozenset("人名位生")
_EACH: Final = re.compile("每(?!年|月|季|学|周|天|日|次|半|个月|人次)个?([\u4e00-\u9fff]{1,2})")


@rule(
    title=("人均标准未写明期间", "A standard per head does not say per month or per year"),
    severity=Severity.WARNING,
    category="资金匹配性",
    basis="通行审核要求",
)
def standard_without_period(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""人均标准应写明是每月、每学期、每年还是每次。

    A standard per head says whether it is per month, term, year or time.

    ## 为什么

    “7000 元”是一年七千，还是每月七千？差十二倍。标准不写期间，全年金额就无从测算。

    ## 例

    ```yaml
    项目年度金额: 661.5 万元
    绩效指标:
      11-数量指标:
        享受社会保险补贴人数（人）: 945 人
      14-成本指标:
        社会保险补贴人均标准: 7000 元 # ✗ “7000 元”没有写期间，未能判定；请写成“7000 元/年”或“7000 元/月”等
    # = 按每年计为 6,615,000 元，按每月计为 79,380,000 元；较接近申报金额的是每年
    ```
    ```yaml fixed unsafe
    项目年度金额: 661.5 万元
    绩效指标:
      11-数量指标:
        享受社会保险补贴人数（人）: 945 人
      14-成本指标:
        社会保险补贴人均标准: 7000 元/年
    ```

    ## 怎样改

    期间写在标准里，或者写在指标名称里，都可以：

    ```yaml
    项目年度金额: 661.5 万元
    绩效指标:
      11-数量指标:
        享受社会保险补贴人数（人）: 945 人
      14-成本指标:
        社会保险补贴人均标准: 7000 元/年
        生活补贴人均标准（月）: 500 元
        一次性交通补助标准: 300 元
    ```

    ## 依据

    通行审核要求。
    """
    if table.writes(CALCULATION):
        return
    costing = infer_costing(table, profile)
    reading = costing.reading
    unpaired = (standard for standard in costing.unpaired if not (standard.rate and standard.rate.period))
    for standard in (*costing.standards_without_period, *unpaired):
        if _needs_no_period(standard):
            continue
        text, unit = standard.written, "" if standard.rate else "元"
        missing = tr("期间", "period") if standard.rate else tr("金额单位", "unit of money")
        join = "·" if "/" in text else "/"
        message = tr(
            f"“{text}”没有写{missing}，未能判定；请写成“{text}{unit}{join}年”或“{text}{unit}{join}月”等",
            f"“{text}” has no {missing}, so it was not judged; write “{text}{unit}{join}年”, “{text}{unit}{join}月” or the like",
        )
        if reading is None or standard in costing.unpaired:
            yield Finding(standard.row.loc, message)
            continue
        written = f"{text}{join}{reading[0]}"
        change = Replace(standard.row.loc, written)
        title = tr(
            f"按较接近申报金额的读法写成“{written}”",
            f"Write “{written}”, which comes nearer to the declared amount",
        )
        fix = Fix(title, (change,), safe=False)
        yield Finding(standard.row.loc, message, notes=[_readings_note(costing, reading[0])], fix=fix)


def _needs_no_period(standard: Standard) -> bool:
    """Return True for what is paid once for each household, thing or piece of work, by its unit or its name.

    A unit of money in the name, such as （元/盏）, is the unit of the value.
    """
    unit = standard.row.named_unit
    if standard.rate is None:
        if unit is None or unit.kind != "money":
            return False
        items = [part for part in unit.per if part not in _PERIODS]
        return len(items) < len(unit.per) or any(item not in _PERSONS for item in items) or not unit.per
    each = _EACH.search(standard.row.bare_name)
    return standard.rate.item == "户" or (each is not None and each[1][:1] not in _PERSONS)


def _readings_note(costing: Costing, nearer_period: str) -> str:
    year, month = (format_exact_amount(costing.sum(costing.lines(period) or [])) for period in ("年", "月"))
    return tr(
        f"按每年计为 {year}，按每月计为 {month}；较接近申报金额的是每{nearer_period}",
        f"per year it is {year}, per month {month}; per {period_name(nearer_period)} comes nearer to the declared amount",
    )
