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
from perftarget.values.parser import Quantity, Range

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
      22-社会效益:
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

    《中央部门预算绩效目标管理办法》（财预〔2015〕88号，地方参照）：绩效目标应细化量化。只看带有句读或“确保”“做好”
    “加强”等开头的名称；绩效值带单位（≥5公里、=0起）的，要衡量的量已经清楚，不提示。
    """
    for row in table.indicators:
        name = row.bare_name.strip(_PUNCTUATION)
        is_demand = bool(profile.pattern("demands").match(name))
        if (is_demand or _CLAUSE_END.search(without_brackets(name))) and not _is_measured(row, name, profile):
            description = tr("一句要求", "a demand") if is_demand else tr("一句话", "a sentence")
            written = shorten(row.name)
            message = tr(
                f"“{written}”是{description}，未体现衡量内容；请改为“……率”“……数”“……时间”等名称",
                f"“{written}” is {description} that names nothing to measure; write a name like “……率”, “……数” or “……时间”",
            )
            yield Finding(row.name_loc, message)


def _is_measured(row: Indicator, name: str, profile: Profile) -> bool:
    """Return True if the value (≥5公里, 12月底前), the unit or a part of the name says what is measured."""
    value = row.value
    is_percentage = isinstance(value, (Quantity, Range)) and value.is_rate
    if (value.numeric and not is_percentage) or row.named_unit or "率" in name:
        return True
    endings = (*profile.terms("measures"), *profile.terms("summed_measures"), *profile.terms("measure_ends"))
    return any(part.endswith(endings) for clause in _CLAUSE_END.split(name) for part in split_parts(clause))
