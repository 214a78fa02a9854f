"""Report required fields that are blank."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.model import Table
from perftarget.text.source import KEY


@rule(
    title=("必填栏目空白", "A required field is blank"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="财预〔2015〕88号：完整性审核（地方参照）",
)
def missing_field(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""表头的必填栏目都应填写。

    Every field that the form demands is filled in.

    ## 为什么

    缺项目名称、单位、期限、金额或总体目标的表无法立项，财政部门会退回重报。

    ## 例

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    主管部门: 平罗县人力资源和社会保障局
    实施单位: # ✗键 必填栏目“实施单位”是空白；请填写
    项目期限: 2025 年 1 月至 12 月
    项目年度金额: 1320 万元
    年度总体绩效目标:
      - 资金按规定用于公益性岗位人员岗位补贴。
    ```

    整行没有写，与空白相同：

    ```yaml
    项目名称: 公益性岗位人员岗位补贴 # ✗键 缺少必填栏目“主管部门”；请补上这一行
    实施单位: 平罗县就业创业服务局
    项目期限: 2025 年 1 月至 12 月
    项目年度金额: 1320 万元
    年度总体绩效目标: 资金按规定用于公益性岗位人员岗位补贴。
    ```

    ## 怎样改

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    主管部门: 平罗县人力资源和社会保障局
    实施单位: 平罗县就业创业服务局
    项目期限: 2025 年 1 月至 12 月
    项目年度金额: 1320 万元
    年度总体绩效目标:
      - 资金按规定用于公益性岗位人员岗位补贴。
    ```

    ## 依据

    《中央部门预算绩效目标管理办法》（财预〔2015〕88号，地方参照）规定的完整性审核；哪些栏目必填由表式（profile）的
    `fields` 规定。
    """
    for label, setting in profile.fields.items():
        if setting.required == "error" and table.is_blank(label):
            blank_message = tr(f"必填栏目“{label}”是空白；请填写", f"the required field “{label}” is blank; fill it in")
            missing = tr("一栏" if table.is_form else "一行", "field" if table.is_form else "line")
            absent_message = tr(
                f"缺少必填栏目“{label}”；请补上这{missing}",
                f"the required field “{label}” is missing; add the {missing}",
            )
            yield Finding((label, KEY), blank_message if table.writes(label) else absent_message)
