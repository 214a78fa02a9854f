"""Where a value was written: a path into the data, a span of the text, a place that a person can find."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any, Final, NamedTuple, TypeAlias

Loc: TypeAlias = tuple[str | int, ...]
"""The keys and indexes that lead from the root of a file to a value; with KEY as its last part, to the key itself."""

KEY: Final = -1
"""What no file has: its keys are texts, even "\\0", and its indexes count from 0."""


class Span(NamedTuple):
    """Characters `start` up to, not including, `end` of a text; both count characters from 0."""

    start: int
    end: int


class Place(NamedTuple):
    """A span as a person finds it: lines and columns from 1, columns in characters, the end after the last one.

    `label` stands in for them where the text is not the author's own file: 表1 第6行 第4列. `table` is which of the
    file's tables it is in, from 0.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    label: str | None = None
    table: int = 0

    def __str__(self) -> str:
        return f"{self.path} {self.label}" if self.label else f"{self.path}:{self.line}:{self.column}"


_NOTHING: Final[Mapping[str, Any]] = {}


class Problem(NamedTuple):
    """What a reader stumbled over; the rule of that name says it to the user."""

    rule: str
    at: Loc | Span
    detail: Mapping[str, Any] = _NOTHING


@dataclass(frozen=True)
class Source:
    """A text, where it came from, and where in it each value stands."""

    path: str
    text: str
    spans: Mapping[Loc, Span] = field(default_factory=dict)
    labels: Mapping[Loc, str] = field(default_factory=dict)
    number: int = 0  # which of the file's tables it is, from 0

    def span(self, at: Loc | Span) -> Span:
        """The span of `at`, or of what is nearest to it: a key that is absent is looked for in its parent."""
        if isinstance(at, Span):
            return at
        span = self.spans.get(at) or next(filter(None, map(self.spans.get, ancestors(at))), None)
        return self._trimmed(span) if span else Span(0, 0)

    def place(self, at: Loc | Span) -> Place:
        span = self.span(at)
        start, end = self.position(span.start), self.position(span.end)
        return Place(self.path, *start, *end, self._label(at), self.number)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of the character at `offset`."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int) -> int:
        """Where the line of that number begins."""
        return self._starts[line - 1]

    @property
    def lines(self) -> int:
        """How many there are; after the last line end there is one more, if only a blank one."""
        return len(self._starts)

    def line(self, number: int) -> str:
        """The line of that number, without its end."""
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[self._starts[number - 1] : end].rstrip("\r\n")

    @cached_property
    def _starts(self) -> list[int]:
        if "\r" in self.text:
            return [0, *(end.end() for end in re.finditer(r"\r\n?|\n", self.text))]
        lengths = map(len, self.text.split("\n")[:-1])  # a quarter of the time
        return [0, *accumulate(length + 1 for length in lengths)]

    def _trimmed(self, span: Span) -> Span:
        """A block mapping ends for YAML where the next one begins; for a reader it ends with its last word."""
        if not self.text[span.end - 1 : span.end].isspace():
            return span
        return Span(span.start, span.start + len(self.text[span.start : span.end].rstrip()))

    def _label(self, at: Loc | Span) -> str | None:
        if not self.labels or isinstance(at, Span):
            return None
        return next((self.labels[loc] for loc in ancestors(at) if loc in self.labels), None)


def ancestors(loc: Loc) -> Iterator[Loc]:
    """`loc`, then where to look when nothing stands there: its parents, each with its key first; last the root."""
    yield loc
    if loc and loc[-1] == KEY:
        loc = loc[:-1]
        yield loc
    while loc:
        loc = loc[:-1]
        yield (*loc, KEY)
        yield loc
