"""Report common misspellings and unpaired brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.rules.shared.cells import cells
from perftarget.tables.keys import GOALS
from perftarget.tables.model import Table
from perftarget.text.source import Loc

_MAX_LENGTH: Final = 2000
_PAIRS: Final = {
    "（": "）",
    "(": ")",
    "【": "】",
    "《": "》",
    "〈": "〉",
    "“": "”",
    "「": "」",
    "『": "』",
    "〔": "〕",
    "[": "]",
}
_BRACKETS: Final = re.escape("".join([*_PAIRS, *_PAIRS.values()]))
_BRACKET: Final = re.compile(f"[{_BRACKETS}]")
_MATCHED_PAIR: Final = re.compile("|".join(f"{re.escape(a)}[^\n{_BRACKETS}]*{re.escape(b)}" for a, b in _PAIRS.items()))
_HALF_WIDTH: Final = {"（": "(", "）": ")"}


@rule(
    title=("错别字或括号不配对", "A slip of the pen, or brackets that do not match"),
    severity=Severity.INFO,
    category="规范完整性",
    basis="书写规范",
)
def typo(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""没有常见的错别字，引号和括号成对。

    There are no common slips, and quotes and brackets match.

    ## 为什么

    正式文件里的错别字影响审核人对整张表的信任；少了半个括号，后面的单位就读不出来。

    ## 例

    ```yaml
    年度总体绩效目标:
      - 资金用于社保保险缴费。 # ✗ “社保保险”应为“社会保险”；请改正
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人: 718 # ✗键 “（”没有配对；请补上或删去
        开展活动【场次）: 20次 # ✗键 “【”与“）”不配对；请改成一样的
    ```

    ## 怎样改

    ```yaml
    年度总体绩效目标:
      - 资金用于社会保险缴费。
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 718
    ```

    ## 依据

    书写规范。错别字只查词表 slips 里有把握的；“1）”“a)”这样的序号不算括号。
    """
    texts = [(loc, text) for loc, text in (*_goal_texts(table), *cells(table, profile)) if len(text) <= _MAX_LENGTH]
    full_text = "\n".join(text for _, text in texts)
    if not profile.pattern("slips").search(full_text) and not _BRACKET.search(_MATCHED_PAIR.sub("", full_text)):
        return  # most tables have no problem, and searching all texts at once is faster
    for loc, text in texts:
        for wrong, right in profile.pairs("slips").items():
            if wrong in text:
                yield Finding(loc, tr(f"“{wrong}”应为“{right}”；请改正", f"“{wrong}” should be “{right}”; correct it"))
        if message := _bracket_problem(text):
            yield Finding(loc, message)


def _goal_texts(table: Table) -> Iterator[tuple[Loc, str]]:
    if isinstance(table.raw_goals, str):
        yield (GOALS,), table.raw_goals
    else:
        yield from (((GOALS, index), goal) for index, goal in enumerate(table.raw_goals))


def _bracket_problem(text: str) -> str:
    """Return the problem of the brackets and quotes of a text, or ""; （ and ) are accepted as a pair."""
    opened: list[str] = []
    for index, character in enumerate(text):
        if character in _PAIRS:
            opened.append(character)
        elif character in _PAIRS.values():
            if not opened and character in "）)" and index and text[index - 1].isalnum():
                continue  # 1）, a)
            if not opened:
                return _unpaired_message(character)
            opening = opened.pop()
            if _to_half_width(_PAIRS[opening]) != _to_half_width(character):
                return tr(
                    f"“{opening}”与“{character}”不配对；请改成一样的",
                    f"“{opening}” and “{character}” do not match; make them alike",
                )
    return _unpaired_message(opened[-1]) if opened else ""


def _unpaired_message(character: str) -> str:
    return tr(f"“{character}”没有配对；请补上或删去", f"“{character}” has no match; add it, or delete this one")


def _to_half_width(character: str) -> str:
    return _HALF_WIDTH.get(character, character)
