"""Element names of WordprocessingML, and access to children through the elements that wrap them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def w(name: str) -> str:
    """Return a name qualified with the namespace of WordprocessingML."""
    return _W + name


def m(name: str) -> str:
    """Return a name qualified with the namespace of Office Math."""
    return _M + name


P: Final = w("p")
VAL: Final = w("val")
ALTERNATE_CONTENT: Final = _MC + "AlternateContent"
DELETED: Final = frozenset(map(w, ("del", "moveFrom")))
"""Elements of tracked deletions, whose content is not part of the final view."""


class AnchoredElement(NamedTuple):
    """An element and its anchor: the child indexes that lead to it from the root, separated by dots."""

    element: etree._Element
    anchor: str


def child(element: etree._Element, *path: str) -> etree._Element | None:
    """Return the first descendant on a path of local names, or None."""
    for name in path:
        tag = _W + name
        for item in element:  # properties come first, so a loop is faster than `find`
            if item.tag == tag:
                element = item
                break
        else:
            return None
    return element


def children_by_tag(element: Iterable[etree._Element]) -> dict[str, etree._Element]:
    """Return the children by tag; meant for property elements, in which a tag occurs once."""
    return {item.tag: item for item in element}


def child_value(element: etree._Element, *path: str) -> str:
    """Return the w:val attribute of the descendant on a path, or "" if there is none."""
    descendant = child(element, *path)
    return descendant.get(VAL, "") if descendant is not None else ""


def parse_count(text: str | None, default: int = 0) -> int:
    """Return the integer in an attribute, which some programs write as 4680.0, or the default if it is not a number."""
    try:
        return int(float(text or ""))
    except (ValueError, OverflowError):
        return default


def is_on(element: etree._Element | None) -> bool:
    """Return True if a toggle property is present and not switched off."""
    return element is not None and element.get(VAL, "true").lower() not in {"0", "false", "off"}


def iter_unwrapped(parent: AnchoredElement, is_wanted: Callable[[str], bool]) -> Iterator[AnchoredElement]:
    """Yield the children with a wanted tag, including those inside wrapper elements of any name.

    Tracked deletions are skipped.
    """
    for index, element in enumerate(parent.element):
        tag = element.tag
        if is_wanted(tag):
            yield AnchoredElement(element, f"{parent.anchor}.{index}")
        elif tag == ALTERNATE_CONTENT:
            yield from _first_alternative(AnchoredElement(element, f"{parent.anchor}.{index}"), is_wanted)
        elif len(element) and tag != P and tag not in DELETED and not tag.endswith(("Pr", "Grid")):
            yield from iter_unwrapped(AnchoredElement(element, f"{parent.anchor}.{index}"), is_wanted)


def _first_alternative(parent: AnchoredElement, is_wanted: Callable[[str], bool]) -> Iterator[AnchoredElement]:
    """Yield the wanted elements of the first alternative that has any."""
    for index, element in enumerate(parent.element):
        elements = list(iter_unwrapped(AnchoredElement(element, f"{parent.anchor}.{index}"), is_wanted))
        if elements:
            yield from elements
            return
