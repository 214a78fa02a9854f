"""Find the text boxes of a paragraph, and tell those that float over the page from those that stand in the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from perftarget.formats.docx.read_xml import AnchoredElement, iter_unwrapped, w

TEXT_BOX: Final = w("txbxContent")
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_DRAWING: Final = "wordprocessingDrawing}"
"""End of the namespace of the elements that place a drawing; its beginning differs in strict files."""
_FLOATING: Final = frozenset({"absolute", "relative"})
"""Positions of a VML shape that take it out of the text; the default is `static`."""


class TextBox(NamedTuple):
    """The content of a text box; `floats` is True if the box is placed over the page instead of in the text."""

    content: AnchoredElement
    floats: bool


def text_boxes(paragraph: AnchoredElement) -> Iterator[TextBox]:
    """Yield each text box anchored in a paragraph, once."""
    if next(paragraph.element.iter(TEXT_BOX), None) is not None:
        for content in iter_unwrapped(paragraph, TEXT_BOX.__eq__):
            yield TextBox(content, _floats(content.element, paragraph.element))


def in_floating_box(element: etree._Element, ancestor: etree._Element) -> bool:
    """Return True if an element is in a floating text box inside the ancestor."""
    for box in element.iterancestors(TEXT_BOX, ancestor.tag):
        if box is ancestor:
            return False
        if box.tag == TEXT_BOX and _floats(box, ancestor):
            return True
    return False


def _floats(box: etree._Element, ancestor: etree._Element) -> bool:
    """Return True if a text box floats, by the drawing or the outermost VML shape that holds it.

    The shapes inside a VML group always have a position, which is relative to the group.
    """
    floats = False
    for holder in box.iterancestors():
        if holder is ancestor or holder.tag == TEXT_BOX:
            break
        tag = holder.tag
        if tag.endswith((f"{_DRAWING}anchor", f"{_DRAWING}inline")):
            return tag.endswith("anchor")
        if tag.startswith(_VML):
            floats = _vml_position(holder) in _FLOATING
    return floats


def _vml_position(shape: etree._Element) -> str:
    """Return the property `position` of a VML shape; others such as `mso-position-horizontal` say something else."""
    for declaration in shape.get("style", "").split(";"):
        name, _, value = declaration.partition(":")
        if name.strip().lower() == "position":
            return value.strip().lower()
    return ""
