"""Report dates in the wrong order: a start after the end, the first half of the year after the second."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.values.parser import Date, Period

_STEPS: Final = (
    ("立项", "可研", "勘察", "设计", "方案编制", "方案制定"),
    ("招标", "采购", "招投标"),
    ("合同签订", "签订合同", "签约"),
    ("开工", "启动", "动工", "进场", "路基"),
    ("到货", "供货"),
    ("安装", "搭建", "布展", "布设"),
    ("完工", "竣工", "建成", "完成"),
    ("验收", "通车", "投入使用", "举办", "投产", "投用", "启用", "开园", "开幕", "交付使用"),
    ("结算", "决算", "审计"),
)
_SEASONS: Final = (
    ("上半年", "下半年"),
    ("第一季度", "第二季度", "第三季度", "第四季度"),
    ("一季度", "二季度", "三季度", "四季度"),
    ("春季", "夏季", "秋季"),
    ("春耕", "夏收", "秋收"),
    ("春节", "清明", "五一", "端午", "七一", "八一", "中秋", "国庆"),
    ("第一批", "第二批", "第三批", "第四批"),
    ("第一阶段", "第二阶段", "第三阶段", "第四阶段"),
    ("一期", "二期", "三期"),
)
_FINAL: Final = frozenset({"通车", "举办", "开园", "开幕", "投产"})
"""Steps that come after all others of a project, whatever these are about."""
_BEFORE_FINAL: Final = frozenset({"路基", "搭建", "布展", "开工", "招标", "到货", "安装", "布设"})
_AROUND: Final = re.compile("(?:时间|时限|日期|期限|完成|工作|任务|全部|节点)|[（(][^（）()]*[）)]$")


class _Step(NamedTuple):
    """A dated indicator: the words for its step, its place in the order, and the rest of its name."""

    row: Indicator
    word: str
    series: int
    place: int
    rest: str
    last: date


@rule(
    title=("时间先后颠倒", "Dates in the wrong order"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="算术",
)
def date_order(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""同一件事，开工不晚于竣工，上半年的任务不晚于下半年的任务。

    The steps of a task follow each other: it begins before it ends, and the first half of a year is before the second.

    ## 为什么

    开工时间写得比竣工时间还晚，两个时间总有一个填错了，年底按哪一个考核说不清。

    ## 例

    ```yaml
    绩效指标:
      13-时效指标:
        管网更换工程开工时间: 2025年10月31日前 # ✗ “管网更换工程开工时间”是 2025年10月31日前，晚于“管网更换工程完工时间”的 2025年3月20日前；请核对
        管网更换工程完工时间: 2025年3月20日前 # ↳ 应在其后
        春季学期补助拨付时间: 2025年10月15日前 # ✗ “春季学期补助拨付时间”是 2025年10月15日前，晚于“秋季学期补助拨付时间”的 2025年4月15日前；请核对
        秋季学期补助拨付时间: 2025年4月15日前 # ↳ 应在其后
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      13-时效指标:
        管网更换工程开工时间: 2025年3月20日前
        管网更换工程完工时间: 2025年10月31日前
        春季学期补助拨付时间: 2025年4月15日前
        秋季学期补助拨付时间: 2025年10月15日前
    ```

    ## 依据

    算术（先后）。名称去掉“开工”“完工”“上半年”这样的词以后相同的，才是同一件事；通车、举办、投产这样的最后一步，
    全表只有一项的，搭建、到货等都应在它以前。不写年份的按表的年度算，两个年份都看不出的不判。
    """
    steps = [step for row in table.indicators if isinstance(row.value, (Date, Period)) for step in _steps(row, table)]
    finals = [step for step in steps if step.word in _FINAL]
    for first, second in combinations(steps, 2):
        early, late = sorted((first, second), key=lambda step: step.place)
        is_ordered = first.series == second.series and early.place < late.place and early.row is not late.row
        if is_ordered and early.last > late.last and (early.rest == late.rest or _is_final(early, late, finals)):
            message = tr(
                f"“{early.row.name}”是 {early.row.text}，晚于“{late.row.name}”的 {late.row.text}；请核对",
                f"“{early.row.name}” is {early.row.text}, after “{late.row.name}”, {late.row.text}; check both",
            )
            yield Finding(early.row.loc, message, [Related(late.row.loc, tr("应在其后", "should be later"))])


def _is_final(early: _Step, late: _Step, finals: list[_Step]) -> bool:
    return finals == [late] and any(word in early.row.bare_name for word in _BEFORE_FINAL)


def _steps(row: Indicator, table: Table) -> Iterator[_Step]:
    """Yield the steps that an indicator with a date can be in the order of a task."""
    last, name = _last_day(row, table), row.bare_name
    if last is None:
        return
    for series, words in enumerate((_STEPS, *_SEASONS)):
        places = [(place, word) for place, step in enumerate(words) for word in _words(step) if word in name]
        if places:
            place, word = max(places, key=lambda found: name.rfind(found[1])) if series == 0 else places[0]
            yield _Step(row, word, series, place, _AROUND.sub("", name.replace(word, "")), last)


def _words(step: str | tuple[str, ...]) -> tuple[str, ...]:
    return (step,) if isinstance(step, str) else step


def _last_day(row: Indicator, table: Table) -> date | None:
    """Return the last day that a target can mean, in the year of the table if it has no year, or None."""
    value = row.value
    if isinstance(value, Period):
        return value.last
    return value.last_in(table.year) if isinstance(value, Date) else None
