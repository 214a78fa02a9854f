"""Report goals without content: blank goals, placeholders and names of the project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.rules.shared.goals import Emptiness, Goal, classify_goals, shorten, without_leading_numbers
from perftarget.tables.keys import GOALS
from perftarget.tables.model import Table
from perftarget.values.parser import is_placeholder

_MESSAGES: Final[dict[Emptiness, tuple[str, str]]] = {
    "blank": ("这一项目标是空白；请填写，或删去这一项", "this goal is blank; fill it in, or delete it"),
    "placeholder": (
        "“{text}”不是目标；请写明本年度要完成什么、达到什么效果",
        "“{text}” is no goal; write what is to be done this year, and to what effect",
    ),
    "name": (
        "“{text}”只是项目名称；请写明本年度要完成什么、达到什么效果",
        "“{text}” is only the project's name; write what is to be done this year, and to what effect",
    ),
    "": ("“{text}”没有填完；请补上空着的内容", "“{text}” is not complete; fill in what was left out"),
}


@rule(
    title=("总体目标未实质填写", "A goal was not really filled in"),
    severity=Severity.ERROR,
    category="明确清晰性",
    basis="财预〔2015〕88号：完整性审核（地方参照）",
)
def empty_goal(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""年度总体绩效目标应写明要完成什么、达到什么效果，不能只写“待定”或者项目名称。

    Goals say what is to be done and to what effect; “to be determined”, or the project's name, is none.

    ## 为什么

    总体目标是各项指标的来处。只写项目名称或者“略”，审核人无从判断指标设得对不对。

    ## 例

    ```yaml
    项目名称: 农村公路日常养护
    年度总体绩效目标: 待定 # ✗ “待定”不是目标；请写明本年度要完成什么、达到什么效果
    ```

    ```yaml
    项目名称: 农村公路日常养护
    年度总体绩效目标:
      - 农村公路日常养护项目。 # ✗ “农村公路日常养护项目。”只是项目名称；请写明本年度要完成什么、达到什么效果
    ```

    其他项已经写明目标的，只作提示；没有填完的模板也是：

    ```yaml
    项目名称: 农村公路日常养护
    年度总体绩效目标:
      - 养护农村公路320公里。
      - 群众满意度达到××%以上。 # ✗警告 “群众满意度达到××%以上。”没有填完；请补上空着的内容
      - 略 # ✗警告 “略”不是目标；请写明本年度要完成什么、达到什么效果
    ```

    ## 怎样改

    ```yaml
    项目名称: 农村公路日常养护
    年度总体绩效目标:
      - 养护农村公路320公里，优良路率达到85%以上。
      - 群众满意度达到90%以上。
    ```

    ## 依据

    《中央部门预算绩效目标管理办法》（财预〔2015〕88号，地方参照）规定的完整性审核。整栏空白由 missing-field 判为错
    误。
    """
    classified = classify_goals(table)
    all_empty = all(reason for _, reason in classified) and not any(loc[0] == GOALS for loc in table.shape_errors)
    for goal, reason in classified:
        if reason == "name" and not all_empty:
            continue  # the name of the project is a heading above other goals
        if reason or is_placeholder(goal.text):
            yield Finding(goal.loc, _message(goal, reason), severity=None if all_empty else Severity.WARNING)


def _message(goal: Goal, reason: Emptiness) -> str:
    zh, en = _MESSAGES[reason]
    return tr(zh, en).format(text=shorten(without_leading_numbers(goal.text)))
