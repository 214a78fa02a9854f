"""Report grades without the score that is required for them."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.model import Table
from perftarget.values.parser import Grade, Scale


@rule(
    title=("等级未明确分档标准", "A grade comes without its bands"),
    severity=Severity.INFO,
    category="指标科学性",
    basis="通行审核要求",
    superseded_by=("satisfaction-form",),
)
def grade_without_bands(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""定性的绩效值应写明要达到哪一档、怎样算达到。

    A target that is a grade says which one, and what earns it.

    ## 为什么

    “良好”由谁来定、多少分算良好，没有写；把“优良中低差”全抄上，等于没有目标。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        项目管理水平: 良好 # ✗ “良好”未明确分档标准；请写明分档，如“良好（≥80分）”
        服务质量: 优良中低差 # ✗ “优良中低差”列出了全部等级，不是目标值；请写明要达到的等级和分数，如“良（≥80分）”
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      12-质量指标:
        项目管理考核得分: ≥80分
        服务质量考核: 优（≥90分）
    ```

    ## 依据

    通行审核要求。空气质量、水质、资质等级等有法定标准的等级，以及表上注明是定性指标的，不提示。
    """
    for row in table.indicators:
        value = row.value
        if not isinstance(value, (Grade, Scale)):
            continue
        if "定性" in (row.entry.operator, row.entry.nature.removesuffix("指标")):
            continue
        if profile.pattern("official_grades").search(row.name):
            continue
        grade_message = tr(
            f"“{row.text}”未明确分档标准；请写明分档，如“{value}（≥80分）”",
            f"“{row.text}” does not say what earns it; give its band, like “{value}（≥80分）”",
        )
        scale_message = tr(
            f"“{row.text}”列出了全部等级，不是目标值；请写明要达到的等级和分数，如“良（≥80分）”",
            f"“{row.text}” is the whole scale and no target; write the grade to reach and its score, like “良（≥80分）”",
        )
        yield Finding(row.loc, grade_message if isinstance(value, Grade) else scale_message)
