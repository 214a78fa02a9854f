"""Report indicators that the tables of a unit require at very different rates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import CrossTableFinding, Fact, LocatedFact, rule
from perftarget.tables.model import Table
from perftarget.values.indicator_names import name_key
from perftarget.values.parser import Quantity

_MIN_GAP: Final = Decimal(10)


def _rate_facts(table: Table, profile: Profile) -> Iterator[Fact]:
    """Yield the rates of a table by the unit, the year and the name of the indicator."""
    for row in table.indicators:
        value = row.value
        unit = (value.unit or row.named_unit) if isinstance(value, Quantity) else None
        if isinstance(value, Quantity) and unit and unit.symbol == "%":
            key = name_key(table.unit), table.year, row.bare_name
            yield Fact(key, row.loc, row.text, (row.bare_name, f"{value.number:f}"))


@rule(
    title=("同一指标在各表要求的高低相差很大", "Tables require one indicator at very different rates"),
    severity=Severity.INFO,
    category="绩效合理性",
    basis="通行审核要求",
    gather=_rate_facts,
)
def peers_differ(facts: Sequence[LocatedFact], profile: Profile) -> Iterator[CrossTableFinding]:
    r"""同一单位同一年度，同一指标的要求在各张表里不应相差很大。

    The tables of a unit and a year require one and the same indicator at similar rates.

    ## 为什么

    同样是“受益群众满意度”，一张表要求 80%，另一张要求 95%，其中总有一个没有按实际情况确定。

    ## 例

    用“---”隔开的是不同的文件：

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    绩效指标:
      31-服务对象满意度:
        补贴人员满意度: ≥80% # ✗ “补贴人员满意度”各表的要求相差 15 个百分点：≥80%、≥95%；请按实际情况确定，对象不同的请在指标名称中写清
    ---
    项目名称: 就业困难人员社会保险补贴
    绩效指标:
      31-服务对象满意度:
        补贴人员满意度: ≥95% # ↳ ≥95%
    ```

    ## 怎样改

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    绩效指标:
      31-服务对象满意度:
        岗位补贴人员满意度: ≥80%
    ---
    项目名称: 就业困难人员社会保险补贴
    绩效指标:
      31-服务对象满意度:
        补贴人员满意度: ≥95%
    ```

    ## 依据

    通行审核要求。名称完全相同、都是百分比的才比较，相差 10 个百分点以上的提示；10 是本工具的默认值。
    """
    rates = [(Decimal(fact.value[1]), fact) for fact in facts if fact.value]
    lowest, highest = (choose(rates, key=lambda pair: pair[0]) for choose in (min, max))
    gap = highest[0] - lowest[0]
    if gap < _MIN_GAP or lowest[1].table_key == highest[1].table_key:
        return
    chosen = [fact for _, fact in rates if fact in (lowest[1], highest[1])]
    name, texts = chosen[0].value[0] if chosen[0].value else "", "、".join(fact.text for fact in chosen)
    message = tr(
        f"“{name}”各表的要求相差 {gap:f} 个百分点：{texts}；请按实际情况确定，对象不同的请在指标名称中写清",
        f"the tables require “{name}” at rates {gap:f} points apart: {texts}; set it by what is known, or name who differs",
    )
    yield CrossTableFinding(message, chosen)
