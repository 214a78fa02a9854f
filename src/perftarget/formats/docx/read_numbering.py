"""Compute the automatic numbers of paragraphs, which Word displays but does not store in the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lxml import etree

from perftarget.formats.docx.read_xml import child, child_value, is_on, parse_count, w

_LEVELS: Final = 9
_MAX_TEXT_LENGTH: Final = 100
"""Characters of a level's text, which is repeated in every paragraph."""
_DIGITS: Final = "〇一二三四五六七八九"
_UNITS: Final = ((1000, "千"), (100, "百"), (10, "十"))
_LEGAL: Final = str.maketrans("一二三四五六七八九十百千〇", "壹贰叁肆伍陆柒捌玖拾佰仟零")
_ROMAN: Final = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_MAX_FORMATTED: Final = 9999
"""Higher numbers are written in digits, in every format."""


def _chinese(count: int) -> str:
    """Return a Chinese numeral: 十二, 一百零五."""
    text = _spelled(count)
    return text[1:] if text.startswith("一十") else text


def _spelled(count: int) -> str:
    """Return a Chinese numeral in which 10 is written 一十."""
    text, rest = "", count
    for unit, name in _UNITS:
        digit, rest = divmod(rest, unit)
        if digit:
            text += _DIGITS[digit] + name
        elif text and rest and not text.endswith("零"):
            text += "零"
    return text + (_DIGITS[rest] if rest else "")


def _letter(count: int) -> str:
    """Return A … Z, AA, BB …, the letter numbering of Word."""
    cycle, index = divmod(count - 1, 26)
    return chr(ord("A") + index) * (cycle + 1) if cycle < _LEVELS else str(count)


def _roman(count: int) -> str:
    """Return an upper-case Roman numeral."""
    text = ""
    for value, letters in _ROMAN:
        times, count = divmod(count, value)
        text += letters * times
    return text


def _one_character(characters: str) -> Callable[[int], str]:
    """Return a format that writes 1, 2, … as the given characters, and higher numbers in digits."""
    return lambda count: characters[count - 1] if 0 < count <= len(characters) else str(count)


def _positional(digits: str) -> Callable[[int], str]:
    """Return a format that writes a number in the given ten digits."""
    table = str.maketrans("0123456789", digits)
    return lambda count: str(count).translate(table)


def _code_points(first: str, length: int) -> str:
    """Return consecutive characters."""
    return "".join(chr(ord(first) + index) for index in range(length))


_CIRCLED: Final = _one_character(_code_points("①", 20))
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
    "ideographDigital": _positional(_DIGITS),
    "japaneseDigitalTenThousand": _positional(_DIGITS),
    "taiwaneseDigital": _positional(_DIGITS),
    "chineseLegalSimplified": lambda count: _spelled(count).translate(_LEGAL),
    "ideographLegalTraditional": lambda count: _spelled(count).translate(_LEGAL),
    "decimalFullWidth": _positional("０１２３４５６７８９"),
    "decimalFullWidth2": _positional("０１２３４５６７８９"),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": _one_character(_code_points("⑴", 20)),
    "decimalEnclosedFullstop": _one_character(_code_points("⒈", 20)),
    "ideographEnclosedCircle": _one_character(_code_points("㊀", 10)),
    "ideographParenthesizedCircle": _one_character(_code_points("㈠", 10)),
    "ideographTraditional": _one_character("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _one_character("子丑寅卯辰巳午未申酉戌亥"),
    "none": lambda _: "",
}


def _format_number(count: int, style: str) -> str:
    """Return a number in a format of Word; in digits if the format is unknown or the number is out of its range."""
    write = _FORMATS.get(style, str)
    return write(count) if 0 < count <= _MAX_FORMATTED else str(count)


class NumberingProperties(NamedTuple):
    """The list and the level of a paragraph; "" stands for properties that are not set, list "0" for no list."""

    list_id: str = ""
    level: str = ""

    @classmethod
    def from_xml(cls, properties: etree._Element | None) -> NumberingProperties:
        """Return the properties of a numPr element, or none if there is no such element."""
        if properties is None:
            return cls()
        return cls(child_value(properties, "numId"), child_value(properties, "ilvl"))

    def over(self, base: NumberingProperties) -> NumberingProperties:
        """Return these properties, or those of `base` with this level if no list is set."""
        return self if self.list_id else NumberingProperties(base.list_id, self.level or base.level)


