"""The text of a paragraph as Word shows it, all changes accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from perftarget.readers._docx_numbering import Numbering
from perftarget.readers._docx_styles import Styles, fonts, is_hidden
from perftarget.readers._docx_symbols import plain
from perftarget.readers._docx_xml import GONE, Placed, child, inside, is_on, mc, number, value, w

_MATH_TEXT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SKIPPED: Final = frozenset(
    map(
        w,
        (
            *("rPr", "pPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr", "rt", "fldData", "softHyphen"),
            *("instrText", "delText", "delInstrText", "footnoteReference", "endnoteReference", "commentReference"),
            *("footnoteRef", "endnoteRef", "annotationRef", "separator", "continuationSeparator"),
            *("lastRenderedPageBreak", "pgNum", "proofErr", "txbxContent"),
        ),
    )
)
_CHARACTERS: Final = {w("tab"): " ", w("ptab"): " ", w("cr"): "\n", w("noBreakHyphen"): "-"}
_CHECKED: Final = {True: "☑", False: "☐"}
_BOX: Final = w("txbxContent")


@dataclass
class _Field:
    """A field that has begun: what shows is its result, which comes after its code."""

    result: bool = False
    shown: bool = False
    choice: str = ""  # of a list, where no result is written


@dataclass
class Texts:
    """Reads the paragraphs of one file, in their order; fields may go on from one to the next."""

    styles: Styles
    numbering: Numbering
    _fields: list[_Field] = field(default_factory=list)

    def paragraph(self, paragraph: etree._Element) -> str:
        """Its text with its number, line breaks as line feeds; text boxes in it are read by themselves."""
        styles = self.styles.of_paragraph(paragraph)
        text = "".join(self._parts(paragraph, styles))
        mark = child(paragraph, "pPr", "rPr")
        if not text and mark is not None and (is_hidden([mark]) or joins_next(paragraph)):
            return ""  # nobody sees it, and it does not count
        return self.numbering.before(paragraph, styles) + text

    def boxes(self, paragraph: Placed) -> Iterator[Placed]:
        """What text boxes hold that are anchored in a paragraph, each once."""
        for index, element in enumerate(paragraph.element):
            placed = Placed(element, f"{paragraph.anchor}.{index}")
            if element.tag == _BOX:
                yield placed
            elif element.tag == mc("AlternateContent"):
                choices = (Placed(one, f"{placed.anchor}.{number}") for number, one in enumerate(element))
                yield from next((found for one in choices if (found := list(self.boxes(one)))), [])
            elif element.tag not in GONE and len(element):
                yield from self.boxes(placed)

    def _parts(self, parent: etree._Element, styles: list[etree._Element]) -> Iterator[str]:
        for element in parent:
            if element.tag == w("r"):
                yield from self._run(element, styles)
            elif element.tag == mc("AlternateContent"):
                yield next((text for one in element if (text := "".join(self._parts(one, styles)))), "")
            elif element.tag == w("sdt") and is_on(child(element, "sdtPr", "showingPlcHdr")):
                continue  # Word's own prompt: 单击此处输入文字
            elif element.tag not in GONE and element.tag not in _SKIPPED:
                yield from self._parts(element, styles)
            if element.tag == _MATH_TEXT and element.text:
                yield element.text

    def _run(self, run: etree._Element, styles: list[etree._Element]) -> Iterator[str]:
        properties = self.styles.run_properties(run, styles)
        if is_hidden(properties):
            self._hidden(run)
            return
        names = fonts(properties)
        for text in self._pieces(run, names, styles):
            if text and all(one.result for one in self._fields):
                for one in self._fields:
                    one.shown = True
                yield text

    def _hidden(self, run: etree._Element) -> None:
        """Fields begin and end where nobody sees it, too."""
        for element in run.findall(w("fldChar")):
            for _ in self._field(element):
                pass

    def _pieces(self, run: etree._Element, names: list[str], styles: list[etree._Element]) -> Iterator[str]:
        for element in run:
            tag = element.tag
            if tag == w("t"):
                yield plain(element.text or "", names)
            elif tag in _CHARACTERS:
                yield _CHARACTERS[tag]
            elif tag == w("br"):
                yield "\n" if element.get(w("type"), "textWrapping") == "textWrapping" else ""
            elif tag == w("sym"):
                yield _symbol(element, names)
            elif tag == w("fldChar"):
                yield from self._field(element)
            elif tag == w("ruby"):
                base = child(element, "rubyBase")
                yield "".join(self._parts(base, styles)) if base is not None else ""
            elif tag == mc("AlternateContent"):
                yield next((text for one in element if (text := "".join(self._pieces(one, names, styles)))), "")
            elif tag == w("r"):
                yield from self._run(element, styles)
            elif tag not in _SKIPPED and tag not in GONE:
                yield from self._pieces(element, names, styles)
            if tag == _MATH_TEXT:
                yield element.text or ""

    def _field(self, element: etree._Element) -> Iterator[str]:
        kind = element.get(w("fldCharType"), "")
        if kind == "begin":
            box, choices = child(element, "ffData", "checkBox"), child(element, "ffData", "ddList")
            if box is not None:
                on = child(box, "checked")
                yield _CHECKED[is_on(on if on is not None else child(box, "default"))]
            self._fields.append(_Field(choice=_choice(choices)))
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if not ended.shown:
                yield ended.choice


def _symbol(element: etree._Element, names: list[str]) -> str:
    try:
        char = chr(int(element.get(w("char"), ""), 16))
    except (ValueError, OverflowError):
        return ""
    font = element.get(w("font"), "")
    return plain(char, [font] if font else names)


def _choice(choices: etree._Element | None) -> str:
    """The entry of a drop-down list that is chosen."""
    if choices is None:
        return ""
    entries = [one.get(w("val"), "") for one in choices.findall(w("listEntry"))]
    index = number(value(choices, "result") or value(choices, "default"))
    return entries[index] if 0 <= index < len(entries) else ""


def joins_next(paragraph: etree._Element) -> bool:
    """Whether its mark is deleted, so that the next paragraph goes on in the same line."""
    properties = child(paragraph, "pPr", "rPr")
    return properties is not None and any(properties.find(gone) is not None for gone in GONE)


def blocks(parent: Placed) -> Iterator[Placed]:
    """Paragraphs and tables, in their order."""
    return inside(parent, {w("p"), w("tbl")}.__contains__)
