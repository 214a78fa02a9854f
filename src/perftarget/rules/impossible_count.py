"""Report numbers of people and things, amounts and durations that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.tables.semantics.names import understand
from perftarget.tables.semantics.sizes import Size, wrong_number
from perftarget.tables.semantics.value_kinds import kind_of_value


@rule(
    title=("数值明显有误", "A number that cannot be"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="算术；通行审核要求",
    superseded_by=("kind-mismatch", "polarity"),
)
def impossible_count(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""人数、件数应是大于零的整数，金额、时长应大于零。

    A number of people or things is whole and above zero, and an amount or a duration is above zero.

    ## 为什么

    半个人没有办法去核对名单，半台车也买不到，多半是把平均数、金额或者比率填进了这一栏。数量为零，等于这一项什么也不做；
    成本为零、为负，时长为零，是没有填或者填错了。“52000万人”多半是已经换算成人数，又写了“万”。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 10.5 # ✗ “10.5”不是整数；请核对，按年均、折合计算的请在指标名称中写明
        组织培训人数: 0人 # ✗ “0人”等于没有目标；请写上要完成的人数，没有这一项的请删去
        资助学生: -5人 # ✗ “-5人”是负数；请核对，减少的数量请在指标名称中写明“减少”
        受益群众: ≥52000万人 # ✗ “≥52000万人”以“万”计仍有五位以上；请核对是否已经换算、多写了“万”
      13-时效指标:
        故障响应时间: ≤0小时 # ✗ “≤0小时”等于没有时间；请写上实际需要的时间
      14-成本指标:
        宣传费用: ≤0万元 # ✗ “≤0万元”等于没有支出；请写上金额，没有这一项的请删去
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位年均在岗人数（人）: 10.5
        组织培训人数: 120人
        资助学生: 5人
        受益群众: ≥5.2万人
      13-时效指标:
        故障响应时间: ≤2小时
      14-成本指标:
        宣传费用: ≤3万元
    ```

    ## 依据

    算术；为零的，通行审核要求。人次、户数、台数、个数也应是整数；年均、折合、每村、每千人一类的平均数和课时、人·月
    可以有小数，写成 1.5 万人的按 15000 人看。数量为零、为负只看数量指标；“≤0人”“新增……=0人”和死亡、辍学、返贫一类
    不希望有的人数，可以为零。
    """
    for row in table.indicators:
        if (size := wrong_number(row, profile)) is not None:
            yield Finding(row.loc, _message(row, size, profile))


def _message(row: Indicator, size: Size, profile: Profile) -> str:
    text = row.text.strip()
    if size is Size.ZERO:
        return _message_of_zero(row, profile)
    if size is Size.NEGATIVE:
        return tr(
            f"“{text}”是负数；请核对，减少的数量请在指标名称中写明“减少”",
            f"“{text}” is negative; check it, and say “减少” in the name if there are to be fewer",
        )
    if size is Size.SCALED_TWICE:
        return tr(
            f"“{text}”以“万”计仍有五位以上；请核对是否已经换算、多写了“万”",
            f"“{text}” has five digits or more before 万; check if 万 was written twice",
        )
    return tr(
        f"“{text}”不是整数；请核对，按年均、折合计算的请在指标名称中写明",
        f"“{text}” is not whole; check it, and if it is an average say so in the name",
    )


def _message_of_zero(row: Indicator, profile: Profile) -> str:
    text, sense = row.text.strip(), understand(row, profile)
    if sense.is_money or kind_of_value(row) == "money":
        return tr(
            f"“{text}”等于没有支出；请写上金额，没有这一项的请删去",
            f"“{text}” is nothing to be spent; write the amount, or delete the row if there is none",
        )
    if sense.kind in {"date", "duration"}:
        return tr(f"“{text}”等于没有时间；请写上实际需要的时间", f"“{text}” is no time; write how long it takes")
    is_people = sense.kind == "people" or kind_of_value(row) == "people"
    return tr(
        f"“{text}”等于没有目标；请写上要完成的{'人数' if is_people else '数量'}，没有这一项的请删去",
        f"“{text}” is no target; write the number to be reached, or delete the row if there is none",
    )
