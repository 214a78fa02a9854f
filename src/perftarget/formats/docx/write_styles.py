"""Page, styles, page numbers and fonts of an official document, set by python-docx on the template of this package."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal, cast

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips

from perftarget.formats.docx.write_layout import SMALL_FOUR
from perftarget.formats.docx.write_paragraph import add_field, add_lines, append_value, set_first_line_indent, set_font
from perftarget.formats.docx.write_text import escape_xml

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import _Footer
    from docx.styles.style import ParagraphStyle
    from docx.styles.styles import Styles

StyleId = Literal[
    "Normal",
    "AnnexLabel",
    "AnnexTitle",
    "TableTitle",
    "TableText",
    "TableValue",
    "TableUnit",
    "TableCaption",
    "Contents",
    "Body",
    "Heading",
    "Separator",
    "Footer",
]

_TEMPLATE: Final = files("perftarget.formats.docx") / "template.docx"
STYLE_NAMES: Final[dict[StyleId, str]] = {
    "Normal": "Normal",
    "AnnexLabel": "附件标号",
    "AnnexTitle": "附件标题",
    "TableTitle": "表格标题",
    "TableText": "表格文字",
    "TableValue": "表格内容",
    "TableUnit": "表格单位",
    "TableCaption": "表格栏目",
    "Contents": "附件目录",
    "Body": "正文文字",
    "Heading": "层次标题",
    "Separator": "表间段落",
    "Footer": "Footer",
}
"""The names that Word lists and python-docx takes, by the ids that the XML of the tables refers to."""
_CENTER: Final = WD_ALIGN_PARAGRAPH.CENTER
_RIGHT: Final = WD_ALIGN_PARAGRAPH.RIGHT
_ALTERNATIVE_FONTS: Final = {
    "方正小标宋简体": "华文中宋",
    "方正小标宋_GBK": "华文中宋",
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "仿宋": "FangSong",
    "楷体": "KaiTi",
    "黑体": "SimHei",
    "宋体": "SimSun",
}
"""Word replaces a missing font by its altName: a single name, not a list, of at most 31 characters."""
_FONT: Final = (
    '<w:font w:name="{}">{}<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
)
_FONT_TABLE: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:fonts>'
)


@dataclass(frozen=True, slots=True)
class FontFaces:
    """The fonts of titles, of headings and captions, of text, and of page numbers."""

    title: str = "方正小标宋简体"
    heading: str = "黑体"
    text: str = "仿宋_GB2312"
    number: str = "宋体"


@dataclass(frozen=True, slots=True)
class PageStyle:
    """The settings of a document: fonts, and size and line height of table text in twentieths of a point."""

    faces: FontFaces
    text_size: int = SMALL_FOUR.text
    line_height: int = SMALL_FOUR.line


@dataclass(frozen=True, slots=True)
class _StyleDefinition:
    """A paragraph style; lengths are in twentieths of a point, and 0 or None is inherited from the base style."""

    base: StyleId | None = "Normal"
    font: Literal["title", "heading", "text", "number"] | None = None
    size: int = 0
    line: int = 0
    before: int = 0
    after: int = 0
    alignment: WD_ALIGN_PARAGRAPH | None = None
    keep_with_next: bool = False
    close_digits: bool = True
    """False leaves the gap that Word adds between Chinese characters and digits."""
    indent: int = 0
    """First-line indent in characters."""
    tab: int = 0
    """Position of a right tab stop with a dotted leader."""
    outline_level: int | None = None


def create_document(style: PageStyle) -> Document:
    """Create an empty document with page, styles, fonts and page numbers of the style."""
    with _TEMPLATE.open("rb") as stream:
        document = docx.Document(stream)
    _set_page(document)
    _set_styles(document, style)
    _add_font_table(document, style.faces)
    _add_page_numbers(document)
    return document


def _set_page(document: Document) -> None:
    """Set A4 with a text area of 156 × 225 mm; page numbers are centred 7 mm below it (GB/T 9704-2012)."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25.2)
    section.gutter = Mm(0)


def _set_styles(document: Document, style: PageStyle) -> None:
    styles = document.styles
    for default_fonts in styles.element.iter(qn("w:rFonts")):
        set_font(default_fonts, style.faces.text)
    for style_id, definition in _definitions(style).items():
        paragraph_style = _get_or_add_style(styles, style_id)
        if definition.base:
            paragraph_style.base_style = styles[STYLE_NAMES[definition.base]]
        _set_paragraph_format(paragraph_style, definition)
        _set_font(paragraph_style, definition, style.faces)


