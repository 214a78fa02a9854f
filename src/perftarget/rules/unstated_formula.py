"""Report rates without an explanation in a table that explains its other rates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.text.source import KEY
from perftarget.values.parser import Quantity, Range

_MIN_SHARE: Final = 0.5


@rule(
    title=("比率没有写计算口径", "A rate without its formula"),
    severity=Severity.INFO,
    category="明确清晰性",
    basis="财预〔2021〕101号：指标解释",
)
def unstated_formula(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""表中填了指标解释的，比率都应写明分子、分母。

    In a table with explanations, every rate has one that says of what it is a part.

    ## 为什么

    “设备完好率 ≥98%”按台数算还是按台日算，结果相差很大；其他比率写了口径，这一项空着，多半是漏填。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        验收合格率: {值: =100%, 指标解释: 验收合格台数÷应验收台数×100%}
        设备完好率: {值: ≥98%} # ✗键 “设备完好率”没有写指标解释；其他比率写了，请补上分子、分母
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      12-质量指标:
        验收合格率: {值: =100%, 指标解释: 验收合格台数÷应验收台数×100%}
        设备完好率: {值: ≥98%, 指标解释: 完好设备台日数÷在用设备台日数×100%}
    ```

    ## 依据

    《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（财预〔2021〕101号）：指标解释说明指标的含义、口径。
    表中至少一半的比率写了解释的才提示；没有这一栏的表式不提示。
    """
    rates = [row for row in table.indicators if _is_rate(row)]
    blank = [row for row in rates if not _is_explained(row)]
    if blank and len(rates) - len(blank) >= len(rates) * _MIN_SHARE:
        for row in blank:
            message = tr(
                f"“{row.bare_name}”没有写指标解释；其他比率写了，请补上分子、分母",
                f"“{row.bare_name}” has no explanation, as other rates have; say of what it is a part",
            )
            yield Finding(_blank_loc(row), message)


def _is_rate(row: Indicator) -> bool:
    unit = (row.value.unit or row.named_unit) if isinstance(row.value, (Quantity, Range)) else None
    return unit is not None and unit.is_rate


def _is_explained(row: Indicator) -> bool:
    return row.columns is not None and bool(row.columns.explanation.strip())


def _blank_loc(row: Indicator) -> tuple[str | int, ...]:
    """Return the location of the blank cell, or of the name if the row does not have the column."""
    has_column = row.columns is not None and "explanation" in row.columns.model_fields_set
    return (*row.name_loc[:-1], "指标解释", KEY) if has_column else row.name_loc
