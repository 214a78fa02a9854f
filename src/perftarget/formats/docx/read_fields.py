"""Fields of a Word file, which consist of a hidden code and a visible result."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from perftarget.formats.docx.read_symbols import Fonts, decode_symbols
from perftarget.formats.docx.read_xml import child, child_value, is_on, parse_count, w

_CHECK_BOXES: Final = {True: "☑", False: "☐"}
_MAX_DEPTH: Final = 50
"""Levels of nested fields; Word allows 20."""
_SYMBOL: Final = re.compile(r"(?i)\s*SYMBOL\s+(\d{1,5})\b(?:.*?\\f\s*[\"“]([^\"”]+))?")
_FRACTION: Final = re.compile(r"(?i)\s*EQ\s+\\f\s*\(([^,，()]+)[,，]([^,，()]+)\)")
_CIRCLED: Final = re.compile(r"(?i)\s*EQ\s+\\o(?:\\ac)?\s*\(\s*[○〇◯]\s*[,，]\s*(\d\d?)\s*\)")
_EQUATION: Final = re.compile(r"(?i)\s*EQ\s+(\\.*)")
_SWITCH: Final = re.compile(r"\\[A-Za-z]+ ?-?\d*|[(),，○〇◯]")


@dataclass(slots=True)
class _OpenField:
    """A field whose end has not been reached."""

    has_result: bool = False
    is_shown: bool = False  # True if its result has text
    selected: str = ""  # selected entry of a drop-down list, shown if there is no result
    code: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # texts read while in the code


@dataclass
class FieldTracker:
    """State of the fields that are open at the reading position.

    Fields can be nested and can continue from one paragraph to the next.
    """

    _open: list[_OpenField] = field(default_factory=list)

    def handle_mark(self, element: etree._Element) -> Iterator[str]:
        """Handle the mark of a field's begin, separator or end, and yield the text it shows without a result."""
        kind = element.get(w("fldCharType"), "")
        if kind == "begin":
            data = child(element, "ffData")
            check_box = child(data, "checkBox") if data is not None else None
            if check_box is not None:
                checked = child(check_box, "checked")
                yield _CHECK_BOXES[is_on(checked if checked is not None else child(check_box, "default"))]
            self._open = [*self._open[1 - _MAX_DEPTH :], _OpenField(selected=_selected_entry(data))]
        elif kind == "separate" and self._open:
            self._open[-1].has_result = True
        elif kind == "end" and self._open:
            ended = self._open.pop()
            if not ended.is_shown:
                yield ended.selected or _render_code("".join(ended.code))

    def add_code(self, text: str) -> None:
        """Append text to the code of the innermost field."""
        if self._open:
            self._open[-1].code.append(text)

    def visible_text(self, text: str) -> str:
        """Return the text if it is visible, or "" if it belongs to the code of a field."""
        for open_field in self._open:
            if not open_field.has_result:
                open_field.texts.append(text)
                return ""
        if text:
            for open_field in self._open:
                open_field.is_shown = True
        return text

    def end_paragraph(self) -> str:
        """Return the texts held back as field code and close the fields that have no result yet.

        A field without a separator in its paragraph is treated as unterminated, so its text is ordinary text.
        """
        if not self._open:
            return ""
        texts = [text for open_field in self._open for text in open_field.texts]
        self._open = [open_field for open_field in self._open if open_field.has_result]
        return "".join(texts)


def _selected_entry(data: etree._Element | None) -> str:
    """Return the selected entry of a drop-down list, or "" if there is none."""
    drop_down = child(data, "ddList") if data is not None else None
    if drop_down is None:
        return ""
    entries = [child_value(entry) for entry in drop_down.findall(w("listEntry"))]
    index = parse_count(child_value(drop_down, "result") or child_value(drop_down, "default"))
    return entries[index] if 0 <= index < len(entries) else ""


def _render_code(code: str) -> str:
    """Return what Word draws for a code without a result: a symbol, a fraction, or overlaid or circled characters."""
    if match := _SYMBOL.match(code):
        char, font = int(match[1]), match[2] or ""
        return decode_symbols(chr(char), Fonts(font, font)) if 0x20 <= char < 0xD800 else ""
    if match := _FRACTION.match(code):
        return f"{match[1].strip()}/{match[2].strip()}"
    if match := _CIRCLED.match(code):
        return chr(ord("①") + int(match[1]) - 1) if 0 < int(match[1]) <= 20 else match[1]
    if match := _EQUATION.match(code):
        return _SWITCH.sub("", match[1]).strip()
    return ""
