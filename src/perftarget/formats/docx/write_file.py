"""Word files with the styles of an official document, the same bytes for the same content.

python-docx writes the parts; those that are the same in every document of a style are written and packed once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Final, cast
from zipfile import ZipFile

import docx
from docx.opc.coreprops import CoreProperties
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml

from perftarget.formats.docx.write_styles import PageStyle, create_document
from perftarget.formats.docx.write_text import require_legal_xml
from perftarget.formats.ooxml.zip_writer import Part, part, zip_bytes

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.coreprops import CT_CoreProperties

_DOCUMENT: Final = "word/document.xml"
_PROPERTIES: Final = "docProps/core.xml"
_BODY_END: Final = "<w:sectPr"
_MAX_PROPERTY_LENGTH: Final = 255  # characters, a limit of the format


@dataclass(frozen=True, slots=True)
class _Package:
    """The packed parts of an empty document by name, its properties, and its XML around the content of the body."""

    parts: dict[str, Part]
    properties: bytes
    before_body: str
    after_body: str


def pack_document(body: Iterable[str], style: PageStyle, *, title: str, creator: str = "") -> bytes:
    """Return the file with this XML as its body, which is packed piece by piece to save memory.

    Raises IllegalCharacterError if title or creator has a character that XML cannot hold.
    """
    package = _empty_package(style)
    properties = cast("CT_CoreProperties", parse_xml(package.properties))
    set_properties(CoreProperties(properties), title, creator)
    changed = {
        _PROPERTIES: part(_PROPERTIES, serialize_part_xml(properties)),
        _DOCUMENT: part(_DOCUMENT, chain([package.before_body], body, [package.after_body])),
    }
    return zip_bytes({**package.parts, **changed}.values())


def open_document(style: PageStyle) -> Document:
    """Open an empty document with the styles, to be filled with python-docx."""
    return docx.Document(BytesIO(_empty_document(style)))


def save_document(document: Document) -> bytes:
    """Return the file of a document, packed again because python-docx writes the current time into it."""
    stream = BytesIO()
    document.save(stream)
    return zip_bytes(part(name, content) for name, content in _read_parts(stream).items())


def set_properties(properties: CoreProperties, title: str, creator: str) -> None:
    """Set title and author; language and dates are those of the template. Raises IllegalCharacterError."""
    properties.title = require_legal_xml(title)[:_MAX_PROPERTY_LENGTH]
    properties.author = require_legal_xml(creator)[:_MAX_PROPERTY_LENGTH]


@cache
def _empty_document(style: PageStyle) -> bytes:
    return save_document(create_document(style))


@cache
def _empty_package(style: PageStyle) -> _Package:
    contents = _read_parts(BytesIO(_empty_document(style)))
    before, marker, after = contents[_DOCUMENT].decode().partition(_BODY_END)
    parts = {name: part(name, content) for name, content in contents.items()}
    return _Package(parts, contents[_PROPERTIES], before, marker + after)


def _read_parts(stream: BytesIO) -> dict[str, bytes]:
    with ZipFile(stream) as package:
        return {name: package.read(name) for name in package.namelist()}
