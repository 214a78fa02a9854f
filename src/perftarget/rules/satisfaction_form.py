"""Report satisfaction targets that are not written as ≥X%."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.model import Table
from perftarget.values.parser import Delta, GradeBands, Quantity, Range


@rule(
    title=("满意度指标值写法不规范", "Satisfaction is not written ≥X%"),
    severity=Severity.WARNING,
    category="指标科学性",
    basis="通行审核要求",
    superseded_by=("kind-mismatch", "several-values", "unreadable-value"),
)
def satisfaction_form(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""满意度的绩效值写成“≥X%”。

    A target of satisfaction is written ≥X%.

    ## 为什么

    “满意”没有说多少人满意，也就不能考核。

    ## 例

    ```yaml
    绩效指标:
      31-服务对象满意度:
        参训学员满意度: 满意 # ✗ “满意”没有写明多少人满意；请写成“≥90%”这样的比率
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      31-服务对象满意度:
        参训学员满意度: ≥90%
        测评得分: ≥90分
    ```

    ## 依据

    通行审核要求。没有写符号的比率由 missing-operator 提示，没有写百分号的由 missing-percent 提示，
    其他只有文字的由 not-measurable 提示，写成“≤90%”的由 polarity 提示，写成“90人”的由 kind-mismatch 提示。
    """
    for row in table.indicators:
        value = row.value
        if "满意" not in row.name or profile.pattern("dissatisfaction").search(row.name):
            continue
        text = row.text.strip()
        if (
            not text
            or isinstance(value, (Delta, GradeBands, Range))
            or row.is_not_applicable
            or profile.pattern("satisfaction_surveys").search(row.name)
        ):
            continue
        if not isinstance(value, Quantity):
            message = tr(
                f"“{text}”没有写明多少人满意；请写成“≥90%”这样的比率",
                f"“{text}” does not say how many are satisfied; write a rate like “≥90%”",
            )
            yield Finding(row.loc, message)
