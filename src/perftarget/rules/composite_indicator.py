"""Report indicators whose name combines several measures."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import join_words, quote_words, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.rules.shared.enumerations import may_list, split_parts
from perftarget.tables.model import Table
from perftarget.text.normalize import cached_by_text_and_profile


@rule(
    title=("一个指标包含多项衡量内容", "One indicator measures several things"),
    severity=Severity.INFO,
    category="明确清晰性",
    basis="通行审核要求",
    superseded_by=("management-indicator", "too-long"),
)
def composite_indicator(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""一个指标只衡量一个量，几个量应分行各写绩效值。

    An indicator measures one thing; several are rows of their own, each with its target.

    ## 为什么

    “参保率和满意度 ≥95%”，参保率 98%、满意度 90%，算完成了没有？分成两行，每个数各有各的结论。

    ## 例

    ```yaml
    绩效指标:
      12-质量指标:
        政策知晓率和群众满意度: ≥95% # ✗键 名称包含 2 项衡量内容：“政策知晓率”、“群众满意度”，一个绩效值无法对应；请拆分为 2 个指标
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      12-质量指标:
        政策知晓率: ≥95%
        群众满意度: ≥95%
    ```

    几样东西只有一个量的，是一个指标；同一种数量可以相加的也是：

    ```yaml
    绩效指标:
      11-数量指标:
        新建面积和改造面积: ≥3000平方米
      12-质量指标:
        学生、家长和教师满意度: ≥90%
      14-成本指标:
        宣传、印刷、办公等相关费用: 12万元
    ```

    ## 依据

    通行审核要求。属于日常管理要求的（如“手续完整性及合规性”）由 management-indicator 提示，这里不再说。
    """
    for row in table.indicators:
        parts = _measured_parts(row.bare_name, profile)
        if len(parts) > 1:
            count, names = len(parts), join_words(quote_words(parts))
            message = tr(
                f"名称包含 {count} 项衡量内容：{names}，一个绩效值无法对应；请拆分为 {count} 个指标",
                f"the name has {count} measures, {names}, and one target cannot stand for all; split the row into {count}",
            )
            yield Finding(row.name_loc, message)


@cached_by_text_and_profile
def _measured_parts(name: str, profile: Profile) -> tuple[str, ...]:
    """Return the parts of a name that are separate measures.

    Returns no parts if the last part is not a measure, or if the measures may be added up.
    """
    if not may_list(name) or len(listed_parts := split_parts(name)) < 2:
        return ()
    measured_parts = [(part, _measure_at_end(part, profile)) for part in listed_parts]
    if not measured_parts[-1][1] or profile.pattern("comparing_measures").search(name):
        return ()
    part, last = measured_parts[-1]
    if any(profile.pattern(words).search(part.removesuffix(last)) for words in ("measures", "summed_measures")):
        return ()  # 知晓率和满意度调查次数 is one measure, the number of surveys
    measures = [(part, measure) for part, measure in measured_parts if measure]
    are_summed = {measure for _, measure in measures} == {last} and last in profile.terms("summed_measures")
    return () if are_summed else tuple(part for part, _ in measures)


def _measure_at_end(part: str, profile: Profile) -> str:
    """Return the measure at the end of a part, or ""."""
    for words in (profile.terms("measures"), profile.terms("summed_measures")):
        if part.endswith(words):
            return next(filter(part.endswith, words))
    return ""
