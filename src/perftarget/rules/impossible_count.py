"""Report numbers of people that are fractions, zero or negative."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.costing.rates import PEOPLE
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.text.normalize import fold
from perftarget.values.parser import Operator, Quantity, Zero


@rule(
    title=("人数明显有误", "A number of people that cannot be"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="算术；通行审核要求",
)
def impossible_count(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""人数、户数应是大于零的整数。

    A number of people or households is whole and above zero.

    ## 为什么

    半个人没有办法去核对名单，多半是把平均数、金额或者比率填进了人数一栏。人数为零，等于这一项什么也不做。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 10.5 # ✗ “10.5”不是整数；请核对，按年均、折合计算的请在指标名称中写明
        组织培训人数: 0人 # ✗ “0人”等于没有目标；请写上要完成的人数，没有这一项的请删去
        资助学生: -5人 # ✗ “-5人”是负数；请核对，减少的人数请在指标名称中写明“减少”
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位年均在岗人数（人）: 10.5
        组织培训人数: 120人
        资助学生: 5人
    ```

    ## 依据

    算术；为零的，通行审核要求。人次、户数也应是整数；年均、折合、每村、每千人一类的平均数可以有小数，写成 1.5 万人
    的按 15000 人看。为零和为负只看数量指标；“=0人”“≤0人”和死亡、辍学、返贫一类不希望有的人数，可以为零。
    """
    for row in table.indicators:
        value = row.value
        if not isinstance(value, (Quantity, Zero)) or not _counts_people(row, value):
            continue
        if problem := _find_problem(row, value, profile):
            yield Finding(row.loc, problem)


def _counts_people(row: Indicator, value: Quantity | Zero) -> bool:
    unit = value.unit or row.named_unit
    return unit.symbol in PEOPLE and not unit.per if unit else "人数" in row.name


def _find_problem(row: Indicator, value: Quantity | Zero, profile: Profile) -> str | None:
    """Return the message of a problem, or None; zero and negative numbers are problems of output indicators only."""
    is_wanted = not profile.pattern("unwanted_people").search(row.name)
    is_output = is_wanted and "数量" in profile.tier_name(row.second)
    if is_output and _is_zero(row, value):
        return tr(
            f"“{row.text}”等于没有目标；请写上要完成的人数，没有这一项的请删去",
            f"“{row.text}” is no target; write the number to be reached, or delete the row if there is none",
        )
    if is_output and value.number < 0:
        return tr(
            f"“{row.text}”是负数；请核对，减少的人数请在指标名称中写明“减少”",
            f"“{row.text}” is negative; check it, and say “减少” in the name if people are to be fewer",
        )
    if _is_fraction(value) and not profile.pattern("averages").search(row.name):
        return tr(
            f"“{row.text}”不是整数；请核对，按年均、折合计算的请在指标名称中写明",
            f"“{row.text}” is not whole; check it, and if it is an average say so in the name",
        )
    return None


def _is_zero(row: Indicator, value: Quantity | Zero) -> bool:
    """Return True for 0人 and ≥0人, but not for =0人 and ≤0人, which are intended."""
    if isinstance(value, Zero):
        return fold(row.text).strip().startswith("0")
    return value.number == 0 and value.operator is Operator.AT_LEAST


def _is_fraction(value: Quantity | Zero) -> bool:
    return isinstance(value, Quantity) and value.amount != value.amount.to_integral_value()
