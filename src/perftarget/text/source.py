"""Source positions: path in the data, span of the text, and place for the user."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any, Final, NamedTuple, TypeAlias

Loc: TypeAlias = tuple[str | int, ...]
"""Keys and indexes from the root of a file to a value, or to the key itself if the last part is KEY."""

KEY: Final = -1
"""Marker for the key in a Loc; it cannot occur in a file, where keys are text and indexes count from 0."""


class Span(NamedTuple):
    """Half-open range of character offsets in a text, counted from 0."""

    start: int
    end: int


class Place(NamedTuple):
    """Span as shown to the user.

    Lines and columns count from 1, columns in characters; the end is the position after the last character. `label`
    replaces them in a file that is not YAML: 表1 第6行 第4列. `table` is the index of the table in its file, from 0.
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


CELL_SEPARATOR: Final = " ｜ "
"""Separator of the name and the text of a cell in `Source.shown_line`."""
_NAME: Final = "指标"
_VALUE: Final = "值"
_PARTS: Final = re.compile(r"^[{\[]|^- |\n|:(?: |$)")
"""Marks of a value of several parts, which a plain scalar written by a conversion never has."""
_NO_DETAIL: Final[Mapping[str, Any]] = {}


class Problem(NamedTuple):
    """Defect met by a reader; the rule named `rule` turns it into a finding with the values in `detail`."""

    rule: str
    at: Loc | Span
    detail: Mapping[str, Any] = _NO_DETAIL


@dataclass(frozen=True)
class Source:
    """Text of a file with the span and label of each value in it.

    `number` is the index of the table in its file, from 0.
    """

    path: str
    text: str
    spans: Mapping[Loc, Span] = field(default_factory=dict)
    labels: Mapping[Loc, str] = field(default_factory=dict)
    number: int = 0

    @property
    def is_form(self) -> bool:
        """True if the file is a Word, Excel or text file, whose values have labels; the text is then a conversion."""
        return bool(self.labels)

    def span(self, at: Loc | Span) -> Span:
        """Return the span of `at`, or of its nearest ancestor if the text has none for it."""
        if isinstance(at, Span):
            return at
        span = self.spans.get(at) or next(filter(None, map(self.spans.get, ancestors(at))), None)
        return self._trim(span) if span else Span(0, 0)

    def place(self, at: Loc | Span) -> Place:
        """Return the place of `at` for the user."""
        span = self.span(at)
        start, end = self.position(span.start), self.position(span.end)
        return Place(self.path, *start, *end, self._label(at), self.number)

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column, both from 1, of the character at `offset`."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def offset(self, line: int) -> int:
        """Return the offset of the first character of a line, counted from 1."""
        return self._line_starts[line - 1]

    def shown_line(self, at: Loc | Span) -> str:
        """Return what the user sees at `at`: the line of a YAML file, or the name and the text of a cell of a form."""
        if isinstance(at, Span) or not self.is_form:
            return self.line(self.position(self.span(at).start)[0])
        loc = next((loc for loc in ancestors(at) if loc in self.spans), ())
        base = loc[:-1] if loc[-1:] and loc[-1] in {KEY, _NAME, _VALUE} else loc
        name = self._scalar((*base, _NAME)) or self._scalar((*base, KEY))
        value = self._scalar((*base, _VALUE)) or self._scalar(base)
        return CELL_SEPARATOR.join(filter(None, (name, value)))

    def _scalar(self, loc: Loc) -> str:
        """Return the text at `loc` of a converted form, or "" if it has several parts or is not there."""
        if loc not in self.spans:
            return ""
        text = self.text[slice(*self.spans[loc])]
        if not text.startswith('"'):
            return "" if _PARTS.search(text) else text
        value, end = json.JSONDecoder().raw_decode(text)
        return str(value) if end == len(text) else ""

    @property
    def lines(self) -> int:
        """Number of lines, including the line after the last line ending, even if it is empty."""
        return len(self._line_starts)

    def line(self, number: int) -> str:
        """Return the text of a line, counted from 1, without its line ending."""
        end = self._line_starts[number] if number < len(self._line_starts) else len(self.text)
        return self.text[self._line_starts[number - 1] : end].rstrip("\r\n")

    @cached_property
    def _line_starts(self) -> list[int]:
        """Offsets of the first character of each line."""
        if "\r" in self.text:
            return [0, *(ending.end() for ending in re.finditer(r"\r\n?|\n", self.text))]
        lengths = map(len, self.text.split("\n")[:-1])  # four times faster than the regular expression
        return [0, *accumulate(length + 1 for length in lengths)]

    def _trim(self, span: Span) -> Span:
        """Return the span without trailing white space, which YAML includes in a block mapping."""
        if not self.text[span.end - 1 : span.end].isspace():
            return span
        return Span(span.start, span.start + len(self.text[span.start : span.end].rstrip()))

    def _label(self, at: Loc | Span) -> str | None:
        """Return the label of `at` or of its nearest ancestor that has one."""
        if not self.labels or isinstance(at, Span):
            return None
        return next((self.labels[loc] for loc in ancestors(at) if loc in self.labels), None)


def ancestors(loc: Loc) -> Iterator[Loc]:
    """Yield `loc` and then its parents up to the root, the key of each parent before its value."""
    yield loc
    if loc and loc[-1] == KEY:
        loc = loc[:-1]
        yield loc
    while loc:
        loc = loc[:-1]
        yield (*loc, KEY)
        yield loc
