"""Changes to a text, character by character."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from perftarget.text.source import Span


class Edit(NamedTuple):
    """Write `text` in place of the characters of `span`."""

    span: Span
    text: str


def apply_edits(edits: Iterable[Edit], text: str) -> str:
    """`text` with the edits made. Of edits that overlap only the first is made; the next run offers the others."""
    parts = []
    done = 0
    for span, new in sorted(set(edits)):
        if span.start >= done:
            parts += [text[done : span.start], new]
            done = span.end
    return "".join([*parts, text[done:]])
