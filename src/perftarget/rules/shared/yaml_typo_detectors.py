"""Detectors of common typing errors in a line of YAML, each with its correction."""

from __future__ import annotations

import re
from math import inf
from typing import Final

from perftarget.formats.yaml.scalar import scalar
from perftarget.i18n import tr
from perftarget.linter.rule import ReplaceText
from perftarget.rules.shared.yaml_quote_detectors import (
    SPECIAL,
    detect_colon_in_value,
    detect_partly_quoted_key,
    detect_partly_quoted_value,
    detect_special_key,
    detect_special_value,
    detect_special_value_in_braces,
    detect_unclosed_quote,
)
from perftarget.rules.shared.yaml_typo import Detector, YamlTypo, span_of
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


def _detect_indent_character(line: str, start: int, width: int = 2) -> YamlTypo | None:
    """Detect indentation by other characters than spaces; a tab or full-width space is `width` spaces."""
    indent = _INDENT.match(line)
    invalid = indent and re.search(r"[^ ]+", indent[0])
    if not invalid:
        return None
    zh, en = _BLANKS["\t" if "\t" in invalid[0] else "\u3000" if "\u3000" in invalid[0] else ""]
    spaces = "".join(" " * width if blank in "\t\u3000" else " " for blank in invalid[0])
    span = span_of(invalid.span(), start)
    message = tr(
        f"缩进用了{zh}；YAML 的缩进只能用半角空格", f"this is indented with {en}; YAML indents with plain spaces only"
    )
    return YamlTypo(span, message, tr("改为半角空格", "Change to plain spaces"), (ReplaceText(span, spaces),))


def _detect_leading_tab(line: str, start: int) -> YamlTypo | None:
    """Detect a tab at the beginning of a line that needs no indentation."""
    return _detect_indent_character(line, start, 0) if line.startswith("\t") else None


def _detect_invisible_line_break(line: str, start: int) -> YamlTypo | None:
    """Detect a line break of Unicode that most editors do not show."""
    first = _INVISIBLE.search(line)
    if not first:
        return None
    changes = tuple(ReplaceText(span_of(match.span(), start), "") for match in _INVISIBLE.finditer(line))
    code = f"U+{ord(first[0]):04X}"
    message = tr(f"含有不可见的换行符 {code}；请删去这个字符", f"there is an invisible line break {code}; delete it")
    title = tr("删去不可见的换行符", "Delete the invisible line break")
    return YamlTypo(span_of(first.span(), start), message, title, changes)


def _detect_wide_colon(line: str, start: int) -> YamlTypo | None:
    """Detect a full-width colon after a name."""
    match = _WIDE_COLON.fullmatch(line)
    if not match or _ASCII_COLON.search(line):
        return None
    colon = span_of(match.span("colon"), start)
    changes = [ReplaceText(colon, ": " if match["rest"] else ":")]
    if SPECIAL.fullmatch(match["rest"]):
        changes.append(ReplaceText(span_of(match.span("rest"), start), scalar(match["rest"].rstrip())))
    message = tr(
        "冒号是全角“：”；请改为半角冒号加空格“: ”",
        "this is the full-width colon “：”; change it to a plain one and a space “: ”",
    )
    title = tr("改为半角冒号", "Change to a plain colon")
    return YamlTypo(Span(colon.start, colon.start + 1), message, title, tuple(changes))


def _detect_no_space_after_colon(line: str, start: int) -> YamlTypo | None:
    """Detect a colon without a space after it."""
    match = None if _ASCII_COLON.search(line) else _NO_SPACE.fullmatch(line)
    if not match:
        return None
    span = span_of(match.span("colon"), start)
    changes = [ReplaceText(span, ": ")]
    if SPECIAL.fullmatch(match["rest"]):
        changes.append(ReplaceText(span_of(match.span("rest"), start), scalar(match["rest"].rstrip())))
    message = tr("冒号后面少一个空格；请写成“名称: 值”", "there is no space after the colon; write “name: value”")
    return YamlTypo(span, message, tr("冒号后加空格", "Add a space after the colon"), tuple(changes))


