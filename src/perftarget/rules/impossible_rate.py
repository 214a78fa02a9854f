"""Report rates of a size that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.tables.semantics.names import understand
from perftarget.tables.semantics.rates import Size, wrong_size
from perftarget.values.parser import Quantity

_FULL: Final = 100
_DOUBTFUL: Final = frozenset({Size.BEYOND, Size.ZERO, Size.PER_MILLE, Size.LOST_DIGIT})


@rule(
    title=("比率数值有误", "A rate has an impossible size"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="算术",
    superseded_by=("operator-conflict", "polarity"),
)
def impossible_rate(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""部分与全部之比在 0 与 100% 之间。

    A part is from nothing to the whole.

    ## 为什么

    合格率不会是 292%，也不会是负数。常见的原因是扫描、转换时把“≥92%”认成了“292%”，多写、漏写一位数，或者把“%”
    写成了“‰”。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        设备验收合格率: 292% # ✗ “292%”超过了 100%；是否为“≥92%”，“≥”被误认作“2”？
        补贴发放准确率: ">100%" # ✗ “>100%”超过了 100%；请核对
        信息录入完整率: -98% # ✗ “-98%”是负数；请核对
        档案建档率: ≥95‰ # ✗警告 “≥95‰”是千分比；请核对是否为“≥95%”
        资料归档及时率: ≥0% # ✗警告 “≥0%”等于没有目标；请写上要达到的比率
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      12-质量指标:
        设备验收合格率: ≥92%
      21-经济效益:
        销售收入增长率: ≥120%
    ```

    ## 依据

    算术。增长率、完成率、执行率、倍数等可以超过 100% 的，不提示；完成率超过 200% 的，请核对。同表其他比率都在 80%
    以上、只有一项不到 10% 的，疑似漏了一位数；就业率、绿化率等本来可以很低的，不提示。
    """
    for row in table.indicators:
        if (size := wrong_size(row, table, profile)) is not None:
            is_sure = size not in _DOUBTFUL and understand(row, profile).certain
            yield Finding(row.loc, _message(row, size), severity=None if is_sure else Severity.WARNING)


def _message(row: Indicator, size: Size) -> str:
    text = row.text.strip()
    if size is Size.OVER:
        return tr(f"“{text}”超过了 100%；", f"“{text}” is over 100%; ") + _misread(row)
    percent = text.replace("‰", "%")
    is_percent = isinstance(row.value, Quantity) and row.value.number <= _FULL
    zh, en = (f"是否为“{percent}”", f"check if it is “{percent}”") if is_percent else ("单位", "check the unit")
    messages = {
        Size.BEYOND: ("超过了 200%；请核对是否多写了一位数", "is over 200%; check it for a digit too many"),
        Size.NEGATIVE: ("是负数；请核对", "is negative; check it"),
        Size.ZERO: ("等于没有目标；请写上要达到的比率", "is no target; write the rate to be reached"),
        Size.PER_MILLE: (
            f"是千分比；请核对{zh}",
            f"is per mille; {en}",
        ),
        Size.LOST_DIGIT: (
            "比本表其他比率低得多；请核对是否漏写了一位数",
            "is far below the other rates of the table; check it for a lost digit",
        ),
    }
    zh, en = messages[size]
    return tr(f"“{text}”{zh}", f"“{text}” {en}")


def _misread(row: Indicator) -> str:
    """Return the advice for a rate over 100%: 292% was probably ≥92%."""
    value = row.value
    number = f"{value.number:f}" if isinstance(value, Quantity) else ""
    rest = number[1:]
    if (
        number.startswith("2")
        and len(rest.partition(".")[0]) == 2
        and isinstance(value, Quantity)
        and not value.operator
    ):
        return tr(f"是否为“≥{rest}%”，“≥”被误认作“2”？", f"is it “≥{rest}%”, its “≥” misread as “2”?")
    return tr("请核对", "check it")
