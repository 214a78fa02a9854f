"""Report units in both the name and the target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Replace, rule
from perftarget.tables.model import Table
from perftarget.values.parser import Quantity

_UNIT_AT_END: Final = re.compile(r"\s*[（(][^（()）]{1,10}[)）]\s*$")


@rule(
    title=("计量单位重复", "A unit is written twice"),
    severity=Severity.INFO,
    category="规范完整性",
    basis="书写规范",
    superseded_by=("stray-space", "full-width", "similar-indicator"),
)
def unit_twice(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""计量单位写在名称里，或写在绩效值里，不要两处都写。

    A unit stands in the name or in the target, not in both.

    ## 为什么

    两处都写，改了一处忘了另一处，就会互相矛盾。

    ## 例

    县级表式的名称习惯带单位，本规则在内置表式中关闭，可以在配置中打开：

    ```yaml config
    severity: {unit-twice: info}
    ```

    ```yaml
    绩效指标:
      11-数量指标:
        享受生活补贴人员数量（人）: 480 人 # ✗键 “享受生活补贴人员数量（人）”和“480 人”都写了单位；请只保留绩效值中的
    ```
    ```yaml fixed
    绩效指标:
      11-数量指标:
        享受生活补贴人员数量: 480 人
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        享受生活补贴人员数量: 480 人
        购买公益性岗位人数（人）: 718
    ```

    ## 依据

    书写规范。
    """
    for row in table.indicators:
        value = row.value
        if not isinstance(value, Quantity) or not value.unit or not (unit_in_name := row.named_unit):
            continue
        if value.unit != unit_in_name:
            continue
        shortened = _UNIT_AT_END.sub("", row.name)
        name, text = row.name.strip(), row.text.strip()
        message = tr(
            f"“{name}”和“{text}”都写了单位；请只保留绩效值中的",
            f"both “{name}” and “{text}” have the unit; keep that of the target",
        )
        fix = (
            Fix(tr("删去名称中的单位", "Remove it from the name"), (Replace(row.name_loc, shortened),))
            if shortened.strip()
            else None
        )
        yield Finding(row.name_loc, message, fix=fix)
