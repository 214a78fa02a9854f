"""Report indicators under the wrong second tier."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.tables.semantics.mismatch import find_mismatch
from perftarget.tables.semantics.tiers import better_tier, label_of_tier, own_tier


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

    通行审核要求。只检查有把握的情况：满意度不在满意度指标下，人数、场次在质量、时效、成本、满意度下，比率在数量、成本下，
    完成的时间在数量、质量、效益下，成本和补助标准在数量、质量、时效、效益下，以及词表 misplaced 列出的。可能有两种归法的
    （如满意度调查次数、获奖次数、覆盖率、城乡低保标准）不提示。名称里有几个要衡量的量的，先由 composite-indicator 提示；
    日常管理要求由 management-indicator 提示；绩效值与名称不符的由 kind-mismatch 提示。
    """
    for row in table.indicators:
        label, target = profile.second_tier_label(row.second), _listed(row, profile) or better_tier(row, profile)
        if label and target:
            name, own, better = row.name.strip(), profile.tier_name(label), profile.tier_name(target)
            message = tr(
                f"“{name}”属于{better}，不是{own}；请移到“{target}”下",
                f"“{name}” belongs to “{better}”, not to “{own}”; move it under “{target}”",
            )
            yield Finding(row.name_loc, message)


def _listed(row: Indicator, profile: Profile) -> str | None:
    """Return the label of the tier that the word list `misplaced` names for the end of a name, or None."""
    name, own = row.bare_name, own_tier(row, profile)
    target = next(
        (targets[end] for ends, targets in [_misplaced(own, profile)] for end in ends if name.endswith(end)), ""
    )
    is_correct = not target or target in own or profile.pattern("not_misplaced").search(name)
    return None if is_correct or find_mismatch(row, profile) else label_of_tier(target, profile)


@lru_cache(maxsize=256)
def _misplaced(own: str, profile: Profile) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the ends of names that are wrong in a tier, with the correct tier of each."""
    pairs = ((*key.rpartition(" ")[::2], target) for key, target in profile.pairs("misplaced").items())
    targets = {end: target for tier, end, target in pairs if tier in {"", own}}
    return tuple(targets), targets
