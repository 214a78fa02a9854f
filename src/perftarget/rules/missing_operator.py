"""Report rates, and counts if the form requires it, without a comparison sign."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Replace, rule
from perftarget.rules.shared.rate_names import is_rate
from perftarget.tables.model import Table
from perftarget.tables.semantics.names import understand
from perftarget.values.parser import Quantity


@rule(
    title=("绩效值没有比较符号", "A target has no comparison sign"),
    severity=Severity.INFO,
    category="指标科学性",
    basis="通行审核要求",
    superseded_by=("missing-percent", "impossible-rate"),
)
def missing_operator(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""比率应写明是不低于、不高于还是等于；表式要求的，数量也要写明。

    A rate says whether it is a floor, a ceiling or exact; where the form demands it, a count does too.

    ## 为什么

    “95%”是至少 95%，还是正好 95%？做到 97% 算超额完成还是偏离目标，要看这个符号。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        补贴发放准确率: 95% # ✗ “95%”没有比较符号；请写成“≥95%”、“≤95%”或“=95%”
    ```
    ```yaml fixed unsafe
    绩效指标:
      12-质量指标:
        补贴发放准确率: ≥95%
    ```

    表式要求一律写符号的，没有写是错误：

    ```yaml config
    operator: required
    ```

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位人数: 718人 # ✗错误 “718人”没有比较符号；请写成“≥718人”、“≤718人”或“=718人”
    ```
    ```yaml fixed unsafe
    绩效指标:
      11-数量指标:
        购买公益性岗位人数: ≥718人
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位人数: =718人
      12-质量指标:
        补贴发放准确率: ≥95%
    ```

    ## 依据

    通行审核要求。100% 只有一种意思，不提示；数量在表式没有要求（operator: optional）时不提示。越小越好的指标不代改。
    """
    is_required = profile.operator == "required"
    for row in table.indicators:
        value = row.value
        if not isinstance(value, Quantity) or value.words or value.reach or value.approximate or value.operator:
            continue
        if not is_required and (value.number >= 100 or not value.is_rate or not is_rate(row, profile)):
            continue
        if not is_required and row.bare_name.endswith(profile.terms("fixed_shares")):
            continue
        text = row.text.strip()
        message = tr(
            f"“{text}”没有比较符号；请写成“≥{text}”、“≤{text}”或“={text}”",
            f"“{text}” has no comparison sign; write “≥{text}”, “≤{text}” or “={text}”",
        )
        lower_is_better = "成本" in profile.tier_name(row.second) or understand(row, profile).polarity == "lower"
        title = tr(f"写成“≥{text}”", f"Write “≥{text}”")
        fix = None if lower_is_better else Fix(title, (Replace(row.loc, f"≥{row.written.strip()}"),), safe=False)
        yield Finding(row.loc, message, fix=fix, severity=Severity.ERROR if is_required else None)
