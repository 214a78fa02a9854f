"""Report files that are not UTF-8 or have mixed line ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from perftarget.config.profile import Profile
from perftarget.i18n import count_noun, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, ReplaceText, rule
from perftarget.tables.document import Document
from perftarget.text.encoding import ENCODING_NAMES
from perftarget.text.source import Span


@rule(
    title=("编码或行尾不规范", "The encoding or the line ends are irregular"),
    severity=Severity.WARNING,
    category="文件格式",
    basis="书写规范",
)
def encoding(document: Document, profile: Profile) -> Iterator[Finding]:
    r"""文件应为 UTF-8 编码，行尾应一致。

    A file is UTF-8, with one kind of line end.

    ## 为什么

    其他编码在别人的电脑、网页和代码审查里会变成乱码；行尾混用时，改一个字会显示成改了整个文件。

    ## 例

    用记事本另存为“ANSI”后，文件是 GB18030：

    ```yaml gb18030
    项目名称: 公益性岗位人员岗位补贴 # ✗⟦⟧ 文件是 GB18030 编码，已按此读取；请另存为 UTF-8
    ```
    ```yaml fixed
    项目名称: 公益性岗位人员岗位补贴
    ```

    一部分行按 Windows 的方式结尾（CRLF），一部分不是：

    ```yaml crlf
    项目名称: 公益性岗位人员岗位补贴 # ✗⟦⟧ 行尾混用：1 行是 CRLF，2 行是 LF；请统一为 LF
    项目属性: 延续项目
    项目年度金额: 1320 万元
    ```
    ```yaml fixed
    项目名称: 公益性岗位人员岗位补贴
    项目属性: 延续项目
    项目年度金额: 1320 万元
    ```

    ## 怎样改

    另存为 UTF-8（带不带 BOM 均可）；行尾在编辑器中统一设为 LF。

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    ```

    ## 依据

    书写规范。
    """
    for problem in document.problems:
        if problem.rule == "encoding" and "encoding" in problem.detail:
            name = ENCODING_NAMES[problem.detail["encoding"]]
            fix = Fix(tr("转存为 UTF-8", "Save as UTF-8"), ())
            message = tr(
                f"文件是 {name} 编码，已按此读取；请另存为 UTF-8",
                f"the file is in {name} and was read as such; save it as UTF-8",
            )
            yield Finding(problem.at, message, fix=fix)
        elif problem.rule == "encoding":
            line_ends = re.finditer("\r+\n|\r", document.source.text)
            changes = tuple(ReplaceText(Span(*line_end.span()), "\n") for line_end in line_ends)
            fix = Fix(tr("行尾统一为 LF", "End every line with LF"), changes)
            yield Finding(problem.at, _mixed_line_ends_message(problem.detail["ends"]), fix=fix)


def _mixed_line_ends_message(counts: Mapping[str, int]) -> str:
    zh = "，".join(f"{count} 行是 {name}" for name, count in counts.items())
    en = ", ".join(f"{count_noun(count, 'line')} with {name}" for name, count in counts.items())
    return tr(f"行尾混用：{zh}；请统一为 LF", f"line ends are mixed: {en}; end every line with LF")
