"""Report quality indicators that only restate the quantities as rates of completion."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table

_COMPLETION: Final = re.compile("(?:任务|工作|计划|目标|数量)?(?:完成|达成|实现|完工|落实)(?:比?率|比例|度|程度|情况)$")
_COUNT: Final = re.compile(
    "(?:数量|人数|人次|次数|户数|家数|个数|项数|件数|场数|场次|班次|期数|台数|套数|座数|处数|份数|株数|页数|条数|笔数|批次"
    "|天数|频次|面积|里程|长度|规模|总数|总量|数|量)$"
)
_MIN_SHARE: Final = 0.5
_MIN_SUBJECT: Final = 2  # characters; 完成率 alone names no quantity


@rule(
    title=("质量指标只是把数量指标再写一遍", "A quality indicator only restates a quantity"),
    severity=Severity.WARNING,
    category="指标科学性",
    basis="通行审核要求",
)
def restated_indicator(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""质量指标应说做得好不好，不应把数量指标换成“……完成率”再写一遍。

    A quality indicator says how well something is done, and does not restate a quantity as its rate of completion.

    ## 为什么

    维修水站 12 座写在数量指标里，质量指标再写“水站维修完成率 =100%”，说的还是 12 座，考核了两遍数量，质量一项也没有。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        维修水站数量: ≥12座 # ↳键 对应的数量指标
        水质检测次数: ≥300次 # ↳键 对应的数量指标
      12-质量指标:
        水站维修完成率: =100% # ✗键 2 项质量指标只是把数量指标换成完成率再写一遍，没有考核质量；请改为合格率、达标率、差错率一类的指标
        水质检测完成率: =100%
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        维修水站数量: ≥12座
        水质检测次数: ≥300次
      12-质量指标:
        水站维修验收合格率: =100%
        水质达标率: ≥95%
    ```

    ## 依据

    通行审核要求：各项指标不重复，质量指标反映产出达到的水准。名称去掉“完成率”“数量”等以后，所说的是同一件事的才提示。
    """
    quantities = [row for row in table.indicators if "数量" in profile.tier_name(row.second)]
    qualities = [row for row in table.indicators if "质量" in profile.tier_name(row.second)]
    restated = [(row, counted) for row in qualities if (counted := _restated(row, quantities))]
    if not restated:
        return
    number, first = len(restated), restated[0][0]
    subject = (
        tr(f"{number} 项质量指标只是", f"{number} quality indicators only restate quantities")
        if number > 1
        else tr(f"“{first.bare_name}”只是", f"“{first.bare_name}” only restates a quantity")
    )
    message = subject + tr(
        "把数量指标换成完成率再写一遍，没有考核质量；请改为合格率、达标率、差错率一类的指标",
        " as a rate of completion; measure the quality: a pass rate, a rate of compliance or of errors",
    )
    places = dict.fromkeys(counted.name_loc for _, counted in restated)
    yield Finding(first.name_loc, message, [Related(at, tr("对应的数量指标", "the quantity")) for at in places])


def _restated(row: Indicator, quantities: list[Indicator]) -> Indicator | None:
    """Return the quantity of which the indicator is the rate of completion, or None."""
    ending = _COMPLETION.search(row.bare_name)
    subject = Counter(_stem(row.bare_name[: ending.start()])) if ending else Counter()
    if subject.total() < _MIN_SUBJECT:
        return None
    return next((counted for counted in quantities if _is_same(subject, counted.bare_name)), None)


def _is_same(subject: Counter[str], name: str) -> bool:
    """Return True if a quantity is about the same thing, whatever the order: 维修水站 and 水站维修."""
    stem = Counter(_stem(name))
    common = (subject & stem).total()
    return common == subject.total() and common >= stem.total() * _MIN_SHARE


def _stem(name: str) -> str:
    """Return the name without the word for the number at its end."""
    return _COUNT.sub("", name) or name
