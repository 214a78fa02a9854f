"""The text of a paragraph as Word shows it, all changes accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from lxml import etree

from perftarget.formats.docx.read_fields import Fields
from perftarget.formats.docx.read_numbering import Numbering, Setting
from perftarget.formats.docx.read_styles import Look, Styles
from perftarget.formats.docx.read_symbols import Fonts, plain
from perftarget.formats.docx.read_xml import ALTERNATIVES, GONE, VAL, Placed, child, children, inside, m, w

_T: Final = w("t")
_R: Final = w("r")
_FIELD: Final = w("fldChar")
_BOX: Final = w("txbxContent")
_STYLE: Final = w("pStyle")
_NUMBERING: Final = w("numPr")
_RUN_PROPERTIES: Final = w("rPr")
_NO_FONTS: Final = Fonts()
_SKIPPED: Final = GONE | frozenset(
    map(
        w,
        (
            *("rPr", "pPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rt", "fldData", "txbxContent"),
            *("delText", "delInstrText"),
        ),
    )
)
"""What holds no text of the paragraph. Marks of notes and comments and soft hyphens hold nothing at all."""
_CHARACTERS: Final = {w("tab"): " ", w("ptab"): " ", w("cr"): "\n", w("noBreakHyphen"): "-"}
_WHITE: Final = str.maketrans("\t\n\r", "   ")


class Paragraph(NamedTuple):
    """A paragraph as read; where its mark is not shown, the next one goes on in the same line."""

    number: str
    text: str
    mark: Literal["shown", "hidden", "deleted"]


@dataclass
class Texts:
    """Reads the paragraphs of one file, in their order; fields may go on from one to the next."""

    styles: Styles
    numbering: Numbering
    _fields: Fields = field(default_factory=Fields)

    def paragraph(self, paragraph: etree._Element) -> Paragraph:
        """Its text with line breaks as line feeds; text boxes in it are read by themselves."""
        found = child(paragraph, "pPr")
        properties = children(found) if found is not None else {}
        named = properties.get(_STYLE)
        style = self.styles.of_paragraph("" if named is None else named.get(VAL, ""))
        text = "".join(self._parts(paragraph, style.look)) + self._fields.broken()
        mark = self._mark(properties.get(_RUN_PROPERTIES), style.look)
        if mark == "deleted" or (mark == "hidden" and not text):
            return Paragraph("", text, mark)
        setting = Setting.of(properties.get(_NUMBERING)).over(style.setting)
        return Paragraph(self.numbering.before(setting), text, mark)

    def boxes(self, paragraph: Placed) -> Iterator[Placed]:
        """What text boxes hold that are anchored in a paragraph, each once."""
        if next(paragraph.element.iter(_BOX), None) is not None:
            yield from inside(paragraph, _BOX.__eq__)

    def _mark(self, own: etree._Element | None, style: Look) -> Literal["shown", "hidden", "deleted"]:
        if own is not None and any(one.tag in GONE for one in own):
            return "deleted"
        return "hidden" if self.styles.of_run(own, style).hidden else "shown"

    def _parts(self, parent: etree._Element, style: Look, names: Fonts = _NO_FONTS) -> Iterator[str]:
        """The texts in a paragraph, or in a run: that has the names of its fonts."""
        for element in parent:
            tag = element.tag
            if tag == _T:
                yield plain((element.text or "").translate(_WHITE), names)
            elif tag == _R:
                yield from self._run(element, style)
            elif tag in _CHARACTERS:
                yield _CHARACTERS[tag]
            elif tag not in _SKIPPED:
                yield from self._rarer(element, style, names)

    def _rarer(self, element: etree._Element, style: Look, names: Fonts) -> Iterator[str]:
        tag = element.tag
        if tag == w("br"):
            yield "\n" if element.get(w("type"), "textWrapping") == "textWrapping" else ""
        elif tag == w("sym"):
            yield _symbol(element, names)
        elif tag == _FIELD:
            yield from self._fields.mark(element)
        elif tag == ALTERNATIVES:
            yield next((text for one in element if (text := "".join(self._parts(one, style, names)))), "")
        elif tag == w("instrText"):
            self._fields.code(element.text or "")
        elif tag == m("t"):
            yield element.text or ""
        elif tag == m("f"):
            yield "/".join(filter(None, ("".join(self._parts(one, style, names)) for one in element)))
        elif len(element):
            yield from self._parts(element, style, names)

    def _run(self, run: etree._Element, style: Look) -> Iterator[str]:
        look = self.styles.of_run(child(run, "rPr"), style)
        if look.hidden:
            for element in run.findall(_FIELD):  # fields begin and end where nobody sees it, too
                list(self._fields.mark(element))
            return
        for text in self._parts(run, style, look.fonts):
            yield self._fields.shown(text)


def _symbol(element: etree._Element, names: Fonts) -> str:
    try:
        code = int(element.get(w("char"), ""), 16)
    except ValueError:
        return ""
    if not (0x20 <= code < 0xD800 or 0xDFFF < code < 0x110000):
        return ""
    font = element.get(w("font"), "")
    return plain(chr(code), Fonts(font, font) if font else names)
