from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import count_noun, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.keys import GOALS
from perftarget.tables.model import Table
from perftarget.text.source import Loc

_SHOWN: Final = 12
"""Of a text that is too long so many characters are enough to know it by."""

_SHORTER: Final = ("请精简", "shorten it")
_NAME: Final = ("请缩短，口径和说明写到备注中", "shorten it, and explain in the remarks")
_VALUE: Final = ("请只写目标值，说明写到备注中", "write only the target, and explain in the remarks")


@rule(
    title=("文字超过规定的长度", "A text is longer than it may be"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="通行审核要求",
)
def too_long(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""指标名称不超过 100 字，其他栏目不超过表式规定的字数。

    An indicator's name has 100 characters at most, and other cells as many as the form allows.

    ## 为什么

    预算管理系统录入时会截断或拒收超长的文字；名称写成一段话，也看不出考核的是哪一个数。

    ## 例

    表式规定指标名称最多 20 字的：

    ```yaml config
    caps: {name: 20}
    ```
    ```yaml
    绩效指标:
      12-质量指标:
        按照项目实施方案和技术规范要求组织验收并取得合格结论的工程比例: =100% # ✗键 “按照项目实施方案和技术规…”有 31 字，最多 20 字；请缩短，口径和说明写到备注中
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      12-质量指标:
        工程验收合格率: =100%
    ```

    ## 依据

    通行审核要求；字数由表式（profile）的 `caps` 和各栏目的 `max_length` 规定。总体绩效目标的长短由 goal-length 检查。
    """
    for label, setting in profile.fields.items():
        if label != GOALS:
            yield from _checked(table.field(label), setting.max_length, (label,), _SHORTER)
    name, value = profile.caps.name, profile.caps.value
    for row in table.indicators:
        if len(row.name) > name:
            yield from _checked(row.name, name, row.name_loc, _NAME)
        if value and len(row.written) > value:
            yield from _checked(row.written, value, row.loc, _VALUE)


def _checked(text: str, most: int | None, at: Loc, remedy: tuple[str, str]) -> Iterator[Finding]:
    text = text.strip()
    if most and len(text) > most:
        start = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        long = tr(
            f"“{start}”有 {len(text)} 字，最多 {most} 字；",
            f"“{start}” has {count_noun(len(text), 'character')}, and {most} is the most; ",
        )
        yield Finding(at, long + tr(*remedy))
