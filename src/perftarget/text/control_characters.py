"""Characters that a terminal obeys or that are invisible."""

from __future__ import annotations

import re

_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def escape_invisible(text: str) -> str:
    """Return the text on one line, with control and invisible characters replaced by their codes.

    A tab or line feed becomes a space.
    """
    return _HIDDEN.sub(lambda match: " " if match[0] in "\t\n" else f"\\u{ord(match[0]):04x}", text)
