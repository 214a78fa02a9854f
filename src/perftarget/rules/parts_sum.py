"""Report parts that do not add up to their whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.tables.parts import wholes
from perftarget.values.parser import Quantity, Unit


@rule(
    title=("分项之和与总数不符", "Parts do not add up to their whole"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="算术",
)
def parts_sum(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""“其中”各项之和应等于总数，任何一项不大于总数。

    The parts of a number add up to it, and none is larger.

    ## 为什么

    总数 16 场，其中市级 4 场、区县级 10 场，还有 2 场不知道是什么；分项和总数必有一个写错了。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        举办全民健身赛事场次: =16场 # ✗ 其中 2 项合计 14 场，与总数“=16场”不符；请核对，分项有交叉或者没有列全的，请在备注中说明
        其中：市级赛事场次: =4场 # ↳ =4场
        其中：区县级赛事场次: =10场 # ↳ =10场
    # = 4 + 10 = 14
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        举办全民健身赛事场次: =16场
        其中：市级赛事场次: =4场
        其中：区县级赛事场次: =12场
    ```

    ## 依据

    算术。只列了一项的，只看是否大于总数；比率、单位不同的各项不相加。
    """
    for whole in wholes(table):
        numbers = _numbers((whole.row, *whole.parts))
        if numbers is None:
            continue
        total, parts = numbers[0], numbers[1:]
        amount = sum(parts, Decimal(0))
        if amount == total or (len(parts) == 1 and amount < total):
            continue
        unit = _unit(whole.row)
        text, written, count = whole.row.text.strip(), f"{amount.normalize():f} {unit or ''}".strip(), len(parts)
        message = tr(
            f"其中 {count} 项合计 {written}，与总数“{text}”不符；请核对，分项有交叉或者没有列全的，请在备注中说明",
            f"the {count} parts come to {written}, not to the whole “{text}”; check them, and say in a remark if they overlap or are not all",
        )
        related = [Related(part.loc, part.text.strip()) for part in whole.parts]
        yield Finding(whole.row.loc, message, related, notes=_arithmetic(parts, amount))


def _numbers(rows: Sequence[Indicator]) -> list[Decimal] | None:
    """Return the numbers of rows with one unit that can be added; None if they cannot."""
    numbers, unit = [], _unit(rows[0])
    for row in rows:
        value = row.value
        if not isinstance(value, Quantity) or value.is_rate or str(_unit(row) or "") != str(unit or ""):
            return None
        numbers.append(value.amount)
    return numbers


def _unit(row: Indicator) -> Unit | None:
    value = row.value
    return value.unit or row.named_unit if isinstance(value, Quantity) else None


def _arithmetic(parts: Sequence[Decimal], amount: Decimal) -> list[str]:
    if len(parts) < 2:
        return []
    return [f"{' + '.join(f'{part.normalize():f}' for part in parts)} = {amount.normalize():f}"]
