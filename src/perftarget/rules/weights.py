"""Report missing weights and weights that do not add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.figures import Computation, Expected, Figures, Observed, Operand
from perftarget.linter.rule import Finding, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.keys import INDICATORS
from perftarget.tables.model import Table
from perftarget.tables.parts import headings, is_part
from perftarget.text.source import KEY
from perftarget.values.parser import Quantity, Zero, parse

_POINTS: Final = frozenset({"", "分", "%"})
_MAX_SUMMANDS: Final = 40
"""The maximum number of summands that are written out."""


class _WeightedRow(NamedTuple):
    row: Indicator
    points: Decimal


@rule(
    title=("权重缺失或合计有误", "Weights are missing or do not add up"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="算术；通行审核要求",
)
def weights(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""每个指标都应有大于零的权重，合计等于表式规定的总分。

    Every indicator has a weight above zero, and together they come to the form's total.

    ## 为什么

    自评按权重计分。合计 95 分的表，满分也评不到 100；没有权重的指标，完不完成都不影响得分。

    ## 例

    ```yaml config
    extends: mof-2021
    weights: {total: 100}
    tiers:
      产出指标: {weight: 60}
      效益指标: {weight: 30}
      满意度指标: {weight: 10}
    ```
    ```yaml
    绩效指标:
      数量指标:
        改造危桥座数: {值: ≥2座, 权重: "30", 设定依据: 年度计划, 数据来源: 验收报告}
        新建候车亭数量: {值: ≥6个, 设定依据: 年度计划, 数据来源: 验收报告} # ✗键 没有权重；请填写
      质量指标:
        工程验收合格率: {值: =100%, 权重: 二十分之一, 设定依据: 年度计划, 数据来源: 验收报告} # ✗⟦二十分之一⟧ “二十分之一”不是权重；请写成“10”这样的数
      社会效益指标:
        受益人口: {值: ≥5000人, 权重: "0", 设定依据: 年度计划, 数据来源: 乡镇统计} # ✗⟦"0"⟧ “0”不大于零；请给出权重，或删去这一指标
      服务对象满意度指标:
        沿线群众满意度: {值: ≥90%, 权重: "10", 设定依据: 年度计划, 数据来源: 问卷调查}
    ```

    都写了，再看合计；各一级指标的合计与规定不同的，只是提示：

    ```yaml
    绩效指标: # ✗键 权重合计 95，应为 100，少 5；请调整
      数量指标: # ✗警告键 “产出指标”权重合计 55，规定为 60；请调整
        改造危桥座数: {值: ≥2座, 权重: "30", 设定依据: 年度计划, 数据来源: 验收报告}
        新建候车亭数量: {值: ≥6个, 权重: "15", 设定依据: 年度计划, 数据来源: 验收报告}
      质量指标:
        工程验收合格率: {值: =100%, 权重: "10", 设定依据: 年度计划, 数据来源: 验收报告}
      社会效益指标:
        受益人口: {值: ≥5000人, 权重: "30", 设定依据: 年度计划, 数据来源: 乡镇统计}
      服务对象满意度指标:
        沿线群众满意度: {值: ≥90%, 权重: "10", 设定依据: 年度计划, 数据来源: 问卷调查}
    # = 30 + 15 + 10 + 30 + 10 = 95
    # = 30 + 15 + 10 = 55
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      数量指标:
        改造危桥座数: {值: ≥2座, 权重: "30", 设定依据: 年度计划, 数据来源: 验收报告}
        新建候车亭数量: {值: ≥6个, 权重: "20", 设定依据: 年度计划, 数据来源: 验收报告}
      质量指标:
        工程验收合格率: {值: =100%, 权重: "10", 设定依据: 年度计划, 数据来源: 验收报告}
      社会效益指标:
        受益人口: {值: ≥5000人, 权重: "30", 设定依据: 年度计划, 数据来源: 乡镇统计}
      服务对象满意度指标:
        沿线群众满意度: {值: ≥90%, 权重: "10", 设定依据: 年度计划, 数据来源: 问卷调查}
    ```

    ## 依据

    算术；总分和各一级指标的分值由表式（profile）的 `weights`、`tiers` 规定。表式没有规定总分的，只要有一个指标写了权重，
    其他的也要写；一个也没有写，就不检查。
    """
    if not profile.weights.total and not any(row.columns and row.columns.weight.strip() for row in table.indicators):
        return
    rows_with_points = [(row, _points(row.entry.weight)) for row in table.indicators if _needs_weight(row, table)]
    weighted = [_WeightedRow(row, points) for row, points in rows_with_points if points is not None and points > 0]
    missing_severity = (
        Severity.ERROR if profile.weights.total and not _is_total(weighted, profile) else Severity.WARNING
    )
    problems = [
        _find_problem(row, points, missing_severity)
        for row, points in rows_with_points
        if points is None or points <= 0
    ]
    yield from problems
    if not problems and not any(loc[0] == INDICATORS for loc in table.shape_errors):
        yield from _check_total(weighted, profile)
        yield from _check_shares(weighted, profile)


