"""Text, fields and fonts of paragraphs in Chinese, which the API of python-docx does not cover."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from perftarget.formats.docx.write_text import SPACE_SCALE, require_legal_xml, split_spaces

if TYPE_CHECKING:
    from docx.oxml.text.font import CT_Fonts
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph
    from docx.text.parfmt import ParagraphFormat
    from docx.text.run import Run

_FONT_SLOTS: Final = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
_CHARACTER: Final = Pt(16)  # 三号, the width of one character of body text


def add_lines(paragraph: Paragraph, lines: Iterable[str]) -> None:
    """Append lines of text that are separated by line breaks. Raises IllegalCharacterError."""
    for index, line in enumerate(lines):
        if index:
            paragraph.add_run().add_break()
        for number, piece in enumerate(split_spaces(require_legal_xml(line))):
            if piece:
                run = _add_run(paragraph, piece)
                if number % 2:
                    append_value(run.element.get_or_add_rPr(), "w:w", SPACE_SCALE)


def add_field(paragraph: Paragraph, code: str, result: str) -> None:
    """Append a field; `result` is shown until the field is updated."""
    _append(_add_run(paragraph).element, "w:fldChar", fldCharType="begin")
    instruction = _append(_add_run(paragraph).element, "w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = code
    _append(_add_run(paragraph).element, "w:fldChar", fldCharType="separate")
    _add_run(paragraph, result)
    _append(_add_run(paragraph).element, "w:fldChar", fldCharType="end")


def set_font(fonts: CT_Fonts, name: str) -> None:
    """Set the font of every script; `Font.name` of python-docx sets that of Latin text only."""
    for slot in _FONT_SLOTS:
        fonts.set(qn(slot), name)


def set_first_line_indent(paragraph_format: ParagraphFormat, characters: int) -> None:
    """Indent the first line by a number of characters; Word ignores the length, other programs read only that."""
    paragraph_format.first_line_indent = characters * _CHARACTER
    indent = paragraph_format.element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(characters * 100))


def append_value(properties: BaseOxmlElement, tag: str, value: int) -> None:
    """Append a property that has only a value, as the last child of the properties of a paragraph or run."""
    _append(properties, tag, val=str(value))


def _add_run(paragraph: Paragraph, text: str = "") -> Run:
    """Append a run whose ambiguous characters, such as “ ” and —, take the East Asian font."""
    run = paragraph.add_run(text)
    _append(run.element.get_or_add_rPr(), "w:rFonts", hint="eastAsia")
    return run


def _append(parent: BaseOxmlElement, tag: str, **attributes: str) -> BaseOxmlElement:
    child = cast("BaseOxmlElement", OxmlElement(tag, {qn(f"w:{name}"): value for name, value in attributes.items()}))
    parent.append(child)
    return child
