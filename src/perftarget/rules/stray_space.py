"""Report stray spaces and invisible characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Replace, rule
from perftarget.rules.shared.cells import cells
from perftarget.tables.model import Table
from perftarget.text.control_characters import escape_invisible as shown
from perftarget.text.source import Loc
from perftarget.values.indicator_names import name_key
from perftarget.values.parser import GradeBands, MultipleValues, parse

_MAX_LENGTH: Final = 200
_HIDDEN: Final = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_BLANKS: Final = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_CHINESE: Final = r"[\u3400-\u9fff]"
_LATIN: Final = "[0-9A-Za-z]"
# A space between Latin and Chinese text, or between two Latin words, is not needless.
_NEEDLESS: Final = re.compile(
    rf"^ | $|(?<!{_LATIN}) (?!{_LATIN})|(?<![0-9A-Za-z\u3400-\u9fff]) | (?![0-9A-Za-z\u3400-\u9fff])"
)

_TWO_WORDS: Final = re.compile(rf"{_CHINESE}{{2}} +{_CHINESE}{{2}}")
_OF_PARTS: Final = (GradeBands, MultipleValues)
"""Values in which a space may separate the parts."""


@rule(
    title=("多余的空格或不可见字符", "Stray spaces or invisible characters"),
    severity=Severity.INFO,
    category="规范完整性",
    basis="书写规范",
    superseded_by=("operator-form", "operator-conflict", "full-width", "number-form", "unit-form"),
)
def stray_space(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""名称和绩效值里没有多余的空格和看不见的字符。

    Names and targets have no stray spaces and no invisible characters.

    ## 为什么

    看不见的字符让两个“相同”的名称对不上，查找不到，汇总成两行。

    ## 例

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性 岗位人数: 718 人 # ✗键 “购买公益性 岗位人数”含有多余的空格；请写成“购买公益性岗位人数”
      12-质量指标:
        补贴发放准确率: ≥ 95 % # ✗ “≥ 95 %”含有多余的空格；请写成“≥95%”
    ```
    ```yaml fixed
    绩效指标:
      11-数量指标:
        购买公益性岗位人数: 718 人
      12-质量指标:
        补贴发放准确率: ≥95%
    ```

    ## 怎样改

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位人数: 718 人
    ```

    ## 依据

    书写规范。数字、字母与汉字之间空一格（718 人、2025 年）是通行的排法，不提示。
    """
    parts = {row.loc for row in table.indicators if isinstance(row.value, _OF_PARTS) or row.unreadable}
    for loc, text in cells(table, profile):
        if (" " not in text and text.isprintable()) or "\n" in text or len(text) > _MAX_LENGTH:
            continue  # printable text without a plain space has no stray or invisible character
        clean = _clean(text)
        if clean == text or not clean or _separates(text, loc, parts):
            continue
        has_hidden = bool(_HIDDEN.search(text))
        problem = tr("不可见字符", "an invisible character") if has_hidden else tr("多余的空格", "a stray space")
        message = tr(
            f"“{shown(text)}”含有{problem}；请写成“{clean}”", f"“{shown(text)}” has {problem}; write “{clean}”"
        )
        is_equivalent = parse(clean) == parse(text) or name_key(clean) == name_key(text)
        fix = Fix(tr("删去多余的空格和字符", "Remove them"), (Replace(loc, clean),)) if is_equivalent else None
        yield Finding(loc, message, fix=fix)


def _separates(text: str, loc: Loc, parts: set[Loc]) -> bool:
    """Return True if a space stands between two words or values of a cell: 新增项目 延续项目, 优85% 良80%."""
    if loc in parts:
        return True
    return len(loc) == 1 and loc != ("项目名称",) and _TWO_WORDS.search(text) is not None and not _HIDDEN.search(text)


def _clean(text: str) -> str:
    return _NEEDLESS.sub("", _BLANKS.sub(" ", _HIDDEN.sub("", text)))
