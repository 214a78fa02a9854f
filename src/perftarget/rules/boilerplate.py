"""Report effect and satisfaction indicators that several tables have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import CrossTableFinding, Fact, LocatedFact, rule
from perftarget.tables.model import Table
from perftarget.values.indicator_names import name_key

_MIN_TABLES: Final = 3


def _effect_facts(table: Table, profile: Profile) -> Iterator[Fact]:
    """Yield the effect and satisfaction indicators, which should be specific to the project."""
    for row in table.indicators:
        first = profile.first_tier_of(row.second) or ""
        if row.name.strip() and row.text.strip() and ("效益" in first or "满意度" in first):
            key = name_key(row.name), str(row.value)
            yield Fact(key, row.name_loc, tr(f"相同的指标：{row.text}", f"the same row: “{row.text}”"))


@rule(
    title=("多个项目效益、满意度指标雷同", "Several tables have the same row of effect or satisfaction"),
    severity=Severity.INFO,
    category="目标相关性",
    basis="通行审核要求",
    gather=_effect_facts,
)
def boilerplate(facts: Sequence[LocatedFact], profile: Profile) -> Iterator[CrossTableFinding]:
    r"""效益和满意度指标应体现本项目的特点，不应在多个项目之间照抄。

    Effects and satisfaction are those of the project, and are not copied from table to table.

    ## 为什么

    三张以上的表写着同样的效益、同样的满意度和同样的绩效值，说明不了其中任何一个项目做成了什么，
    年底也无法分别评价。

    ## 例

    用“---”隔开的是不同的文件：

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    绩效指标:
      31-服务对象满意度:
        公共就业服务满意度: ≥85% # ✗键 “公共就业服务满意度”及其绩效值在 3 张表中完全相同；请按本项目的服务对象和效果填写
    ---
    项目名称: 就业困难人员社会保险补贴
    绩效指标:
      31-服务对象满意度:
        公共就业服务满意度: ≥85% # ↳键 相同的指标：≥85%
    ---
    项目名称: 实习见习人员就业补助资金
    绩效指标:
      31-服务对象满意度:
        公共就业服务满意度: ≥85％ # ↳键 相同的指标：≥85％
    ```

    ## 怎样改

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    绩效指标:
      31-服务对象满意度:
        公益性岗位人员满意度: ≥85%
    ---
    项目名称: 就业困难人员社会保险补贴
    绩效指标:
      31-服务对象满意度:
        公共就业服务满意度: ≥85%
    ---
    项目名称: 实习见习人员就业补助资金
    绩效指标:
      31-服务对象满意度:
        公共就业服务满意度: ≥90%
    ```

    ## 依据

    通行审核要求：指标与项目相关、能体现项目特点。只是提示：确有共同服务对象的可以写豁免说明理由。
    """
    if len(facts) >= _MIN_TABLES:
        name = facts[0].location.indicator
        message = tr(
            f"“{name}”及其绩效值在 {len(facts)} 张表中完全相同；请按本项目的服务对象和效果填写",
            f"“{name}” and its target are the same in {len(facts)} tables; write what this project changes, and for whom",
        )
        yield CrossTableFinding(message, facts)
