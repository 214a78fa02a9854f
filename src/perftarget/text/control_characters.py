"""Characters that a terminal obeys or that are invisible, and those that no text of a table may contain."""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


_NOT_ON_PAGES = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
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
    return _NOT_ON_PAGES.sub(_code, text)


def _code(match: re.Match[str]) -> str:
    return " " if match[0] in "\t\n" else f"\\u{ord(match[0]):04x}"


def find_control_character(text: str) -> re.Match[str] | None:
    """Return the first control character, lone surrogate or noncharacter in the text, or None.

    A tab, a line feed and a carriage return are allowed. The linter reports what this function finds, and the writers
    of Word and Excel files refuse it; XML cannot hold most of these characters.
    """
    return _CONTROL.search(text)


def character_code(character: str) -> str:
    """Return the code of a character, such as U+0007."""
    return f"U+{ord(character):04X}"