@dataclass(frozen=True, slots=True)
class _Level:
    """The number format of one level of a list."""

    start: int = 1
    style: str = "decimal"
    text: str = ""  # with %1 … %9 for the numbers of the levels
    suffix: str = "tab"
    legal: bool = False  # True if all levels are written in decimal digits
    restarts: bool = True  # True if the level restarts after a higher level

    @classmethod
    def from_xml(cls, element: etree._Element) -> _Level:
        """Return the level of a lvl element."""
        return cls(
            parse_count(child_value(element, "start"), 1),
            child_value(element, "numFmt") or "decimal",
            child_value(element, "lvlText")[:_MAX_TEXT_LENGTH],
            child_value(element, "suff") or "tab",
            is_on(child(element, "isLgl")),
            child_value(element, "lvlRestart") != "0",
        )


@dataclass
class _List:
    """A list: its levels, and the identifier of the counters that it shares with other lists."""

    counters: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)  # start values of the levels that restart in this list
    used: bool = False


class Numbering:
    """The lists of a file and their counters, which advance in the order in which paragraphs are read."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        if root is not None:
            self._read(root)

    def next_number(self, properties: NumberingProperties) -> str:
        """Count a paragraph and return its number with the gap before the text, or "" if it has no number."""
        depth = min(max(parse_count(properties.level), 0), _LEVELS - 1)
        numbered_list = self._lists.get(properties.list_id)
        if numbered_list is None or depth not in numbered_list.levels:
            return ""
        level = numbered_list.levels[depth]
        counters = self._counters.setdefault(numbered_list.counters, {})
        if not numbered_list.used:
            numbered_list.used = True
            for index in numbered_list.starts:
                counters.pop(index, None)
        self._count(numbered_list, counters, depth)
        if level.style == "bullet":
            return ""
        text = re.sub(
            r"%([1-9])", lambda match: self._level_number(numbered_list, counters, level, int(match[1]) - 1), level.text
        )
        return text + _gap(text, level.suffix)

    def _count(self, numbered_list: _List, counters: dict[int, int], depth: int) -> None:
        """Advance the counter of a level and reset those of the levels below."""
        for above in range(depth):
            counters.setdefault(above, self._start(numbered_list, above))
        counters[depth] = counters[depth] + 1 if depth in counters else self._start(numbered_list, depth)
        for below in [index for index in counters if index > depth]:
            if numbered_list.levels.get(below, _Level()).restarts:
                del counters[below]

    def _start(self, numbered_list: _List, depth: int) -> int:
        """Return the start value of a level."""
        return numbered_list.starts.get(depth, numbered_list.levels.get(depth, _Level()).start)

    def _level_number(self, numbered_list: _List, counters: dict[int, int], level: _Level, index: int) -> str:
        """Return the formatted counter of the level at `index`, as part of the text of `level`."""
        style = numbered_list.levels.get(index, _Level()).style
        if style == "bullet":
            return ""
        style = "decimal" if level.legal else style
        return _format_number(counters.get(index, self._start(numbered_list, index)), style)

    def _read(self, root: etree._Element) -> None:
        """Read the lists of a numbering part."""
        definitions = {element.get(w("abstractNumId"), ""): element for element in root.iter(w("abstractNum"))}
        by_style = {link: element for element in definitions.values() if (link := child_value(element, "styleLink"))}
        for element in root.iter(w("num")):
            definition = definitions.get(child_value(element, "abstractNumId"))
            if definition is not None and child_value(definition, "numStyleLink"):
                definition = by_style.get(child_value(definition, "numStyleLink"), definition)
            if definition is not None:
                self._lists[element.get(w("numId"), "")] = _read_list(element, definition)


def _read_list(element: etree._Element, definition: etree._Element) -> _List:
    """Return the list of a num element: the levels of its definition (abstractNum) with its own overrides."""
    numbered_list = _List(definition.get(w("abstractNumId"), ""))
    numbered_list.levels = {
        parse_count(level.get(w("ilvl"))): _Level.from_xml(level) for level in definition.findall(w("lvl"))
    }
    for override in element.findall(w("lvlOverride")):
        depth = parse_count(override.get(w("ilvl")))
        if (level := override.find(w("lvl"))) is not None:
            numbered_list.levels[depth] = _Level.from_xml(level)
        if (start := child_value(override, "startOverride")) != "":
            numbered_list.starts[depth] = parse_count(start, 1)
    return numbered_list


def _gap(text: str, suffix: str) -> str:
    """Return the separator between a number and the text.

    A tab after 1. or 目标1： is dropped; a bare number is followed by a space so that it does not run into the text.
    """
    if not text or suffix == "nothing":
        return ""
    return " " if suffix == "space" or text[-1].isalnum() else ""
