"""Report targets of a longer term that are those of the year, or below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, rule
from perftarget.rules.shared.goals import goals
from perftarget.rules.shared.texts import normalize
from perftarget.tables.keys import AMOUNT, GOALS, INDICATORS
from perftarget.tables.model import Table
from perftarget.text.source import Loc
from perftarget.values.indicator_names import name_key
from perftarget.values.money import parse_amount
from perftarget.values.parser import Quantity, parse

_TERM: Final = re.compile("中期|长期|远期|实施周?期|规划期|周期|总目标|总体目标|三年|五年")
_AMOUNT: Final = re.compile("金额|总额|资金|预算|投资")
_LEADING: Final = re.compile(r"^(?:目标)?[0-9一二三四五六七八九十]{0,2}[：:.、．]?")
_MIN_GOAL: Final = 6  # characters; shorter goals say nothing that could be copied


@rule(
    title=("中期目标照抄年度目标，或小于年度目标", "A longer term repeats the year, or has less"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="通行审核要求",
)
def copied_horizon(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""中期（实施期）的目标、金额和指标应覆盖各年，不应照抄年度的，也不应小于年度的。

    The goals, amount and indicators of a longer term span its years; they are not those of one year, or less.

    ## 为什么

    三年的资金总额比一年的还少，总有一个填错了；三年的目标与一年的一字不差，看不出各年怎样安排。

    ## 例

    ```yaml
    中期资金总额: 20 万元 # ✗ “中期资金总额”20 万元小于年度金额 30 万元；请核对
    中期目标: 维修村级水站 12 座，供水 4000 人。 # ✗ “中期目标”与年度目标相同；请写各年合计要达到的目标，只实施一年的请写明
    项目年度金额: 30 万元 # ↳ 年度金额
    年度总体绩效目标:
      - 维修村级水站 12 座，供水 4000 人。
    中期绩效指标:
      11-数量指标:
        维修水站数量: ≥12座 # ✗ “中期绩效指标”与年度绩效指标相同；请写各年合计要达到的指标值，只实施一年的请写明
        水质检测次数: ≥300次
    绩效指标:
      11-数量指标:
        维修水站数量: ≥12座
        水质检测次数: ≥300次
    ```

    ## 怎样改

    ```yaml
    中期资金总额: 90 万元
    中期目标: 2025—2027年维修村级水站 36 座，供水 1.2 万人。
    项目年度金额: 30 万元
    年度总体绩效目标:
      - 维修村级水站 12 座，供水 4000 人。
    中期绩效指标:
      11-数量指标:
        维修水站数量: ≥36座
    绩效指标:
      11-数量指标:
        维修水站数量: ≥12座
    ```

    ## 依据

    通行审核要求。金额相等的不提示（只实施一年）；指标都相同的提示一次，个别指标小于年度的分别提示，只比较至少要达到的数。
    """
    for label in table.labels:
        content = table.content(label)
        if label in {AMOUNT, GOALS, INDICATORS} or not content or "年度" in label or not _TERM.search(label):
            continue
        if isinstance(content, Mapping):
            yield from _compare_indicators(table, label, content)
        elif _AMOUNT.search(label):
            yield from _compare_amounts(table, profile, label)
        else:
            yield from _compare_goals(table, label, content)


def _compare_amounts(table: Table, profile: Profile, label: str) -> Iterator[Finding]:
    longer, year = (parse_amount(text, profile.amount_unit) for text in (table.field(label), table.amount))
    if longer and year and 0 < longer.yuan < year.yuan:
        message = tr(
            f"“{label}”{longer}小于年度金额 {year}；请核对",
            f"“{label}” of {longer} is less than the {year} of the year; check both",
        )
        yield Finding((label,), message, [Related((AMOUNT,), tr("年度金额", "the amount of the year"))])


def _compare_goals(table: Table, label: str, content: Any) -> Iterator[Finding]:
    longer = _plain(content if isinstance(content, list) else [content])
    if len(longer) >= _MIN_GOAL and longer == _plain([goal.text for goal in goals(table)]):
        message = tr(
            f"“{label}”与年度目标相同；请写各年合计要达到的目标，只实施一年的请写明",
            f"“{label}” is the goal of the year; write what all years achieve, or say that there is only one",
        )
        yield Finding((label,), message)


def _plain(texts: list[Any]) -> str:
    """Return the goals as one text without numbers and punctuation."""
    return re.sub(r"[\W_]", "", "".join(_LEADING.sub("", normalize(text)) for text in texts if isinstance(text, str)))


def _compare_indicators(table: Table, label: str, content: Mapping[str, Any]) -> Iterator[Finding]:
    year = {name_key(row.name): row for row in table.indicators if row.name.strip()}
    pairs = [
        (at, name, text, year[key]) for at, name, text in _rows((label,), content) if (key := name_key(name)) in year
    ]
    if len(pairs) > 1 and all(str(parse(text)) == str(row.value) and row.text for _, _, text, row in pairs):
        message = tr(
            f"“{label}”与年度绩效指标相同；请写各年合计要达到的指标值，只实施一年的请写明",
            f"“{label}” are the indicators of the year; write what all years achieve, or say that there is only one",
        )
        yield Finding(pairs[0][0], message)
        return
    for at, name, text, row in pairs:
        longer, own = parse(text, name=name), row.value
        if isinstance(longer, Quantity) and isinstance(own, Quantity) and _is_less(longer, own):
            message = tr(
                f"“{name}”的{label} {text}小于年度的 {row.text}；请核对",
                f"“{name}” is {text} in “{label}”, less than the {row.text} of the year; check both",
            )
            yield Finding(at, message, [Related(row.loc, tr("年度指标值", "the target of the year"))])


def _is_less(longer: Quantity, year: Quantity) -> bool:
    """Return True if a number to be reached over several years is below that of one year."""
    is_maximum = any(value.operator and value.operator.value in "≤<" for value in (longer, year))
    is_total = longer.unit is not None and not longer.unit.is_rate and not longer.unit.per and longer.unit == year.unit
    return is_total and not is_maximum and longer.amount < year.amount


def _rows(loc: Loc, content: Mapping[str, Any]) -> Iterator[tuple[Loc, str, str]]:
    """Yield the location, the name and the value of each row in the tiers of a longer term."""
    for key, part in content.items():
        at = (*loc, key)
        if isinstance(part, str):
            yield at, key, part
        elif isinstance(part, Mapping) and isinstance(part.get("值"), str):
            yield (*at, "值"), key, f"{part.get('符号', '')}{part['值']}{part.get('单位', '')}"
        elif isinstance(part, Mapping):
            yield from _rows(at, part)
        elif isinstance(part, list):
            for index, row in enumerate(part):
                if isinstance(row, Mapping) and isinstance(row.get("值"), str):
                    text = f"{row.get('符号', '')}{row['值']}{row.get('单位', '')}"
                    yield (*at, index, "值"), str(row.get("指标", "")), text
