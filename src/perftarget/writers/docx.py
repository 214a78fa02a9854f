"""The forms to one Word file, the official annex: python-docx holds package and properties, the rows are raw XML."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from lxml import etree

from perftarget.grid import Grid
from perftarget.writers._docx_layout import PAGE
from perftarget.writers._docx_table import form_xml
from perftarget.writers._docx_text import IllegalCharacter, legal, runs, title_lines

__all__ = ["IllegalCharacter", "write"]

_NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TEMPLATE: Final = (
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/core.xml",
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "word/settings.xml",
    "word/fontTable.xml",
    "word/footer1.xml",
    "word/footer2.xml",
)
_LABEL_LINE: Final = 580  # twentieths of a point, as in the styles
_TITLE_LINE: Final = 680
_TITLE_SPACE: Final = 580 + 160
_SPARE: Final = 100  # the paragraphs of 1 pt before and after, and 1 mm for what the estimate does not see
_BREAK: Final = "<w:r><w:br/></w:r>"
_PROPERTY_END: Final = 255  # characters, the most that the format has for a property


def write(grids: Iterable[Grid], *, label: str = "附件2", title: str, bureau: str = "") -> bytes:
    """One annex with a form on each page; the same forms give the same bytes."""
    document = Document(BytesIO(_template()))
    document.core_properties.title = legal(title)[:_PROPERTY_END]
    document.core_properties.author = legal(bureau)[:_PROPERTY_END]
    section = document.element.body[-1]
    for element in _elements(_body(grids, label, title_lines(title, bureau))):
        section.addprevious(element)
    saved = BytesIO()
    document.save(saved)
    with ZipFile(saved) as package:
        return _zipped((name, package.read(name)) for name in package.namelist())


def _body(grids: Iterable[Grid], label: str, title: list[str]) -> str:
    heading = _LABEL_LINE + _TITLE_SPACE + _TITLE_LINE * len(title)
    parts = [_paragraph("AnnexLabel", runs(label)), _paragraph("AnnexTitle", _BREAK.join(map(runs, title)))]
    for number, grid in enumerate(grids, start=1):
        if number > 1:
            parts.append(_paragraph("Separator", "", "<w:pageBreakBefore/>"))
        parts.append(form_xml(grid, number, PAGE - _SPARE - (heading if number == 1 else 0)))
    return "".join([*parts, _paragraph("Separator", "")])


def _paragraph(style: str, content: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def _elements(xml: str) -> list[etree._Element]:
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False)
    return list(etree.fromstring(f'<w:body xmlns:w="{_NAMESPACE}">{xml}</w:body>', parser))


@cache
def _template() -> bytes:
    """The package of the template's parts, which are kept as files that a person can read."""
    folder = files("perftarget.writers") / "docx_template"
    return _zipped((name, folder.joinpath(name).read_bytes()) for name in _TEMPLATE)


def _zipped(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip file without traces of clock and machine."""
    packed = BytesIO()
    with ZipFile(packed, "w") as package:
        for name, content in parts:
            entry = ZipInfo(name)  # of 1980-01-01
            entry.create_system = 0
            entry.compress_type = ZIP_DEFLATED
            package.writestr(entry, content)
    return packed.getvalue()
