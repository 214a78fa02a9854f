"""The usual slips of the pen in a line of YAML, each with what mends it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Final, TypeAlias

from perftarget.rule import Raw
from perftarget.scalar import scalar
from perftarget.source import Source, Span


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of the pen in one line; `changes` mend it, and `title` says how where they can be offered."""

    span: Span
    message: str
    title: str
    changes: tuple[Raw, ...]


Look: TypeAlias = Callable[[str, int], "Slip | None"]
"""What may be wrong with a line, which begins at that offset of the text."""

_INDENT: Final = re.compile(r"[ \t\u3000\xa0\u2000-\u200a\u202f\u205f]*")
_INVISIBLE: Final = re.compile(r"[\x85\u2028\u2029]")
_WIDE_COLON: Final = re.compile(r"\s*(?:- )?[^\s:：\-#\"'][^:：]{0,99}(?P<colon>：[ \u3000]*)(?P<rest>.*)")
_ASCII_COLON: Final = re.compile(r":(?: |$)")
_NO_SPACE: Final = re.compile(r"\s*(?:- )?[^\s:#\"'{\[-][^:#]*(?P<colon>:)(?P<rest>[^\s/].*)")
_DASH: Final = re.compile(r"\s*(?P<dash>-)(?=[^\s-])")
_NO_COLON: Final = re.compile(r"\s*(?P<name>[^\s:：#\"'{}\[\]-][^\s:：]*)(?P<gap> *)(?P<rest>[^:：]*)")
_SPECIAL: Final = re.compile(r"\s*(?:- )?(?:[^:#]+: +)?(?P<text>(?:[>|%@`*&!,\[\]{}]|(?<=: )[?-]).*?) *")
_SPECIAL_KEY: Final = re.compile(r"\s*(?:- )?(?P<text>[>|%@`\[\]{},][^:]*)(?=:(?: |$)).*")
_SPECIAL_INSIDE: Final = re.compile(r"(?<=[:,{\[] )(?P<text>[>|%@`*&!][^,{}\[\]\"']*?)(?= *[,}\]])")
_WIDE_COMMA: Final = re.compile(r"(?P<comma>，\s*)(?=[^,，:{}]{1,20}: )")
_COLON_INSIDE: Final = re.compile(r"\s*(?:- )?[^:\"']+: +(?P<text>[^\"'{\[\s].*?:(?: .*\S|)) *")
_ITEM_COLON: Final = re.compile(r"\s*- (?P<text>[^\"'{\[\s].*?: .*\S) *")
_QUOTED_KEY: Final = re.compile(r"\s*(?:- )?(?P<text>(?:\"[^\"]*\"|'[^']*')[^:\s][^:]*)(?=:(?: |$)).*")
_QUOTED_VALUE: Final = re.compile(r"\s*(?:- )?(?:[^:#]+: +)?(?P<text>(?:\"[^\"]*\"|'[^']*') *[^\s#:,\]}].*?) *")
_UNCLOSED: Final = re.compile(r"\s*(?:- )?(?:[^:#\"']+: +)?(?P<quote>[\"'])[^\"']*?(?P<end>[”’＂]? *)")
_TIER: Final = re.compile(r"\s*[\"']?\d\d-.*指标[\"']?:\s*")


def _indent_character(line: str, start: int, width: int = 2) -> Slip | None:
    indent = _INDENT.match(line)
    bad = indent and re.search(r"[^ ]+", indent[0])
    if not bad:
        return None
    name = "制表符" if "\t" in bad[0] else "全角空格" if "\u3000" in bad[0] else "不间断空格"
    spaces = "".join(" " * width if blank in "\t\u3000" else " " for blank in bad[0])
    span = _span(bad.span(), start)
    return Slip(span, f"缩进用了{name}；YAML 的缩进只能用半角空格", "改为半角空格", (Raw(span, spaces),))


