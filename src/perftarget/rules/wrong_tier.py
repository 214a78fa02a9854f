"""Report indicators under the wrong second tier."""

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

_ANY_TIER: Final = "*"


@rule(
    title=("指标归类不当", "An indicator stands under the wrong tier"),
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
        target = _right_tier(row, profile)
        label, target_label = (
            (profile.second_tier_label(row.second), _label(target, profile)) if target else (None, None)
        )
        if label and target_label:
            name = row.name.strip()
            message = tr(
                f"“{name}”属于{_name(target_label, profile)}，不是{_name(label, profile)}；请移到“{target_label}”下",
                f"“{name}” belongs to “{_name(target_label, profile)}”, not to “{_name(label, profile)}”; move it under “{target_label}”",
            )
            yield Finding(row.name_loc, message)


def _right_tier(row: Indicator, profile: Profile) -> str:
    """Return the tier that a name belongs to by its ending; "" if it is correct or not certain."""
    name = row.bare_name
    for endings, targets in _misplaced(row.second, profile):
        if name.endswith(endings):
            current = _short(row.second, profile)
            target = next(targets[ending] for ending in endings if name.endswith(ending))
            is_correct = target in current or not _fits(row, target) or profile.pattern("not_misplaced").search(name)
            return "" if is_correct else target
    return ""


@lru_cache(maxsize=256)
def _misplaced(second: str, profile: Profile) -> list[tuple[tuple[str, ...], dict[str, str]]]:
    """Return the endings that are wrong in a tier, then those wrong in any tier, with the correct tier of each."""
    by_tier: dict[str, dict[str, str]] = {}
    for key, target in profile.pairs("misplaced").items():
        tier, _, ending = key.rpartition(" ")
        by_tier.setdefault(tier or _ANY_TIER, {})[ending] = target
    candidates = (by_tier.get(tier, {}) for tier in (_short(second, profile), _ANY_TIER))
    return [(tuple(targets), targets) for targets in candidates]


def _fits(row: Indicator, tier: str) -> bool:
    """Return True if the value is possible in a tier: money for 成本, no percentage for 数量."""
    value = row.value
    if tier == "成本":
        return isinstance(value, Quantity) and value.money is not None
    return tier != "数量" or not (isinstance(value, (Quantity, Range)) and value.is_rate)


def _short(second: str, profile: Profile) -> str:
    return profile.tier_name(second).removesuffix("指标")


def _label(tier: str, profile: Profile) -> str | None:
    """Return the label of a tier in the form, or None."""
    return next((label for label in profile.second_tiers if tier in _short(label, profile)), None)


def _name(label: str, profile: Profile) -> str:
    return profile.tier_name(label)
