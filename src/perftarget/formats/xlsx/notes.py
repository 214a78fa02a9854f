"""Writer of the part of an Excel file with the texts of the comments of a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from perftarget.errors import UnreadableFileError
from perftarget.formats.ooxml.xml_patch import AUTHOR, to_utf8

_MAX_LENGTH: Final = 32_000
"""Characters of a comment; the limit of Excel is 32,767."""
_SEPARATOR: Final = "\n\n"


def write_notes(written: bytes, texts: Mapping[str, str], namespace: str) -> tuple[bytes, list[str]]:
    """Return the part with the texts added at their cells, and the cells that had no comment before.

    `written` is the existing part, or b"" without one. Raises UnreadableFileError if it is damaged or has a DTD.
    """
    root = _parse(written or f'<comments xmlns="{namespace}"><authors/><commentList/></comments>'.encode())

    def qualified(name: str) -> str:
        return f"{{{etree.QName(root).namespace}}}{name}"

    authors, comments = root.find(qualified("authors")), root.find(qualified("commentList"))
    if authors is None or comments is None:
        raise UnreadableFileError("damaged", part="comments")
    names = [author.text for author in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, qualified("author")).text = AUTHOR
        names.append(AUTHOR)
    existing = {comment.get("ref", ""): comment for comment in comments}
    for cell, text in texts.items():
        comment = existing.get(cell)
        if comment is None:
            comment = etree.SubElement(comments, qualified("comment"), ref=cell, authorId=str(names.index(AUTHOR)))
        body = comment.find(qualified("text"))
        if body is None:
            body = etree.SubElement(comment, qualified("text"))
        length = sum(map(len, body.itertext()))
        run_text = etree.SubElement(etree.SubElement(body, qualified("r")), qualified("t"))
        run_text.text = _clip((_SEPARATOR if length else "") + text, _MAX_LENGTH - length)
        run_text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data, [cell for cell in texts if cell not in existing]


def _parse(written: bytes) -> etree._Element:
    """Parse the part without changing its namespaces."""
    if b"<!DOCTYPE" in (written := to_utf8(written)):
        raise UnreadableFileError("entities", part="comments")
    try:
        return etree.fromstring(written, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError("damaged", part="comments") from error


def _clip(text: str, max_length: int) -> str:
    return text if len(text) <= max_length else text[: max(max_length - 1, 0)] + "…"
