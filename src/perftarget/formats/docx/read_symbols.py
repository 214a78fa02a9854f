"""Decode the private code points of symbol fonts to Unicode: U+F0B3 in the font Symbol is ≥."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

_Table = dict[int, str]

_PRIVATE_USE: Final = 0xF000
_ALPHABET: Final = dict(
    zip(
        range(0x41, 0x5B),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
        strict=True,
    )
) | dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SYMBOL: Final = {
    code: char
    for start, chars in (
        (0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅"),
        (0x5B, "[∴]⊥_"),
        (0x7B, "{|}∼"),
        (0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂·÷≠≡≈…"),
        (0xC0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√·¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"),
        (0xF1, "〉∫"),
    )
    for code, char in enumerate(chars, start)
} | _ALPHABET
_CIRCLED: Final = "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"
_WINGDINGS: Final = {
    0x20: " ",
    0x28: "☎",
    0x2A: "✉",
    0x36: "⌛",
    0x46: "☞",
    0x4A: "☺",
    0x6C: "●",
    0x6D: "❍",
    0x6E: "■",
    0x6F: "□",
    0x70: "□",
    0x71: "❑",
    0x72: "❒",
    0x74: "⧫",
    0x75: "◆",
    0x76: "❖",
    0x77: "⬥",
    0xA7: "▪",
    0xA8: "☐",
    0xAB: "★",
    0x9E: "·",
    0x9F: "•",
    0xA1: "○",
    0xA4: "◉",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
    **{0x80 + index: char for index, char in enumerate(_CIRCLED)},
}
_WINGDINGS_2: Final = {
    0x20: " ",
    0x4F: "✗",
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0x97: "●",
    0x98: "●",
    0xA3: "☐",
    0x30: "☐",
    0x2A: "☐",
    0x99: "○",
    0x9A: "○",
    0xA2: "■",
    0xAE: "◆",
    **{0x69 + index: char for index, char in enumerate(_CIRCLED)},
}
_WINGDINGS_3: Final = {0x20: " ", 0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓", 0x70: "▲", 0x71: "▼", 0x75: "▶"}
_WEBDINGS: Final = {0x20: " ", 0x61: "✓", 0x63: "☐", 0x67: "■", 0x6E: "●", 0x72: "✗"}
_FONTS: Final = {
    "symbol": _SYMBOL,
    "symbol mt": _SYMBOL,
    "standard symbols ps": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}


class Fonts(NamedTuple):
    """The font names of a run, for each kind of character."""

    ascii: str = ""
    latin: str = ""
    east_asian: str = ""
    complex: str = ""


class _SymbolTables(NamedTuple):
    """The tables that apply to code points below 128, below 256, and in the private use area."""

    low: _Table
    high: _Table
    private: _Table


def decode_symbols(text: str, fonts: Fonts) -> str:
    """Return the text as displayed in these fonts; characters that are in no table are kept."""
    tables = _symbol_tables(fonts)
    return "".join(_decode(char, tables) for char in text) if tables else text


@lru_cache(maxsize=256)
def _symbol_tables(fonts: Fonts) -> _SymbolTables | None:
    """Return the tables for these fonts, or None if none of them is a symbol font."""
    tables = [_FONTS.get(name.strip().lower(), {}) for name in fonts]
    if not any(tables):
        return None
    low, high = tables[:2]
    return _SymbolTables(low, high, high or next(filter(None, tables)))


def _decode(char: str, tables: _SymbolTables) -> str:
    """Return the Unicode character for a character of a symbol font."""
    code = ord(char)
    if _PRIVATE_USE < code <= _PRIVATE_USE + 0xFF:
        return tables.private.get(code - _PRIVATE_USE, char)
    return (tables.low if code <= 0x7F else tables.high).get(code, char)
