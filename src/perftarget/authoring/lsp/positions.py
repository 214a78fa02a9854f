"""Conversion between offsets in a text and the positions of an editor, which count from 0 in encoded units."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from perftarget.text.source import Place, Source, Span

Encoding: TypeAlias = Literal["utf-8", "utf-16", "utf-32"]


class Position(NamedTuple):
    """A line and a column, both from 0, the column in units of the encoding."""

    line: int
    column: int


class Range(NamedTuple):
    """The positions of the start and of the end of a span."""

    start: Position
    end: Position


class PositionMapper(NamedTuple):
    """A mapper between the offsets in a source and positions in the encoding of an editor."""

    source: Source
    encoding: Encoding

    def range(self, span: Span) -> Range:
        """Return the range of a span."""
        return Range(self._position(span.start), self._position(span.end))

    def offset(self, position: Position) -> int:
        """Return the offset of a position; a column beyond the end of the line is the end of the line."""
        if position.line >= self.source.lines:
            return len(self.source.text)
        remaining = position.column
        start = self.source.offset(position.line + 1)
        for index, character in enumerate(self.source.line(position.line + 1)):
            if remaining <= 0:
                return start + index
            remaining -= encoded_length(character, self.encoding)
        return start + len(self.source.line(position.line + 1))

    def _position(self, offset: int) -> Position:
        line, column = self.source.position(offset)
        return Position(line - 1, encoded_length(self.source.line(line)[: column - 1], self.encoding))


def external_range(place: Place, line: str, encoding: Encoding) -> Range:
    """Return the range of a place in a text of which only the first `line` of the place is known."""
    start = Position(place.line - 1, encoded_length(line[: place.column - 1], encoding))
    is_one_line = place.end_line == place.line
    end = encoded_length(line[: place.end_column - 1], encoding) if is_one_line else place.end_column - 1
    return Range(start, Position(place.end_line - 1, end))


def encoded_length(text: str, encoding: Encoding) -> int:
    """Return the length of a text in units of the encoding."""
    if encoding == "utf-32":
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "replace"))
    return len(text) + sum(character > "\uffff" for character in text)
