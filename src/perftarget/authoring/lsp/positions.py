"""Characters to what an editor counts: lines and columns from 0, columns in the units that it has asked for."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from perftarget.text.source import Place, Source, Span

Encoding: TypeAlias = Literal["utf-8", "utf-16", "utf-32"]


class Position(NamedTuple):
    line: int
    column: int


class Range(NamedTuple):
    start: Position
    end: Position


class PositionMapper(NamedTuple):
    """One text and the units that an editor counts its columns in."""

    source: Source
    encoding: Encoding

    def range(self, span: Span) -> Range:
        return Range(self._position(span.start), self._position(span.end))

    def offset(self, position: Position) -> int:
        """The character that the editor means; the end of the line where it has fewer."""
        if position.line >= self.source.lines:
            return len(self.source.text)
        left = position.column
        start = self.source.offset(position.line + 1)
        for index, character in enumerate(self.source.line(position.line + 1)):
            if left <= 0:
                return start + index
            left -= units(character, self.encoding)
        return start + len(self.source.line(position.line + 1))

    def _position(self, offset: int) -> Position:
        line, column = self.source.position(offset)
        return Position(line - 1, units(self.source.line(line)[: column - 1], self.encoding))


def elsewhere(place: Place, line: str, encoding: Encoding) -> Range:
    """A place in another text, of which only the first `line` is known."""
    start = Position(place.line - 1, units(line[: place.column - 1], encoding))
    same = place.end_line == place.line
    end = units(line[: place.end_column - 1], encoding) if same else place.end_column - 1
    return Range(start, Position(place.end_line - 1, end))


def units(text: str, encoding: Encoding) -> int:
    """How long a text is."""
    if encoding == "utf-32":
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "replace"))
    return len(text) + sum(character > "\uffff" for character in text)
