"""Text edits by character offset."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from perftarget.text.source import Span


class Edit(NamedTuple):
    """Replacement of the characters of `span` by `text`."""

    span: Span
    text: str


def apply_edits(edits: Iterable[Edit], text: str) -> str:
    """Return `text` with the edits applied.

    Of overlapping edits only the first is applied; the next run offers the others again.
    """
    parts = []
    end = 0
    for span, replacement in sorted(set(edits)):
        if span.start >= end:
            parts += [text[end : span.start], replacement]
            end = span.end
    return "".join([*parts, text[end:]])
