"""What the styles of a Word file say that changes what is read: hidden text, numbering, symbol fonts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from perftarget.readers._docx_xml import child, is_on, value, w

_MOST_BASES: Final = 20
"""A style is based on another; a circle of them must end."""
_FONT_SLOTS: Final = tuple(map(w, ("ascii", "hAnsi", "cs", "eastAsia")))


@dataclass
class Styles:
    """The styles by their identifiers; missing ones have no say."""

    _styles: dict[str, etree._Element] = field(default_factory=dict)
    _defaults: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element | None) -> Styles:
        styles = cls()
        for style in root.iter(w("style")) if root is not None else ():
            name = style.get(w("styleId"), "")
            styles._styles.setdefault(name, style)
            if style.get(w("default"), "") in {"1", "true", "on"}:
                styles._defaults.setdefault(style.get(w("type"), ""), name)
        return styles

    def chain(self, name: str) -> list[etree._Element]:
        """The style and those it is based on, the nearest first."""
        found: list[etree._Element] = []
        while (style := self._styles.get(name)) is not None and len(found) < _MOST_BASES:
            found.append(style)
            name = value(style, "basedOn")
        return found

    def of_paragraph(self, paragraph: etree._Element) -> list[etree._Element]:
        return self.chain(value(paragraph, "pPr", "pStyle") or self._defaults.get("paragraph", ""))

    def run_properties(self, run: etree._Element, paragraph: list[etree._Element]) -> list[etree._Element]:
        """The rPr that hold for a run, the nearest first: its own, its style's, its paragraph's style's."""
        own = child(run, "rPr")
        character = self.chain(value(own, "rStyle")) if own is not None else []
        styled = (child(style, "rPr") for style in (*character, *paragraph))
        return [properties for properties in (own, *styled) if properties is not None]


def is_hidden(properties: list[etree._Element]) -> bool:
    for one in properties:
        for name in ("vanish", "specVanish"):
            if (found := one.find(w(name))) is not None:
                return is_on(found)
    return False


def fonts(properties: list[etree._Element]) -> list[str]:
    """The names of the fonts that a run is set in, one for each kind of character: the nearest property's."""
    found = [one for properties_ in properties if (one := properties_.find(w("rFonts"))) is not None]
    names = (next((name for one in found if (name := one.get(slot))), "") for slot in _FONT_SLOTS)
    return [name for name in names if name]
