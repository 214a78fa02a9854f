"""Report values whose type differs from the form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.document import Document
from perftarget.tables.keys import BUDGET_YEAR, CALCULATION, INDICATORS, ORDER, SUPPRESSIONS
from perftarget.tables.model import Table
from perftarget.text.source import Loc, Problem, Span
from perftarget.values.years import parse_year

_KINDS: Final = {
    "text": ("一段文字", "text"),
    "list": ("列表", "a list"),
    "mapping": ("带下级的项", "lines like “name: value”"),
    "key": ("列表或下级内容", "a list or lines"),
}
_SPECIAL_CASES: Final = {
    "block": (
        "以“>”或“|”开头的文字在 YAML 里是多行文字的记号，内容会丢失；请给整个值加引号",
        "in YAML “>” or “|” begins a text of several lines, and what follows is lost; put the whole value in quotes",
        Severity.ERROR,
    ),
    "dash": (
        "这一行接在上一行后面，成了同一段文字；另起一条的，“-”要与上一条的“-”对齐，后面空一格",
        "this line goes on with the text above it; for a new item, put “-” under the “-” above, with a space after it",
        Severity.WARNING,
    ),
}
_TEXT: Final = ("一段文字", "text")
_LISTED: Final = ("列表，每行以“- ”开头", "a list, with “- ” before each item")
_ROWS: Final = ("逐行的“三级指标: 绩效值”", "lines like “indicator: target”")
_EXPECTED: Final = {
    CALCULATION: (_LISTED, ("“项目: …”和“金额: …”等项", "entries like “项目: …” and “金额: …”")),
    SUPPRESSIONS: (_LISTED, ("“规则: …”和“理由: …”", "“规则: …” and “理由: …”")),
    "资金来源": (("逐行的“来源: 金额”", "lines like “source: amount”"),),
}
_ONLY_IN_YAML: Final = {
    CALCULATION: (
        "Word、Excel 表格里的“资金测算”读不出来，没有用于核对；请在指标中写明人数和标准，测算另附",
        "“资金测算” of a Word or Excel file cannot be read; write counts and standards as indicators, and enclose it",
    ),
    SUPPRESSIONS: (
        "Word、Excel 表格里不能写“豁免”，没有读取；请删去这一栏，另行说明理由",
        "a Word or Excel file cannot have “豁免”, so it was not read; delete the field, and give the reason elsewhere",
    ),
}
_ON_FORM: Final = {
    "资金来源": (
        "这里应写各个来源的金额，来源和金额各占一格",
        "this should be the amount of each source, with a cell for the source and one for the amount",
    ),
    INDICATORS: ("这里应写一个指标和它的绩效值", "this should be an indicator and its target"),
}
"""Messages about a Word or Excel file, which has no lists and no lines of keys."""


@rule(
    title=("写法与表式不符", "Something is not written as the form has it"),
    severity=Severity.ERROR,
    category="文件格式",
    basis="书写规范",
)
def wrong_type(document: Document, profile: Profile) -> Iterator[Finding]:
    r"""每一项的写法应与表式一致：该写一段文字的写文字，该分行的分行。

    Text stands where text is due, a list or a mapping where one is due.

    ## 为什么

    写法不同的项读不进表格，它的内容没有检查，也不会输出。

    ## 例

    ```yaml
    项目名称: [公益性岗位人员, 岗位补贴] # ✗ 这里应写一段文字，写成了列表
    ```

    冒号写成了全角，整行就成了一段文字：

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位人数：718 # ✗ 这里应写逐行的“三级指标: 绩效值”，写成了一段文字；全角冒号“：”请改为半角冒号加空格“: ”
    ```

    预算年度写年份，序号（输出时的次序）写整数：

    ```yaml
    序号: 第一批 # ✗警告 “第一批”不是整数，输出时这张表排在有序号的表之后；请写成“3”这样的序号，或者删去这一行
    预算年度: 本年度 # ✗警告 “本年度”看不出是哪一年；请写成“2025”这样的年度，其他文字写到别的栏里
    ```

    ## 怎样改

    按提示改写：

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    绩效指标:
      11-数量指标:
        购买公益性岗位人数: 718
    ```

    ## 依据

    书写规范。
    """
    for problem in document.problems:
        if problem.rule == "wrong-type" and problem.detail["found"] in _SPECIAL_CASES:
            zh, en, severity = _SPECIAL_CASES[problem.detail["found"]]
            yield Finding(problem.at, tr(zh, en), severity=severity)
        elif problem.rule == "wrong-type":
            is_form = document.source.is_form
            field = str(problem.at[0]) if is_form and not isinstance(problem.at, Span) and problem.at else ""
            if field in _ONLY_IN_YAML:
                yield Finding(problem.at, tr(*_ONLY_IN_YAML[field]))
                continue
            actual = tr(*_KINDS[problem.detail["found"]])
            expected = tr(*_ON_FORM[field]) if field in _ON_FORM else _expected(problem)
            message = expected + tr(f"，写成了{actual}", f", not {actual}")
            yield Finding(problem.at, message if is_form else message + _hint(document, problem))
    if document.table:
        yield from _malformed_numbers(document.table)


def _malformed_numbers(table: Table) -> Iterator[Finding]:
    """Yield a finding for a budget year or an order that is not written as a number."""
    year, order = table.budget_year.strip(), table.order.strip()
    if year and parse_year(year) is None:
        message = tr(
            f"“{year}”看不出是哪一年；请写成“2025”这样的年度，其他文字写到别的栏里",
            f"“{year}” is not a year; write it like “2025”, and other text in another field",
        )
        yield Finding((BUDGET_YEAR,), message, severity=Severity.WARNING)
    if order and table.order_number is None:
        message = tr(
            f"“{order}”不是整数，输出时这张表排在有序号的表之后；请写成“3”这样的序号，或者删去这一行",
            f"“{order}” is not a whole number, so the table is rendered after those with one; "
            "write it like “3”, or delete the line",
        )
        yield Finding((ORDER,), message, severity=Severity.WARNING)


def _expected(problem: Problem) -> str:
    loc: Loc | Span = problem.at
    if isinstance(loc, Span):
        return tr("“:”之前应写一段文字", "what stands before “:” should be text")
    if not loc:
        return tr("表格应由“项目名称: …”这样的行组成", "a table should be lines like “项目名称: …”")
    zh, en = (
        _expected_in_indicators(loc, problem.detail["found"])
        if loc[0] == INDICATORS
        else _expected_elsewhere(loc, problem)
    )
    return tr(f"这里应写{zh}", f"this should be {en}")


def _expected_elsewhere(loc: Loc, problem: Problem) -> tuple[str, str]:
    levels = _EXPECTED.get(str(loc[0]), ())
    if problem.detail["expected"] == "text" or not levels:
        return _TEXT
    return levels[min(len(loc), len(levels)) - 1]


def _expected_in_indicators(loc: Loc, actual: str) -> tuple[str, str]:
    if len(loc) == 1:
        return "二级指标，其下逐行写“三级指标: 绩效值”", "second tiers, with lines like “indicator: target” below them"
    if isinstance(loc[-1], int):
        return "“{指标: 名称, 值: 绩效值}”", "“{指标: name, 值: target}”"
    return _ROWS if actual == "text" else ("绩效值（一段文字）", "a target (text)")


def _hint(document: Document, problem: Problem) -> str:
    span = document.source.span(problem.at)
    text = document.source.text[span.start : span.end]
    if problem.detail["found"] != "text" or problem.at == ():
        return ""
    if "：" in text:
        return tr(
            "；全角冒号“：”请改为半角冒号加空格“: ”",
            "; change the full-width colon “：” to a plain one and a space “: ”",
        )
    return tr("；冒号后面要空一格", "; leave a space after the colon") if ":" in text else ""
