"""Report indicators of routine management."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.text.normalize import cached_by_text_and_profile
from perftarget.values.parser import Quantity, Range

_ONE_WORD: Final = 2  # characters, as in 成本 and 制度


@rule(
    title=("将日常管理要求列为绩效指标", "Routine management as an indicator"),
    severity=Severity.INFO,
    category="指标科学性",
    basis="通行审核要求（参照财预〔2021〕101号）",
    superseded_by=("duplicate-indicator", "similar-indicator"),
)
def management_indicator(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""指标反映办成了什么，不考核资金下达、预算执行、手续和制度这些日常管理要求。

    Indicators tell what is achieved; releasing money, spending the budget and keeping papers in order is routine.

    ## 为什么

    资金及时下达、支出手续齐全，是每一个项目都要做到的，写到哪张表里都成立，说明不了这个项目的效果；
    占着一行，真正的产出反而没有位置。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        相关经费支出手续完整性及合规性: ≥95% # ✗键 “相关经费支出手续完整性及合规性”是日常管理要求，不能反映项目的产出和效果；请改为产出或效果指标
      13-时效指标:
        预算执行率: ≥95% # ✗键 “预算执行率”是日常管理要求，不能反映项目的产出和效果；请改为产出或效果指标
        衔接资金下达率: =100% # ✗键 “衔接资金下达率”是日常管理要求，不能反映项目的产出和效果；请改为产出或效果指标
    ```

    ## 怎样改

    补贴发到人、工程款付到头，是项目自己的产出，不在此列：

    ```yaml
    绩效指标:
      12-质量指标:
        补贴发放准确率: ≥95%
      13-时效指标:
        补贴资金发放时间: 每月15日前
        招聘会举办完成时间: 2025年11月30日前
    ```

    ## 依据

    通行审核要求，参照《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（财预〔2021〕101号）；该文件适用
    于中央部门，所以只是建议。名称中除了资金、手续、制度和怎样管理以外还说到别的，一般不提示；管钱、管制度就是项目任
    务的（预算绩效管理、财务审计），也不提示。与 open-deadline 是两个问题，可以在同一行；与其他指标重名、像是同一个
    的，先由 duplicate-indicator、similar-indicator 提示。
    """
    if profile.pattern("management_projects").search(table.name):
        return
    for row in table.indicators:
        if _is_checked(row, profile) and _is_management(row.bare_name, profile):
            name = row.name.strip()
            message = tr(
                f"“{name}”是日常管理要求，不能反映项目的产出和效果；请改为产出或效果指标",
                f"“{name}” is routine management and shows nothing achieved; measure an output or an effect instead",
            )
            yield Finding(row.name_loc, message)


def _is_checked(row: Indicator, profile: Profile) -> bool:
    """Return True if the row is no cost, its name is more than one word, and its value no count, amount or date.

    A count is an output, even of management; of one word it cannot be told what it requires.
    """
    if "成本" in profile.tier_name(row.second) or len(row.bare_name.removesuffix("指标")) <= _ONE_WORD:
        return False
    value = row.value
    if not isinstance(value, (Quantity, Range)):
        return not value.numeric
    unit = value.unit or row.named_unit
    return unit is None or unit.is_rate


@cached_by_text_and_profile
def _is_management(name: str, profile: Profile) -> bool:
    """Return True if a name has a phrase of management, or only words of management."""
    subjects, words = profile.pattern("management_subjects"), profile.pattern("management_words")
    without_deadlines = profile.pattern("open_deadlines").sub("", name).replace("在内", "")
    if profile.pattern("management_phrases").search(without_deadlines):
        return True
    return bool(subjects.search(name)) and not words.sub("", subjects.sub("", name)).strip("0123456789年()、")
