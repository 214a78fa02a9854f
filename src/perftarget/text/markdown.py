"""Escaping of table text for Markdown."""

from __future__ import annotations

import re
from typing import Final

from perftarget.text.control_characters import escape_controls, escape_invisible

_RISKY: Final = re.compile(
    r"(?i)(?P<sign>[\\`*_\[\]{}|~$])|(?P<link>[&<>]|(?<=www)\.|:(?=//)|(?<=mailto):|(?<=xmpp):)|(?P<name>@|#(?=[0-9]))"
)
_BLOCK: Final = re.compile(r"\A(?:[-+=#]|[0-9]{1,9}[.)])")
_JOINER: Final = "&#8288;"
"""WORD JOINER: it is invisible, and ends the name of a user or the number of an issue before it begins."""


def escape_markdown(text: str) -> str:
    """Return the text on one line, escaped so that it renders as plain text.

    No markup, link, mention, issue reference, formula or list can result.
    """
    return _escape_markup(escape_invisible(text))


def escape_page_markdown(text: str) -> str:
    """Return the text escaped like `escape_markdown`, except that characters of zero width stay as written."""
    return _escape_markup(escape_controls(text))


def _escape_markup(text: str) -> str:
    shown = _RISKY.sub(_escape_match, text)
    return _BLOCK.sub(lambda match: f"{match[0][:-1]}\\{match[0][-1]}", shown)


def _escape_match(match: re.Match[str]) -> str:
    if match["sign"]:
        return f"\\{match[0]}"
    return f"&#{ord(match[0])};" if match["link"] else match[0] + _JOINER


def inline_code(text: str) -> str:
    """Return the text as a code span, with a fence longer than any run of backticks in it."""
    shown = escape_invisible(text) or " "
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    pad = " " if "`" in shown else ""
    return f"{fence}{pad}{shown}{pad}{fence}"
