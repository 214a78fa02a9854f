"""A slip of the pen in a line of YAML, and how one is looked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from perftarget.linter.rule import ReplaceText
from perftarget.text.source import Span


class Slip(NamedTuple):
    """A slip of the pen in one line; `changes` mend it, and `title` says how where they can be offered."""

    span: Span
    message: str
    title: str
    changes: tuple[ReplaceText, ...]


Look: TypeAlias = Callable[[str, int], "Slip | None"]
"""What may be wrong with a line, which begins at that offset of the text."""


def span_of(columns: tuple[int, int], start: int) -> Span:
    """Columns of a line that begins at `start`."""
    return Span(start + columns[0], start + columns[1])