def _detect_no_space_after_dash(line: str, start: int) -> YamlTypo | None:
    """Detect a list item without a space after the dash."""
    match = _DASH.match(line)
    if not match:
        return None
    span = span_of(match.span("dash"), start)
    message = tr("“-”后面少一个空格；请写成“- 内容”", "there is no space after “-”; write “- text”")
    return YamlTypo(span, message, tr("“-”后加空格", "Add a space after “-”"), (ReplaceText(span, "- "),))


def _detect_no_colon(line: str, start: int) -> YamlTypo | None:
    """Detect a line without a colon."""
    match = _NO_COLON.fullmatch(line)
    if not match:
        return None
    span = span_of(match.span("name"), start)
    colon = span_of(match.span("gap"), start)
    message = tr("这一行没有冒号；请写成“名称: 值”", "this line has no colon; write “name: value”")
    return YamlTypo(span, message, "", (ReplaceText(colon, ": " if match["rest"] else ":"),))


def _detect_wide_comma(line: str, start: int) -> YamlTypo | None:
    """Detect a full-width comma between the entries of a mapping in braces."""
    matches = list(_WIDE_COMMA.finditer(line)) if "{" in line else []
    if not matches:
        return None
    changes = tuple(ReplaceText(span_of(match.span("comma"), start), ", ") for match in matches)
    message = tr(
        "括号 {} 里的逗号是全角“，”；请改为半角逗号加空格“, ”",
        "the comma in the brackets {} is the full-width “，”; change it to a plain one and a space “, ”",
    )
    return YamlTypo(changes[0].at, message, tr("改为半角逗号", "Change to a plain comma"), changes)


DETECTORS: Final[tuple[Detector, ...]] = (
    _detect_indent_character,
    _detect_leading_tab,
    _detect_invisible_line_break,
    _detect_wide_colon,
    detect_special_key,
    detect_special_value,
    detect_special_value_in_braces,
    detect_partly_quoted_key,
    detect_partly_quoted_value,
    detect_unclosed_quote,
    _detect_wide_comma,
    detect_colon_in_value,
    _detect_no_space_after_colon,
    _detect_no_space_after_dash,
    _detect_no_colon,
)


def tier_indent_detector(source: Source) -> Detector:
    """Return a detector of second tiers with a different indentation from the first of them."""
    lines = (source.line(number) for number in range(1, source.position(len(source.text))[0] + 1))
    first = next((line for line in lines if _TIER.fullmatch(line)), "")
    expected = len(first) - len(first.lstrip())

    def detect(line: str, start: int) -> YamlTypo | None:
        return _wrong_indent(line, start, expected) if _TIER.fullmatch(line) else None

    return detect


def indent_detector(source: Source, near: list[int]) -> Detector:
    """Return a detector for the first line of `near`, if its indentation is not a level of the lines above."""
    levels: list[int] = []
    for number in range(max(near, default=1) - 1, 0, -1):
        line = source.line(number)
        indent = len(line) - len(line.lstrip())
        if line.strip() and not line.lstrip().startswith("#") and indent < min(levels, default=inf):
            levels.append(indent)

    def detect(line: str, start: int) -> YamlTypo | None:
        indent = len(line) - len(line.lstrip())
        expected = min(levels, key=lambda level: (abs(level - indent), -level), default=indent)
        is_checked = start == source.offset(near[0]) and indent not in levels
        return _wrong_indent(line, start, expected) if is_checked else None

    return detect


def _wrong_indent(line: str, start: int, expected: int) -> YamlTypo | None:
    indent = len(line) - len(line.lstrip())
    if indent == expected:
        return None
    message = tr(
        f"这一行缩进 {indent} 格，与上面同级的各行没有对齐；请缩进 {expected} 格（每一级两格）",
        f"this line is indented by {indent} and does not align with its level above; indent it by {expected} (two a level)",
    )
    change = ReplaceText(Span(start, start + indent), " " * expected)
    # The change is not offered as a fix, since the lines below may have to be indented with this one.
    return YamlTypo(Span(start, start + max(indent, 1)), message, "", (change,))
