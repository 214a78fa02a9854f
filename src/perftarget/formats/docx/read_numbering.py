"""The numbers that Word writes before paragraphs, which are not in their text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lxml import etree

from perftarget.formats.docx.read_xml import child, is_on, number, value, w

_LEVELS: Final = 9
_LONGEST: Final = 100
"""Characters around a number; what is longer would be repeated in every paragraph."""
_DIGITS: Final = "〇一二三四五六七八九"
_UNITS: Final = ((1000, "千"), (100, "百"), (10, "十"))
_LEGAL: Final = str.maketrans("一二三四五六七八九十百千〇", "壹贰叁肆伍陆柒捌玖拾佰仟零")
_ROMAN: Final = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_MOST: Final = 9999
"""Higher numbers are written in digits, whatever the format."""


def _chinese(count: int) -> str:
    """十二, 一百零五"""
    text = _spelled(count)
    return text[1:] if text.startswith("一十") else text


def _spelled(count: int) -> str:
    """The same with 一十 for ten."""
    text, rest = "", count
    for unit, name in _UNITS:
        digit, rest = divmod(rest, unit)
        if digit:
            text += _DIGITS[digit] + name
        elif text and rest and not text.endswith("零"):
            text += "零"
    return text + (_DIGITS[rest] if rest else "")


def _letter(count: int) -> str:
    """A … Z, AA, BB, as Word counts."""
    times, index = divmod(count - 1, 26)
    return chr(ord("A") + index) * (times + 1) if times < _LEVELS else str(count)


def _roman(count: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        times, count = divmod(count, worth)
        text += letters * times
    return text


def _of(characters: str) -> Callable[[int], str]:
    """One character for each number, as far as they go."""
    return lambda count: characters[count - 1] if 0 < count <= len(characters) else str(count)


def _digits(characters: str) -> Callable[[int], str]:
    table = str.maketrans("0123456789", characters)
    return lambda count: str(count).translate(table)


def _run(first: str, length: int) -> str:
    return "".join(chr(ord(first) + index) for index in range(length))


_CIRCLED: Final = _of(_run("①", 20))
_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "decimalZero": lambda count: f"{count:02}",
    "upperLetter": _letter,
    "lowerLetter": lambda count: _letter(count).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _digits(_DIGITS),
    "japaneseDigitalTenThousand": _digits(_DIGITS),
    "taiwaneseDigital": _digits(_DIGITS),
    "chineseLegalSimplified": lambda count: _spelled(count).translate(_LEGAL),
    "ideographLegalTraditional": lambda count: _spelled(count).translate(_LEGAL),
    "decimalFullWidth": _digits("０１２３４５６７８９"),
    "decimalFullWidth2": _digits("０１２３４５６７８９"),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": _of(_run("⑴", 20)),
    "decimalEnclosedFullstop": _of(_run("⒈", 20)),
    "ideographEnclosedCircle": _of(_run("㊀", 10)),
    "ideographParenthesizedCircle": _of(_run("㈠", 10)),
    "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _of("子丑寅卯辰巳午未申酉戌亥"),
    "none": lambda _: "",
}


def _formatted(count: int, style: str) -> str:
    """A number as a format of Word writes it; in digits where the format is unknown or does not go so far."""
    write = _FORMATS.get(style, str)
    return write(count) if 0 < count <= _MOST else str(count)


class Setting(NamedTuple):
    """Which list a paragraph belongs to, and at which level; "" where nothing says it, 0 for none."""

    number: str = ""
    level: str = ""

    @classmethod
    def of(cls, properties: etree._Element | None) -> Setting:
        return cls() if properties is None else cls(value(properties, "numId"), value(properties, "ilvl"))

    def over(self, base: Setting) -> Setting:
        return self if self.number else Setting(base.number, self.level or base.level)


@dataclass(frozen=True, slots=True)
class _Level:
    """How the paragraphs of one level are numbered."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restarts: bool = True

    @classmethod
    def of(cls, element: etree._Element) -> _Level:
        return cls(
            number(value(element, "start"), 1),
            value(element, "numFmt") or "decimal",
            value(element, "lvlText")[:_LONGEST],
            value(element, "suff") or "tab",
            is_on(child(element, "isLgl")),
            value(element, "lvlRestart") != "0",
        )


@dataclass
class _List:
    """A numbering in use: its levels, and which counters it shares with others."""

    counters: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)  # of the levels that begin anew in this list
    used: bool = False


class Numbering:
    """Counts the paragraphs of a file in the order in which they are read."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        if root is not None:
            self._read(root)

    def before(self, setting: Setting) -> str:
        """The number before a paragraph, with what parts it from the text; "" where there is none."""
        depth = min(max(number(setting.level), 0), _LEVELS - 1)
        listed = self._lists.get(setting.number)
        if listed is None or depth not in listed.levels:
            return ""
        level = listed.levels[depth]
        counters = self._counters.setdefault(listed.counters, {})
        if not listed.used:
            listed.used = True
            for index in listed.starts:
                counters.pop(index, None)
        self._count(listed, counters, depth)
        if level.style == "bullet":
            return ""
        text = re.sub(r"%([1-9])", lambda found: self._part(listed, counters, level, int(found[1]) - 1), level.text)
        return text + _gap(text, level.suffix)

    def _count(self, listed: _List, counters: dict[int, int], depth: int) -> None:
        for above in range(depth):
            counters.setdefault(above, self._start(listed, above))
        counters[depth] = counters[depth] + 1 if depth in counters else self._start(listed, depth)
        for below in [index for index in counters if index > depth]:
            if listed.levels.get(below, _Level()).restarts:
                del counters[below]

    def _start(self, listed: _List, depth: int) -> int:
        return listed.starts.get(depth, listed.levels.get(depth, _Level()).start)

    def _part(self, listed: _List, counters: dict[int, int], level: _Level, index: int) -> str:
        style = listed.levels.get(index, _Level()).style
        if style == "bullet":
            return ""
        style = "decimal" if level.legal else style
        return _formatted(counters.get(index, self._start(listed, index)), style)

    def _read(self, root: etree._Element) -> None:
        abstracts = {one.get(w("abstractNumId"), ""): one for one in root.iter(w("abstractNum"))}
        linked = {value(one, "styleLink"): one for one in abstracts.values() if value(one, "styleLink")}
        for one in root.iter(w("num")):
            found = abstracts.get(value(one, "abstractNumId"))
            if found is not None and value(found, "numStyleLink"):
                found = linked.get(value(found, "numStyleLink"), found)
            if found is not None:
                self._lists[one.get(w("numId"), "")] = _list_of(one, found)


def _list_of(element: etree._Element, abstract: etree._Element) -> _List:
    listed = _List(abstract.get(w("abstractNumId"), ""))
    listed.levels = {number(one.get(w("ilvl"))): _Level.of(one) for one in abstract.findall(w("lvl"))}
    for override in element.findall(w("lvlOverride")):
        depth = number(override.get(w("ilvl")))
        if (level := override.find(w("lvl"))) is not None:
            listed.levels[depth] = _Level.of(level)
        if (start := value(override, "startOverride")) != "":
            listed.starts[depth] = number(start, 1)
    return listed


def _gap(text: str, suffix: str) -> str:
    """A tab after 1. or 目标1： is as good as nothing; after a bare number something must part it."""
    if not text or suffix == "nothing":
        return ""
    return " " if suffix == "space" or text[-1].isalnum() else ""
