"""Characters that a terminal obeys or that are invisible."""

from __future__ import annotations

import re

_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""The characters of _HIDDEN without those of zero width, which only allow or forbid a line break."""


def escape_invisible(text: str) -> str:
    """Return the text on one line, with control and invisible characters replaced by their codes.

    A tab or line feed becomes a space.
    """
    return _HIDDEN.sub(_code, text)


def escape_controls(text: str) -> str:
    """Return the text on one line for a page of the table: characters of zero width stay as they were written.

    Control characters and marks of direction are replaced by their codes, a tab or line feed by a space.
    """
    return _CONTROL.sub(_code, text)


def _code(match: re.Match[str]) -> str:
    return " " if match[0] in "\t\n" else f"\\u{ord(match[0]):04x}"
