"""Report projects of a unit that have several tables for a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import CrossTableFinding, Fact, LocatedFact, rule
from perftarget.tables.model import Table
from perftarget.values.indicator_names import name_key


def _project_facts(table: Table, profile: Profile) -> Iterator[Fact]:
    """Yield the project of a table, identified by its name, unit and year."""
    if table.name.strip():
        key = name_key(table.name), name_key(table.unit), table.year
        yield Fact(key, ("项目名称",), tr("同名的项目", "the project of that name"))


@rule(
    title=("同一项目重复填报", "One project has two tables"),
    severity=Severity.ERROR,
    category="文件格式",
    basis="书写规范",
    gather=_project_facts,
)
def duplicate_project(facts: Sequence[LocatedFact], profile: Profile) -> Iterator[CrossTableFinding]:
    r"""同一单位同一年度的一个项目只有一张表。

    A project of a unit has one table a year.

    ## 为什么

    一份改好、一份没有改的表同时留在文件夹里，输出的附件就会有两张，汇总的金额也会多一份。

    ## 例

    用“---”隔开的是两个文件：

    ```yaml
    项目名称: 公益性岗位人员岗位补贴 # ✗ “公益性岗位人员岗位补贴”有 2 张表；请只保留一份，确为两个项目的请使用不同的名称
    实施单位: 县就业局
    项目期限: 2025 年 1 月至 12 月
    ---
    项目名称: 公益性岗位人员 岗位补贴 # ↳ 同名的项目
    实施单位: 县就业局
    项目期限: 2025年1月至12月
    ```

    ## 怎样改

    删去过时的一份；确是两个项目的，用名称分清。

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    实施单位: 县就业局
    项目期限: 2025 年 1 月至 12 月
    ---
    项目名称: 公益性岗位人员岗位补贴
    实施单位: 县就业局
    项目期限: 2026 年 1 月至 12 月
    ```

    ## 依据

    书写规范。名称只差空格的算同名；实施单位或年度不同的不算同一项目。
    """
    name = facts[0].table
    message = tr(
        f"“{name}”有 {len(facts)} 张表；请只保留一份，确为两个项目的请使用不同的名称",
        f"“{name}” has {len(facts)} tables; keep one, or tell two projects apart by their names",
    )
    yield CrossTableFinding(message, facts)
