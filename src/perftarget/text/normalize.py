"""Text as typed in a table brought to one form: look-alike characters folded, numerals read."""

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar
from unicodedata import normalize

# NFKC is no help here: it leaves ≧ ⩾ ≦ ⩽ alone and breaks ㎡ ² …, so every pair is written down.
_PAIRS = {
    "%": "％﹪",
    ">": "＞﹥›",
    "<": "＜﹤‹",
    "=": "＝﹦═",
    "≥": "≧⩾≽",
    "≤": "≦⩽≼",
    "-": "－−﹣‐‑",
    "+": "＋",
    ".": "．",
    "/": "／∕⁄",
    "~": "～〜∼",
    "·": "•・⋅∙‧･",
    "*": "＊",
    "_": "＿",
    "×": "✕✖╳",
    " ": "\t\x1f\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    "\n": "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029",
}
# Characters without a shape of their own: zero-width spaces, joiners, marks of direction, soft hyphens.
_INVISIBLE = (
    "\xad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
_FULL_WIDTH = (
    *range(ord("０"), ord("９") + 1),
    *range(ord("Ａ"), ord("Ｚ") + 1),
    *range(ord("ａ"), ord("ｚ") + 1),
)

# Radicals look like characters, and come out of PDF files in their place. Unicode knows what the Kangxi radicals and
# the compatibility ideographs stand for; of the other radicals it does not say.
_RADICALS = {
    **{code: normalize("NFKC", chr(code)) for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00))},
    **dict(
        zip(
            map(ord, "⺟⺠⺾⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳"),
            "母民艹西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
            strict=True,
        )
    ),
}

FOLDS: dict[int, str | None] = {
    **{wide: chr(wide - 0xFEE0) for wide in _FULL_WIDTH},
    **{ord(other): plain for plain, others in _PAIRS.items() for other in others},
    **dict.fromkeys(map(ord, _INVISIBLE)),
    **{code: plain for code, plain in _RADICALS.items() if chr(code) != plain},
}

_FOLDED = re.compile(f"[{re.escape(''.join(map(chr, FOLDS)))}]")
_LOOSE_SPACE = re.compile(r" (?![0-9])|(?<![0-9]) ")


_Answer = TypeVar("_Answer")
_Other = TypeVar("_Other")
_SHORT = 200


def cached_by_text(function: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """The function with its last answers kept: many rules ask the same of a name. A long text is not kept."""
    cached = lru_cache(maxsize=4096)(function)

    @wraps(function)
    def answer(text: str) -> _Answer:
        return cached(text) if len(text) <= _SHORT else function(text)

    return answer


def cached_by_text_and_profile(function: Callable[[str, _Other], _Answer]) -> Callable[[str, _Other], _Answer]:
    """Likewise, of what is asked about a text by a profile: names come back table after table."""
    cached = lru_cache(maxsize=4096)(function)

    def answer(text: str, other: _Other) -> _Answer:
        return cached(text, other) if len(text) <= _SHORT else function(text, other)

    return answer


def split_words(words: str) -> tuple[str, ...]:
    """A list of words, written as a line of them."""
    return tuple(words.split())


def fold(text: str) -> str:
    """The text with look-alike characters made one; never longer, and folding twice changes nothing."""
    return text.translate(FOLDS) if _FOLDED.search(text) else text


def compact(text: str) -> str:
    """Folded text without white space, save one space between two digits: `1 2` is not twelve."""
    if " " not in text and "\n" not in text:
        return text
    return _LOOSE_SPACE.sub("", " ".join(text.split()))


_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def escape_invisible(text: str) -> str:
    """Characters that a terminal obeys, or that nobody sees, by their code; a tab or line feed as one space."""
    return _HIDDEN.sub(lambda found: " " if found[0] in "\t\n" else f"\\u{ord(found[0]):04x}", text)
