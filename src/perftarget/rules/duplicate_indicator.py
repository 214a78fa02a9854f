"""Report indicators of a table with the same name."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.values.indicator_names import name_key


@rule(
    title=("指标重名", "Two indicators have one name"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="通行审核要求",
)
def duplicate_indicator(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""同一张表中，指标不重名。

    No two indicators of a table have the same name.

    ## 为什么

    两个同名的指标，绩效值不同时不知道以哪个为准，相同时是重复计分。

    ## 例

    序号、空格和全角半角不同，仍是同一个名称：

    ```yaml
    绩效指标:
      11-数量指标:
        补贴发放人数（人）: 718 # ↳键 首次出现于此
        指标2：补贴发放人数(人): 551 # ✗键 “指标2：补贴发放人数(人)”与前面的指标重名；请合并，或在名称中注明区别
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        公益性岗位补贴发放人数（人）: 718
        灵活就业补贴发放人数（人）: 551
    ```

    ## 依据

    通行审核要求。产出和效益下的同名指标由其他规则提示。
    """
    first_rows: dict[tuple[str | None, str], Indicator] = {}
    for row in table.indicators:
        name = name_key(row.name)
        if not name:
            continue
        earlier = first_rows.setdefault((row.first or profile.first_tier_of(row.second), name), row)
        if earlier is not row:
            message = tr(
                f"“{row.name.strip()}”与前面的指标重名；请合并，或在名称中注明区别",
                f"“{row.name.strip()}” is the name of an earlier indicator too; merge the two, or tell them apart by name",
            )
            yield Finding(row.name_loc, message, [Related(earlier.name_loc, tr("首次出现于此", "first written here"))])
