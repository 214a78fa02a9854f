"""Report comparisons that are not written with a sign before the number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Replace, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.values.parser import Delta, Frequency, Operator, Quantity, Range, Value, parse


@rule(
    title=("比较符号写法不统一", "A comparison is not written the one way"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="书写规范",
)
def operator_form(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""比较用 ≥ ≤ = > <，写在数字前。

    A comparison is written with ≥ ≤ = > < in front of the number.

    ## 为什么

    “>=95%”“≧95%”“95%以上”“不低于95%”说的是同一件事，写法不一，汇总时就要一个个去认。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        补贴发放准确率: ≧95% # ✗ “≧95%”请写成“≥95%”
        资格审核通过率: 95%以上 # ✗ “95%以上”请写成“≥95%”
      13-时效指标:
        审核时限: 不超过3个工作日 # ✗ “不超过3个工作日”请写成“≤3个工作日”
    ```
    ```yaml fixed
    绩效指标:
      12-质量指标:
        补贴发放准确率: ≥95%
        资格审核通过率: ≥95%
      13-时效指标:
        审核时限: ≤3个工作日
    ```

    “达到95%”可以是“=”，也可以是“≥”，要由填表人决定：

    ```yaml
    绩效指标:
      12-质量指标:
        补贴发放准确率: 达到95% # ✗ “达到95%”没有说是“=95%”还是“≥95%”；多数情况应写成“≥95%”
    ```
    ```yaml fixed unsafe
    绩效指标:
      12-质量指标:
        补贴发放准确率: ≥95%
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 718
      12-质量指标:
        补贴发放准确率: ≥95%
    ```

    ## 依据

    书写规范。“以上”“以内”包括本数，“超过”“不满”不包括本数（《民法典》第一千二百五十九条）。
    """
    for row in table.indicators:
        if row.columns and row.columns.operator.strip():
            yield from _check_operator_column(row)
            continue
        written = row.written.strip()
        value = row.cell
        quantity = _compared_quantity(value)
        if quantity is None or quantity.conflict or quantity.has_repeated_operator:
            continue  # operator-conflict reports this
        if quantity.reach and quantity.approximate:
            continue  # no-baseline reports this
        if quantity.reach:
            normal = str(replace(quantity, reach="", operator=Operator.AT_LEAST))
            equal = str(replace(quantity, reach="", operator=Operator.EQUAL))
            message = tr(
                f"“{written}”没有说是“{equal}”还是“{normal}”；多数情况应写成“{normal}”",
                f"“{written}” may be “{equal}” or “{normal}”; in most cases write “{normal}”",
            )
            yield Finding(row.loc, message, fix=_replacement(row, normal, safe=False))
        elif not quantity.plain and _is_same(written, value):
            message = _form_message(written, str(value))
            yield Finding(row.loc, message, fix=_replacement(row, str(value), safe=True))


def _compared_quantity(value: Value) -> Quantity | None:
    """Return the quantity of a value, including that of a change or of a frequency, or None."""
    inner = value.quantity if isinstance(value, (Delta, Frequency)) else value
    return None if inner is None or isinstance(inner, Range) or not isinstance(inner, Quantity) else inner


def _is_same(written: str, value: Value) -> bool:
    """Return True if the usual notation differs from a text and means the same; words keep their place."""
    form, quantity = str(value), _compared_quantity(value)
    moves = quantity is not None and quantity.lead and quantity.unit is not None and quantity.unit.per
    return "".join(written.split()) != form and parse(form) == value and not moves


def _check_operator_column(row: Indicator) -> Iterator[Finding]:
    written = row.entry.operator.strip()
    parsed = parse(f"{written}1")
    if isinstance(parsed, Quantity) and parsed.operator and not parsed.plain:
        at = (*row.name_loc[:-1], "符号")
        operator = parsed.operator.value
        fix = Fix(tr(f"改为“{operator}”", f"Change to “{operator}”"), (Replace(at, operator),))
        yield Finding(at, _form_message(written, operator), fix=fix)


def _form_message(written: str, form: str) -> str:
    return tr(f"“{written}”请写成“{form}”", f"write “{form}” for “{written}”")


def _replacement(row: Indicator, text: str, *, safe: bool) -> Fix:
    return Fix(tr(f"改为“{text}”", f"Change to “{text}”"), (Replace(row.loc, text),), safe=safe)
