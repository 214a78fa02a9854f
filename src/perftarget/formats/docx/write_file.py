"""The package of an official page: A4, faces, styles, page numbers; what never changes is packed once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from string import Template
from typing import Final

from perftarget.formats.docx.write_text import escape_xml, legal
from perftarget.formats.ooxml.zip_writer import Part, part, zip_bytes

_FOLDER: Final = files("perftarget.formats.docx") / "template"
_STATIC: Final = ("word/_rels/document.xml.rels", "word/settings.xml", "word/footer1.xml", "word/footer2.xml")
_ASIDE: Final = re.compile(r"<!--.*?-->|(?<=>)\s+(?=<)", re.DOTALL)
_PROPERTY_END: Final = 255  # characters, the most that the format has for a property
_OTHERS: Final = {
    "方正小标宋简体": "华文中宋",
    "方正小标宋_GBK": "华文中宋",
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "仿宋": "FangSong",
    "楷体": "KaiTi",
    "黑体": "SimHei",
    "宋体": "SimSun",
}
"""Where a face is missing, Word takes the one of altName: one name, not a list, of at most 31 characters."""
_FACE: Final = (
    '<w:font w:name="{}">{}<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
)
_FONTS: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:fonts>'
)


@dataclass(frozen=True, slots=True)
class FontFaces:
    """Which face stands where: titles, headings and captions, text, page numbers."""

    title: str = "方正小标宋简体"
    heading: str = "黑体"
    text: str = "仿宋_GB2312"
    number: str = "宋体"


@dataclass(frozen=True, slots=True)
class Style:
    """The faces, and the size of the text of tables with its line, in twentieths of a point."""

    faces: FontFaces
    text: int
    line: int


def pack_document(body: Iterable[str], style: Style, *, title: str, creator: str = "") -> bytes:
    """The file with that body, piece by piece: a long document is never in memory as a whole."""
    core = Template(_read("docProps/core.xml")).substitute(
        title=escape_xml(legal(title)[:_PROPERTY_END]), creator=escape_xml(legal(creator)[:_PROPERTY_END])
    )
    before, after = _read("word/document.xml").split("$body")
    document = part("word/document.xml", chain([before], body, [after]))
    types, rels, *rest = _static(style)
    return zip_bytes([types, rels, part("docProps/core.xml", core.encode()), document, *rest])


@cache
def _static(style: Style) -> tuple[Part, ...]:
    return tuple(part(name, content.encode()) for name, content in _contents(style))


def _contents(style: Style) -> Iterator[tuple[str, str]]:
    for name in ("[Content_Types].xml", "_rels/.rels", *_STATIC):
        yield name, _read(name)
    faces = style.faces
    yield (
        "word/styles.xml",
        Template(_read("word/styles.xml")).substitute(
            title_face=escape_xml(faces.title),
            heading_face=escape_xml(faces.heading),
            text_face=escape_xml(faces.text),
            number_face=escape_xml(faces.number),
            text_size=str(style.text // 10),
            text_line=str(style.line),
        ),
    )
    names = dict.fromkeys((faces.title, faces.heading, faces.text, faces.number))
    yield "word/fontTable.xml", _FONTS.format("".join(_FACE.format(escape_xml(name), _other(name)) for name in names))


def _other(face: str) -> str:
    other = _OTHERS.get(face)
    return f'<w:altName w:val="{other}"/>' if other else ""


@cache
def _read(name: str) -> str:
    """A part of the template, without what stands in it for people alone."""
    return _ASIDE.sub("", (_FOLDER / name).read_text(encoding="utf-8"))
