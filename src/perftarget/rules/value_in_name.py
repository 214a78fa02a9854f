"""Report names of indicators that contain the target, or the rest of a template for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.text.normalize import compact, fold
from perftarget.values.parser import Date, Delta, Frequency, Quantity, Range, parse

_REMNANT: Final = re.compile(r"(?:[(（] ?)?[≥≤><=]{0,2} ?\*{2,} ?[^()（）*]{0,8}[)）]?")
_MARKS: Final = "*★☆※●◆■▲ "
_TAIL: Final = re.compile(
    r"(?P<compared>[≥≤><=]+|不低于|不少于|不高于|不超过|不大于|不小于|超过|高于|低于|达到?|控制在)?"
    r" ?[0-9][0-9.,]*(?:[-~—–至][0-9.]+)?[^0-9]{0,10}(?:/10万|/[0-9]{0,2}[^0-9]{1,3})?$"
)
_DATE: Final = re.compile(r"(?:20[0-9]{2}[年./-])?[0-9]{1,2}[月./-](?:[0-9]{1,2}日?)?[底末]?(?:之?前|以前)?$")
_CLOSING: Final = ")）】]。.;；,， "


@rule(
    title=("绩效值写进了指标名称", "A name contains the target"),
    severity=Severity.INFO,
    category="明确清晰性",
    basis="通行审核要求",
    superseded_by=("not-an-indicator", "bare-name"),
)
def value_in_name(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""指标名称只写要衡量的量，绩效值写在绩效值一栏，模板的“（≥**%）”应当删去。

    A name says what is measured; the target has its own place, and the “（≥**%）” of a template is deleted.

    ## 为什么

    “支付完成率100%”的绩效值又写 100%，说不清考核的是比率还是这句话；“（≥**%）”是填表模板的提示，留在表上就像没有填完。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        支付完成率100%: =100% # ✗键 “支付完成率100%”的名称里写了绩效值“100%”；名称只写要衡量的量，绩效值写在绩效值一栏
        补贴发放准确率（≥**%）: ≥95% # ✗键 名称里留有模板的“（≥**%）”（共 2 处）；请删去，绩效值写在绩效值一栏
        资格审核通过率（≥**%）: ≥95% # ↳键 另一处
      21-经济效益:
        收入达到5亿元: 100% # ✗键 “收入达到5亿元”的名称里写了绩效值“达到5亿元”；名称只写要衡量的量，绩效值写在绩效值一栏
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      12-质量指标:
        支付完成率: =100%
        补贴发放准确率: ≥95%
      21-经济效益:
        营业收入: ≥5亿元
    ```

    ## 依据

    通行审核要求。名称末尾的数说明对象的（小型项目（50万元以下）: 20个），与绩效值不是一回事，不提示。
    """
    remnants = [(row, match[0].strip()) for row in table.indicators if (match := _remnant(row.name))]
    if remnants:
        (first, text), *others = remnants
        count = tr(f"（共 {len(remnants)} 处）", f" ({len(remnants)} places)") if others else ""
        message = tr(
            f"名称里留有模板的“{text}”{count}；请删去，绩效值写在绩效值一栏",
            f"the “{text}” of the template is left in the name{count}; delete it, the target has its own place",
        )
        related = [Related(row.name_loc, tr("另一处", "another place")) for row, _ in others]
        yield Finding(first.name_loc, message, related)
    for row in table.indicators:
        if not _remnant(row.name) and (target := _target_in_name(row)):
            message = tr(
                f"“{row.name.strip()}”的名称里写了绩效值“{target}”；名称只写要衡量的量，绩效值写在绩效值一栏",
                f"the name “{row.name.strip()}” has the target “{target}”; a name says what is measured, the target has its own place",
            )
            yield Finding(row.name_loc, message)


def _remnant(name: str) -> re.Match[str] | None:
    """Return the blank of a template in a name, such as （≥**%）; asterisks at the beginning only mark the indicator."""
    text = fold(name).lstrip(_MARKS)
    return _REMNANT.search(name, len(name) - len(text)) if "**" in text else None


def _target_in_name(row: Indicator) -> str:
    """Return the target that a name contains, or ""."""
    name = compact(fold(row.name)).lstrip(_MARKS)
    if not any(character.isdigit() for character in name):
        return ""
    return _at_end(row, name) or _same_as_value(row, name)


def _same_as_value(row: Indicator, name: str) -> str:
    """Return the number and unit of the target if the name has just these, or ""."""
    value = row.value
    if isinstance(value, Quantity) and value.unit is not None and (symbol := value.unit.written or value.unit.symbol):
        written = re.escape(f"{value.number:f}") + " ?" + re.escape(symbol)
        match = re.search(rf"(?<![0-9.第—~-]){written}", name)
        return match[0] if match else ""
    text = compact(fold(row.text))
    return text if len(text) > 3 and any(map(str.isdigit, text)) and name.endswith(text) else ""


def _at_end(row: Indicator, name: str) -> str:
    """Return the target at the end of a name, or "" if it only says of what the indicator is."""
    in_brackets = name.endswith((")", "）"))
    text = name.rstrip(_CLOSING)
    if (match := _DATE.search(text)) and isinstance(parse(match[0]), Date) and not in_brackets:
        return match[0]
    match = _TAIL.search(text)
    if match is None:
        return ""
    target = parse(match[0])
    if len(match[0]) == len(text):
        return match[0] if isinstance(target, (Quantity, Range)) and target.unit else ""
    rest = target.rest if isinstance(target, (Quantity, Range)) else ""
    is_target = isinstance(target, (Quantity, Range, Delta, Frequency)) and not rest
    if not is_target or (in_brackets and not _has_unit_of(row, target)):
        return ""
    if match["compared"]:
        return match[0]
    return match[0] if isinstance(target, (Quantity, Range)) and _answers(row, target, in_brackets=in_brackets) else ""


def _answers(row: Indicator, target: Quantity | Range, *, in_brackets: bool) -> bool:
    """Return True if a number with a unit at the end of a name can be the target of the row."""
    if target.unit is None or target.unit.kind == "unknown":
        return False
    is_same = isinstance(target, Quantity) and getattr(row.value, "number", None) == target.number
    if is_same or _has_unit_of(row, target):
        return True
    is_count = target.unit.kind != "time" and not target.is_rate and not in_brackets
    is_done = not row.value.numeric or (isinstance(row.value, (Quantity, Range)) and row.value.is_rate)
    return is_count and is_done


def _has_unit_of(row: Indicator, target: object) -> bool:
    """Return True if the value of the row has the unit of the number in its name, without which it cannot be compared."""
    value, unit = row.value, getattr(target, "unit", None)
    own = (value.unit or row.named_unit) if isinstance(value, (Quantity, Range)) else None
    return unit is not None and own is not None and unit.symbol == own.symbol
