"""Report targets of another kind than the name of the indicator asks for."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.model import Table
from perftarget.tables.semantics.exchanged import find_exchange
from perftarget.tables.semantics.mismatch import find_mismatch


@rule(
    title=("绩效值与指标名称不符", "A target does not fit the name of its indicator"),
    severity=Severity.ERROR,
    category="指标科学性",
    basis="通行审核要求",
)
def kind_mismatch(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""绩效值应是指标名称所说的量。

    A target is of the kind that the name of its indicator says.

    ## 为什么

    满意度写成“90人”，完成时间写成“12座”，都无法考核。多半是填错了行，或者名称与绩效值、绩效值与单位填反了。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        培训人数: ≥95% # ✗ 指标名称“培训人数”应填写人数或者户数（如“100人”），绩效值“≥95%”却是比率；请核对名称、绩效值是否填错行
      13-时效指标:
        工程完工时间: ≥12座 # ✗ 指标名称“工程完工时间”应填写完成的时间（如“2025年10月31日前”），绩效值“≥12座”却是数量；请核对名称、绩效值是否填错行
      31-服务对象满意度:
        居民满意度: ≥90人 # ✗ 指标名称“居民满意度”应填写比率（如“≥90%”），绩效值“≥90人”却是人数或者户数；请核对名称、绩效值是否填错行
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        培训人数: ≥95人
        培训人次: ≥120人次
      13-时效指标:
        工程完工时间: 2025年10月31日前
      31-服务对象满意度:
        居民满意度: ≥90%
    ```

    ## 依据

    通行审核要求。只看名称末尾说得清是什么的（率、人数、次数、面积、费用、标准、时间、满意度等，见配置中的
    `lexicon`）；看不出应填什么的名称、没有单位的数、变化和分档的等级，不提示。人数写成人次、户数写成人的，为警告。
    """
    for row in table.indicators:
        name, text = row.name.strip(), row.text.strip()
        if exchange := find_exchange(row, profile):
            yield Finding(exchange.loc, exchange.message)
        elif mismatch := find_mismatch(row, profile):
            expected, example, written, is_sure = mismatch
            yield Finding(
                row.loc,
                tr(
                    f"指标名称“{name}”应填写{expected}（如“{example}”），绩效值“{text}”却是{written}；请核对名称、绩效值是否填错行",
                    f"“{name}” should be {expected}, like “{example}”, but the target “{text}” is {written}; check if it belongs to another row",
                ),
                severity=None if is_sure else Severity.WARNING,
            )
