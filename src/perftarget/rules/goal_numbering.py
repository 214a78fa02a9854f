"""Report goals whose numbers are inconsistent or not consecutive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import join_words, quote_words, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Replace, rule
from perftarget.rules.shared.goals import (
    GOAL_NUMBERS,
    LEADING_NUMBER,
    Goal,
    goal_number,
    goals,
    number_style,
    with_value,
    without_leading_numbers,
)
from perftarget.tables.keys import GOALS
from perftarget.tables.model import Table

_PRINTED_STYLES: Final = ("1:", "1.", "1、")
"""The styles of numbers that are printed as they are; the form adds 目标1： before all other goals."""
_POSSIBLE_NUMBER: Final = re.compile(r"\s*[0-9０-９]{1,2}\s?[：:.．、]")
_MAX_NAMED: Final = 5


@rule(
    title=("目标编号不统一或不连续", "Goals are numbered in two ways, or not in order"),
    severity=Severity.INFO,
    category="规范完整性",
    basis="书写规范",
    superseded_by=("empty-goal",),
)
def goal_numbering(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""各项目标的编号写法应一致，从 1 起连续。

    Goals are numbered in one way, from 1 on without a gap.

    ## 为什么

    表上其他项是“目标2：”，这一项只写“1：”，看表的人要想一想它是不是目标；编号跳过一个，会问漏掉的那一项在哪里。

    ## 例

    目标写成列表时不用自己编号，打印时由表式统一编为“目标1：”“目标2：”：

    ```yaml
    年度总体绩效目标:
      - 1：资金按规定用于实习见习人员生活补贴； # ✗ 编号“1：”与其他项的“目标2：”不统一；请删去，由表式统一编号
      - 确保资金及时补贴到位。
    ```
    ```yaml fixed
    年度总体绩效目标:
      - 资金按规定用于实习见习人员生活补贴；
      - 确保资金及时补贴到位。
    ```

    写成一段文字的，编号应连续：

    ```yaml
    年度总体绩效目标: 目标1：补贴945人；目标2：按月足额发放；目标4：满意度≥85%。 # ✗ 编号 2 之后是 4，不连续；请改为 3
    ```
    ```yaml fixed
    年度总体绩效目标: 目标1：补贴945人；目标2：按月足额发放；目标3：满意度≥85%。
    ```

    ## 怎样改

    ```yaml
    年度总体绩效目标:
      - 资金按规定用于实习见习人员生活补贴；
      - 确保资金及时补贴到位。
    ```

    自己统一编好的也可以：

    ```yaml
    年度总体绩效目标:
      - 1、补贴灵活就业人员945人。
      - 2、发放准确率≥95%。
    ```

    ## 依据

    书写规范。修复只去掉或更正编号，不改目标本身。
    """
    if isinstance(table.raw_goals, str):
        yield from _check_text(table.raw_goals)
    elif not any(loc[0] == GOALS for loc in table.shape_errors):
        yield from _check_list(goals(table))


def _check_list(items: Sequence[Goal]) -> Iterator[Finding]:
    marks = [match[1] if (match := LEADING_NUMBER.match(goal.text)) else "" for goal in items]
    is_unsure = any(not mark and _POSSIBLE_NUMBER.match(goal.text) for goal, mark in zip(items, marks, strict=True))
    if not any(marks) or _is_valid(marks) or is_unsure or any(map(_holds_several, items, marks)):
        return
    first = next(index for index, mark in enumerate(marks) if mark)
    yield Finding(items[first].loc, _list_message(marks), fix=_removal_fix(items, marks))


def _holds_several(goal: Goal, mark: str) -> bool:
    """Return True if an item has several numbered goals (1、… 2、…), which cannot be split automatically."""
    return [number_style(other_mark) for other_mark in GOAL_NUMBERS.findall(goal.text)].count(number_style(mark)) > 1


def _is_valid(marks: Sequence[str]) -> bool:
    return number_style(marks[0]) in _PRINTED_STYLES and _is_uniform(marks)


def _is_uniform(marks: Sequence[str]) -> bool:
    """Return True if the numbers have one style and are consecutive from 1."""
    return len(set(map(number_style, marks))) == 1 and list(map(goal_number, marks)) == list(range(1, len(marks) + 1))


