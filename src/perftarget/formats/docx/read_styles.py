"""What the styles of a Word file say that changes what is read: hidden text, numbering, symbol fonts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lxml import etree

from perftarget.formats.docx.read_numbering import Setting
from perftarget.formats.docx.read_symbols import Fonts
from perftarget.formats.docx.read_xml import VAL, children, is_on, value, w

_MOST_BASES: Final = 20
"""A style is based on another; a circle of them must end."""
_HIDDEN: Final = frozenset(map(w, ("vanish", "specVanish")))
_FONTS: Final = w("rFonts")
_STYLE: Final = w("rStyle")
_SLOTS: Final = tuple(map(w, ("ascii", "hAnsi", "eastAsia", "cs")))
_NO_FONTS: Final = Fonts()


class Look(NamedTuple):
    """How a run is set; None and "" where nothing says it."""

    hidden: bool | None = None
    fonts: Fonts = _NO_FONTS

    def over(self, base: Look) -> Look:
        if self is _UNSAID:
            return base
        names = base.fonts
        if self.fonts is not _NO_FONTS:
            names = Fonts(*(near or far for near, far in zip(self.fonts, names, strict=True)))
        return Look(base.hidden if self.hidden is None else self.hidden, names)


_UNSAID: Final = Look()


class Style(NamedTuple):
    """What a style says, with those that it is based on."""

    look: Look = _UNSAID
    setting: Setting = Setting()


@dataclass
class Styles:
    """The styles by their identifiers; missing ones have no say."""

    _elements: dict[str, etree._Element] = field(default_factory=dict)
    _default: str = ""
    _read: dict[str, Style] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element | None) -> Styles:
        styles = cls()
        for style in root.iter(w("style")) if root is not None else ():
            name = style.get(w("styleId"), "")
            styles._elements.setdefault(name, style)
            if style.get(w("type")) == "paragraph" and style.get(w("default"), "") in {"1", "true", "on"}:
                styles._default = styles._default or name
        return styles

    def of_paragraph(self, name: str) -> Style:
        return self._style(name or self._default)

    def of_run(self, properties: etree._Element | None, paragraph: Look) -> Look:
        """What holds for a run: its own properties, its style's, its paragraph's style's."""
        if properties is None:
            return paragraph
        own, style = _look(properties)
        return own.over(self._style(style).look.over(paragraph) if style else paragraph)

    def _style(self, name: str) -> Style:
        if name not in self._read:
            found, base, passed = Style(), name, 0
            while (style := self._elements.get(base)) is not None and passed < _MOST_BASES:
                parts = children(style)
                look, _ = _look(parts.get(w("rPr"), ()))
                setting = Setting.of(children(parts.get(w("pPr"), ())).get(w("numPr")))
                found = Style(found.look.over(look), found.setting.over(setting))
                base, passed = value(style, "basedOn"), passed + 1
            self._read[name] = found
        return self._read[name]


def _look(properties: etree._Element | tuple[()]) -> tuple[Look, str]:
    """What the properties of a run say themselves, and the style that they name."""
    hidden, names, style = None, _NO_FONTS, ""
    for one in properties:
        if one.tag == _FONTS:
            found = [one.get(slot, "") for slot in _SLOTS]
            names = Fonts(*found) if any(found) else _NO_FONTS
        elif one.tag == _STYLE:
            style = one.get(VAL, "")
        elif one.tag in _HIDDEN:
            hidden = hidden or is_on(one)
    return (_UNSAID if hidden is None and names is _NO_FONTS else Look(hidden, names)), style
