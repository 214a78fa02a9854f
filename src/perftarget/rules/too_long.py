"""Report texts that are longer than the form allows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perftarget.config.profile import Profile
from perftarget.config.settings import Caps
from perftarget.i18n import count_noun, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.figures import Expected, Figures, Observed
from perftarget.linter.rule import Finding, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.keys import GOALS
from perftarget.tables.model import Table
from perftarget.text.source import Loc

_MAX_SHOWN_LENGTH: Final = 12
"""The number of characters of a long text that a message includes."""

_FIELD_REMEDY: Final = ("请精简", "shorten it")
_NAME_REMEDY: Final = ("请缩短，口径和说明写到备注中", "shorten it, and explain in the remarks")
_VALUE_REMEDY: Final = ("请只写目标值，说明写到备注中", "write only the target, and explain in the remarks")


@rule(
    title=("文字超过规定的长度", "A text is longer than it may be"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="表式规定；本工具的默认值",
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

    表式规定：字数由表式（profile）的 `caps` 和各栏目的 `max_length` 规定，名称默认最多 100 字。预算管理系统按字节存储的，
    字节数写在 `caps` 的 `name_bytes`、`value_bytes`、`remark_bytes` 中（UTF-8，一个汉字三个字节）。总体绩效目标的长短由 goal-length 检查。
    """
    for label, setting in profile.fields.items():
        if label != GOALS:
            yield from _check_length(table.field(label), setting.max_length, (label,), _FIELD_REMEDY)
    max_name, max_value = profile.caps.name, profile.caps.value
    for row in table.indicators:
        found = [*_check_row(row, max_name, max_value)]
        yield from found or _check_sizes(row, profile.caps)


def _check_row(row: Indicator, max_name: int, max_value: int | None) -> Iterator[Finding]:
    if len(row.name) > max_name:
        yield from _check_length(row.name, max_name, row.name_loc, _NAME_REMEDY)
    if max_value and len(row.written) > max_value:
        yield from _check_length(row.written, max_value, row.loc, _VALUE_REMEDY)


def _check_sizes(row: Indicator, caps: Caps) -> Iterator[Finding]:
    """Yield findings about texts that are longer than a system stores, which counts bytes."""
    remark = row.columns.remark if row.columns else ""
    cells = (
        (row.name, caps.name_bytes, row.name_loc, _NAME_REMEDY),
        (row.written, caps.value_bytes, row.loc, _VALUE_REMEDY),
        (remark, caps.remark_bytes, (*row.name_loc[:-1], "备注"), _FIELD_REMEDY),
    )
    for written, max_size, at, remedy in cells:
        text = written.strip()
        size = len(text.encode())
        if max_size and size > max_size:
            beginning = _beginning(text)
            problem = tr(
                f"“{beginning}”有 {len(text)} 字、{size} 字节，系统最多存 {max_size} 字节；",
                f"“{beginning}” has {count_noun(size, 'byte')}, and {max_size} are stored at most; ",
            )
            figures = Figures(Observed(beginning, Decimal(size), "字节"), Expected("≤", Decimal(max_size), "字节"))
            yield Finding(at, problem + tr(*remedy), figures=figures)


def _check_length(text: str, max_length: int | None, at: Loc, remedy: tuple[str, str]) -> Iterator[Finding]:
    text = text.strip()
    if max_length and len(text) > max_length:
        beginning = _beginning(text)
        problem = tr(
            f"“{beginning}”有 {len(text)} 字，最多 {max_length} 字；",
            f"“{beginning}” has {count_noun(len(text), 'character')}, and {max_length} is the most; ",
        )
        figures = Figures(Observed(beginning, Decimal(len(text)), "字"), Expected("≤", Decimal(max_length), "字"))
        yield Finding(at, problem + tr(*remedy), figures=figures)


def _beginning(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN_LENGTH else f"{text[:_MAX_SHOWN_LENGTH]}…"
