"""A text as a YAML scalar that reads back as the same text."""

from __future__ import annotations

import json
import re
from typing import Final

_PLAIN: Final = re.compile(
    r"""
    (?! [-?:](?:\s|$) | [,\[\]{}\#&*!|>'"%@`\s] | ---(?:\s|$) | \.\.\.(?:\s|$) )  # what a scalar may not begin with
    (?: [^:\#\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff] | :(?!\s|$) | (?<!\s)\# )+
    (?<!\s)
    """,
    re.VERBOSE,
)
_FLOW: Final = re.compile(r"[,\[\]{}:?]|^-")
_INVISIBLE: Final = re.compile(r"[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]")


def scalar(text: str, *, flow: bool = False, quote: str = "") -> str:
    """Plain where YAML allows it, else in double quotes, on one line.

    `flow` says that the scalar stands inside {} or []; `quote` asks for the quotes that the author used.
    """
    if quote == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if not quote and _PLAIN.fullmatch(text) and not (flow and _FLOW.search(text)):
        return text
    return _INVISIBLE.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