def _get_or_add_style(styles: Styles, style_id: StyleId) -> ParagraphStyle:
    name = STYLE_NAMES[style_id]
    builtin = style_id == "Footer"
    if name in styles:
        return cast("ParagraphStyle", styles[name])
    style: ParagraphStyle = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin)  # type: ignore[no-untyped-call]
    style.style_id = style_id
    if builtin:
        style.priority = 99
    else:
        style.quick_style = True
    return style


def _definitions(style: PageStyle) -> dict[StyleId, _StyleDefinition]:
    """Return the paragraph styles. Line heights are exact, so that a missing font does not change the page."""
    return {
        "Normal": _StyleDefinition(base=None, font="text", size=320, line=580, close_digits=False),
        "AnnexLabel": _StyleDefinition(font="heading", size=320, line=580, keep_with_next=True, close_digits=False),
        "AnnexTitle": _StyleDefinition(
            font="title",
            size=440,
            line=680,
            before=580,
            after=160,
            alignment=_CENTER,
            keep_with_next=True,
            outline_level=0,
        ),
        "TableTitle": _StyleDefinition(
            font="title", size=SMALL_FOUR.title, line=SMALL_FOUR.title_line, alignment=_CENTER
        ),
        "TableText": _StyleDefinition(font="text", size=style.text_size, line=style.line_height),
        "TableValue": _StyleDefinition(base="TableText", alignment=_CENTER),
        "TableUnit": _StyleDefinition(base="TableText", alignment=_RIGHT),
        "TableCaption": _StyleDefinition(base="TableText", font="heading", alignment=_CENTER),
        "Contents": _StyleDefinition(tab=sum(SMALL_FOUR.columns)),
        "Body": _StyleDefinition(indent=2),
        "Heading": _StyleDefinition(base="Body", font="heading", keep_with_next=True, outline_level=1),
        "Separator": _StyleDefinition(size=20, line=20, close_digits=False),
        "Footer": _StyleDefinition(font="number", size=280, line=320, close_digits=False),
    }


def _set_paragraph_format(style: ParagraphStyle, definition: _StyleDefinition) -> None:
    """Set the paragraph properties.

    The flags that python-docx does not know come first: it inserts its own properties around them in schema order.
    """
    properties = style.element.get_or_add_pPr()
    if definition.close_digits:
        append_value(properties, "w:autoSpaceDE", 0)
        append_value(properties, "w:autoSpaceDN", 0)
    append_value(properties, "w:snapToGrid", 0)
    paragraph_format = style.paragraph_format
    if definition.keep_with_next:
        paragraph_format.keep_with_next = True
    if definition.tab:
        paragraph_format.tab_stops.add_tab_stop(Twips(definition.tab), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    if definition.line:
        paragraph_format.space_before = Twips(definition.before)
        paragraph_format.space_after = Twips(definition.after)
        paragraph_format.line_spacing = Twips(definition.line)
    if definition.indent:
        set_first_line_indent(paragraph_format, definition.indent)
    if definition.alignment is not None:
        paragraph_format.alignment = definition.alignment
    if definition.outline_level is not None:
        append_value(properties, "w:outlineLvl", definition.outline_level)


def _set_font(style: ParagraphStyle, definition: _StyleDefinition, faces: FontFaces) -> None:
    if definition.font:
        set_font(style.element.get_or_add_rPr().get_or_add_rFonts(), getattr(faces, definition.font))
    if definition.size:
        style.font.size = Twips(definition.size)
        # The size of complex scripts such as Arabic, which python-docx does not set.
        append_value(style.element.rPr, "w:szCs", definition.size // 10)


def _add_font_table(document: Document, faces: FontFaces) -> None:
    names = dict.fromkeys((faces.title, faces.heading, faces.text, faces.number))
    xml = _FONT_TABLE.format("".join(_FONT.format(escape_xml(name), _alternative(name)) for name in names))
    part = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _alternative(font: str) -> str:
    alternative = _ALTERNATIVE_FONTS.get(font)
    return f'<w:altName w:val="{alternative}"/>' if alternative else ""


def _add_page_numbers(document: Document) -> None:
    """Add page numbers one character from the outer edge: odd pages on the right, even pages on the left."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    _write_page_number(section.footer, "1", WD_ALIGN_PARAGRAPH.RIGHT)
    _write_page_number(section.even_page_footer, "2", WD_ALIGN_PARAGRAPH.LEFT)


def _write_page_number(footer: _Footer, number: str, alignment: WD_ALIGN_PARAGRAPH) -> None:
    paragraph = footer.paragraphs[0]
    add_lines(paragraph, ["— "])
    add_field(paragraph, " PAGE ", number)
    add_lines(paragraph, [" —"])
    paragraph.alignment = alignment
    indent = Pt(14)
    if alignment == WD_ALIGN_PARAGRAPH.LEFT:
        paragraph.paragraph_format.left_indent = indent
    else:
        paragraph.paragraph_format.right_indent = indent
