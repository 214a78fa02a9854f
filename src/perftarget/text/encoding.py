"""Detection and decoding of UTF-8 (with or without a BOM), UTF-16 and GB18030."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from perftarget.text.source import Problem, Span

_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
ENCODING_NAMES: Final = {"gb18030": "GB18030", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-8": "UTF-8"}


class DecodedText(NamedTuple):
    """Decoded text with the Python name of its encoding."""

    text: str
    encoding: str


def decode(data: bytes) -> DecodedText | None:
    """Return the decoded text, or None if the bytes are not text: a Word file, a picture, a damaged file."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_strictly(data[len(bom) :], encoding)
    if decoded := _decode_strictly(data, "utf-8"):
        return decoded if b"\0" not in data else None
    # Arbitrary bytes are often valid GB18030, but text has no control characters.
    guess = _decode_strictly(data, "gb18030")
    return guess if guess and not _CONTROL.search(guess.text) else None


def _decode_strictly(data: bytes, encoding: str) -> DecodedText | None:
    """Return the text in this encoding, or None if a byte is invalid."""
    try:
        return DecodedText(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def encoding_problems(decoded: DecodedText) -> list[Problem]:
    """Return a problem if the encoding is not UTF-8 or the line endings are mixed."""
    if decoded.encoding != "utf-8":
        return [Problem("encoding", Span(0, 0), {"encoding": decoded.encoding})]
    if "\r" not in decoded.text:
        return []
    crlf = decoded.text.count("\r\n")
    counts = {"CRLF": crlf, "LF": decoded.text.count("\n") - crlf, "CR": decoded.text.count("\r") - crlf}
    endings = {name: count for name, count in counts.items() if count}
    return [Problem("encoding", Span(0, 0), {"ends": endings})] if len(endings) > 1 else []
