"""Report tasks of the goals without an indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from perftarget.config.profile import Profile
from perftarget.i18n import join_words, quote_words, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, rule
from perftarget.rules.shared.enumerations import split_parts
from perftarget.rules.shared.goals import goals, is_cost, split_clauses
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table

_QUANTITY: Final = re.compile(
    r"[≥≤约近]?[0-9][0-9.,]{0,12}[余多]?[百千万亿]{0,2}(?:平方米|平方公里|[一-鿿]{0,1}公里|人次|[个名家户所座处条项场次期台套件份册辆亩吨米人元])?"
)
_MAX_TASK_LENGTH: Final = 16
"""The maximum length of a task; longer texts are clauses."""
_MAX_GOAL_LENGTH: Final = 2000  # characters; forms allow a few hundred
_MAX_TASKS: Final = 20
_KIND: Final = re.compile("(?<![一二三优中高同平])等([^等级效]*)$")


_RowsWithSubjects: TypeAlias = Sequence[tuple[Indicator, str]]
"""Indicators with the subjects of their names."""


class _Item(NamedTuple):
    """A task of a goal and the indicator that measures it, or None."""

    text: str
    row: Indicator | None


@rule(
    title=("目标所列事项未设置指标", "Something that a goal lists has no indicator"),
    severity=Severity.INFO,
    category="目标相关性",
    basis="财预〔2015〕88号：相关性审核（地方参照）",
)
def goal_without_indicator(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""总体目标中列出的各项任务，都应有指标来衡量。

    Each task that a goal lists has an indicator that measures it.

    ## 为什么

    目标写了道路硬化、路灯安装、河道清淤三件事，指标只有两件，剩下的一件做没做、做了多少，年底没有地方填。

    ## 例

    ```yaml
    年度总体绩效目标:
      - 完成道路硬化、路灯安装、河道清淤等工程，改善人居环境。 # ✗ 目标中的“河道清淤”没有对应的指标；请补充指标，或从目标中删去
    绩效指标:
      11-数量指标:
        硬化道路里程: ≥5公里 # ↳键 “道路硬化”的指标
        安装路灯数量: ≥120盏 # ↳键 “路灯安装”的指标
    ```

    ## 怎样改

    ```yaml
    年度总体绩效目标:
      - 完成道路硬化、路灯安装、河道清淤等工程，改善人居环境。
    绩效指标:
      11-数量指标:
        硬化道路里程: ≥5公里
        安装路灯数量: ≥120盏
        清淤河道长度: ≥2公里
    ```

    ## 依据

    《中央部门预算绩效目标管理办法》（财预〔2015〕88号，地方参照）规定的相关性审核。只在同列的其他事项有指标时才提示，
    按用词对应，可能看不出换了说法的指标；列出的是支出内容（……费、补贴、经费）的，由 uncosted-item 检查。
    """
    clauses = ((goal, clause) for goal in goals(table) for clause in split_clauses(goal.text[:_MAX_GOAL_LENGTH]))
    lists = [(goal, tasks) for goal, clause in clauses if "、" in clause and (tasks := _tasks(clause, profile))]
    rows = [(row, _subject(row.bare_name, profile)) for row in table.indicators if lists and row.name.strip()]
    if any("数量" in profile.tier_name(row.second) and not subject for row, subject in rows):
        return  # indicators such as 活动场次 and 任务完成率 may measure any task of the goals
    for goal, tasks in lists:
        items = _items(tasks, rows, profile)
        missing = [item.text for item in items if item.row is None]
        if missing and len(missing) < len(items):
            names = join_words(quote_words(missing))
            message = tr(
                f"目标中的{names}没有对应的指标；请补充指标，或从目标中删去",
                f"no indicator was found for {names} of this goal; add one, or leave it out of the goal",
            )
            yield Finding(goal.loc, message, related=list(_related_rows(items)))


def _subject(name: str, profile: Profile) -> str:
    """Return a name without general words such as 建设, 数量 and 率."""
    for words in ("generic_tasks", "measures", "summed_measures", "measure_ends"):
        name = profile.pattern(words).sub("", name)
    return name


def _related_rows(items: Sequence[_Item]) -> Iterator[Related]:
    for item in items:
        if item.row:
            yield Related(item.row.name_loc, tr(f"“{item.text}”的指标", f"the indicator of “{item.text}”"))


def _tasks(clause: str, profile: Profile) -> list[str]:
    """Return the tasks that a clause lists after a verb such as 完成; empty if it lists costs or steps of the work."""
    verb = profile.pattern("listing_verbs").search(clause)
    listed = clause[verb.end() :] if verb else ""
    generic_words = profile.pattern("generic_tasks")
    # 教育、卫生等社会事业发展 is one task, and the list describes its kind.
    kind = _KIND.search(listed)
    if "、" not in listed or is_cost(listed, profile) or (kind and generic_words.sub("", kind[1])):
        return []
    listed_parts = split_parts(listed[: kind.start()] if kind else listed)[:_MAX_TASKS]
    return [text for part in listed_parts if _is_task(text := _without_quantity(part), profile)]


def _items(texts: Sequence[str], rows: _RowsWithSubjects, profile: Profile) -> list[_Item]:
    """Return the tasks with their indicators, without tasks that are only general words such as 建设 and 项目."""
    keys = [profile.pattern("generic_tasks").sub("", text) for text in texts]
    return [
        _Item(text, _row_for(key, keys, rows)) for text, key in zip(texts, keys, strict=True) if _character_pairs(key)
    ]


def _is_task(text: str, profile: Profile) -> bool:
    is_other = is_cost(text, profile) or profile.pattern("steps").search(text)
    return 2 <= len(text) <= _MAX_TASK_LENGTH and not is_other


def _without_quantity(part: str) -> str:
    """Return a task without its quantity, such as 文化广场 of 文化广场2个 or 农村公路 of 320公里农村公路."""
    return next(filter(None, map(str.strip, _QUANTITY.split(part))), "")


def _row_for(key: str, keys: Sequence[str], rows: _RowsWithSubjects) -> Indicator | None:
    """Return the first indicator whose subject matches a task, or None.

    The subject must share two adjacent characters that no other task has, or half of the characters of the task.
    """
    own_pairs = _character_pairs(key) - {
        pair for other_key in keys if other_key != key for pair in _character_pairs(other_key)
    }
    for row, subject in rows:
        if own_pairs & _character_pairs(subject) or 2 * len(set(key) & set(subject)) >= len(set(key)):
            return row
    return None


def _character_pairs(text: str) -> set[str]:
    """Return all pairs of adjacent characters."""
    return {"".join(pair) for pair in pairwise(text)}
