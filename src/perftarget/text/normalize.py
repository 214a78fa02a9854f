"""Normalisation of typed text: folding of look-alike characters, compaction of white space."""

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar
from unicodedata import normalize

# NFKC is not usable: it keeps ≧ ⩾ ≦ ⩽ and changes ㎡ and ², so that the pairs are listed here.
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
# Invisible characters: zero-width spaces, joiners, marks of direction, soft hyphens.
_INVISIBLE = (
    "\xad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
_FULL_WIDTH = (
    *range(ord("０"), ord("９") + 1),
    *range(ord("Ａ"), ord("Ｚ") + 1),
    *range(ord("ａ"), ord("ｚ") + 1),
)

# Text copied from a PDF file often has radicals in place of the characters that look like them. Unicode maps the Kangxi
# radicals and the compatibility ideographs to characters; the other radicals have no mapping and are listed here.
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

_Result = TypeVar("_Result")
_Argument = TypeVar("_Argument")
_MAX_CACHED_LENGTH = 200


def cached_by_text(function: Callable[[str], _Result]) -> Callable[[str], _Result]:
    """Cache the results of a function of one text; results for long texts are not kept.

    Many rules evaluate the same function on the same name.
    """
    cached = lru_cache(maxsize=4096)(function)

    @wraps(function)
    def wrapper(text: str) -> _Result:
        return cached(text) if len(text) <= _MAX_CACHED_LENGTH else function(text)

    return wrapper


def cached_by_text_and_profile(function: Callable[[str, _Argument], _Result]) -> Callable[[str, _Argument], _Result]:
    """Cache the results of a function of a text and a profile; results for long texts are not kept."""
    cached = lru_cache(maxsize=4096)(function)

    def wrapper(text: str, argument: _Argument) -> _Result:
        return cached(text, argument) if len(text) <= _MAX_CACHED_LENGTH else function(text, argument)

    return wrapper


def split_words(words: str) -> tuple[str, ...]:
    """Return the words of a text that are separated by white space."""
    return tuple(words.split())


def fold(text: str) -> str:
    """Return the text with each look-alike character replaced by its plain form.

    The result is never longer than the text, and folding it again does not change it.
    """
    return text.translate(FOLDS) if _FOLDED.search(text) else text


def compact(text: str) -> str:
    """Return folded text without white space, except for one space between two digits: `1 2` is not twelve."""
    if " " not in text and "\n" not in text:
        return text
    return _LOOSE_SPACE.sub("", " ".join(text.split()))
