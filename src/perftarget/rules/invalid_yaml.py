from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from perftarget.diagnostic import Severity
from perftarget.document import Document
from perftarget.profile import Profile
from perftarget.rule import Finding, Raw, Repair, rule
from perftarget.scalar import scalar
from perftarget.source import Source, Span
from perftarget.tree import MAX_DEPTH


@rule(title="YAML 写法有误，整张表读不出来", severity=Severity.ERROR, box="文件格式", basis="书写规范")
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
    ```yaml fixed
    项目名称: 公益性岗位人员岗位补贴
    主管部门: 平罗县人力资源和社会保障局
    ```

    值以 `>`、`%`、`@`、`` ` ``、`*`、`&` 等有特殊含义的符号开头：

    ```yaml
    补贴发放准确率: >=95% # ✗ 值以“>”开头，在 YAML 里有别的含义；请改用“≥”，或给整个值加引号
    ```
    ```yaml fixed
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
            yield _PLAIN[cause](span) if cause in _PLAIN else _explained(document.source, span, problem.detail)


_PLAIN: Final[dict[str, Callable[[Span], Finding]]] = {
    "empty": lambda span: Finding(span, "文件是空的；一张表至少要有“项目名称: …”"),
    "depth": lambda span: Finding(span, f"层次超过 {MAX_DEPTH} 层，没有读取；一张表只有四五层，请检查括号和缩进"),
    "anchor": lambda span: Finding(span, "以“&”“*”开头的文字在 YAML 里是锚点和引用，内容会丢失；请给整个值加引号"),
    "tag": lambda span: Finding(span, "以“!”开头的文字在 YAML 里是标签，内容会丢失；请给整个值加引号"),
}

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]|[\x80-\x84\x86-\x9f]")
_WIDE_COLON: Final = re.compile(r"\s*[^\s:：\-#\"'][^:：]{0,99}(?P<colon>：[ \u3000]*)(?P<rest>.*)")
_ASCII_COLON: Final = re.compile(r":(?: |$)")
_NO_SPACE: Final = re.compile(r"\s*[^\s:#\"'{\[-][^:#]*(?P<colon>:)[^\s/].*")
_SPECIAL: Final = re.compile(r"\s*(?:- )?[^:#]+:[ ]+(?P<value>(?P<first>[>|%@`*&!,\[\]{}?-])(?:.*\S)?)\s*")
_COLON_INSIDE: Final = re.compile(r"\s*(?:- )?[^:\"']+: +(?P<value>[^\"'{\[\s].*?:(?: .*\S|)) *")
_ITEM_COLON: Final = re.compile(r"\s*- (?P<value>[^\"'{\[\s].*?: .*\S) *")


def _explained(source: Source, span: Span, detail: Mapping[str, Any]) -> Finding:
    """The usual causes, looked for on the line where the parser stopped and on the one above it."""
    words, begin = str(detail.get("problem", "")), detail.get("begin")
    if control := _CONTROL.search(source.text):
        code = f"U+{ord(control[0]):04X}"
        return Finding(Span(*control.span()), f"有看不见的控制字符 {code}；请删去这个字符")
    if "another document" in words:
        return Finding(span, "一个文件只写一张表；请把“---”以后的内容移到另一个文件")
    if "quoted scalar" in words and begin is not None:
        return Finding(Span(begin, begin + 1), "从这里开始的引号没有配对；请补上另一半，或删去这一个")
    number = source.position(span.start)[0]
    for line in dict.fromkeys((number, max(number - 1, 1))):
        for look in (_tab, _wide_colon, _special, _colon_inside, _no_space):
            if found := look(source, line):
                return found
    if "flow" in words:
        return Finding(span, "括号 {} 或 [] 没有配对，或其中少了逗号；含逗号的值请加引号")
    if not source.text[span.start : span.end].strip():
        span = _line_span(source, max(number - 1, 1) if span.start == len(source.text) else number)
    return _indented(source, number) or Finding(span, "这里（或上一行）不是“名称: 值”的写法；请检查冒号、空格和缩进")


