"""Text of a table in Markdown: it stays text, whatever it holds."""

from __future__ import annotations

import re
from typing import Final

from perftarget.text.normalize import escape_invisible

_RISKY: Final = re.compile(
    r"(?i)(?P<sign>[\\`*_\[\]{}|~$])|(?P<link>[&<>]|(?<=www)\.|:(?=//)|(?<=mailto):|(?<=xmpp):)|(?P<name>@|#(?=[0-9]))"
)
_BLOCK: Final = re.compile(r"\A(?:[-+=#]|[0-9]{1,9}[.)])")
_JOINER: Final = "&#8288;"  # nothing to see, and no name of a user or number of an issue goes on behind it


def escape_markdown(text: str) -> str:
    """The text in one line, as Markdown shows it: no markup, link, mention, formula or list comes of it."""
    shown = _RISKY.sub(_harmless, escape_invisible(text))
    return _BLOCK.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", shown)


def _harmless(found: re.Match[str]) -> str:
    if found["sign"]:
        return f"\\{found[0]}"
    return f"&#{ord(found[0])};" if found["link"] else found[0] + _JOINER


def inline_code(text: str) -> str:
    """The text as a code span."""
    shown = escape_invisible(text) or " "
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    pad = " " if "`" in shown else ""
    return f"{fence}{pad}{shown}{pad}{fence}"
