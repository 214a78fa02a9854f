"""Report tiers whose code contradicts their name or their first tier."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Related, Replace, rule
from perftarget.tables.indicators import Tier
from perftarget.tables.model import Table
from perftarget.text.source import KEY
from perftarget.values.tier_label import TierLabel


@rule(
    title=("指标编码与层级不一致", "The code of an indicator contradicts its tier"),
    severity=Severity.ERROR,
    category="规范完整性",
    basis="书写规范",
)
def tier_mismatch(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""二级指标的编码应与名称一致，并与所在的一级指标一致。

    A second tier's code agrees with its name and with its first tier.

    ## 为什么

    编码说是质量指标、名称说是数量指标，汇总和评价时就不知道该按哪一个算。

    ## 例

    ```yaml
    绩效指标:
      12-数量指标: # ✗键 编码 12 是“12-质量指标”，名称却是数量指标；应为“11-数量指标”或“12-质量指标”
        购买公益性岗位人数（人）: 718
    ```
    ```yaml fixed unsafe
    绩效指标:
      11-数量指标:
        购买公益性岗位人数（人）: 718
    ```

    二级指标放错了一级指标：

    ```yaml
    绩效指标:
      1-产出指标: # ↳键 所在的一级指标
        22-社会效益: # ✗键 编码 22 属于“2-效益指标”，却写在“1-产出指标”下；请移到“2-效益指标”下，或更正编码
          群体性事件数量: =0起
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      2-效益指标:
        22-社会效益:
          群体性事件数量: =0起
    ```

    ## 依据

    书写规范；编码和名称由表式（profile）的 `tiers` 规定。
    """
    for tier in table.tiers:
        yield from _check_code_and_name(tier, profile)
        yield from _check_first_tier(tier, profile)


def _check_code_and_name(tier: Tier, profile: Profile) -> Iterator[Finding]:
    written = TierLabel.parse(tier.second)
    by_code, by_name = profile.second_with_code(written.code), profile.second_tier_label(written.name)
    if not by_code or not by_name or by_code == by_name:
        return
    title = tr(f"改为“{by_name}”", f"Change to “{by_name}”")
    fix = Fix(title, (Replace((*tier.loc, KEY), by_name),), safe=False)
    name = TierLabel.parse(by_name).name
    message = tr(
        f"编码 {written.code} 是“{by_code}”，名称却是{name}；应为“{by_name}”或“{by_code}”",
        f"code {written.code} is “{by_code}”, but the name is “{name}”; write “{by_name}” or “{by_code}”",
    )
    yield Finding((*tier.loc, KEY), message, fix=fix)


def _check_first_tier(tier: Tier, profile: Profile) -> Iterator[Finding]:
    expected = profile.first_tier_of(tier.second)
    if not tier.first or not expected or profile.first_tier_label(tier.first) in {expected, None}:
        return
    code = TierLabel.parse(tier.second).code
    by_code = code and code[0] == TierLabel.parse(expected).code
    subject = tr(f"编码 {code} ", f"code {code}") if by_code else f"“{tier.second}”"
    correctable = tr("编码", "code") if by_code else tr("名称", "name")
    message = tr(
        f"{subject}属于“{expected}”，却写在“{tier.first}”下；请移到“{expected}”下，或更正{correctable}",
        f"{subject} belongs to “{expected}”, but stands under “{tier.first}”; move it to “{expected}”, or correct the {correctable}",
    )
    yield Finding((*tier.loc, KEY), message, [Related((*tier.loc[:-1], KEY), tr("所在的一级指标", "its first tier"))])
