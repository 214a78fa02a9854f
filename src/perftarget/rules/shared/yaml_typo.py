"""A typing error in a line of YAML and the interface of its detectors."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from perftarget.linter.rule import ReplaceText
from perftarget.text.source import Span


class YamlTypo(NamedTuple):
    """A typing error in a line of YAML.

    `changes` correct it; `title` is the title of the fix, or "" if the changes are not offered as a fix.
    """

    span: Span
    message: str
    title: str
    changes: tuple[ReplaceText, ...]


Detector: TypeAlias = Callable[[str, int], "YamlTypo | None"]
"""A function that detects a typing error in a line, given the line and its offset in the text."""


def span_of(columns: tuple[int, int], start: int) -> Span:
    """Return the span of columns of a line with the offset `start`."""
    return Span(start + columns[0], start + columns[1])
