"""Fields in a Word file, which have a code that does not show, and a result that does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from perftarget.formats.docx.read_symbols import Fonts, plain
from perftarget.formats.docx.read_xml import child, is_on, number, value, w

_CHECKED: Final = {True: "☑", False: "☐"}
_DEEPEST: Final = 50
"""Word has 20."""
_SYMBOL: Final = re.compile(r"(?i)\s*SYMBOL\s+(\d{1,5})\b(?:.*?\\f\s*[\"“]([^\"”]+))?")
_FRACTION: Final = re.compile(r"(?i)\s*EQ\s+\\f\s*\(([^,，()]+)[,，]([^,，()]+)\)")
_CIRCLED: Final = re.compile(r"(?i)\s*EQ\s+\\o(?:\\ac)?\s*\(\s*[○〇◯]\s*[,，]\s*(\d\d?)\s*\)")
_EQUATION: Final = re.compile(r"(?i)\s*EQ\s+(\\.*)")
_SWITCH: Final = re.compile(r"\\[A-Za-z]+ ?-?\d*|[(),，○〇◯]")


@dataclass(slots=True)
class _Field:
    """One that has begun, and has not ended yet."""

    has_result: bool = False
    shown: bool = False
    choice: str = ""  # of a list, where no result is written
    code: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


@dataclass
class Fields:
    """Those that are open where the reader is: they stand in each other, and go on from paragraph to paragraph."""

    _open: list[_Field] = field(default_factory=list)

    def mark(self, element: etree._Element) -> Iterator[str]:
        """Take in that a field begins, comes to its result, or ends; and what it says without a result."""
        kind = element.get(w("fldCharType"), "")
        if kind == "begin":
            data = child(element, "ffData")
            box = child(data, "checkBox") if data is not None else None
            if box is not None:
                checked = child(box, "checked")
                yield _CHECKED[is_on(checked if checked is not None else child(box, "default"))]
            self._open = [*self._open[1 - _DEEPEST :], _Field(choice=_choice(data))]
        elif kind == "separate" and self._open:
            self._open[-1].has_result = True
        elif kind == "end" and self._open:
            ended = self._open.pop()
            if not ended.shown:
                yield ended.choice or _drawn("".join(ended.code))

    def code(self, text: str) -> None:
        if self._open:
            self._open[-1].code.append(text)

    def shown(self, text: str) -> str:
        """The text, if it shows here."""
        for one in self._open:
            if not one.has_result:
                one.texts.append(text)
                return ""
        if text:
            for one in self._open:
                one.shown = True
        return text

    def broken(self) -> str:
        """At the end of a paragraph: texts that seemed to be code, but of a field that never ends."""
        if not self._open:
            return ""
        texts = [text for one in self._open for text in one.texts]
        self._open = [one for one in self._open if one.has_result]
        return "".join(texts)


def _choice(data: etree._Element | None) -> str:
    """The entry of a drop-down list that is chosen."""
    choices = child(data, "ddList") if data is not None else None
    if choices is None:
        return ""
    entries = [value(one) for one in choices.findall(w("listEntry"))]
    index = number(value(choices, "result") or value(choices, "default"))
    return entries[index] if 0 <= index < len(entries) else ""


def _drawn(code: str) -> str:
    """What Word draws by the code itself: a symbol, a character in a circle, a fraction, characters in a heap."""
    if found := _SYMBOL.match(code):
        char, font = int(found[1]), found[2] or ""
        return plain(chr(char), Fonts(font, font)) if 0x20 <= char < 0xD800 else ""
    if found := _FRACTION.match(code):
        return f"{found[1].strip()}/{found[2].strip()}"
    if found := _CIRCLED.match(code):
        return chr(ord("①") + int(found[1]) - 1) if 0 < int(found[1]) <= 20 else found[1]
    if found := _EQUATION.match(code):
        return _SWITCH.sub("", found[1]).strip()
    return ""