def _needless_tab(line: str, start: int) -> Slip | None:
    return _indent_character(line, start, 0) if line.startswith("\t") else None


def _line_break(line: str, start: int) -> Slip | None:
    found = _INVISIBLE.search(line)
    if not found:
        return None
    changes = tuple(Raw(_span(each.span(), start), "") for each in _INVISIBLE.finditer(line))
    message = f"有看不见的换行符 U+{ord(found[0]):04X}；请删去这个字符"
    return Slip(_span(found.span(), start), message, "删去看不见的换行符", changes)


def _wide_colon(line: str, start: int) -> Slip | None:
    matched = _WIDE_COLON.fullmatch(line)
    if not matched or _ASCII_COLON.search(line):
        return None
    colon = _span(matched.span("colon"), start)
    changes = [Raw(colon, ": " if matched["rest"] else ":")]
    if _SPECIAL.fullmatch(matched["rest"]):
        changes.append(Raw(_span(matched.span("rest"), start), scalar(matched["rest"].rstrip())))
    return Slip(
        Span(colon.start, colon.start + 1), "冒号是全角“：”；请改为半角冒号加空格“: ”", "改为半角冒号", tuple(changes)
    )


def _no_space(line: str, start: int) -> Slip | None:
    matched = None if _ASCII_COLON.search(line) else _NO_SPACE.fullmatch(line)
    if not matched:
        return None
    span = _span(matched.span("colon"), start)
    changes = [Raw(span, ": ")]
    if _SPECIAL.fullmatch(matched["rest"]):
        changes.append(Raw(_span(matched.span("rest"), start), scalar(matched["rest"].rstrip())))
    return Slip(span, "冒号后面少一个空格；请写成“名称: 值”", "冒号后加空格", tuple(changes))


def _no_space_after_dash(line: str, start: int) -> Slip | None:
    matched = _DASH.match(line)
    if not matched:
        return None
    span = _span(matched.span("dash"), start)
    return Slip(span, "“-”后面少一个空格；请写成“- 内容”", "“-”后加空格", (Raw(span, "- "),))


def _no_colon(line: str, start: int) -> Slip | None:
    matched = _NO_COLON.fullmatch(line)
    if not matched:
        return None
    span = _span(matched.span("name"), start)
    colon = _span(matched.span("gap"), start)
    return Slip(span, "这一行没有冒号；请写成“名称: 值”", "", (Raw(colon, ": " if matched["rest"] else ":"),))


def _special(line: str, start: int) -> Slip | None:
    matched = _SPECIAL.fullmatch(line)
    if not matched or matched["text"][0] + matched["text"][-1] in {"{}", "[]"}:
        return None
    return _quoted(
        [matched], start, f"值以“{matched['text'][0]}”开头，在 YAML 里有别的含义；{_advice(matched['text'])}"
    )


def _special_inside(line: str, start: int) -> Slip | None:
    found = list(_SPECIAL_INSIDE.finditer(line))
    if not found:
        return None
    first = found[0]["text"]
    return _quoted(found, start, f"值以“{first[0]}”开头，在 YAML 里有别的含义；{_advice(first)}")


def _advice(value: str) -> str:
    if value[0] in "[{":
        closing = {"[": "]", "{": "}"}[value[0]]
        return f"请补上配对的“{closing}”，或给整个值加引号"
    better = "≥" if value.startswith(">=") else "＞" if value.startswith(">") else ""
    return f"请改用“{better}”，或给整个值加引号" if better else "请给整个值加引号"


def _special_key(line: str, start: int) -> Slip | None:
    matched = _SPECIAL_KEY.fullmatch(line)
    if not matched:
        return None
    return _quoted([matched], start, f"名称以“{matched['text'][0]}”开头，在 YAML 里有别的含义；请给整个名称加引号")


def _quoted_key(line: str, start: int) -> Slip | None:
    matched = _QUOTED_KEY.fullmatch(line)
    return _quoted([matched], start, "引号只括住了名称的一部分；请给整个名称加引号") if matched else None


