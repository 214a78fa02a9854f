"""Report blank columns and fields for the basis or the source of data."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.entries import ENTRY_KEYS
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.text.source import KEY
from perftarget.values.parser import Empty, Placeholder, parse

_COLUMNS: Final = ("basis", "source")


@rule(
    title=("依据或数据来源空白", "A basis or a source of data is blank"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="通行审核要求",
)
def missing_basis(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""表上有设定依据、数据来源、测算依据的，每个指标都应写明。

    Where the form has a basis, a source of data or a costing, it is filled in for every indicator.

    ## 为什么

    没有依据的目标值，审核人不知道是文件规定的还是估的；没有数据来源，年终就找不到人取数。

    ## 例

    有的指标写了，没有写的就是漏了：

    ```yaml
    绩效指标:
      11-数量指标:
        免费孕前优生健康检查: {值: ≥1200对, 设定依据: 省卫生健康委年度任务, 数据来源: 妇幼信息系统}
        新生儿疾病筛查: {值: ≥3000人, 数据来源: —} # ✗键 “设定依据”是空白；请写明 # ✗⟦—⟧ “数据来源”填写为“—”；请写明
    ```

    表头有依据一栏的表式：

    ```yaml config
    head: [[项目名称], [立项依据]]
    ```
    ```yaml
    项目名称: 妇幼健康服务
    立项依据: # ✗键 “立项依据”是空白；请写明
    ```

    ## 怎样改

    ```yaml
    项目名称: 妇幼健康服务
    立项依据: 县妇幼健康发展规划（2021—2030年）
    绩效指标:
      11-数量指标:
        免费孕前优生健康检查: {值: ≥1200对, 设定依据: 省卫生健康委年度任务, 数据来源: 妇幼信息系统}
        新生儿疾病筛查: {值: ≥3000人, 设定依据: 上年实际完成 2960 人, 数据来源: 妇幼信息系统}
    ```

    ## 依据

    通行审核要求。每个指标必填哪几栏，由表式（profile）的 `required_columns` 规定；没有规定的，表中有一个指标写了，
    其他的才应写。表头的栏目看 `head`；必填的由 missing-field、blank-field 检查。
    """
    for label in _basis_fields(profile):
        written = table.field(label).strip()
        if table.is_blank(label):
            yield Finding((label, KEY), _blank_message(label))
        elif isinstance(parse(written), Placeholder):
            yield Finding((label,), _placeholder_message(label, written))
    for column in _COLUMNS:
        is_used = any(getattr(row.columns, column, "").strip() for row in table.indicators)
        if is_used or column in profile.required_columns:
            for row in table.indicators:
                yield from _check_row(row, column)


@lru_cache(maxsize=8)
def _basis_fields(profile: Profile) -> list[str]:
    """Return the fields of the head for a basis, without those that other rules require."""
    labels = [label for row in profile.head for label in row if label in profile.words["basis_fields"]]
    required = {label for label, setting in profile.fields.items() if setting.required != "off"}
    return [label for label in labels if label not in required]


def _check_row(row: Indicator, column: str) -> Iterator[Finding]:
    label, written = ENTRY_KEYS[column], getattr(row.entry, column).strip()
    at, value = (*row.name_loc[:-1], label), parse(written)
    if isinstance(value, Empty):
        yield Finding((*at, KEY), _blank_message(label))
    elif isinstance(value, Placeholder):
        yield Finding(at, _placeholder_message(label, written))


def _blank_message(label: str) -> str:
    return tr(f"“{label}”是空白；请写明", f"“{label}” is blank; fill it in")


def _placeholder_message(label: str, written: str) -> str:
    return tr(f"“{label}”填写为“{written}”；请写明", f"“{label}” is “{written}”; fill it in")