def _needs_weight(row: Indicator, table: Table) -> bool:
    """Return False for a row that may have no weight: a part (其中…), a heading, or a tier that does not apply."""
    if row.entry.weight.strip():
        return not row.is_not_applicable
    return not (is_part(row) or row.is_not_applicable or row.loc in headings(table))


def _points(text: str) -> Decimal | None:
    """Parse a weight such as `10`, `10分` or `10%`; None if it is not a number of points."""
    value = parse(text)
    if isinstance(value, Zero):
        return value.number
    is_plain = isinstance(value, Quantity) and not value.words and str(value.unit or "") in _POINTS
    return value.amount if is_plain and isinstance(value, Quantity) else None


def _find_problem(row: Indicator, points: Decimal | None, missing_severity: Severity) -> Finding:
    at, written = (*row.name_loc[:-1], "权重"), row.entry.weight.strip()
    if not written:
        return Finding(at, tr("没有权重；请填写", "there is no weight; fill it in"), severity=missing_severity)
    if points is None:
        message = tr(f"“{written}”不是权重；请写成“10”这样的数", f"“{written}” is no weight; write a number, like “10”")
    else:
        message = tr(
            f"“{written}”不大于零；请给出权重，或删去这一指标",
            f"“{written}” is not above zero; give it a weight, or delete the indicator",
        )
    return Finding(at, message)


def _is_total(weighted: Sequence[_WeightedRow], profile: Profile) -> bool:
    """Return True if the weights add up to the total, also as fractions of 1, such as 0.1 for 10."""
    points = _sum(weighted)
    return points in profile.weights.total or points * 100 in profile.weights.total


def _sum(weighted: Sequence[_WeightedRow]) -> Decimal:
    return sum((weighted_row.points for weighted_row in weighted), Decimal(0))


def _check_total(weighted: Sequence[_WeightedRow], profile: Profile) -> Iterator[Finding]:
    totals = profile.weights.total
    if not totals or not weighted or _is_total(weighted, profile):
        return
    points = _sum(weighted)
    expected, difference = tr(" 或 ", " or ").join(map(_format_points, totals)), totals[0] - points
    deviation = tr(
        f"，{'少' if difference > 0 else '多'} {_format_points(abs(difference))}",
        f", {_format_points(abs(difference))} {'short' if difference > 0 else 'over'}",
    )
    message = tr(
        f"权重合计 {_format_points(points)}，应为 {expected}{deviation if len(totals) == 1 else ''}；请调整",
        f"the weights come to {_format_points(points)}, not {expected}{deviation if len(totals) == 1 else ''}; adjust them",
    )
    yield Finding((INDICATORS, KEY), message, notes=_arithmetic(weighted), figures=_figures(weighted, totals[0]))


def _check_shares(weighted: Sequence[_WeightedRow], profile: Profile) -> Iterator[Finding]:
    """Yield findings about the weights of first tiers, only if every tier with a required weight has an indicator."""
    required = {first: setting.weight for first, setting in profile.tiers.items() if setting.weight}
    by_first: dict[str | None, list[_WeightedRow]] = {}
    for weighted_row in weighted:
        first = profile.first_tier_label(weighted_row.row.first or "") or profile.first_tier_of(weighted_row.row.second)
        by_first.setdefault(first, []).append(weighted_row)
    if not required.keys() <= by_first.keys() or None in by_first:
        return
    factor = 1 if _sum(weighted) > 1 else 100
    for first, weight in required.items():
        points = _sum(by_first[first])
        if points * factor != weight:
            row = by_first[first][0].row
            message = tr(
                f"“{first}”权重合计 {_format_points(points)}，规定为 {_format_points(weight / factor)}；请调整",
                f"the weights of “{first}” come to {_format_points(points)}, not {_format_points(weight / factor)}; adjust them",
            )
            at = (INDICATORS, row.first, KEY) if row.first else row.tier_loc
            figures = _figures(by_first[first], weight / factor)
            yield Finding(at, message, notes=_arithmetic(by_first[first]), severity=Severity.WARNING, figures=figures)


def _figures(weighted: Sequence[_WeightedRow], expected: Decimal) -> Figures:
    """Return the sum of the weights with its summands, and the sum that the form demands."""
    terms = tuple(
        (Operand(row.name, row.entry.weight.strip(), points, "分", (*row.name_loc[:-1], "权重")),)
        for row, points in weighted
    )
    points = _sum(weighted)
    return Figures(Observed("", points, "分"), Expected("=", expected, "分"), Computation(terms, points, "分"))


def _format_points(points: Decimal) -> str:
    return f"{points.normalize():f}"


def _arithmetic(weighted: Sequence[_WeightedRow]) -> list[str]:
    if not 1 < len(weighted) <= _MAX_SUMMANDS:
        return []
    return [
        f"{' + '.join(_format_points(weighted_row.points) for weighted_row in weighted)} = {_format_points(_sum(weighted))}"
    ]
