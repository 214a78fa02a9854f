"""Bytes to text: UTF-8 with or without a BOM; UTF-16 and GB18030 are recognised and named."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from perftarget.text.source import Problem, Span

_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
NAMES: Final = {"gb18030": "GB18030", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-8": "UTF-8"}


class Decoded(NamedTuple):
    """A text and the encoding that it was in, by Python's name."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded | None:
    """None where the bytes are no text: a Word file, a picture, a damaged file."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding)
    if text := _strict(data, "utf-8"):
        return text if b"\0" not in data else None
    # Any odd bytes may happen to be GB18030; a text has no control characters.
    guess = _strict(data, "gb18030")
    return guess if guess and not _CONTROL.search(guess.text) else None


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def encoding_problems(decoded: Decoded) -> list[Problem]:
    """Another encoding than UTF-8, or line ends of several kinds."""
    if decoded.encoding != "utf-8":
        return [Problem("encoding", Span(0, 0), {"encoding": decoded.encoding})]
    if "\r" not in decoded.text:
        return []
    crlf = decoded.text.count("\r\n")
    ends = {"CRLF": crlf, "LF": decoded.text.count("\n") - crlf, "CR": decoded.text.count("\r") - crlf}
    mixed = {name: count for name, count in ends.items() if count}
    return [Problem("encoding", Span(0, 0), {"ends": mixed})] if len(mixed) > 1 else []
