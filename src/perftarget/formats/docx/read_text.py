"""Read the text of a paragraph as Word displays it, with all tracked changes accepted and struck-out text removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from lxml import etree

from perftarget.formats.docx.read_fields import FieldTracker
from perftarget.formats.docx.read_numbering import Numbering, NumberingProperties
from perftarget.formats.docx.read_styles import RunFormat, Styles
from perftarget.formats.docx.read_symbols import Fonts, decode_symbols
from perftarget.formats.docx.read_xml import (
    ALTERNATE_CONTENT,
    DELETED,
    VAL,
    child,
    children_by_tag,
    m,
    w,
)

_T: Final = w("t")
_R: Final = w("r")
_FIELD: Final = w("fldChar")
_STYLE: Final = w("pStyle")
_NUMBERING: Final = w("numPr")
_RUN_PROPERTIES: Final = w("rPr")
_NO_FONTS: Final = Fonts()
_SKIPPED: Final = DELETED | frozenset(
    map(
        w,
        (
            *("rPr", "pPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rt", "fldData", "txbxContent"),
            *("delText", "delInstrText"),
        ),
    )
)
"""Elements whose content is not text of the paragraph.

The marks of notes and comments and soft hyphens need no entry, because they have no content.
"""
_CHARACTERS: Final = {w("tab"): " ", w("ptab"): " ", w("cr"): "\n", w("noBreakHyphen"): "-"}
_WHITE: Final = str.maketrans("\t\n\r", "   ")


class Paragraph(NamedTuple):
    """A paragraph as read; if its mark is not shown, the next paragraph continues in the same line.

    `struck` is the text that is struck out, which was deleted by hand and is not part of `text`.
    """

    number: str
    text: str
    mark: Literal["shown", "hidden", "deleted"]
    struck: str = ""


@dataclass
class ParagraphReader:
    """Reader of the paragraphs of one file, in order, because fields can continue from one to the next."""

    styles: Styles
    numbering: Numbering
    _fields: FieldTracker = field(default_factory=FieldTracker)
    _struck: list[str] = field(default_factory=list)
    """Struck-out texts of the paragraph that is being read."""

    def read(self, paragraph: etree._Element) -> Paragraph:
        """Return a paragraph, with line breaks as line feeds and without the content of its text boxes."""
        properties_element = child(paragraph, "pPr")
        properties = children_by_tag(properties_element) if properties_element is not None else {}
        style_element = properties.get(_STYLE)
        style = self.styles.paragraph_style("" if style_element is None else style_element.get(VAL, ""))
        self._struck = []
        text = _without_soft_hyphens(
            f"{''.join(self._texts(paragraph, style.run_format))}{self._fields.end_paragraph()}"
        )
        struck = _without_soft_hyphens("".join(self._struck)).strip()
        mark = self._mark(properties.get(_RUN_PROPERTIES), style.run_format)
        if struck and not text.strip() and mark == "shown":
            text, mark = "", "hidden"  # a paragraph that is struck out as a whole leaves neither a number nor a line
        if mark == "deleted" or (mark == "hidden" and not text):
            return Paragraph("", text, mark, struck)
        numbering = NumberingProperties.from_xml(properties.get(_NUMBERING)).over(style.numbering)
        return Paragraph(self.numbering.next_number(numbering), text, mark, struck)

    def _mark(self, properties: etree._Element | None, style: RunFormat) -> Literal["shown", "hidden", "deleted"]:
        """Return the state of the paragraph mark that has those run properties."""
        if properties is not None and any(element.tag in DELETED for element in properties):
            return "deleted"
        return "hidden" if self.styles.run_format(properties, style).hidden else "shown"

    def _texts(self, parent: etree._Element, style: RunFormat, fonts: Fonts = _NO_FONTS) -> Iterator[str]:
        """Yield the texts in a paragraph, or in a run that is set in `fonts`."""
        for element in parent:
            tag = element.tag
            if tag == _T:
                yield decode_symbols((element.text or "").translate(_WHITE), fonts)
            elif tag == _R:
                yield from self._run_texts(element, style)
            elif tag in _CHARACTERS:
                yield _CHARACTERS[tag]
            elif tag not in _SKIPPED:
                yield from self._other_texts(element, style, fonts)

    def _other_texts(self, element: etree._Element, style: RunFormat, fonts: Fonts) -> Iterator[str]:
        """Yield the texts of an element of one of the less frequent kinds."""
        tag = element.tag
        if tag == w("br"):
            yield "\n" if element.get(w("type"), "textWrapping") == "textWrapping" else ""
        elif tag == w("sym"):
            yield _symbol(element, fonts)
        elif tag == _FIELD:
            yield from self._fields.handle_mark(element)
        elif tag == ALTERNATE_CONTENT:
            yield self._first_alternative(element, style, fonts)
        elif tag == w("instrText"):
            self._fields.add_code(element.text or "")
        elif tag == m("t"):
            yield element.text or ""
        elif tag == m("f"):
            yield "/".join(filter(None, ("".join(self._texts(part, style, fonts)) for part in element)))
        elif len(element):
            yield from self._texts(element, style, fonts)

    def _first_alternative(self, element: etree._Element, style: RunFormat, fonts: Fonts) -> str:
        """Return the text of the first alternative that has any, even if it is struck out."""
        struck_before = len(self._struck)
        for alternative in element:
            text = "".join(self._texts(alternative, style, fonts))
            if text or any(self._struck[struck_before:]):
                return text
        return ""

    def _run_texts(self, run: etree._Element, style: RunFormat) -> Iterator[str]:
        """Yield the visible texts of a run."""
        run_format = self.styles.run_format(child(run, "rPr"), style)
        if run_format.hidden:
            for element in run.findall(_FIELD):  # fields also begin and end in hidden runs
                list(self._fields.handle_mark(element))
            return
        for text in self._texts(run, style, run_format.fonts):
            visible = self._fields.visible_text(text)
            if run_format.is_struck:
                self._struck.append(visible)
            else:
                yield visible


def _without_soft_hyphens(text: str) -> str:
    """Return the text without soft hyphens, which only show at the end of a line."""
    return text.replace("\u00ad", "") if "\u00ad" in text else text


def _symbol(element: etree._Element, fonts: Fonts) -> str:
    """Return the character of a symbol element, or "" if its code is not a character."""
    try:
        code = int(element.get(w("char"), ""), 16)
    except ValueError:
        return ""
    if not (0x20 <= code < 0xD800 or 0xDFFF < code < 0x110000):
        return ""
    font = element.get(w("font"), "")
    return decode_symbols(chr(code), Fonts(font, font) if font else fonts)
