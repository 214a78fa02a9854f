"""Report targets of ≥100% for rates that cannot exceed 100%."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Replace, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.tables.semantics.names import understand
from perftarget.tables.semantics.rates import is_bounded
from perftarget.values.parser import Operator, Quantity


@rule(
    title=("比率不会超过 100%", "A rate cannot be over 100%"),
    severity=Severity.INFO,
    category="指标科学性",
    basis="书写规范",
    superseded_by=("operator-form", "satisfaction-level"),
)
def over_full_rate(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""已经是全部的比率，写“=100%”。

    A rate that is the whole is written =100%.

    ## 为什么

    合格率最多就是 100%，“≥100%”里的大于没有意义，说明写的时候没有想清楚是“必须全部”还是“不低于某个数”。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        设备验收合格率: ≥100% # ✗ “≥100%”不会大于 100%；请写成“=100%”
    ```
    ```yaml fixed
    绩效指标:
      12-质量指标:
        设备验收合格率: =100%
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      12-质量指标:
        设备验收合格率: =100%
        任务完成率: ≥100%
    ```

    ## 依据

    书写规范。任务完成率、增长率、执行率等可以超过 100% 的，不提示。
    """
    for row in table.indicators:
        value = row.value
        if not isinstance(value, Quantity) or not value.is_rate or value.number != 100 or value.has_repeated_operator:
            continue
        if value.operator is not Operator.AT_LEAST or not _is_whole(row, profile):
            continue
        column = (*row.name_loc[:-1], "符号")
        change = Replace(column, "=") if row.entry.operator.strip() else Replace(row.loc, "=100%")
        message = tr(
            f"“{row.text.strip()}”不会大于 100%；请写成“=100%”",
            f"“{row.text.strip()}” cannot be over 100%; write “=100%”",
        )
        yield Finding(row.loc, message, fix=Fix(tr("写成“=100%”", "Write “=100%”"), (change,)))


def _is_whole(row: Indicator, profile: Profile) -> bool:
    """Return True if the rate is a share of which more is better, so that 100% is all there is."""
    sense = understand(row, profile)
    return sense.polarity == "higher" and sense.certain and is_bounded(row, profile)
