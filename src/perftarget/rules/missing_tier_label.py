"""Report blank labels of first tiers."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import join_words, quote_words, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Replace, rule
from perftarget.tables.keys import INDICATORS
from perftarget.tables.model import Table
from perftarget.text.source import KEY
from perftarget.values.tier_label import TierLabel


@rule(
    title=("一级指标栏空白", "The first-tier label is blank"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="通行审核要求",
)
def missing_tier_label(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""一级指标栏应写明，不能靠二级指标的编码去猜。

    The first-tier label is written, not left to the code of the second tier.

    ## 为什么

    一级指标栏空白时，这几行看起来像是上一级（如产出指标）的一部分，汇总时会算错。

    ## 例

    从 Word 或文本读入的表，一级指标栏空白的几行：

    ```yaml
    绩效指标:
      "": # ✗键 一级指标栏空白；按编码 22、24 应为“2-效益指标”
        22-社会效益:
          群体性事件数量: =0起
        24-可持续影响:
          就业困难人员就业率: ≥60%
    ```
    ```yaml fixed
    绩效指标:
      "2-效益指标":
        22-社会效益:
          群体性事件数量: =0起
        24-可持续影响:
          就业困难人员就业率: ≥60%
    ```

    ## 怎样改

    在原表中补上一级指标；在 YAML 中可以省去一级，由编码决定：

    ```yaml
    绩效指标:
      22-社会效益:
        群体性事件数量: =0起
      24-可持续影响:
        就业困难人员就业率: ≥60%
    ```

    ## 依据

    通行审核要求。
    """
    blank_tiers = [tier for tier in table.tiers if tier.first is not None and not tier.first.strip()]
    firsts = {profile.first_tier_of(tier.second) for tier in blank_tiers}
    if not blank_tiers:
        return
    at = (INDICATORS, blank_tiers[0].first or "", KEY)
    first = firsts.pop() if len(firsts) == 1 else None
    if first is None:
        message = tr(
            "一级指标栏空白，从二级指标也无法确定；请填写",
            "the first-tier label is blank, and the second tiers do not tell which it is; fill it in",
        )
        yield Finding(at, message)
        return
    codes, names = zip(*(TierLabel.parse(tier.second) for tier in blank_tiers), strict=True)
    evidence = tr("编码 ", "code ") + join_words(codes) if all(codes) else join_words(quote_words(names))
    fix = Fix(tr(f"补充“{first}”", f"Write “{first}”"), (Replace(at, first),))
    message = tr(
        f"一级指标栏空白；按{evidence} 应为“{first}”" if all(codes) else f"一级指标栏空白；按{evidence}应为“{first}”",
        f"the first-tier label is blank; by {evidence} it should be “{first}”",
    )
    yield Finding(at, message, fix=fix)
