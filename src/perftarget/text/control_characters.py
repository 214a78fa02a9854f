"""Characters that a terminal obeys or that are invisible, and those that no text of a table may contain."""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def escape_invisible(text: str) -> str:
    """Return the text on one line, with control and invisible characters replaced by their codes.

    A tab or line feed becomes a space.
    """
    return _HIDDEN.sub(lambda match: " " if match[0] in "\t\n" else f"\\u{ord(match[0]):04x}", text)


def find_control_character(text: str) -> re.Match[str] | None:
    """Return the first control character, lone surrogate or noncharacter in the text, or None.

    A tab, a line feed and a carriage return are allowed. The linter reports what this function finds, and the writers
    of Word and Excel files refuse it; XML cannot hold most of these characters.
    """
    return _CONTROL.search(text)


def character_code(character: str) -> str:
    """Return the code of a character, such as U+0007."""
    return f"U+{ord(character):04X}"
