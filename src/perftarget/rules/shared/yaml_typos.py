"""The usual slips of the pen in a line of YAML, each with what mends it."""

from __future__ import annotations

import re
from math import inf
from typing import Final

from perftarget.formats.yaml.scalar import scalar
from perftarget.i18n import tr
from perftarget.linter.rule import ReplaceText
from perftarget.rules.shared.yaml_quotes import (
    SPECIAL,
    colon_inside,
    quoted_key,
    quoted_value,
    special,
    special_inside,
    special_key,
    unclosed,
)
from perftarget.rules.shared.yaml_typo import Look, Slip, span_of
from perftarget.text.source import Source, Span

_INDENT: Final = re.compile(r"[ \t\u3000\xa0\u2000-\u200a\u202f\u205f]*")
_INVISIBLE: Final = re.compile(r"[\x85\u2028\u2029]")
_WIDE_COLON: Final = re.compile(r"\s*(?:- )?[^\s:：\-#\"'][^:：]{0,99}(?P<colon>：[ \u3000]*)(?P<rest>.*)")
_ASCII_COLON: Final = re.compile(r":(?: |$)")
_NO_SPACE: Final = re.compile(r"\s*(?:- )?[^\s:#\"'{\[-][^:#]*(?P<colon>:)(?P<rest>[^\s/].*)")
_DASH: Final = re.compile(r"\s*(?P<dash>-)(?=[^\s-])")
_NO_COLON: Final = re.compile(r"\s*(?P<name>[^\s:：#\"'{}\[\]-][^\s:：]*)(?P<gap> *)(?P<rest>[^:：]*)")
_WIDE_COMMA: Final = re.compile(r"(?P<comma>，\s*)(?=[^,，:{}]{1,20}: )")
_TIER: Final = re.compile(r"\s*[\"']?\d\d-.*指标[\"']?:\s*")
_BLANKS: Final = {
    "\t": ("制表符", "a tab"),
    "\u3000": ("全角空格", "a full-width space"),
    "": ("不间断空格", "a no-break space"),
}


def _indent_character(line: str, start: int, width: int = 2) -> Slip | None:
    indent = _INDENT.match(line)
    bad = indent and re.search(r"[^ ]+", indent[0])
    if not bad:
        return None
    zh, en = _BLANKS["\t" if "\t" in bad[0] else "\u3000" if "\u3000" in bad[0] else ""]
    spaces = "".join(" " * width if blank in "\t\u3000" else " " for blank in bad[0])
    span = span_of(bad.span(), start)
    message = tr(
        f"缩进用了{zh}；YAML 的缩进只能用半角空格", f"this is indented with {en}; YAML indents with plain spaces only"
    )
    return Slip(span, message, tr("改为半角空格", "Change to plain spaces"), (ReplaceText(span, spaces),))


def _needless_tab(line: str, start: int) -> Slip | None:
    return _indent_character(line, start, 0) if line.startswith("\t") else None


def _line_break(line: str, start: int) -> Slip | None:
    found = _INVISIBLE.search(line)
    if not found:
        return None
    changes = tuple(ReplaceText(span_of(each.span(), start), "") for each in _INVISIBLE.finditer(line))
    code = f"U+{ord(found[0]):04X}"
    message = tr(f"有看不见的换行符 {code}；请删去这个字符", f"there is an invisible line break {code}; delete it")
    title = tr("删去看不见的换行符", "Delete the invisible line break")
    return Slip(span_of(found.span(), start), message, title, changes)


def _wide_colon(line: str, start: int) -> Slip | None:
    matched = _WIDE_COLON.fullmatch(line)
    if not matched or _ASCII_COLON.search(line):
        return None
    colon = span_of(matched.span("colon"), start)
    changes = [ReplaceText(colon, ": " if matched["rest"] else ":")]
    if SPECIAL.fullmatch(matched["rest"]):
        changes.append(ReplaceText(span_of(matched.span("rest"), start), scalar(matched["rest"].rstrip())))
    message = tr(
        "冒号是全角“：”；请改为半角冒号加空格“: ”",
        "this is the full-width colon “：”; change it to a plain one and a space “: ”",
    )
    title = tr("改为半角冒号", "Change to a plain colon")
    return Slip(Span(colon.start, colon.start + 1), message, title, tuple(changes))


def _no_space(line: str, start: int) -> Slip | None:
    matched = None if _ASCII_COLON.search(line) else _NO_SPACE.fullmatch(line)
    if not matched:
        return None
    span = span_of(matched.span("colon"), start)
    changes = [ReplaceText(span, ": ")]
    if SPECIAL.fullmatch(matched["rest"]):
        changes.append(ReplaceText(span_of(matched.span("rest"), start), scalar(matched["rest"].rstrip())))
    message = tr("冒号后面少一个空格；请写成“名称: 值”", "there is no space after the colon; write “name: value”")
    return Slip(span, message, tr("冒号后加空格", "Add a space after the colon"), tuple(changes))


def _no_space_after_dash(line: str, start: int) -> Slip | None:
    matched = _DASH.match(line)
    if not matched:
        return None
    span = span_of(matched.span("dash"), start)
    message = tr("“-”后面少一个空格；请写成“- 内容”", "there is no space after “-”; write “- text”")
    return Slip(span, message, tr("“-”后加空格", "Add a space after “-”"), (ReplaceText(span, "- "),))


def _no_colon(line: str, start: int) -> Slip | None:
    matched = _NO_COLON.fullmatch(line)
    if not matched:
        return None
    span = span_of(matched.span("name"), start)
    colon = span_of(matched.span("gap"), start)
    message = tr("这一行没有冒号；请写成“名称: 值”", "this line has no colon; write “name: value”")
    return Slip(span, message, "", (ReplaceText(colon, ": " if matched["rest"] else ":"),))


def _wide_comma(line: str, start: int) -> Slip | None:
    found = list(_WIDE_COMMA.finditer(line)) if "{" in line else []
    if not found:
        return None
    changes = tuple(ReplaceText(span_of(each.span("comma"), start), ", ") for each in found)
    message = tr(
        "括号 {} 里的逗号是全角“，”；请改为半角逗号加空格“, ”",
        "the comma in the brackets {} is the full-width “，”; change it to a plain one and a space “, ”",
    )
    return Slip(changes[0].at, message, tr("改为半角逗号", "Change to a plain comma"), changes)


LOOKS: Final[tuple[Look, ...]] = (
    _indent_character,
    _needless_tab,
    _line_break,
    _wide_colon,
    special_key,
    special,
    special_inside,
    quoted_key,
    quoted_value,
    unclosed,
    _wide_comma,
    colon_inside,
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
    message = tr(
        f"这一行缩进 {indent} 格，与上面同级的各行没有对齐；请缩进 {due} 格（每一级两格）",
        f"this line is indented by {indent} and does not align with its level above; indent it by {due} (two a level)",
    )
    change = ReplaceText(Span(start, start + indent), " " * due)
    # Not offered: what stands below the line may have to move with it.
    return Slip(Span(start, start + max(indent, 1)), message, "", (change,))
