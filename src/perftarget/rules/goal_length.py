"""Report goals that are too short or longer than the form allows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import count_noun, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.rules.shared.goals import goals, goals_loc, stated_goals, without_leading_numbers
from perftarget.tables.keys import GOALS
from perftarget.tables.model import Table
from perftarget.text.source import KEY, Loc

_MIN_LENGTH: Final = 20


@rule(
    title=("总体目标过短或过长", "Goals are too short or too long"),
    severity=Severity.INFO,
    category="明确清晰性",
    basis="通行审核要求",
    superseded_by=("goal-without-number", "goal-process-only"),
)
def goal_length(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""年度总体绩效目标合计不少于 20 字，不超过表式规定的字数。

    Goals have 20 characters or more in all, and no more than the form allows.

    ## 为什么

    十几个字说不清做什么、做多少、有什么效果；超过录入系统限定的字数会被截断。

    ## 例

    字数不计空格和编号：

    ```yaml
    年度总体绩效目标: # ✗键 目标合计 15 字，不足 20 字；请写明工作内容、数量和预期效果
      - 培训农民300人。
      - 发证280本
    ```

    表式规定了字数的：

    ```yaml config
    fields:
      年度总体绩效目标: {max_length: 30}
    ```
    ```yaml
    年度总体绩效目标:
      - 举办高素质农民培训班6期，培训300人。
      - 培训合格率达到95%以上，学员满意度达到90%以上。 # ✗ 目标合计 46 字，超过表式规定的 30 字，从这一项起超出；请精简
    ```

    ## 怎样改

    ```yaml
    年度总体绩效目标:
      - 举办高素质农民培训班6期，培训300人，合格率≥95%
    ```

    ## 依据

    通行审核要求；最多的字数由表式（profile）的 `fields` 中 `max_length` 规定，不写即不限。目标没有填写、没有数、
    只讲资金管理的，由 empty-goal、goal-without-number、goal-process-only 检查，这里不再提示字数少。
    """
    length = sum(map(_length, stated_goals(table)))
    if 0 < length < _MIN_LENGTH:
        message = tr(
            f"目标合计 {length} 字，不足 {_MIN_LENGTH} 字；请写明工作内容、数量和预期效果",
            f"the goals have {count_noun(length, 'character')}, fewer than {_MIN_LENGTH}; write what is to be done, how much of it, and to what effect",
        )
        yield Finding(goals_loc(table), message)
    setting = profile.fields.get(GOALS)
    if setting and setting.max_length:
        yield from _check_max_length(table, setting.max_length)


def _check_max_length(table: Table, max_length: int) -> Iterator[Finding]:
    items = goals(table)
    lengths = list(accumulate(_length(without_leading_numbers(goal.text)) for goal in items))
    if not lengths or lengths[-1] <= max_length:
        return
    at: Loc = (GOALS, KEY)
    position = ("", "")
    if isinstance(table.raw_goals, list):
        at = next(goal.loc for goal, length in zip(items, lengths, strict=True) if length > max_length)
        position = ("，从这一项起超出", ", and this one goes beyond it")
    zh_position, en_position = position
    message = tr(
        f"目标合计 {lengths[-1]} 字，超过表式规定的 {max_length} 字{zh_position}；请精简",
        f"the goals have {count_noun(lengths[-1], 'character')}, and the form allows {max_length}{en_position}; shorten them",
    )
    yield Finding(at, message)


def _length(text: str) -> int:
    """Return the number of characters, including punctuation but not white space."""
    return len("".join(text.split()))
