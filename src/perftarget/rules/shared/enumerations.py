"""Splitting of enumerations such as a、b和c in names and goals."""

from __future__ import annotations

import re
from typing import Final

_JOINS: Final = re.compile("[、/及与和]")
_BRACKETED: Final = re.compile(r"[（(\[【][^（）()\[\]【】]{0,40}[）)\]】]")
# The look-arounds exclude words such as 普及, 惠及, 及时, 参与 and 和谐, in which the character is no conjunction.
_JOINED: Final = re.compile(
    "以及|[、/]|(?<![普惠涉波顾遍触以])及(?![时格早其])|(?<![参给赋])与|(?<![饱温缓总共])和(?![谐平解睦])"
)


def may_list(text: str) -> bool:
    """Return True if the text has a character that may join two parts; a quick check before `split_parts`."""
    return _JOINS.search(text) is not None


def without_brackets(text: str) -> str:
    """Remove remarks in brackets."""
    return _BRACKETED.sub("", text)


def split_parts(text: str) -> list[str]:
    """Return the parts of an enumeration, without remarks in brackets and without 等 at the end."""
    text = without_brackets(text).strip().removesuffix("等")
    parts = _JOINED.split(text) if may_list(text) else [text]
    return [part for part in map(str.strip, parts) if part]
