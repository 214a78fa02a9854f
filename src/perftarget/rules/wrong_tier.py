from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.values.parser import Quantity, Range

_ANY: Final = "*"


@rule(
    title=("指标放错了二级指标", "An indicator stands under the wrong tier"),
    severity=Severity.WARNING,
    category="指标科学性",
    basis="通行审核要求",
    superseded_by=("duplicate-indicator", "similar-indicator", "composite-indicator"),
)
def wrong_tier(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""指标应放在它所衡量的二级指标之下。

    An indicator stands under the second tier that it measures.

    ## 为什么

    了解度说的是群众知不知道，放在经济效益下，经济效益等于没有写；自评按二级指标打分，分也就打错了地方。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        培训满意度: ≥90% # ✗键 “培训满意度”属于服务对象满意度，不是质量指标；请移到“31-服务对象满意度”下
        技能培训人数（人）: 300 # ✗键 “技能培训人数（人）”属于数量指标，不是质量指标；请移到“11-数量指标”下
      21-经济效益:
        社会群众对就业创业工作的了解度: ≥80% # ✗键 “社会群众对就业创业工作的了解度”属于社会效益，不是经济效益；请移到“22-社会效益”下
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        技能培训人数（人）: 300
      22-社会效益:
        社会群众对就业创业工作的了解度: ≥80%
      31-服务对象满意度:
        培训满意度: ≥90%
    ```

    ## 依据

    通行审核要求。只检查词表 misplaced 列出的、有把握的情况：满意度不在满意度指标下，了解度、知晓率在经济效益下，
    人数、场次在质量、时效、成本下，合格率在数量、时效下，发给个人的钱在数量下。可能有两种归法的（如满意度调查次数、
    就业率）不提示。名称里有几个要衡量的量的，先由 composite-indicator 提示；日常管理要求由 management-indicator 提示。
    """
    for row in table.indicators:
        right = _right_tier(row, profile)
        label, place = (profile.second_of(row.second), _label(right, profile)) if right else (None, None)
        if label and place:
            name = row.name.strip()
            message = tr(
                f"“{name}”属于{_name(place, profile)}，不是{_name(label, profile)}；请移到“{place}”下",
                f"“{name}” belongs to “{_name(place, profile)}”, not to “{_name(label, profile)}”; move it under “{place}”",
            )
            yield Finding(row.name_loc, message)


def _right_tier(row: Indicator, profile: Profile) -> str:
    """Where the name belongs by its ending; "" where it stands right, or one cannot be sure."""
    name = row.bare_name
    for endings, rights in _misplaced(row.second, profile):
        if name.endswith(endings):
            here = _short(row.second, profile)
            right = next(rights[ending] for ending in endings if name.endswith(ending))
            stands = right in here or not _fits(row, right) or profile.pattern("not_misplaced").search(name)
            return "" if stands else right
    return ""


@lru_cache(maxsize=256)
def _misplaced(second: str, profile: Profile) -> list[tuple[tuple[str, ...], dict[str, str]]]:
    """The endings that are wrong in that tier, then those in any, with the tier where each belongs."""
    found: dict[str, dict[str, str]] = {}
    for key, right in profile.pairs("misplaced").items():
        tier, _, ending = key.rpartition(" ")
        found.setdefault(tier or _ANY, {})[ending] = right
    wrong = (found.get(tier, {}) for tier in (_short(second, profile), _ANY))
    return [(tuple(rights), rights) for rights in wrong]


def _fits(row: Indicator, tier: str) -> bool:
    """Whether the value, too, could stand there: money under 成本, no percentage under 数量."""
    value = row.value
    if tier == "成本":
        return isinstance(value, Quantity) and value.money is not None
    return tier != "数量" or not (isinstance(value, (Quantity, Range)) and value.is_rate)


def _short(second: str, profile: Profile) -> str:
    return profile.tier_name(second).removesuffix("指标")


def _label(tier: str, profile: Profile) -> str | None:
    """The form's label for that tier; none where the form does not have it."""
    return next((label for label in profile.second_tiers if tier in _short(label, profile)), None)


def _name(label: str, profile: Profile) -> str:
    return profile.tier_name(label)
