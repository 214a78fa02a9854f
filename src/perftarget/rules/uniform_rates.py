"""Report tables whose rates all have the same target."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.values.parser import Operator, Quantity

_MIN_RATES: Final = 4
_MAXIMUM_OPERATORS: Final = frozenset({Operator.AT_MOST, Operator.BELOW})


@rule(
    title=("各项比率指标值完全相同，缺乏区分度", "All rates have one and the same target"),
    severity=Severity.INFO,
    category="绩效合理性",
    basis="财预〔2015〕88号：合理可行（地方参照）；通行审核要求",
    superseded_by=("operator-form", "missing-operator", "over-full-rate"),
)
def uniform_rates(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""一张表里的各项比率应当各按实际确定，不应全都一样。

    The rates of a table are each set by what is known of it, not all alike.

    ## 为什么

    发放准确率、按时到位率、就业率、满意度的高低本来没有关系。四项以上全都写 95%，多半是照着填的，没有看过哪一项
    去年做到了多少。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        补贴发放准确率: ≥95% # ✗ 4 项比率都是 95%，缺乏区分度；请按各项的历年水平和难易程度分别确定
        资格审核通过率: ≥95% # ↳ 同为 95%
      22-社会效益:
        参训人员就业率: ≥95% # ↳ 同为 95%
      31-服务对象满意度:
        参训人员满意度: ≥95% # ↳ 同为 95%
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      12-质量指标:
        补贴发放准确率: ≥99%
        资格审核通过率: ≥95%
      22-社会效益:
        参训人员就业率: ≥60%
      31-服务对象满意度:
        参训人员满意度: ≥90%
    ```

    ## 依据

    《中央部门预算绩效目标管理办法》（财预〔2015〕88号，地方参照）：绩效目标应合理可行。满意度也算在内，有一项不同就
    不提示。都是 100% 而不含满意度的不提示：足额、及时、全覆盖本来就应当做到。第一项比率的写法还要改的
    （operator-form、missing-operator、over-full-rate），改好以后再提示。
    """
    rates = [(row, target) for row in table.indicators if (target := _target(row))]
    targets = {target for _, target in rates}
    if len(rates) < _MIN_RATES or len(targets) > 1:
        return
    rate, symbol, is_maximum = targets.pop()
    text, (first, *others) = f"{rate.normalize():f}{symbol}", [row for row, _ in rates]
    if text == "100%" and not is_maximum and not _asks_for_satisfaction([first, *others], profile):
        return  # 100% is normal for rates other than satisfaction
    message = tr(
        f"{len(rates)} 项比率都是 {text}，缺乏区分度；请按各项的历年水平和难易程度分别确定",
        f"all {len(rates)} rates are {text}; set each by its past levels and by how hard it is",
    )
    yield Finding(first.loc, message, [Related(row.loc, tr("同为 ", "also ") + text) for row in others])


def _target(row: Indicator) -> tuple[Decimal, str, bool] | None:
    """Return the rate of a target, its symbol and True if it is a maximum, or None if the target is no rate."""
    value = row.value
    if not isinstance(value, Quantity) or value.unit is None or not value.unit.is_rate:
        return None
    return value.number, value.unit.symbol, value.operator in _MAXIMUM_OPERATORS


def _asks_for_satisfaction(rates: list[Indicator], profile: Profile) -> bool:
    return any("满意" in row.name + profile.tier_name(row.second) for row in rates)
