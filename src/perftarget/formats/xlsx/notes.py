"""The part of an Excel file that holds the texts of a sheet's comments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from perftarget.errors import UnreadableFileError
from perftarget.formats.ooxml.xml_patch import AUTHOR, to_utf8

_MOST: Final = 32_000
"""Characters of a comment; Excel takes 32,767."""
_BLANK: Final = "\n\n"


def set_note(written: bytes, texts: Mapping[str, str], space: str) -> tuple[bytes, list[str]]:
    """The part with these texts at their cells, and the cells that had none before. Raises Unreadable."""
    root = _root(written or f'<comments xmlns="{space}"><authors/><commentList/></comments>'.encode())

    def own(name: str) -> str:
        return f"{{{etree.QName(root).namespace}}}{name}"

    authors, listed = root.find(own("authors")), root.find(own("commentList"))
    if authors is None or listed is None:
        raise UnreadableFileError("damaged", part="comments")
    names = [author.text for author in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, own("author")).text = AUTHOR
        names.append(AUTHOR)
    there = {one.get("ref", ""): one for one in listed}
    for cell, text in texts.items():
        known = there.get(cell)
        if known is None:
            known = etree.SubElement(listed, own("comment"), ref=cell, authorId=str(names.index(AUTHOR)))
        body = known.find(own("text"))
        if body is None:
            body = etree.SubElement(known, own("text"))
        before = sum(map(len, body.itertext()))
        piece = etree.SubElement(etree.SubElement(body, own("r")), own("t"))
        piece.text = _clipped((_BLANK if before else "") + text, _MOST - before)
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data, [cell for cell in texts if cell not in there]


def _root(written: bytes) -> etree._Element:
    if b"<!DOCTYPE" in (written := to_utf8(written)):
        raise UnreadableFileError("entities", part="comments")
    try:
        return etree.fromstring(written, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError("damaged", part="comments") from error


def _clipped(text: str, most: int) -> str:
    return text if len(text) <= most else text[: max(most - 1, 0)] + "…"