def _quoted_value(line: str, start: int) -> Slip | None:
    matched = _QUOTED_VALUE.fullmatch(line)
    return _quoted([matched], start, "引号只括住了值的一部分；请给整个值加引号") if matched else None


def _unclosed(line: str, start: int) -> Slip | None:
    matched = _UNCLOSED.fullmatch(line)
    if not matched:
        return None
    wide = "，右边写成了全角" if matched["end"].strip() else ""
    change = Raw(_span(matched.span("end"), start), matched["quote"])
    return Slip(
        _span(matched.span("quote"), start),
        f"从这里开始的引号没有配对{wide}；请补上另一半，或删去这一个",
        "补上引号",
        (change,),
    )


def _colon_inside(line: str, start: int) -> Slip | None:
    matched = _COLON_INSIDE.fullmatch(line) or _ITEM_COLON.fullmatch(line)
    return _quoted([matched], start, "值里有“: ”，YAML 会把它当作下一级；请给整个值加引号") if matched else None


def _wide_comma(line: str, start: int) -> Slip | None:
    found = list(_WIDE_COMMA.finditer(line)) if "{" in line else []
    if not found:
        return None
    changes = tuple(Raw(_span(each.span("comma"), start), ", ") for each in found)
    return Slip(changes[0].at, "括号 {} 里的逗号是全角“，”；请改为半角逗号加空格“, ”", "改为半角逗号", changes)


LOOKS: Final[tuple[Look, ...]] = (
    _indent_character,
    _needless_tab,
    _line_break,
    _wide_colon,
    _special_key,
    _special,
    _special_inside,
    _quoted_key,
    _quoted_value,
    _unclosed,
    _wide_comma,
    _colon_inside,
    _no_space,
    _no_space_after_dash,
    _no_colon,
)


def tier_indent(source: Source) -> Look:
    """A second tier that does not stand under the first one of them."""
    lines = (source.line(number) for number in range(1, source.position(len(source.text))[0] + 1))
    first = next((line for line in lines if _TIER.fullmatch(line)), "")
    due = len(first) - len(first.lstrip())

    def look(line: str, start: int) -> Slip | None:
        return _reindented(line, start, due) if _TIER.fullmatch(line) else None

    return look


def indent(source: Source, near: list[int]) -> Look:
    """A line that stands between the levels of those above it."""
    levels: list[int] = []
    for number in range(max(near, default=1) - 1, 0, -1):
        line = source.line(number)
        indent = len(line) - len(line.lstrip())
        if line.strip() and not line.lstrip().startswith("#") and indent < min(levels, default=inf):
            levels.append(indent)

    def look(line: str, start: int) -> Slip | None:
        indent = len(line) - len(line.lstrip())
        due = min(levels, key=lambda level: (abs(level - indent), -level), default=indent)
        return _reindented(line, start, due) if start == source.offset(near[0]) and indent not in levels else None

    return look


def _reindented(line: str, start: int, due: int) -> Slip | None:
    indent = len(line) - len(line.lstrip())
    if indent == due:
        return None
    message = f"这一行缩进 {indent} 格，与上面同级的各行没有对齐；请缩进 {due} 格（每一级两格）"
    change = Raw(Span(start, start + indent), " " * due)
    # Not offered: what stands below the line may have to move with it.
    return Slip(Span(start, start + max(indent, 1)), message, "", (change,))


def _quoted(found: list[re.Match[str]], start: int, message: str) -> Slip:
    changes = tuple(Raw(_span(each.span("text"), start), scalar(each["text"], quote='"')) for each in found)
    return Slip(changes[0].at, message, "给名称加引号" if "名称" in message else "给值加引号", changes)


def _span(columns: tuple[int, int], start: int) -> Span:
    return Span(start + columns[0], start + columns[1])
