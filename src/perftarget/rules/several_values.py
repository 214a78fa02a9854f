"""Report cells with several targets."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.model import Table
from perftarget.values.parser import Date, MultipleValues, Operator, Quantity

_RATIO = ":"


@rule(
    title=("一格里写了几个目标值", "A cell holds more than one target"),
    severity=Severity.ERROR,
    category="指标科学性",
    basis="通行审核要求",
    superseded_by=("unreadable-value",),
)
def several_values(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""一个指标只有一个绩效值。

    An indicator has one target.

    ## 为什么

    “≥95%、≥90%”哪一个算数？达到一个、没达到另一个，年底没有办法打分。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        验收合格率: ≥95%、≥90% # ✗ “≥95%、≥90%”里有 2 个绩效值；请拆成 2 个指标，各写一个
    ```

    ## 怎样改

    按对象或环节拆开：

    ```yaml
    绩效指标:
      12-质量指标:
        土建工程验收合格率: ≥95%
        设备安装验收合格率: ≥90%
    ```

    ## 依据

    通行审核要求。1:3 这样的比不是两个值；几个日期是进度安排，不在此列。
    """
    for row in table.indicators:
        value = row.value
        if not isinstance(value, MultipleValues) or value.separator == _RATIO:
            continue
        if all(isinstance(part, Date) for part in value.parts):
            continue
        if _is_single_target(value):
            continue
        count = len(value.parts)
        message = tr(
            f"“{row.text}”里有 {count} 个绩效值；请拆成 {count} 个指标，各写一个",
            f"“{row.text}” holds {count} targets; make {count} indicators of it, each with one",
        )
        yield Finding(row.loc, message)


def _is_single_target(value: MultipleValues) -> bool:
    """Return True for a target of several numbers.

    These are a minimum and a maximum (≥3天，≤5天), a fraction (1/2), a service time (24小时/7天, 7×24小时), a number of
    times in some years (1次/2年), sizes (20×30米) and a tolerance (5±0.5℃).
    """
    if value.separator in {"×", "±"}:
        return True
    parts = [part for part in value.parts if isinstance(part, Quantity)]
    if len(parts) != 2 or len(value.parts) != 2:
        return False
    kinds = {part.unit.kind if part.unit else "" for part in parts}
    if value.separator == "/":
        last = parts[1].unit.kind if parts[1].unit else ""
        return kinds in ({""}, {"time"}) or last == "time"
    floors = {Operator.AT_LEAST, Operator.ABOVE}
    ceilings = {Operator.AT_MOST, Operator.BELOW}
    low, high = (part.operator for part in parts)
    return parts[0].unit == parts[1].unit and low in floors and high in ceilings
