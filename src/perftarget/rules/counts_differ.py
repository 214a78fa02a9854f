"""Report groups of people that the tables of a unit count differently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.figures import Computation, Expected, Figures, Observed, Operand
from perftarget.linter.rule import CrossTableFinding, Fact, LocatedFact, rule
from perftarget.tables.model import Table
from perftarget.values.indicator_names import name_key
from perftarget.values.parser import Quantity


def _count_facts(table: Table, profile: Profile) -> Iterator[Fact]:
    """Yield the headcounts of groups that all projects of a unit should count alike, such as holders of a post."""
    for row in table.indicators:
        value = row.value
        if "数量" not in profile.tier_name(row.second) or not isinstance(value, Quantity):
            continue
        groups = {group for group in profile.terms("counted_groups") if group in row.name}
        if len(groups) != 1 or profile.pattern("counted_apart").search(row.name):
            continue
        unit = str(value.unit or row.named_unit or ("人" if row.bare_name.endswith("人数") else ""))
        if unit not in {"人", "名"} or value.scale:
            continue
        group = groups.pop()
        key = name_key(table.unit), table.year, group
        yield Fact(key, row.loc, f"{value.number:f} {unit}", (group, f"{value.number:f}"))


@rule(
    title=("同类人员数量各表不一致", "Tables count one group of people differently"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="通行审核要求",
    gather=_count_facts,
)
def counts_differ(facts: Sequence[LocatedFact], profile: Profile) -> Iterator[CrossTableFinding]:
    r"""同一单位同一年度，同一类在岗人员在各张表里的人数应当一致。

    The tables of a unit and a year count the same group of people alike.

    ## 为什么

    公益性岗位的补贴和社会保险是同一批人，一张表写 718 人，另一张写 551 人，总有一处的金额算错了，
    或者一处写的是人次、一处写的是人数。

    ## 例

    用“---”隔开的是不同的文件：

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 718 # ✗ “公益性岗位”的人数各表不一致：718 人、551 人；请核对，口径确有不同的请在指标名称中注明
    ---
    项目名称: 就业困难人员社会保险补贴
    绩效指标:
      11-数量指标:
        享受灵活就业人员社会保险补贴人数（人）: 945 人
        享受安置类公益性岗位人员社会保险补贴人数（人）: 551 人 # ↳ 551 人
    ```

    ## 怎样改

    核对后写成一致的人数；口径不同的，在指标名称中写清（年均在岗、人次、新增）。

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 551
    ---
    项目名称: 就业困难人员社会保险补贴
    绩效指标:
      11-数量指标:
        享受安置类公益性岗位人员社会保险补贴人数（人）: 551 人
    ```

    ## 依据

    通行审核要求。哪些人员按同一名册计数，由词表 counted_groups 规定；人次不比较，“新增”“减少”的人数不比较。
    """
    counts: dict[tuple[str, ...] | None, LocatedFact] = {}
    for fact in facts:
        counts.setdefault(fact.value, fact)
    distinct_counts = list(counts.values())
    if distinct_counts[0].value and len({fact.table_key for fact in distinct_counts}) > 1:
        group, _ = distinct_counts[0].value
        texts = [fact.text for fact in distinct_counts]
        message = tr(
            f"“{group}”的人数各表不一致：{'、'.join(texts)}；请核对，口径确有不同的请在指标名称中注明",
            f"the tables count “{group}” differently: {', '.join(texts)}; check, or say in the names what is counted",
        )
        yield CrossTableFinding(message, distinct_counts, figures=_figures(*distinct_counts[:2]))


def _figures(first: LocatedFact, second: LocatedFact) -> Figures:
    """Return the first two counts and the computation of their difference."""
    one, other = (_operand(fact) for fact in (first, second))
    minus = Operand("-", "-", Decimal(-1))
    difference = Computation(((one,), (other, minus)), one.value - other.value, one.unit)
    return Figures(Observed(one.text, one.value, one.unit), Expected("=", other.value, other.unit), difference)


def _operand(fact: LocatedFact) -> Operand:
    number, _, unit = fact.text.partition(" ")
    name = fact.location.indicator or ""
    return Operand(name, fact.text, Decimal(number), unit, place=fact.location.place)
