"""Report contradictions between nature, direction, sign and target."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.text.source import Loc
from perftarget.values.parser import Boolean, Delta, Grade, Operator, Quantity, Range, Scale

_MINIMUM_OPERATORS: Final = frozenset({Operator.AT_LEAST, Operator.ABOVE})
_MAXIMUM_OPERATORS: Final = frozenset({Operator.AT_MOST, Operator.BELOW})


@rule(
    title=("性质、方向、符号互相矛盾", "Nature, direction and sign contradict each other"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="通行审核要求",
)
def sign_mismatch(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""指标的性质、方向、符号和绩效值应当一致。

    The nature, the direction, the sign and the target of an indicator agree.

    ## 为什么

    定性指标按档评分，定量指标按数计分；正向指标完成得越多得分越高，反向指标相反。两栏对不上，系统就按错的办法计分。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        补贴发放准确率: {性质: 定性, 值: ≥95%} # ✗⟦定性⟧ 性质是“定性”，绩效值“≥95%”却是数；请改为“定量”
        档案整理质量: {性质: 定量, 值: 优} # ✗⟦定量⟧ 性质是“定量”，绩效值“优”却不是数；请改为“定性”，或写成可以计量的数
        群众投诉率: {性质: 定量, 方向: 反向, 值: ≥5%} # ✗⟦≥5%⟧ 方向是“反向”，越小越好，绩效值却是“≥5%”；请核对符号和方向 # ↳⟦反向⟧ 方向
        受理材料退回率: {性质: 反向, 方向: 定量, 值: ≤3%} # ✗⟦反向⟧ 性质写成“反向”，方向写成“定量”；请对调这两栏 # ↳⟦定量⟧ 方向
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      12-质量指标:
        补贴发放准确率: {性质: 定量, 方向: 正向, 值: ≥95%}
        档案整理质量: {性质: 定性, 值: 优}
        群众投诉率: {性质: 定量, 方向: 反向, 值: ≤5%}
        受理材料退回率: {性质: 定量, 方向: 反向, 值: ≤3%}
    ```

    ## 依据

    通行审核要求。绩效值本身含糊的，由 not-measurable 检查；一格里两个符号矛盾的，由 operator-conflict
    检查。没有写方向、只从名称看出不该用 ≥ 的（投诉率 ≥5%），由 polarity 检查；写了方向的，先由本规则指出。
    """
    for row in table.indicators:
        if row.columns is None:
            continue
        nature, direction = (_without_suffix(text) for text in (row.entry.nature, row.entry.direction))
        if nature in profile.pairs("directions") and direction in profile.pairs("natures"):
            yield _swapped_finding(row)
        yield from _check_nature(row, profile)
        if isinstance(row.value, (Quantity, Grade)) and row.value.operator:
            yield from _check_direction(row, row.value.operator, profile)


def _without_suffix(text: str) -> str:
    return text.strip().removesuffix("指标")


def _column_loc(row: Indicator, column: str) -> Loc:
    return (*row.name_loc[:-1], column)


def _swapped_finding(row: Indicator) -> Finding:
    nature, direction = row.entry.nature.strip(), row.entry.direction.strip()
    message = tr(
        f"性质写成“{nature}”，方向写成“{direction}”；请对调这两栏",
        f"the nature is “{nature}” and the direction “{direction}”; exchange the two",
    )
    return Finding(_column_loc(row, "性质"), message, [Related(_column_loc(row, "方向"), tr("方向", "direction"))])


def _check_nature(row: Indicator, profile: Profile) -> Iterator[Finding]:
    """Yield findings about the nature, which may be written in its own column or in the operator column."""
    names = {"性质": tr("性质", "the nature"), "符号": tr("符号栏", "the sign")}
    for column, written in (("性质", row.entry.nature), ("符号", row.entry.operator)):
        nature, subject = profile.pairs("natures").get(_without_suffix(written)), f"{names[column]}{tr('是', ' is ')}"
        if nature == "定性" and isinstance(row.value, (Quantity, Range, Delta)):
            message = tr(
                f"{subject}“{written.strip()}”，绩效值“{row.text}”却是数；请改为“定量”",
                f"{subject}“{written.strip()}”, but the target “{row.text}” is a number; write “定量”",
            )
            yield Finding(_column_loc(row, column), message)
        elif nature == "定量" and isinstance(row.value, (Grade, Scale, Boolean)):
            message = tr(
                f"{subject}“{written.strip()}”，绩效值“{row.text}”却不是数；请改为“定性”，或写成可以计量的数",
                f"{subject}“{written.strip()}”, but the target “{row.text}” is no number; write “定性”, or a target that can be measured",
            )
            yield Finding(_column_loc(row, column), message)


def _check_direction(row: Indicator, operator: Operator, profile: Profile) -> Iterator[Finding]:
    direction = profile.pairs("directions").get(_without_suffix(row.entry.direction))
    is_wrong_minimum = (
        direction == "反向" and operator in _MINIMUM_OPERATORS and not profile.pattern("reductions").search(row.name)
    )
    if not is_wrong_minimum and not (direction == "正向" and operator in _MAXIMUM_OPERATORS):
        return
    better = tr("越小越好", "less is better") if is_wrong_minimum else tr("越大越好", "more is better")
    written = row.entry.direction.strip()
    message = tr(
        f"方向是“{written}”，{better}，绩效值却是“{row.text}”；请核对符号和方向",
        f"the direction is “{written}”, {better}, but the target is “{row.text}”; check sign and direction",
    )
    yield Finding(row.loc, message, [Related(_column_loc(row, "方向"), tr("方向", "direction"))])
