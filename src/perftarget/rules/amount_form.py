"""Report amounts of the year that are not one exact, positive sum in the unit of the form."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import count_noun, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.keys import AMOUNT
from perftarget.tables.model import Table
from perftarget.values.money import amount_of_quantity, format_amount
from perftarget.values.parser import Quantity, Unit, Zero, parse

_ROUND: Final = Context(prec=120, rounding=ROUND_HALF_UP)  # precise enough for any number that the parser accepts
_EXAMPLES: Final = {"元": "13200000 元", "万元": "1320 万元", "亿元": "0.13 亿元"}


@rule(
    title=("项目年度金额填写有误", "The year's amount is not written as an amount"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="通行审核要求",
)
def amount_form(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""项目年度金额应是一个大于零的确定金额，以表上的单位写，小数不超过两位。

    The year's amount is one exact sum above zero, in the form's unit, with two decimals at most.

    ## 为什么

    批复、拨款和测算都以这个数为准。写成范围、约数，或另用一种单位，汇总时就会差一万倍，或者根本加不进去。

    ## 例

    ```yaml
    项目年度金额: 约 1320 万元 # ✗ “约 1320 万元”不是确定的金额；请只填写一个数值和单位，如“1320 万元”
    ```
    ```yaml
    项目年度金额: 0 万元 # ✗ “0 万元”不大于零；请核对年度金额
    ```
    ```yaml
    项目年度金额: 1649.4567 万元 # ✗ “1649.4567 万元”有 4 位小数，以万元为单位最多 2 位；请写成“1649.46 万元”
    ```
    ```yaml
    项目年度金额: 13200000 元 # ✗ “13200000 元”的单位与表中的“万元”不一致；请换算成“1320 万元”
    ```

    ## 怎样改

    不写单位，就是表上的单位：

    ```yaml
    项目年度金额: 1649.46
    ```

    各项资金的构成不写在这一栏，写在“资金来源”或“资金测算”中。

    ## 依据

    通行审核要求；单位和小数位数由表式（profile）的 `amount_unit`、`amount_decimals` 规定。空白由 missing-field 检查。
    """
    written = table.amount.strip()
    if written and (message := _find_problem(written, profile)):
        yield Finding((AMOUNT,), message)


def _find_problem(written: str, profile: Profile) -> str | None:
    value, form_unit = parse(written), profile.amount_unit
    if isinstance(value, Zero):
        return _not_positive(written)
    amount = amount_of_quantity(value, form_unit) if isinstance(value, Quantity) and not value.words else None
    if amount is None or not isinstance(value, Quantity) or value.reach:
        return tr(
            f"“{written}”不是确定的金额；请只填写一个数值和单位，如“{_EXAMPLES[form_unit]}”",
            f"“{written}” is not one exact amount; write only a number and its unit, like “{_EXAMPLES[form_unit]}”",
        )
    if amount.yuan <= 0:
        return _not_positive(written)
    if _unit(value, form_unit) != form_unit:
        converted = format_amount(amount.yuan, form_unit).replace(",", "")
        return tr(
            f"“{written}”的单位与表中的“{form_unit}”不一致；请换算成“{converted}”",
            f"the unit of “{written}” is not the form's “{form_unit}”; convert it to “{converted}”",
        )
    return _decimals_problem(written, value.number, profile)


def _not_positive(written: str) -> str:
    return tr(
        f"“{written}”不大于零；请核对年度金额", f"“{written}” is not above zero; check the amount against the budget"
    )


def _unit(value: Quantity, form_unit: str) -> str:
    """Return the unit of an amount: 万元 for 1320 万, and the unit of the form for a number without a unit."""
    return f"{value.scale}{value.unit or Unit('元')}" if value.unit or value.scale else form_unit


def _decimals_problem(written: str, number: Decimal, profile: Profile) -> str | None:
    form_unit, max_decimals = profile.amount_unit, profile.amount_decimals
    rounded = number.quantize(Decimal(1).scaleb(-max_decimals), context=_ROUND)
    if rounded == number:
        return None
    decimals = -int(number.normalize(_ROUND).as_tuple().exponent)
    return tr(
        f"“{written}”有 {decimals} 位小数，以{form_unit}为单位最多 {max_decimals} 位；请写成“{rounded:f} {form_unit}”",
        f"“{written}” has {decimals} decimals, and in “{form_unit}” it is {count_noun(max_decimals, 'decimal')} at most; write “{rounded:f} {form_unit}”",
    )
