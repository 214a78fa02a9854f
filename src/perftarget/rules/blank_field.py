"""Report blank fields of the form that should be filled in but are not required."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.model import Table
from perftarget.text.source import KEY


@rule(
    title=("表上的栏目空白", "A field that the form shows is blank"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="通行审核要求",
)
def blank_field(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""表上有的栏目，即使不是必填，也应填写。

    A field that the form shows is filled in, even where it is not demanded.

    ## 为什么

    项目属性、主管处室空白的表，审核人看不出是新增还是延续项目、该找哪个处室核实，往往因此退回。

    ## 例

    ```yaml
    项目属性: # ✗键 “项目属性”是空白；请填写
    项目主管处室: 社会保障室
    ```

    ## 怎样改

    ```yaml
    项目属性: 延续项目
    项目主管处室: 社会保障室
    ```

    ## 依据

    通行审核要求；哪些栏目应填由表式（profile）的 `fields` 规定。
    """
    for label, setting in profile.fields.items():
        if setting.required == "warning" and table.is_blank(label):
            blank_message = tr(f"“{label}”是空白；请填写", f"“{label}” is blank; fill it in")
            missing = tr("一栏" if table.is_form else "一行", "field" if table.is_form else "line")
            absent_message = tr(
                f"没有“{label}”一栏；请补上这{missing}", f"there is no field “{label}”; add the {missing}"
            )
            yield Finding((label, KEY), blank_message if table.writes(label) else absent_message)
