"""Report ranges that are reversed, incomplete or ambiguous."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.rules.shared.rate_names import is_rate
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.tables.semantics.names import understand
from perftarget.values.parser import Quantity, Range

_MIN_BAND_START: Final = 50  # 0-100分 is the whole scale, not a band


@rule(
    title=("区间表述不清", "A range is not clear"),
    severity=Severity.WARNING,
    category="指标科学性",
    basis="书写规范",
)
def range_form(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""区间应从小到大，两端都写全，不能有两种读法。

    A range goes from small to large, names both ends in full, and can be read one way only.

    ## 为什么

    “100-80人”上下颠倒；“80%-100%”可以读成达到其中任何一点，也可以读成评分的一档，年底会有争议。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        培训人数: 100-80人 # ✗错误 “100-80人”的上下限颠倒；请写成“80—100人”
      12-质量指标:
        验收合格率: 80%-100% # ✗ “80%-100%”疑似评分分档，也可以理解为不低于 80%；请写成“≥80%”
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        培训人数: 80—100人
      12-质量指标:
        验收合格率: ≥80%
    ```

    ## 依据

    书写规范。
    """
    for row in table.indicators:
        value = row.value
        if not isinstance(value, Range):
            continue
        text = row.text.strip()
        if value.reversed:
            ordered = Range(value.high, value.low)
            message = tr(
                f"“{text}”的上下限颠倒；请写成“{ordered}”",
                f"the ends of “{text}” are the wrong way round; write “{ordered}”",
            )
            yield Finding(row.loc, message, severity=Severity.ERROR)
        elif _is_band(value) or (value.is_rate and _is_satisfaction(row, profile)):
            message = tr(
                f"“{text}”疑似评分分档，也可以理解为不低于 {value.low}；请写成“≥{value.low}”",
                f"“{text}” may be a band of scores, or mean no less than {value.low}; write “≥{value.low}”",
            )
            yield Finding(row.loc, message)
        elif value.one_sided and value.is_rate:
            message = tr(
                f"“{text}”仅一端有百分号；请写成“{value}”",
                f"only one end of “{text}” has a percent sign; write “{value}”",
            )
            yield Finding(row.loc, message)
        elif value.unit is None and value.high.number <= 100 and not row.named_unit and is_rate(row, profile):
            suggestions = f"“{_percent(value.low)}—{_percent(value.high)}”"
            if understand(row, profile).polarity != "lower":
                suggestions = tr(
                    f"{suggestions}，或者“≥{_percent(value.low)}”", f"{suggestions}, or “≥{_percent(value.low)}”"
                )
            message = tr(
                f"“{text}”没有百分号，可以理解为比率，也可以理解为评分分档；请写成{suggestions}",
                f"“{text}” has no percent sign and may be a rate or a band of scores; write {suggestions}",
            )
            yield Finding(row.loc, message)


def _is_satisfaction(row: Indicator, profile: Profile) -> bool:
    return "满意" in row.name and not profile.pattern("dissatisfaction").search(row.name)


def _is_band(value: Range) -> bool:
    is_score = value.is_rate or str(value.unit or "") == "分"
    return value.high.number == 100 and value.low.number >= _MIN_BAND_START and is_score


def _percent(end: Quantity) -> str:
    """Return the end of a range as a percentage."""
    number = f"{end.number * 100 if end.number < 1 else end.number:f}"
    return (number.rstrip("0").rstrip(".") if "." in number else number) + "%"
