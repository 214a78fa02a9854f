"""Report satisfaction whose source is no survey."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.entries import Entry
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.text.source import KEY

_SURVEY: Final = re.compile(
    "问卷|调查|访|评议|测评|评价|测评|满意|热线|抽样|样本|投票|打分|评分|反馈|意见|座谈|电话|第三方|统计|监测"
)


@rule(
    title=("满意度没有写明调查来源", "Satisfaction without a survey"),
    severity=Severity.INFO,
    category="指标科学性",
    basis="财预〔2021〕101号：数据来源",
    superseded_by=("missing-basis",),
)
def survey_unstated(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""满意度的数据来源应是问卷、回访、测评一类的调查。

    The source of a satisfaction indicator is a survey.

    ## 为什么

    支付凭证、台账证明不了满意度；没有安排调查，年底的满意度只能估计。

    ## 例

    ```yaml
    绩效指标:
      31-服务对象满意度:
        患者满意度: {值: ≥91%, 数据来源: 支付凭证} # ✗⟦支付凭证⟧ “患者满意度”的数据来源“支付凭证”不是满意度调查；请写明问卷、回访或第三方测评
        职工满意度: {值: ≥88%, 数据来源: 问卷调查}
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      31-服务对象满意度:
        患者满意度: {值: ≥91%, 数据来源: 第三方问卷调查}
    ```

    ## 依据

    《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（财预〔2021〕101号）：写明数据来源。取值方式、佐证资料里
    写明了调查的也可以；数据来源空白而指标解释、设定依据、备注写明了的，也不提示。表式没有这一栏的不提示。
    """
    rows = [row for row in table.indicators if row.columns and "满意" in row.name]
    is_used = any(row.columns.source.strip() for row in table.indicators if row.columns)
    for row in rows if is_used else []:
        if not _mentions_survey(row.entry):
            yield _finding(row)


def _mentions_survey(entry: Entry) -> bool:
    explained = () if entry.source.strip() else (entry.explanation, entry.basis, entry.remark)
    texts = (entry.source, entry.method, entry.evidence, *explained)
    return any(_SURVEY.search(text) for text in texts)


def _finding(row: Indicator) -> Finding:
    at, written = (*row.name_loc[:-1], "数据来源"), row.entry.source.strip()
    if written:
        message = tr(
            f"“{row.bare_name}”的数据来源“{written}”不是满意度调查；请写明问卷、回访或第三方测评",
            f"the source “{written}” of “{row.bare_name}” is no survey; name the survey",
        )
        return Finding(at, message)
    message = tr(
        f"“{row.bare_name}”没有写数据来源；请写明问卷、回访或第三方测评",
        f"“{row.bare_name}” has no source; name the survey",
    )
    return Finding((*at, KEY) if "source" in row.entry.model_fields_set else row.name_loc, message)
