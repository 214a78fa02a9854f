"""Report repeated and contradictory comparison signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Replace, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.values.parser import Delta, Frequency, Operator, Quantity, parse


@rule(
    title=("比较符号重复或相反", "Comparison signs repeat or contradict each other"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="书写规范",
)
def operator_conflict(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""一个绩效值只有一个比较符号。

    A target has one comparison sign.

    ## 为什么

    “≤95%以上”到底是不高于还是不低于，没有人说得清；“≥95%以上”把同一个意思写了两遍。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        补贴发放准确率: ≤95%以上 # ✗ “≤95%以上”里的“≤”和“以上”相反；请只保留一个
        支付及时率: ≥95%以上 # ✗警告 “≥95%以上”把“≥”重复书写；请写成“≥95%”
    ```
    ```yaml fixed
    绩效指标:
      12-质量指标:
        补贴发放准确率: ≤95%以上 # ✗ “≤95%以上”里的“≤”和“以上”相反；请只保留一个
        支付及时率: ≥95%
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      12-质量指标:
        补贴发放准确率: ≥95%
    ```

    ## 依据

    书写规范。重复的可以自动改，相反的要由填报单位确认。
    """
    for row in table.indicators:
        text, value = row.text.strip(), row.cell
        quantity, column = _compared_quantity(value), _operator_of_column(row)
        if quantity is None or not (column or quantity.words[1:]):
            continue
        signs = list(
            dict.fromkeys([*([column] if column else []), *(quantity.conflict or filter(None, [quantity.operator]))])
        )
        if len(signs) > 1:
            words = (*([row.entry.operator.strip()] if column else []), *quantity.words)
            first, last = words[0], words[-1]
            message = tr(
                f"“{text}”里的“{first}”和“{last}”相反；请只保留一个",
                f"“{first}” and “{last}” in “{text}” contradict each other; keep one",
            )
            yield Finding(row.loc, message)
        elif quantity.has_repeated_operator or (column and quantity.operator):
            bare = replace(quantity, words=(), operator=None if column else quantity.operator)
            normal = str(replace(value, quantity=bare) if isinstance(value, (Delta, Frequency)) else bare)
            message = tr(
                f"“{text}”把“{signs[0]}”重复书写；请写成“{column or ''}{normal}”",
                f"“{text}” says “{signs[0]}” twice; write “{column or ''}{normal}”",
            )
            fix = Fix(tr(f"改为“{normal}”", f"Change to “{normal}”"), (Replace(row.loc, normal),))
            yield Finding(row.loc, message, fix=fix, severity=Severity.WARNING)


def _compared_quantity(value: object) -> Quantity | None:
    """Return the quantity of a value, including that of a change or of a frequency, or None."""
    inner = value.quantity if isinstance(value, (Delta, Frequency)) else value
    return inner if isinstance(inner, Quantity) else None


def _operator_of_column(row: Indicator) -> Operator | None:
    """Return the sign in the operator column, or None."""
    written = row.columns.operator.strip() if row.columns else ""
    parsed = parse(f"{written}1") if written else None
    return parsed.operator if isinstance(parsed, Quantity) else None
