"""Serialisation of text as a YAML scalar."""

from __future__ import annotations

import json
import re
from typing import Final

_PLAIN: Final = re.compile(
    r"""
    (?! [-?:](?:\s|$) | [,\[\]{}\#&*!|>'"%@`\s] | ---(?:\s|$) | \.\.\.(?:\s|$) )  # forbidden at the start
    (?: [^:\#\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff] | :(?!\s|$) | (?<!\s)\# )+
    (?<!\s)
    """,
    re.VERBOSE,
)
_FLOW: Final = re.compile(r"[,\[\]{}:?]|^-")
_INVISIBLE: Final = re.compile(r"[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]")


def scalar(text: str, *, flow: bool = False, quote: str = "") -> str:
    """Return the text as a scalar on one line that loads as the same text.

    The scalar is plain if YAML allows it, else in double quotes. `flow` is True for a scalar inside {} or []; `quote`
    is the quotation mark that the author used, which is kept if possible.
    """
    if quote == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if not quote and _PLAIN.fullmatch(text) and not (flow and _FLOW.search(text)):
        return text
    return _INVISIBLE.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
