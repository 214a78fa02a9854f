"""Style properties of a Word file that affect the text: hidden and struck-out text, numbering and symbol fonts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lxml import etree

from perftarget.formats.docx.read_numbering import NumberingProperties
from perftarget.formats.docx.read_symbols import Fonts
from perftarget.formats.docx.read_xml import VAL, child_value, children_by_tag, is_on, w

_MAX_BASES: Final = 20
"""Styles in a chain of base styles, so that a cycle ends."""
_HIDDEN: Final = frozenset(map(w, ("vanish", "specVanish")))
_STRUCK, _DOUBLE_STRUCK = map(w, ("strike", "dstrike"))
_FONTS: Final = w("rFonts")
_STYLE: Final = w("rStyle")
_FONT_SLOTS: Final = tuple(map(w, ("ascii", "hAnsi", "eastAsia", "cs")))
_NO_FONTS: Final = Fonts()


class RunFormat(NamedTuple):
    """The format of a run; None and "" stand for properties that are not set."""

    hidden: bool | None = None
    fonts: Fonts = _NO_FONTS
    struck: bool | None = None
    double_struck: bool | None = None

    @property
    def is_struck(self) -> bool:
        """True if the text is struck out with one line or two, which are separate properties."""
        return bool(self.struck or self.double_struck)

    def over(self, base: RunFormat) -> RunFormat:
        """Return this format with the properties of `base` where this one does not set them."""
        if self is _UNSET:
            return base
        fonts = base.fonts
        if self.fonts is not _NO_FONTS:
            fonts = Fonts(*(own or inherited for own, inherited in zip(self.fonts, fonts, strict=True)))
        return RunFormat(
            base.hidden if self.hidden is None else self.hidden,
            fonts,
            base.struck if self.struck is None else self.struck,
            base.double_struck if self.double_struck is None else self.double_struck,
        )


_UNSET: Final = RunFormat()


class Style(NamedTuple):
    """The properties of a style, including those inherited from its base styles."""

    run_format: RunFormat = _UNSET
    numbering: NumberingProperties = NumberingProperties()


@dataclass
class Styles:
    """The styles of a file by identifier; a missing style sets no properties."""

    _elements: dict[str, etree._Element] = field(default_factory=dict)
    _default: str = ""
    _resolved: dict[str, Style] = field(default_factory=dict)

    @classmethod
    def from_xml(cls, root: etree._Element | None) -> Styles:
        """Return the styles of a styles part, or no styles if there is no such part."""
        styles = cls()
        for element in root.iter(w("style")) if root is not None else ():
            name = element.get(w("styleId"), "")
            styles._elements.setdefault(name, element)
            if element.get(w("type")) == "paragraph" and element.get(w("default"), "") in {"1", "true", "on"}:
                styles._default = styles._default or name
        return styles

    def paragraph_style(self, name: str) -> Style:
        """Return the paragraph style of that name, or the default one for ""."""
        return self._resolve(name or self._default)

    def run_format(self, properties: etree._Element | None, paragraph: RunFormat) -> RunFormat:
        """Return the format of a run: its own properties over those of its style over those of its paragraph."""
        if properties is None:
            return paragraph
        own, style_name = _parse_run_properties(properties)
        return own.over(self._resolve(style_name).run_format.over(paragraph) if style_name else paragraph)

    def _resolve(self, name: str) -> Style:
        """Return the style of that name, merged with its base styles."""
        if name not in self._resolved:
            resolved, base, depth = Style(), name, 0
            while (element := self._elements.get(base)) is not None and depth < _MAX_BASES:
                parts = children_by_tag(element)
                run_format, _ = _parse_run_properties(parts.get(w("rPr"), ()))
                numbering = NumberingProperties.from_xml(children_by_tag(parts.get(w("pPr"), ())).get(w("numPr")))
                resolved = Style(resolved.run_format.over(run_format), resolved.numbering.over(numbering))
                base, depth = child_value(element, "basedOn"), depth + 1
            self._resolved[name] = resolved
        return self._resolved[name]


def _parse_run_properties(properties: etree._Element | tuple[()]) -> tuple[RunFormat, str]:
    """Return the format that run properties set themselves, and the name of the style that they refer to."""
    hidden, struck, double_struck, fonts, style_name = None, None, None, _NO_FONTS, ""
    for element in properties:
        if element.tag == _FONTS:
            names = [element.get(slot, "") for slot in _FONT_SLOTS]
            fonts = Fonts(*names) if any(names) else _NO_FONTS
        elif element.tag == _STYLE:
            style_name = element.get(VAL, "")
        elif element.tag in _HIDDEN:
            hidden = hidden or is_on(element)
        elif element.tag == _STRUCK:
            struck = is_on(element)
        elif element.tag == _DOUBLE_STRUCK:
            double_struck = is_on(element)
    is_unset = hidden is None and struck is None and double_struck is None and fonts is _NO_FONTS
    return (_UNSET if is_unset else RunFormat(hidden, fonts, struck, double_struck)), style_name
