"""Why a text is no YAML: the usual slips, each believed only where mending it lets the parser read on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from math import inf
from typing import Final, TypeAlias

from perftarget.edit import Edit, apply
from perftarget.rule import Raw
from perftarget.scalar import scalar
from perftarget.source import Source, Span
from perftarget.tree import load

_MOST_ROUNDS: Final = 8
"""Of the different slips of a file so many are looked for; each round parses the text some ten times."""

_MOST_LINES: Final = 200
"""So many lines with one slip are told at once; a table has some thirty lines."""

_LONG: Final = 100_000
"""Characters of a text, or of a line, over which no second slip is looked for: no person wrote it."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of the pen in one line; `changes` mend it, and `title` says how where they can be offered."""

    span: Span
    message: str
    title: str
    changes: tuple[Raw, ...]


Look: TypeAlias = Callable[[str, int], "Slip | None"]
"""What may be wrong with a line, which begins at that offset of the text."""


def slips(source: Source) -> Iterator[Slip]:
    """The slips that keep the parser from reading `source`, as far as they can be told; may be none."""
    done: list[Raw] = []
    for _ in range(_MOST_ROUNDS):
        changed = Source(source.path, _mended(source, done))
        stopped = _stopped(changed.text)
        found = _believed(source, changed, stopped, done) if stopped[0] < inf else []
        yield from found
        done += [raw for slip in found for raw in slip.changes]
        if not found or len(source.text) > _LONG:
            break


def _stopped(text: str) -> tuple[float, int]:
    """The line on which the parser stops, and minus the characters left of it.

    Line 0 where the parser takes the text for no table at all, an infinite one where it reads to the end.
    """
    tree = load(text)
    if tree.data is not None:
        return (inf if isinstance(tree.data, dict) else 0, 0)
    at = tree.problems[0].at
    if not isinstance(at, Span):
        return (0, 0)
    source = Source("", text)
    line, column = source.position(at.start)
    return (line, column - 1 - len(source.line(line)))


def _believed(source: Source, changed: Source, stopped: tuple[float, int], done: list[Raw]) -> list[Slip]:
    """The first kind of slip whose mending lets the parser read on: in all lines, else in the one where it stopped."""
    mended = {source.position(raw.at.start)[0] for raw in done}
    near = [number for number in _near(changed, int(stopped[0])) if number not in mended]
    everywhere = list(_all(source, mended))
    looked = [(look, near) for look in _LOOKS]
    for look, lines in (*looked, (_tier_indent(source), everywhere), (_indent(source, near), near)):
        suspects = _suspects(look, source, lines)
        if not suspects:
            continue
        others = [slip for slip in _suspects(look, source, everywhere) if slip not in suspects]
        for slips in ([*suspects, *others], *([one] for one in suspects)):
            changes = [raw for slip in slips for raw in slip.changes]
            if _stopped(_mended(source, [*done, *changes])) > stopped:
                return slips
    return []


def _mended(source: Source, changes: list[Raw]) -> str:
    return apply((Edit(raw.at, raw.text) for raw in changes), source.text)


def _suspects(look: Look, source: Source, numbers: Iterable[int]) -> list[Slip]:
    lines = ((source.line(number), source.offset(number)) for number in numbers)
    found = (look(line, start) for line, start in lines if line.strip() and len(line) < _LONG)
    return list(islice((slip for slip in found if slip), _MOST_LINES))


def _near(source: Source, stopped: int) -> list[int]:
    """The line where the parser stopped, and the nearest one above that says something."""
    last = source.position(len(source.text))[0]
    number = min(stopped or 1, last)
    above = (line for line in range(number - 1, 0, -1) if source.line(line).strip(" \t#\r\n"))
    first = next((line for line in range(number, last + 1) if source.line(line).strip()), number)
    return list(dict.fromkeys([number, *([first] if not stopped else []), *([next(above, number)])]))


def _all(source: Source, mended: set[int]) -> Iterable[int]:
    """Every line but those of a text after | or >, in which anything may stand."""
    deep: int | None = None
    for number in range(1, source.position(len(source.text))[0] + 1):
        line = source.line(number)
        indent = len(line) - len(line.lstrip())
        if deep is not None and (indent > deep or not line.strip()):
            continue
        deep = indent if re.search(r"[:-] +[|>][-+]?\s*$", line) else None
        if number not in mended:
            yield number


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


_LOOKS: Final[tuple[Look, ...]] = (
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


def _tier_indent(source: Source) -> Look:
    """A second tier that does not stand under the first one of them."""
    lines = (source.line(number) for number in range(1, source.position(len(source.text))[0] + 1))
    first = next((line for line in lines if _TIER.fullmatch(line)), "")
    due = len(first) - len(first.lstrip())

    def look(line: str, start: int) -> Slip | None:
        return _reindented(line, start, due) if _TIER.fullmatch(line) else None

    return look


def _indent(source: Source, near: list[int]) -> Look:
    """A line that stands between the levels of those above it."""
    levels: list[int] = []
    for number in range(max(near, default=1) - 1, 0, -1):
        line = source.line(number)
        indent = len(line) - len(line.lstrip())
        if line.strip() and not line.lstrip().startswith("#") and indent < min(levels, default=_LONG):
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
