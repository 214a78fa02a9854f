"""The names of WordprocessingML, and its children seen through what only wraps them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def w(name: str) -> str:
    return _W + name


def m(name: str) -> str:
    return _M + name


P: Final = w("p")
TBL: Final = w("tbl")
VAL: Final = w("val")
ALTERNATIVES: Final = _MC + "AlternateContent"
GONE: Final = frozenset(map(w, ("del", "moveFrom")))
"""What is tracked as deleted; the final view does not have it."""


class Placed(NamedTuple):
    """An element, and the indexes of the children that lead to it from the root."""

    element: etree._Element
    anchor: str


def child(element: etree._Element, *path: str) -> etree._Element | None:
    """The first descendant on that path of names."""
    for name in path:
        tag = _W + name
        for one in element:  # properties come first: to look is faster than to search
            if one.tag == tag:
                element = one
                break
        else:
            return None
    return element


def children(element: Iterable[etree._Element]) -> dict[str, etree._Element]:
    """The children by their names; a name comes once among properties."""
    return {one.tag: one for one in element}


def value(element: etree._Element, *path: str) -> str:
    """The w:val of a descendant; "" without one."""
    found = child(element, *path)
    return found.get(VAL, "") if found is not None else ""


def number(text: str | None, default: int = 0) -> int:
    """A count as written in an attribute, by some programs as 4680.0; the default for what is none."""
    try:
        return int(float(text or ""))
    except (ValueError, OverflowError):
        return default


def is_on(element: etree._Element | None) -> bool:
    """Whether a property is there and not switched off."""
    return element is not None and element.get(VAL, "true").lower() not in {"0", "false", "off"}


def inside(parent: Placed, wanted: Callable[[str], bool]) -> Iterator[Placed]:
    """The children with a wanted tag, also those that stand in wrappers, known or not; none of what is deleted."""
    for index, element in enumerate(parent.element):
        tag = element.tag
        if wanted(tag):
            yield Placed(element, f"{parent.anchor}.{index}")
        elif tag == ALTERNATIVES:
            yield from _alternative(Placed(element, f"{parent.anchor}.{index}"), wanted)
        elif len(element) and tag != P and tag not in GONE and not tag.endswith(("Pr", "Grid")):
            yield from inside(Placed(element, f"{parent.anchor}.{index}"), wanted)


def _alternative(parent: Placed, wanted: Callable[[str], bool]) -> Iterator[Placed]:
    """Of the choices of one content, the first that has any."""
    for index, element in enumerate(parent.element):
        found = list(inside(Placed(element, f"{parent.anchor}.{index}"), wanted))
        if found:
            yield from found
            return
