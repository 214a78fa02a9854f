"""Report goals that only describe how money is managed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.rules.shared.goals import goals_loc, is_cost, split_clauses, stated_goals
from perftarget.tables.model import Table
from perftarget.text.normalize import fold

_AMOUNT: Final = re.compile(
    r"[≥≤><=]?[0-9][0-9.,]{0,15}\s?(?:[百千]?万元|亿元|元|%|年度?)(?:以[上内])?|[0-9]{1,2}月(?:[底末]|[0-9]{1,2}日)?前?"
)
_PURPOSE_WORD: Final = "用于"
_MAX_FILLER_LENGTH: Final = 2
"""The maximum length of the rest of a clause about money, such as 率 or 工作."""


@rule(
    title=("总体目标仅为资金管理要求，未体现产出和效果", "Every goal speaks only of handling money"),
    severity=Severity.WARNING,
    category="明确清晰性",
    basis="中发〔2018〕34号：绩效目标包括产出、成本和效益",
    superseded_by=("goal-without-number",),
)
def goal_process_only(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""年度总体绩效目标应写明产出和效果，不能只讲资金怎样使用、怎样拨付。

    Goals name outputs and effects, and not only how money is spent and paid.

    ## 为什么

    资金按规定使用、及时到位，是花每一笔财政资金的起码要求，不是这个项目要达到的目标；钱都付了，事情未必办成。

    ## 例

    ```yaml
    年度总体绩效目标: # ✗键 目标仅为资金管理要求，未体现产出和效果；请写明资金用于完成什么、受益对象和预期变化
      - 1320万元资金按规定用于公益性岗位人员岗位补贴。
      - 确保资金及时下达、到位，到位率100%。
    ```

    ## 怎样改

    ```yaml
    年度总体绩效目标:
      - 1320万元资金按规定用于公益性岗位人员岗位补贴，安置就业困难人员718人。
      - 确保资金及时下达、到位，到位率100%。
    ```

    ## 依据

    《中共中央 国务院关于全面实施预算绩效管理的意见》（中发〔2018〕34号）：绩效目标不仅要包括产出、成本，还要包括经
    济效益、社会效益、生态效益、可持续影响和服务对象满意度等绩效指标。目标中连数也没有的，先由 goal-without-number
    提示。
    """
    clauses = [clause for goal in stated_goals(table) for clause in split_clauses(fold(goal))]
    money = profile.pattern("money_words")
    if any(map(money.search, clauses)) and all(_handles_money(clause, profile) for clause in clauses):
        message = tr(
            "目标仅为资金管理要求，未体现产出和效果；请写明资金用于完成什么、受益对象和预期变化",
            "the goals speak only of handling money, of no output or effect; write what is done with it, for whom, and what changes",
        )
        yield Finding(goals_loc(table), message)


def _handles_money(clause: str, profile: Profile) -> bool:
    """Return True if a clause is only about the management of money; clauses that are not understood are not."""
    money, handling = profile.pattern("money_words"), profile.pattern("money_handling")
    clause = profile.pattern("money_phrases").sub("", _AMOUNT.sub("", clause))
    before_purpose, _, purpose = clause.partition(_PURPOSE_WORD)
    rest = handling.sub("", money.sub("", before_purpose))
    if profile.pattern("deeds").search(rest + purpose) or re.search("[0-9]", rest + purpose):
        return False
    if purpose:
        return is_cost(purpose, profile)
    return len(rest) <= _MAX_FILLER_LENGTH or bool(money.search(before_purpose) and handling.search(before_purpose))
