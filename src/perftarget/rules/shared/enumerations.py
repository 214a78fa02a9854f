"""The parts of an enumeration: a、b和c; shared by the rules on names and goals that list things."""

from __future__ import annotations

import re
from typing import Final

_JOINS: Final = re.compile("[、/及与和]")
_BRACKETED: Final = re.compile(r"[（(\[【][^（）()\[\]【】]{0,40}[）)\]】]")
# 普及, 惠及, 及时, 参与, 和谐 join nothing.
_JOINED: Final = re.compile(
    "以及|[、/]|(?<![普惠涉波顾遍触以])及(?![时格早其])|(?<![参给赋])与|(?<![饱温缓总共])和(?![谐平解睦])"
)


def may_list(text: str) -> bool:
    """Whether anything in the text could join two parts."""
    return _JOINS.search(text) is not None


def without_brackets(text: str) -> str:
    return _BRACKETED.sub("", text)


def parts(text: str) -> list[str]:
    """What the text lists, without remarks in brackets and without 等 at the end."""
    text = without_brackets(text).strip().removesuffix("等")
    found = _JOINED.split(text) if may_list(text) else [text]
    return [part for part in map(str.strip, found) if part]
