"""Report rates without a percent sign."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Replace, rule
from perftarget.rules.shared.rate_names import is_rate
from perftarget.tables.model import Table
from perftarget.tables.semantics.names import understand
from perftarget.values.parser import Quantity


@rule(
    title=("比率没有百分号", "A rate has no percent sign"),
    severity=Severity.WARNING,
    category="指标科学性",
    basis="书写规范",
)
def missing_percent(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""比率应写成百分数。

    A rate is written as a percentage.

    ## 为什么

    “0.95”和“95”都可能是 95%，也可能是漏了位数；不同的人会读成不同的数。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        补贴发放准确率: ≥95 # ✗ “≥95”没有百分号；请写成“≥95%”
        支付及时率: "0.98" # ✗ “0.98”没有百分号；请写成“98%”
    ```
    ```yaml fixed unsafe
    绩效指标:
      12-质量指标:
        补贴发放准确率: ≥95%
        支付及时率: "98%"
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      12-质量指标:
        补贴发放准确率: ≥95%
        支付及时率: "98%"
    ```

    ## 依据

    书写规范。利率、容积率、千人拥有率等不是百分数的，不提示；大于 100 的数由其他规则检查。
    """
    for row in table.indicators:
        value = row.value
        if not isinstance(value, Quantity) or value.unit is not None or value.scale or not 0 < value.number <= 100:
            continue
        if row.named_unit or not is_rate(row, profile):
            continue
        is_share = value.number < 1
        number, alternative = _format_number(value.number), _format_number(value.number * 100)
        if is_share:
            number, alternative = alternative, number
        text = f"{value.operator or ''}{number}%"
        # 1 may be 100%, and 0.1 may be 0.1% if the rate should be low.
        is_ambiguous = value.number == 1 or (is_share and understand(row, profile).polarity == "lower")
        suggestions = f"“{text}”"
        if is_ambiguous:
            suggestions = tr(
                f"{suggestions}或“{value.operator or ''}{alternative}%”",
                f"{suggestions} or “{value.operator or ''}{alternative}%”",
            )
        message = tr(
            f"“{row.text.strip()}”没有百分号；请写成{suggestions}",
            f"“{row.text.strip()}” has no percent sign; write {suggestions}",
        )
        written = text if not row.entry.operator else f"{number}%"
        fix = Fix(tr(f"写成“{text}”", f"Write “{text}”"), (Replace(row.loc, written),), safe=False)
        yield Finding(row.loc, message, fix=None if is_ambiguous or value.words[1:] else fix)


def _format_number(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