def _list_message(marks: Sequence[str]) -> str:
    names = join_words(quote_words(list(filter(None, marks))[:_MAX_NAMED]))
    if "" in marks:
        other = f"目标{marks.index('') + 1}："
        return tr(
            f"编号{names}与其他项的“{other}”不统一；请删去，由表式统一编号",
            f"the form numbers the other goals like “{other}”; delete {names}, and it numbers them all",
        )
    if _is_uniform(marks):
        return tr(
            f"编号“{marks[0]}”会印成“目标1：{marks[0]}”；请删去，由表式统一编号",
            f"“{marks[0]}” is printed as “目标1：{marks[0]}”; delete it, and the form numbers the goals",
        )
    return tr(
        f"编号{names}写法不一或不连续；请删去，由表式统一编号",
        f"the numbers {names} are not of one form, or not in order; delete them, and the form numbers the goals",
    )


def _removal_fix(items: Sequence[Goal], marks: Sequence[str]) -> Fix | None:
    """Return the fix that removes all numbers at once, or None if a goal would be blank."""
    texts = [(goal.loc, without_leading_numbers(goal.text)) for goal, mark in zip(items, marks, strict=True) if mark]
    if not all(text for _, text in texts):
        return None
    names = join_words(quote_words(list(filter(None, marks))[:_MAX_NAMED]))
    return Fix(tr(f"删去编号{names}", f"Delete {names}"), tuple(Replace(loc, text) for loc, text in texts))


def _check_text(text: str) -> Iterator[Finding]:
    matches = list(GOAL_NUMBERS.finditer(text))
    labelled = [mark for mark in matches if mark[0].startswith("目标")]
    unlabelled = [
        mark for mark in matches[:1] if labelled and mark not in labelled and not text[: mark.start()].strip()
    ]
    marks = unlabelled + labelled if labelled else matches
    numbers = [goal_number(mark[0]) for mark in marks]
    is_nested = not labelled and len({number_style(mark[0]) for mark in marks}) > 1
    if (
        not marks
        or is_nested
        or 0 in numbers
        or (not unlabelled and all(_is_next(*pair) for pair in pairwise((0, *numbers))))
    ):
        return
    expected = [f"目标{i}：" if mark in unlabelled else with_value(mark[0], i) for i, mark in enumerate(marks, start=1)]
    restarts = 1 in numbers[1:]  # a second list may begin there
    yield Finding(
        (GOALS,),
        _text_message(marks[0][0], numbers, expected, bool(unlabelled), restarts),
        fix=_text_fix(text, marks, expected, restarts),
    )


def _is_next(before: int, after: int) -> bool:
    """Return True if a number may follow another; a second list may begin with 1, such as the goals of the year."""
    return after == before + 1 or (after == 1 and before > 1)


def _text_message(written: str, numbers: Sequence[int], expected: Sequence[str], is_mixed: bool, restarts: bool) -> str:
    if is_mixed:
        return tr(
            f"编号“{written}”与“{expected[-1]}”写法不一；请改为“{expected[0]}”",
            f"the numbers “{written}” and “{expected[-1]}” are not of one form; write “{expected[0]}”",
        )
    before, after = next(pair for pair in pairwise((0, *numbers)) if not _is_next(*pair))
    remedy = tr("请核对", "check them") if restarts else tr(f"请改为 {before + 1}", f"write {before + 1}")
    if before == 0:
        return tr(f"编号从 {after} 开始；{remedy}", f"the numbers begin with {after}; {remedy}")
    return tr(f"编号 {before} 之后是 {after}，不连续；{remedy}", f"after number {before} comes {after}; {remedy}")


def _text_fix(text: str, marks: Sequence[re.Match[str]], expected: Sequence[str], restarts: bool) -> Fix | None:
    """Return the fix of the numbers, or None for a text of several lines, which would become one quoted line."""
    if restarts or "\n" in text:
        return None
    parts, end = [], 0
    for mark, replacement in zip(marks, expected, strict=True):
        parts += [text[end : mark.start()], replacement]
        end = mark.end()
    return Fix(tr("更正编号", "Number the goals in order"), (Replace((GOALS,), "".join([*parts, text[end:]])),))
