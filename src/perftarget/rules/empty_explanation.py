"""Report explanations of indicators that explain nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Related, rule
from perftarget.tables.indicators import Indicator
from perftarget.tables.model import Table
from perftarget.values.parser import is_placeholder, normalize_name

_FILLER: Final = re.compile(
    r"反映|体现|考核|衡量|评价|说明|用于|用来|主要|本项目|该项目|项目|本指标|该指标|指标|是指|即|指|的|实际|完成|实施|落实"
    r"|工作|具体|相关|情况|程度|水平|结果|数值|[\W_]"
)


@rule(
    title=("指标解释没有说明指标的含义", "An explanation does not explain the indicator"),
    severity=Severity.WARNING,
    category="明确清晰性",
    basis="财预〔2021〕101号：指标解释",
)
def empty_explanation(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""指标解释应写明指标的含义和计算口径，不是重复指标名称。

    The explanation says what an indicator means and how it is computed, and does not repeat its name.

    ## 为什么

    “用水户满意度”的解释写“用水户满意度”，等于没有解释；怎样调查、分母是什么，年底还要重新商量。

    ## 例

    一张表只提示一次：

    ```yaml
    绩效指标:
      11-数量指标:
        维修水站数量: {值: ≥12座, 指标解释: 维修水站数量} # ✗⟦维修水站数量⟧ “指标解释”只是重复指标名称，或者没有内容（共 3 项）；请写明指标的含义和计算口径
        水质检测次数: {值: ≥300次, 指标解释: "0"} # ↳⟦"0"⟧ 没有内容
      31-服务对象满意度:
        用水户满意度: {值: ≥90%, 指标解释: 反映用水户满意度情况。} # ↳⟦反映用水户满意度情况。⟧ 只是重复指标名称
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        维修水站数量: {值: ≥12座, 指标解释: 本年度维修并通过验收的水站座数}
      31-服务对象满意度:
        用水户满意度: {值: ≥90%, 指标解释: 满意和比较满意问卷数÷有效问卷数×100%}
    ```

    ## 依据

    《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（财预〔2021〕101号）：指标解释说明指标的含义、口径。空白的
    不在此列；表中其他比率都有解释的，由 unstated-formula 提示。
    """
    found = [(row, label) for row in table.indicators if row.columns and (label := _emptiness(row))]
    if not found:
        return
    count = tr(f"（共 {len(found)} 项）", f" ({len(found)} rows)") if len(found) > 1 else ""
    message = tr(
        f"“指标解释”只是重复指标名称，或者没有内容{count}；请写明指标的含义和计算口径",
        f"the explanation only repeats the name, or says nothing{count}; say what is measured and how it is computed",
    )
    (first, _), *others = found
    yield Finding(_loc(first), message, [Related(_loc(row), label) for row, label in others])


def _emptiness(row: Indicator) -> str:
    """Return how an explanation is empty, or "" if it is blank or explains something."""
    written = row.entry.explanation.strip()
    if not written:
        return ""
    if is_placeholder(written) or not written.strip("0.%"):
        return tr("没有内容", "says nothing")
    name, text = _plain(row.bare_name), _plain(normalize_name(written))
    return tr("只是重复指标名称", "repeats the name") if text in {"", name} else ""


def _plain(text: str) -> str:
    """Return the text without words that add nothing to a name."""
    return _FILLER.sub("", text)


def _loc(row: Indicator) -> tuple[str | int, ...]:
    return (*row.name_loc[:-1], "指标解释")
