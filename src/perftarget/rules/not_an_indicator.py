"""Report names of indicators that are sentences without a measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.rules.shared.enumerations import split_parts, without_brackets
from perftarget.rules.shared.goals import shorten
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.values.parser import Date, Period, Quantity, Range

_PUNCTUATION: Final = "。；;，,！! "
_CLAUSE_END: Final = re.compile("[。；;，,！!]")


@rule(
    title=("指标名称为工作表述，未体现衡量内容", "An indicator's name is a sentence that measures nothing"),
    severity=Severity.INFO,
    category="明确清晰性",
    basis="财预〔2015〕88号：细化量化（地方参照）",
    superseded_by=("management-indicator",),
)
def not_an_indicator(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""指标名称应说出要衡量的量，不是一句要求。

    An indicator's name says what is measured, and is no sentence of what ought to be done.

    ## 为什么

    “确保安全度汛 100%”的 100% 是什么的 100%？“溃坝、漫堤次数 =0次”“险情处置率 =100%”才有东西可数。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        确保安全度汛: 100% # ✗键 “确保安全度汛”是一句要求，未体现衡量内容；请改为“……率”“……数”“……时间”等名称
        工程质量合格: 100% # ✗键 “工程质量合格”是一种状态，未体现衡量内容；请改为“……率”“……数”“……时间”等名称
      22-社会效益:
        社会和谐稳定: ≥95% # ✗键 “社会和谐稳定”是一种状态，未体现衡量内容；请改为“……率”“……数”“……时间”等名称
        为群众办实事: 明显 # ✗键 “为群众办实事”是一句口号，未体现衡量内容；请改为“……率”“……数”“……时间”等名称
        设施正常运行，群众生活方便: 有效保障 # ✗键 “设施正常运行，群众生活方便”是一句话，未体现衡量内容；请改为“……率”“……数”“……时间”等名称
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      12-质量指标:
        险情处置率: =100%
      22-社会效益:
        设施完好率: ≥95%
    ```

    ## 依据

    《中央部门预算绩效目标管理办法》（财预〔2015〕88号，地方参照）：绩效目标应细化量化。只看带有句读、“确保”“做好”“加强”等
    开头、“合格”“稳定”等结尾的名称和口号；绩效值带单位（≥5公里、=0起）的，要衡量的量已经清楚，不提示，“加强……建设”
    这样说不清数什么的除外。
    """
    for row in table.indicators:
        if kind := _kind(row, row.bare_name.strip(_PUNCTUATION), profile):
            written = shorten(row.name)
            message = tr(
                f"“{written}”是{kind[0]}，未体现衡量内容；请改为“……率”“……数”“……时间”等名称",
                f"“{written}” is {kind[1]} that names nothing to measure; write a name like “……率”, “……数” or “……时间”",
            )
            yield Finding(row.name_loc, message)


def _kind(row: Indicator, name: str, profile: Profile) -> tuple[str, str] | None:
    """Return what a name is instead of a measure, in both languages, or None."""
    is_measured = _is_measured(row, name, profile)
    if profile.pattern("demands").match(name):
        is_general = name.endswith(profile.terms("general_tasks")) and isinstance(row.value, (Quantity, Range))
        return ("一句要求", "a demand") if is_general or not is_measured else None
    if profile.pattern("slogans").search(name) and not name.endswith(_measures(profile)):
        return "一句口号", "a slogan"
    if _CLAUSE_END.search(without_brackets(name)):
        return None if is_measured else ("一句话", "a sentence")
    is_counted = row.value.numeric and not _is_percentage(row) and not _is_bare_number(row)
    if name.endswith(profile.terms("soft_states")):
        is_state = not isinstance(row.value, (Date, Period))
    else:
        is_state = name.endswith(profile.terms("states")) and not is_counted
    return ("一种状态", "a state") if is_state else None


def _is_bare_number(row: Indicator) -> bool:
    return isinstance(row.value, (Quantity, Range)) and (row.value.unit or row.named_unit) is None


def _is_percentage(row: Indicator) -> bool:
    return isinstance(row.value, (Quantity, Range)) and row.value.is_rate


def _measures(profile: Profile) -> tuple[str, ...]:
    """Return the endings that name a measure."""
    return (*profile.terms("measures"), *profile.terms("summed_measures"), *profile.terms("measure_ends"))


def _is_measured(row: Indicator, name: str, profile: Profile) -> bool:
    """Return True if the value (≥5公里, 12月底前), the unit or a part of the name says what is measured."""
    if (row.value.numeric and not _is_percentage(row)) or row.named_unit or "率" in name:
        return True
    endings = _measures(profile)
    return any(part.endswith(endings) for clause in _CLAUSE_END.split(name) for part in split_parts(clause))