def _indented(source: Source, number: int) -> Finding | None:
    """A line that does not stand under the ones of its level."""
    lines = [source.line(above) for above in range(1, number + 1)]
    *above, line = [line for line in lines if line.strip() and not line.lstrip().startswith("#")] or [""]
    indents = {len(other) - len(other.lstrip()) for other in above}
    indent = len(line) - len(line.lstrip())
    if not above or indent in indents:
        return None
    here = Span(source.offset(number), source.offset(number) + max(indent, 1))
    return Finding(here, f"这一行缩进 {indent} 格，与上面同级的各行没有对齐；请对齐（每一级两格）")


def _line_span(source: Source, number: int) -> Span:
    line = source.line(number)
    start = source.offset(number)
    return Span(start + len(line) - len(line.lstrip()), start + len(line.rstrip()))


def _tab(source: Source, number: int) -> Finding | None:
    matched = re.match(r" *(\t+)", source.line(number))
    if not matched:
        return None
    return Finding(_span(source, number, matched.span(1)), "缩进用了制表符；YAML 的缩进只能用空格")


def _wide_colon(source: Source, number: int) -> Finding | None:
    if not _is_wide(source.line(number)):
        return None
    count = source.position(len(source.text))[0]
    lines = [line for line in range(1, count + 1) if _is_wide(source.line(line))]
    repair = Repair("改为半角冒号", tuple(_narrow(source, line) for line in lines), safe=False)
    start = source.offset(number) + source.line(number).index("：")
    message = "冒号是全角“：”；请改为半角冒号加空格“: ”"
    more = f"（共 {len(lines)} 行）" if len(lines) > 1 else ""
    return Finding(Span(start, start + 1), message + more, repair=repair)


def _is_wide(line: str) -> bool:
    return bool(_WIDE_COLON.fullmatch(line)) and not _ASCII_COLON.search(line)


def _narrow(source: Source, number: int) -> Raw:
    matched = _WIDE_COLON.fullmatch(source.line(number))
    assert matched
    return Raw(_span(source, number, matched.span("colon")), ": " if matched["rest"] else ":")


def _no_space(source: Source, number: int) -> Finding | None:
    line = source.line(number)
    matched = None if _ASCII_COLON.search(line) else _NO_SPACE.fullmatch(line)
    if not matched:
        return None
    span = _span(source, number, matched.span("colon"))
    repair = Repair("冒号后加空格", (Raw(span, ": "),), safe=False)
    return Finding(span, "冒号后面少一个空格；请写成“名称: 值”", repair=repair)


def _special(source: Source, number: int) -> Finding | None:
    matched = _SPECIAL.fullmatch(source.line(number))
    if not matched or _is_flow(matched["value"]):
        return None
    advice = "请改用“≥”，或给整个值加引号" if matched["value"].startswith((">", ">=")) else "请给整个值加引号"
    message = f"值以“{matched['first']}”开头，在 YAML 里有别的含义；{advice}"
    return Finding(_span(source, number, matched.span("value")), message, repair=_quote(source, number, matched))


def _is_flow(value: str) -> bool:
    return value[0] + value[-1] in {"{}", "[]"} or value in {"|", ">", "|-", ">-"}


def _colon_inside(source: Source, number: int) -> Finding | None:
    line = source.line(number)
    matched = _COLON_INSIDE.fullmatch(line) or _ITEM_COLON.fullmatch(line)
    if not matched:
        return None
    span = _span(source, number, matched.span("value"))
    repair = _quote(source, number, matched)
    return Finding(span, "值里有“: ”，YAML 会把它当作下一级；请给整个值加引号", repair=repair)


def _quote(source: Source, number: int, matched: re.Match[str]) -> Repair:
    quoted = scalar(matched["value"], quote='"')
    return Repair("给值加引号", (Raw(_span(source, number, matched.span("value")), quoted),), safe=False)


def _span(source: Source, number: int, columns: tuple[int, int]) -> Span:
    start = source.offset(number)
    return Span(start + columns[0], start + columns[1])
