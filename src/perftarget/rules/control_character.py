"""Report control characters in the texts of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.tables.document import Document
from perftarget.text.control_characters import character_code, escape_invisible, find_control_character

_MAX_SHOWN: Final = 8  # characters on each side of the control character


@rule(
    title=("含有不可见的控制字符", "There is an invisible control character"),
    severity=Severity.ERROR,
    category="文件格式",
    basis="书写规范",
)
def control_character(document: Document, profile: Profile) -> Iterator[Finding]:
    r"""文字里不能有控制字符。

    A text has no control characters.

    ## 为什么

    控制字符看不见，多半是从别的程序复制时带来的。Word 和 Excel 文件里不能有这样的字符，带着它的表格输出不了附件。
    YAML 文件里它写成 `\u0007`、`\b` 这样的代码，看上去像是文字的一部分。

    ## 例

    ```yaml
    主管部门: "平罗县\u0007人社局" # ✗ “平罗县\u0007人社局”含有不可见的控制字符 U+0007；请删去这个字符
    ```

    ## 怎样改

    删去这个字符；找不到时，把这一格的文字重新输入一遍。

    ```yaml
    主管部门: 平罗县人社局
    ```

    ## 依据

    书写规范（XML 1.0 第 2.2 节规定了 Word、Excel 文件里可以有哪些字符）。
    """
    for problem in document.problems:
        if problem.rule == "control-character":
            text: str = problem.detail["text"]
            if match := find_control_character(text):
                code, shown = character_code(match[0]), _excerpt(text, match.start())
                message = tr(
                    f"“{shown}”含有不可见的控制字符 {code}；请删去这个字符",
                    f"“{shown}” has an invisible control character {code}; delete it",
                )
                yield Finding(problem.at, message)


def _excerpt(text: str, position: int) -> str:
    """Return the text around a position, with the codes of invisible characters."""
    start, end = max(position - _MAX_SHOWN, 0), position + _MAX_SHOWN + 1
    return ("…" if start else "") + escape_invisible(text[start:end]) + ("…" if end < len(text) else "")
