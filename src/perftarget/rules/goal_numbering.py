from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import join_words, quote_words, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Replace, rule
from perftarget.rules.shared.goals import LEADING, NUMBERS, Goal, goals, number, renumbered, style, unnumbered
from perftarget.tables.keys import GOALS
from perftarget.tables.model import Table

_PLAIN: Final = ("1:", "1.", "1、")
"""A goal that begins so keeps its number on the form; any other gets 目标1： in front of it."""
_UNSURE: Final = re.compile(r"\s*[0-9０-９]{1,2}\s?[：:.．、]")
_MOST: Final = 5


@rule(
    title=("目标的编号不统一或不连续", "Goals are numbered in two ways, or not in order"),
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
      - 1：资金按规定用于实习见习人员生活补贴； # ✗ 编号“1：”与其他项的“目标2：”不统一；请去掉，由表式统一编号
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
    if isinstance(table.goals_written, str):
        yield from _in_text(table.goals_written)
    elif not any(loc[0] == GOALS for loc in table.shape_errors):
        yield from _in_list(goals(table))


def _in_list(items: Sequence[Goal]) -> Iterator[Finding]:
    marks = [found[1] if (found := LEADING.match(goal.text)) else "" for goal in items]
    unsure = any(not mark and _UNSURE.match(goal.text) for goal, mark in zip(items, marks, strict=True))
    if not any(marks) or _is_good(marks) or unsure or any(map(_holds_several, items, marks)):
        return
    first = next(index for index, mark in enumerate(marks) if mark)
    yield Finding(items[first].loc, _say(marks), fix=_removal(items, marks))


def _holds_several(goal: Goal, mark: str) -> bool:
    """1、… 2、… in one item: only its author can part them."""
    return [style(one) for one in NUMBERS.findall(goal.text)].count(style(mark)) > 1


def _is_good(marks: Sequence[str]) -> bool:
    return style(marks[0]) in _PLAIN and _is_uniform(marks)


def _is_uniform(marks: Sequence[str]) -> bool:
    """One style, and in order."""
    return len(set(map(style, marks))) == 1 and list(map(number, marks)) == list(range(1, len(marks) + 1))


def _say(marks: Sequence[str]) -> str:
    named = join_words(quote_words(list(filter(None, marks))[:_MOST]))
    if "" in marks:
        other = f"目标{marks.index('') + 1}："
        return tr(
            f"编号{named}与其他项的“{other}”不统一；请去掉，由表式统一编号",
            f"the form numbers the other goals like “{other}”; delete {named}, and it numbers them all",
        )
    if _is_uniform(marks):
        return tr(
            f"编号“{marks[0]}”会印成“目标1：{marks[0]}”；请去掉，由表式统一编号",
            f"“{marks[0]}” is printed as “目标1：{marks[0]}”; delete it, and the form numbers the goals",
        )
    return tr(
        f"编号{named}写法不一或不连续；请去掉，由表式统一编号",
        f"the numbers {named} are not of one form, or not in order; delete them, and the form numbers the goals",
    )


def _removal(items: Sequence[Goal], marks: Sequence[str]) -> Fix | None:
    """All of them at once: to take off some would leave the others at odds."""
    bare = [(goal.loc, unnumbered(goal.text)) for goal, mark in zip(items, marks, strict=True) if mark]
    if not all(text for _, text in bare):
        return None
    named = join_words(quote_words(list(filter(None, marks))[:_MOST]))
    return Fix(tr(f"去掉编号{named}", f"Delete {named}"), tuple(Replace(loc, text) for loc, text in bare))


def _in_text(text: str) -> Iterator[Finding]:
    found = list(NUMBERS.finditer(text))
    named = [mark for mark in found if mark[0].startswith("目标")]
    lead = [mark for mark in found[:1] if named and mark not in named and not text[: mark.start()].strip()]
    marks = lead + named if named else found
    numbers = [number(mark[0]) for mark in marks]
    nested = not named and len({style(mark[0]) for mark in marks}) > 1
    if not marks or nested or 0 in numbers or (not lead and all(_follows(*pair) for pair in pairwise((0, *numbers)))):
        return
    wanted = [f"目标{i}：" if mark in lead else renumbered(mark[0], i) for i, mark in enumerate(marks, start=1)]
    again = 1 in numbers[1:]  # another list may begin there
    yield Finding(
        (GOALS,), _say_order(marks[0][0], numbers, wanted, bool(lead), again), fix=_order(text, marks, wanted, again)
    )


def _follows(before: int, after: int) -> bool:
    """1, 2, 3, and perhaps 1, 2 again: goals of the term, then of the year."""
    return after == before + 1 or (after == 1 and before > 1)


def _say_order(written: str, numbers: Sequence[int], wanted: Sequence[str], mixed: bool, again: bool) -> str:
    if mixed:
        return tr(
            f"编号“{written}”与“{wanted[-1]}”写法不一；请改为“{wanted[0]}”",
            f"the numbers “{written}” and “{wanted[-1]}” are not of one form; write “{wanted[0]}”",
        )
    before, after = next(((a, b) for a, b in pairwise((0, *numbers)) if not _follows(a, b)))
    remedy = tr("请核对", "check them") if again else tr(f"请改为 {before + 1}", f"write {before + 1}")
    if before == 0:
        return tr(f"编号从 {after} 开始；{remedy}", f"the numbers begin with {after}; {remedy}")
    return tr(f"编号 {before} 之后是 {after}，不连续；{remedy}", f"after number {before} comes {after}; {remedy}")


def _order(text: str, marks: Sequence[re.Match[str]], wanted: Sequence[str], again: bool) -> Fix | None:
    """None for a text of several lines, which would become one line of quotes and escapes."""
    if again or "\n" in text:
        return None
    parts, done = [], 0
    for mark, new in zip(marks, wanted, strict=True):
        parts += [text[done : mark.start()], new]
        done = mark.end()
    return Fix(tr("更正编号", "Number the goals in order"), (Replace((GOALS,), "".join([*parts, text[done:]])),))
