"""Report goals without any number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.rules.shared.goals import goals_loc, stated_goals
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.text.normalize import fold
from perftarget.values.parser import is_placeholder
from perftarget.values.units import KINDS

_DEADLINE_END: Final = "[底末上中下旬]{0,2}(?:之?前|以前|完成)"
_NON_QUANTITIES: Final = re.compile(
    r"[〔\[（(【](?:19|20)[0-9]{2}[〕\])）】]\s?第?[0-9]{1,5}号"  # 财预〔2015〕88号
    r"|(?:19|20)[0-9]{2}\s?(?:年|[-—–~至到]\s?(?:19|20)[0-9]{2})"
    rf"|[0-9]{{1,2}}\s?月份?(?:[0-9]{{1,2}}日)?(?!{_DEADLINE_END}|[0-9])"
    r"|第[0-9一二三四五六七八九十百]{1,4}[届批条款号轮]"
    r"|[A-Za-z][0-9]{1,6}(?:\.[0-9])?|(?<![0-9.])[1-6][AGD](?![A-Za-z])"  # G109, PM2.5, 5G, 4A
)
"""Digits of dates, document numbers and names, which are no quantities."""
_DIGIT: Final = re.compile("[0-9]")
_QUOTED: Final = re.compile("“[^“”]{0,40}”")
_COUNTED: Final = ("count", "area", "length", "volume", "mass", "energy", "money", "ratio")
_UNITS: Final = sorted((unit for unit, kind in KINDS.items() if kind in _COUNTED), key=len, reverse=True)
_CHINESE_QUANTITY: Final = re.compile(
    rf"百分之|[一二两三四五六七八九十][〇零一二三四五六七八九十百千万亿]{{0,8}}[余多]?"
    rf"(?:小时|天|{'|'.join(map(re.escape, _UNITS))})(?!性)"
)


@rule(
    title=("总体目标未量化", "No goal has a number"),
    severity=Severity.WARNING,
    category="明确清晰性",
    basis="财预〔2015〕88号：细化量化（地方参照）",
)
def goal_without_number(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""年度总体绩效目标应尽量量化，至少写出一个数量、比例或金额。

    Goals are quantified: at least one of them says how many or how much.

    ## 为什么

    “确保补贴及时到位”没有说补多少人、多少钱、多准确，年底怎样都可以说完成了。数往往就在下面的指标里，抄上来即可。

    ## 例

    编号、年份和文件号不算：

    ```yaml
    年度总体绩效目标: # ✗键 目标未量化（编号、年份除外）；请写明数量、比例或金额，如“购买公益性岗位人数（人）：718”
      - 2025年资金按规定用于公益性岗位人员岗位补贴。
      - 确保资金及时下达、到位。
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 718
    ```

    ## 怎样改

    ```yaml
    年度总体绩效目标:
      - 2025年按规定发放公益性岗位补贴718人。
      - 确保资金及时下达、到位，发放准确率95%以上。
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 718
    ```

    ## 依据

    《中央部门预算绩效目标管理办法》（财预〔2015〕88号，地方参照）：绩效目标应细化量化。确实不能量化的，可以写豁免说
    明理由。中文数字加单位（三百人、两所）和“全覆盖”“零事故”一类的词也算数。
    """
    goals = stated_goals(table)
    # In 完成××人培训 the number was left out, which empty-goal reports.
    if goals and not any(_has_number(text, profile) or is_placeholder(text) for text in goals):
        example = _example(table.indicators, profile)
        message = tr(
            f"目标未量化（编号、年份除外）；请写明数量、比例或金额，如“{example}”",
            f"no goal has a number (numbering and years aside); write how many or how much, as in “{example}”",
        )
        yield Finding(goals_loc(table), message)


def _has_number(text: str, profile: Profile) -> bool:
    text = profile.pattern("names_with_numerals").sub(" ", _NON_QUANTITIES.sub(" ", fold(text)))
    if _DIGIT.search(text):
        return True
    # Numerals in quotes are part of a name, such as “三支一扶” and “百千万工程”.
    unquoted = _QUOTED.sub(" ", text)
    return bool(_CHINESE_QUANTITY.search(unquoted) or profile.pattern("amounts_in_words").search(unquoted))


def _example(rows: Iterable[Indicator], profile: Profile) -> str:
    """Return the first count of the table as an example, else its first number."""
    measured = [row for row in rows if row.value.numeric and row.name.strip()]
    counts = [row for row in measured if "数量" in profile.tier_name(row.second)]
    row = next(iter(counts or measured), None)
    return f"{row.name}：{row.text}" if row else "培训人数：300 人"
