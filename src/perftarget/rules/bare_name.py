"""Report names of indicators that name nothing: 指标1, 待补充, 时效, XX数量."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.text.normalize import fold
from perftarget.values.parser import Empty, is_placeholder

_NUMBERED: Final = re.compile("(?:[一二三]级)?(?:绩效)?指标(?:名称|内容)?[0-9一二三四五六七八九十ABCabc.、:：]{0,3}")
_UNFILLED: Final = re.compile(
    r"[Xx]{2,}|(?<![0-9])[×✕✖]+(?![0-9])|[○〇]{2,}|_{2,}|某{2}|某(?=[项类个])|[?？]{2,}|…{2,}"
)
_PENDING: Final = re.compile("待[定填补][充写]?|暂定|待完善|待细化")
_AND_SO_ON: Final = re.compile("(?<![高中初一二三四甲乙丙同平均对特头优上下])等$")
_LETTER: Final = re.compile("[一-鿿]|[A-Za-z]{2}")
_SHORT: Final = 2

_Problem: TypeAlias = tuple[tuple[str, str], Severity | None]
"""The fault of a name, in Chinese and English, and its severity if it is not that of the rule."""


@rule(
    title=("指标名称没有说明衡量什么", "A name does not say what is measured"),
    severity=Severity.WARNING,
    category="明确清晰性",
    basis="通行审核要求",
    superseded_by=("not-an-indicator", "composite-indicator"),
)
def bare_name(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""指标名称应写明什么事、衡量什么，不是“指标1”“时效”这样的空名称。

    A name says what is measured of which thing, and is no “指标1” or a word such as 时效.

    ## 为什么

    “时效 100%”是哪件事的时效？“XX数量”“待补充”是模板没有填完，年底无从考核。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        指标1: 320人 # ✗键 “指标1”没有说明衡量什么；请写明指标的名称
        XX数量: 12座 # ✗键 “XX数量”没有填完；请写明指标的名称
        待补充: 5次 # ✗键 “待补充”没有填完；请写明指标的名称
      13-时效指标:
        时效: 100% # ✗键 “时效”是二级指标的名称；请写明是哪件事、衡量什么
      22-社会效益:
        服务: ≥95% # ✗建议键 “服务”只有一个词，没有说明衡量什么；请写明是哪件事、衡量什么
        受益农户等: ≥320户 # ✗建议键 “受益农户等”以“等”结尾，没有说全；请把要衡量的各写一行
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        培训农民人数: 320人
      13-时效指标:
        水站维修完成时间: 2025年10月底前
        工期: ≤90天
      22-社会效益:
        家政服务对象投诉办结率: ≥95%
        受益农户数: ≥320户
      23-生态效益:
        不适用: 本项目不涉及生态环境
    ```

    ## 依据

    通行审核要求：指标名称明确。名称空白的由 empty-indicator 提示；二级指标不适用的，名称写“不适用”“无”并说明理由，
    不提示。“产值”“工期”这样以量的名称结尾的词不提示；成本可以合计几项，以“等”结尾不提示。
    """
    for row in table.indicators:
        name = fold(row.bare_name).strip()
        if name and (found := _problem(row, name, profile)):
            (zh, en), severity = found
            yield Finding(
                row.name_loc, tr(f"“{row.name.strip()}”{zh}", f"“{row.name.strip()}” {en}"), severity=severity
            )


_NAME_IT: Final = ("；请写明指标的名称", "; write the name of the indicator")
_SAY_WHAT: Final = ("；请写明是哪件事、衡量什么", "; say what is measured of which thing")


def _problem(row: Indicator, name: str, profile: Profile) -> _Problem | None:
    """Return what is wrong with a name, or None."""
    if "**" in name and _LETTER.search(name):
        return None  # the blank of a template in a name, which value-in-name reports
    if is_placeholder(name) and not row.value.numeric and not _PENDING.search(name):
        return None  # 不适用 with the reason as its value
    return _unfilled(row, name) or _vague(row, name, profile)


def _unfilled(row: Indicator, name: str) -> _Problem | None:
    """Return a problem if a name is a placeholder, a template or only the number of an indicator."""
    if is_placeholder(name) or _UNFILLED.search(name) or _PENDING.fullmatch(name):
        return _message(("没有填完", "is not filled in"), _NAME_IT)
    if _NUMBERED.fullmatch(fold(row.name).strip()) or not _LETTER.search(name):
        return _message(("没有说明衡量什么", "does not say what is measured"), _NAME_IT)
    return None


def _vague(row: Indicator, name: str, profile: Profile) -> _Problem | None:
    """Return a problem if a name is that of a tier, one word, or an enumeration that leaves something out."""
    if profile.is_tier(name) and "满意" not in name:
        is_blank = isinstance(row.value, Empty)
        return None if is_blank else _message(("是二级指标的名称", "is the name of a tier"), _SAY_WHAT)
    if len(name) <= _SHORT and not name.endswith(_measures(profile)):
        return _message(
            ("只有一个词，没有说明衡量什么", "is one word, which measures nothing"), _SAY_WHAT, Severity.INFO
        )
    if _AND_SO_ON.search(name) and "成本" not in profile.tier_name(row.second):
        each = ("；请把要衡量的各写一行", "; write each measure in a row")
        return _message(("以“等”结尾，没有说全", "ends with “等”, which leaves something out"), each, Severity.INFO)
    return None


def _message(fault: tuple[str, str], advice: tuple[str, str], severity: Severity | None = None) -> _Problem:
    return (fault[0] + advice[0], fault[1] + advice[1]), severity


def _measures(profile: Profile) -> tuple[str, ...]:
    """Return the endings that name a measure."""
    return (*profile.terms("measures"), *profile.terms("summed_measures"), *profile.terms("measure_ends"))
