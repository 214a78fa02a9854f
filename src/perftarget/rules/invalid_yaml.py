"""Report files that are not valid YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, ReplaceText, rule
from perftarget.tables.document import Document
from perftarget.text.control_characters import character_code, find_control_character
from perftarget.text.source import Source, Span


@rule(
    title=("YAML 格式有误，无法读取", "The file is no YAML, and nothing of the table can be read"),
    severity=Severity.ERROR,
    category="文件格式",
    basis="书写规范",
)
def invalid_yaml(document: Document, profile: Profile) -> Iterator[Finding]:
    r"""文件应是正确的 YAML。

    The file is well-formed YAML.

    ## 为什么

    写法有误时，整张表都读不出来，其他检查一项也做不了。常见的原因只有几种，提示会指出是哪一种。

    ## 例

    冒号用了中文输入法的全角“：”：

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    主管部门：平罗县人力资源和社会保障局 # ✗⟦：⟧ 冒号是全角“：”；请改为半角冒号加空格“: ”
    ```
    ```yaml fixed unsafe
    项目名称: 公益性岗位人员岗位补贴
    主管部门: 平罗县人力资源和社会保障局
    ```

    值以 `>`、`%`、`@`、`` ` ``、`*`、`&` 等有特殊含义的符号开头：

    ```yaml
    补贴发放准确率: >=95% # ✗ 值以“>”开头，在 YAML 里有别的含义；请改用“≥”，或给整个值加引号
    ```
    ```yaml fixed unsafe
    补贴发放准确率: ">=95%"
    ```

    ## 怎样改

    冒号用半角，后面空一格；值里有特殊符号时，给整个值加上引号。

    ```yaml
    补贴发放准确率: ≥95%
    单价: "@12 元"
    ```

    ## 依据

    书写规范。
    """
    for problem in document.problems:
        if problem.rule == "invalid-yaml":
            cause, span = problem.detail["cause"], document.source.span(problem.at)
            if cause in _MESSAGES:
                yield Finding(span, tr(*_MESSAGES[cause]).format_map(problem.detail))
            else:
                yield from _explain_syntax_error(document.source, span, problem.detail)


_MESSAGES: Final = {
    "empty": (
        "文件是空的；一张表至少要有“项目名称: …”",
        "the file is empty; a table has at least “项目名称: …”",
    ),
    "depth": (
        "层次超过 {limit} 层，没有读取；一张表只有四五层，请检查括号和缩进",
        "it is nested deeper than {limit} levels, so it was not read; a table has four or five, check brackets and indentation",
    ),
    "anchor": (
        "以“&”“*”开头的文字在 YAML 里是锚点和引用，内容会丢失；请给整个值加引号",
        "in YAML “&” and “*” mark anchors and references, and what follows is lost; put the whole value in quotes",
    ),
    "question": (
        "括号里紧跟在“?”后面的文字，各种程序读法不一；请给整个键加引号",
        "in brackets, programs do not agree on what “?” before a word means; put the whole key in quotes",
    ),
    "tag": (
        "以“!”开头的文字在 YAML 里是标签，内容会丢失；请给整个值加引号",
        "in YAML “!” marks a tag, and what follows is lost; put the whole value in quotes",
    ),
}

_NEXT_LINE: Final = "\x85"  # a line break in YAML
_SEPARATOR: Final = re.compile(r"---(?=\s*(?:#[^\n]*\s*)*\Z)")


def _explain_syntax_error(source: Source, span: Span, detail: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield the typing errors that were recognized, else the message of the parser at its position."""
    if (control := find_control_character(source.text)) and control[0] != _NEXT_LINE:
        code = character_code(control[0])
        message = tr(
            f"含有不可见的控制字符 {code}；请删去这个字符", f"there is an invisible control character {code}; delete it"
        )
        yield Finding(Span(*control.span()), message)
        return
    parser_message = str(detail.get("problem", ""))
    if "another document" in parser_message:
        yield _second_document(source, span)
        return
    from perftarget.rules.shared.yaml_typo_search import find_typos

    typos = list(find_typos(source))
    for typo in typos:
        yield Finding(typo.span, typo.message, fix=Fix(typo.title, typo.changes, safe=False) if typo.title else None)
    if not typos:
        yield _unexplained_finding(source, span, parser_message, detail.get("begin"))


def _second_document(source: Source, span: Span) -> Finding:
    if separator := _SEPARATOR.match(source.text, span.start):
        fix = Fix(tr("删去“---”", "Delete “---”"), (ReplaceText(Span(*separator.span()), ""),), safe=False)
        message = tr(
            "末尾的“---”表示另起一张表，这里是多余的；请删去",
            "“---” at the end begins another table, which is not there; delete it",
        )
        return Finding(Span(*separator.span()), message, fix=fix)
    span = Span(span.start, span.start + len("---")) if source.text.startswith("---", span.start) else span
    message = tr(
        "一个文件只写一张表；请把“---”以后的内容移到另一个文件",
        "a file holds one table; move what follows “---” to another file",
    )
    return Finding(span, message)


def _unexplained_finding(source: Source, span: Span, parser_message: str, begin: int | None) -> Finding:
    if "quoted scalar" in parser_message and begin is not None:
        message = tr(
            "从这里开始的引号没有配对；请补上另一半，或删去这一个",
            "the quote that begins here does not end; add the other half, or delete this one",
        )
        return Finding(Span(begin, begin + 1), message)
    if "flow" in parser_message:
        return Finding(span, _brackets_message())
    line = source.line(source.position(span.start)[0])
    if len(line) > _MAX_KEY_LENGTH:
        return Finding(span, _long_key_message(len(line)))
    if not source.text[span.start : span.end].strip():
        text_end = len(source.text[: span.start].rstrip())
        start = max(text_end - len(source.text[:text_end].rsplit("\n", 1)[-1].lstrip()), 0)
        span = Span(start, max(text_end, min(start + 1, len(source.text))))
    message = tr(
        "这里（或上一行）不是“名称: 值”的写法；请检查冒号、空格和缩进",
        "this (or the line above) is not written like “name: value”; check colons, spaces and indentation",
    )
    return Finding(span, message)


def _brackets_message() -> str:
    return tr(
        "括号 {} 或 [] 没有配对，或其中少了逗号；含逗号的值请加引号",
        "the brackets {} or [] do not pair, or lack a comma; put values with commas in quotes",
    )


def _long_key_message(length: int) -> str:
    return tr(
        f"这一行长 {length} 字，“:”之前的名称不能超过 {_MAX_KEY_LENGTH} 字；请把长的文字写在“: ”之后，并加引号",
        f"this line has {length} characters, and a name before “:” has {_MAX_KEY_LENGTH} at most;"
        " write long text after “: ”, in quotes",
    )


_MAX_KEY_LENGTH: Final = 1024
"""The maximum number of characters of a key; libyaml does not search further for the colon."""
