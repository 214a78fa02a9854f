"""Report labels of tiers that differ from the form."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import join_words, quote_words, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Replace, rule
from perftarget.tables.keys import INDICATORS
from perftarget.tables.model import Table
from perftarget.text.similarity import nearest_name
from perftarget.text.source import KEY, Loc
from perftarget.values.tier_label import TierLabel


@rule(
    title=("指标层级名称与表式不同", "A tier's label is not the form's"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="书写规范",
)
def tier_label(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""一级、二级指标的名称应与表式一致。

    Tier labels are the form's own.

    ## 为什么

    汇总多张表时按名称归类；“经济效益指标”和“经济效益”会被当成两类。

    ## 例

    ```yaml
    绩效指标:
      11-数量: # ✗键 “11-数量”在表式中是“11-数量指标”
        购买公益性岗位人数（人）: 718
      经济效益指标: # ✗键 “经济效益指标”在表式中是“21-经济效益”
        带动增收: ≥100万元
    ```
    ```yaml fixed
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 718
      21-经济效益:
        带动增收: ≥100万元
    ```

    名称差得多时，只给建议：

    ```yaml
    绩效指标:
      22-社会效应: # ✗键 表式中没有“22-社会效应”；是否为“22-社会效益”？
        群体性事件数量: =0起
    ```
    ```yaml fixed unsafe
    绩效指标:
      22-社会效益:
        群体性事件数量: =0起
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 718
      21-经济效益:
        带动增收: ≥100万元
    ```

    ## 依据

    书写规范；名称和认可的别名由表式（profile）的 `tiers` 规定。
    """
    firsts = {tier.first: (INDICATORS, tier.first) for tier in table.tiers if tier.first and tier.first.strip()}
    for written, loc in firsts.items():
        if written not in profile.first_labels:
            yield _finding(loc, written, profile.first_tier_label(written), list(profile.tiers))
    for tier in table.tiers:
        if tier.second not in profile.second_labels and not _is_mismatch(tier.second, profile):
            exact = profile.second_tier_label(tier.second)
            yield _finding(tier.loc, tier.second, exact, list(profile.second_tiers))


def _is_mismatch(second: str, profile: Profile) -> bool:
    """Return True if code and name belong to different tiers, which tier-mismatch reports."""
    written = TierLabel.parse(second)
    by_code, by_name = profile.second_with_code(written.code), profile.second_tier_label(written.name)
    return bool(by_code and by_name and by_code != by_name)


def _finding(loc: Loc, written: str, exact: str | None, labels: list[str]) -> Finding:
    nearest = exact or nearest_name(written, labels, 0.6)
    at = (*loc, KEY)
    if nearest is None:
        message = tr(
            f"表式中没有“{written}”；可用的有：{join_words(labels)}",
            f"the form has no “{written}”; it has {join_words(quote_words(labels))}",
        )
        return Finding(at, message)
    title = tr(f"改为“{nearest}”", f"Change to “{nearest}”")
    fix = Fix(title, (Replace(at, nearest),), safe=exact is not None)
    known_message = tr(f"“{written}”在表式中是“{nearest}”", f"“{written}” is “{nearest}” on the form")
    guess_message = tr(
        f"表式中没有“{written}”；是否为“{nearest}”？", f"the form has no “{written}”; did you mean “{nearest}”?"
    )
    return Finding(at, known_message if exact else guess_message, fix=fix)
