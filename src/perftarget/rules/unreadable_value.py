"""Report targets with digits, a sign or a unit that fit no known form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.model import Table
from perftarget.values.unreadable import Unreadable

DATE_CAUSES: Final = frozenset({"impossible-date", "garbled-date"})
"""Causes that impossible-date reports."""
_FAULTS: Final = {
    "mistyped-digit": ("“{fault}”不是数字", "“{fault}” is no digit"),
    "mistyped-point": ("“{fault}”不是小数点", "“{fault}” is no decimal point"),
    "space-in-number": ("数字中间有空格", "there is a space within the number"),
    "misplaced-comma": ("逗号把数字断开了", "a comma breaks up the number"),
    "leading-zero": ("数字前面多了“0”", "the number begins with a needless 0"),
    "misplaced-sign": ("比较符号“{fault}”没有写在数字前面", "the sign “{fault}” does not stand before the number"),
    "repeated-sign": ("比较符号重复", "the sign is repeated"),
    "mistyped-sign": ("“{fault}”不是比较符号", "“{fault}” is no sign of comparison"),
    "note": ("“{fault}”是说明，不是绩效值的一部分", "“{fault}” is a remark and no part of the target"),
    "missing-number": ("没有填写数字", "the number was not filled in"),
    "several-values": ("一格里有几个数", "the cell holds several numbers"),
    "repeated-unit": ("单位重复", "the unit is repeated"),
    "two-units": ("单位不止一个", "there is more than one unit"),
    "ambiguous-scale": ("数字可以有几种读法", "the number can be read in several ways"),
    "stray-character": ("多了“{fault}”", "“{fault}” is out of place"),
    "unit-before-number": ("单位写在了数字前面", "the unit stands before the number"),
}
_UNKNOWN: Final = ("不是数、日期、期限、比率中的任何一种写法", "it is written like no number, date, time limit or rate")
_SURELY_WRONG: Final = frozenset(
    {"mistyped-digit", "mistyped-point", "misplaced-comma", "missing-number", "several-values", "ambiguous-scale"}
)
"""Causes for which the number itself is wrong or missing, not only the way it is written."""


@rule(
    title=("绩效值无法识别", "A target cannot be read"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="书写规范",
)
def unreadable_value(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""绩效值中的数字、符号、单位应写得正确，能读出一个数、日期、期限或比率。

    The digits, signs and units of a target are written so that a number, date, time limit or rate can be read.

    ## 为什么

    扫描、转换、手工录入时，“0”成了字母“O”，小数点成了句号。人看得出不对，系统却读成别的数，或者读不出来；
    “（待核实）”则是还没有定下来。

    ## 例

    数字本身有误或者没有填写的是错误，写法有误的是警告：

    ```yaml
    绩效指标:
      11-数量指标:
        更换智能水表数量: ≥36OO块 # ✗错误 “≥36OO块”无法识别：“OO”不是数字；是否为“≥3600块”或“≥36块”？请核对后改写
        新修机耕路长度: 公里 # ✗错误 “公里”无法识别：没有填写数字；请填写
        加固水闸数量: ≥12座（待核实） # ✗ “≥12座（待核实）”无法识别：“（待核实）”是说明，不是绩效值的一部分；是否为“≥12座”？请核对后改写
      12-质量指标:
        水质检测合格率: 95%≥ # ✗ “95%≥”无法识别：比较符号“≥”没有写在数字前面；是否为“≥95%”？请核对后改写
        工程验收合格率: ≥93。5% # ✗错误 “≥93。5%”无法识别：“。”不是小数点；是否为“≥93.5%”？请核对后改写
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        更换智能水表数量: ≥3600块
        新修机耕路长度: ≥5公里
        加固水闸数量: {值: ≥12座, 备注: 待核实}
      12-质量指标:
        水质检测合格率: ≥95%
        工程验收合格率: ≥93.5%
    ```

    ## 依据

    书写规范。最接近的读法只是建议，不自动修改。写错的日期由 impossible-date 检查，只有文字的由 not-measurable 检查。
    """
    for row in table.indicators:
        found = row.unreadable
        if found is None or found.cause in DATE_CAUSES:
            continue
        text = row.text.strip()
        problem = tr(*_FAULTS.get(found.cause, _UNKNOWN)).format(fault=found.fault.strip())
        message = tr(f"“{text}”无法识别：{problem}；", f"“{text}” cannot be read: {problem}; ") + remedy(found)
        yield Finding(row.loc, message, severity=Severity.ERROR if found.cause in _SURELY_WRONG else None)


def remedy(found: Unreadable) -> str:
    """Return what to do about a value that cannot be read: the nearest readings, as a question."""
    if found.cause == "missing-number":
        return tr("请填写", "fill it in")
    if not found.readings:
        return tr("请改写成数和单位，如“≥12座”", "write a number with its unit, like “≥12座”")
    zh = "或".join(f"“{reading}”" for reading in found.readings)
    en = " or ".join(f"“{reading}”" for reading in found.readings)
    return tr(f"是否为{zh}？请核对后改写", f"is it {en}? check it and write it so")
