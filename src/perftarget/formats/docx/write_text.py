"""Text on the official page: how wide it is, where its lines break, and its runs in a Word file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from itertools import takewhile
from typing import Final
from unicodedata import east_asian_width

from perftarget.i18n import tr

_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAK: Final = re.compile(r"\r\n?|\n")
_PIECE: Final = re.compile(r"[（《〈“‘「『【〔]*(?:[!-~]+|[^\s!-~])[，。、；：！？…％）》〉”’」』】〕]*|\s")
_SENSE: Final = re.compile(
    r"(?<=[省市县区局委厅部院校])(?![门场域校长员])|(?<=员会)|(?<=中心)|(?<=年度)|(?=项目|部门|整体|预算|绩效)"
)
# A space that an author sets between Chinese and digits; the page has them close, and the text keeps its space.
_LOOSE: Final = re.compile(r"((?<=[0-9%]) (?=[一-鿿])|(?<=[一-鿿]) (?=[0-9≥≤]))")
_RUN: Final = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/>{}</w:rPr>{}</w:r>'
_NARROW: Final = '<w:w w:val="25"/>'
_TEXT: Final = '<w:t xml:space="preserve">{}</w:t>'
_EVEN_LINES: Final = 4  # a value of more lines is read as prose and needs no balance
TITLE_HALVES: Final = 40  # half-widths of a 2号 line in 156 mm


class IllegalCharacterError(ValueError):
    """A character that XML, and so a Word file, cannot hold."""

    def __init__(self, character: str, text: str) -> None:
        shown = _ILLEGAL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
        code = f"U+{ord(character):04X}"
        super().__init__(
            tr(
                f"字符 {code} 不能写入 Word 文档，请从文字中删去：“{shown}”",
                f"the character {code} cannot stand in a Word file; delete it from “{shown}”",
            )
        )


def legal(text: str) -> str:
    if found := _ILLEGAL.search(text):
        raise IllegalCharacterError(found[0], text)
    return text


def quoted(text: str) -> str:
    """The text as it stands between tags or quotation marks."""
    return escape(legal(text))


def paragraphs(text: str) -> list[str]:
    return _BREAK.split(text)


def runs(text: str) -> str:
    """The runs of a text, none for an empty one; fonts come from the paragraph's style."""
    pieces = enumerate(_LOOSE.split(legal(text)))  # every second one is a loose space
    return "".join(_RUN.format(_NARROW if index % 2 else "", _content(piece)) for index, piece in pieces if piece)


def _content(text: str) -> str:
    return "<w:tab/>".join(_TEXT.format(escape(part)) if part else "" for part in text.split("\t"))


@lru_cache(maxsize=4096)
def halves(text: str) -> int:
    """The width in half characters; the hint of the run makes “ ” — ≥ full-width ones."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def wrap(text: str, room: int) -> list[str]:
    """The lines of a text in a room of so many half-widths, as Word breaks Chinese."""
    lines, used = [""], 0
    for piece, width in _pieces(text, room):
        if used + width > room and not piece.isspace():
            lines.append("")
            used = 0
        lines[-1] += piece
        used += width
    return lines


def _pieces(text: str, room: int) -> Iterator[tuple[str, int]]:
    """What no line is broken within, with its width; what is wider than the room is broken all the same."""
    for piece, width in _measured(text):
        if width <= room:
            yield piece, width
        else:
            yield from ((char, halves(char)) for char in piece)


@lru_cache(maxsize=4096)
def _measured(text: str) -> tuple[tuple[str, int], ...]:
    return tuple((piece, halves(piece)) for piece in _PIECE.findall(_LOOSE.sub("", text)))


@lru_cache(maxsize=4096)
def line_count(text: str, room: int) -> int:
    return sum(_lines(line, room) for line in paragraphs(text))


def _lines(text: str, room: int) -> int:
    """How many lines it takes; most texts take one."""
    return 1 if len(text) * 2 <= room or halves(text) <= room else len(wrap(text, room))


@lru_cache(maxsize=4096)
def even_room(text: str, room: int) -> int:
    """The narrowest room for as many lines as in this one, so that 13 characters go 7 + 6; a number keeps its unit."""
    lines = _lines(text, room)
    if not 1 < lines <= _EVEN_LINES:
        return room
    least = -(-sum(width for _, width in _measured(text.rstrip())) // lines)
    # A narrower room never takes fewer lines, so the search ends at the first that takes more.
    rooms = list(takewhile(lambda narrower: len(wrap(text, narrower)) == lines, range(room, max(least, 1) - 1, -1)))
    return min(reversed(rooms), key=lambda narrower: _torn(wrap(text, narrower)))


def _torn(lines: list[str]) -> int:
    return sum(line.rstrip()[-1:].isdigit() for line in lines[:-1])


def title_lines(title: str, bureau: str) -> list[str]:
    """A title too long for a line breaks after the bureau, or at the boundary of sense nearest to its middle."""
    if len(given := paragraphs(title)) > 1:
        return [line for part in given for line in title_lines(part, bureau)]
    if halves(title) <= TITLE_HALVES:
        return [title]
    cut = len(bureau) if bureau and title.startswith(bureau) and title != bureau else _middle(title)
    return [*title_lines(title[:cut], ""), *title_lines(title[cut:], "")]


def _middle(title: str) -> int:
    half = len(title) // 2
    places = [found.start() for found in _SENSE.finditer(title)]
    near = [place for place in places if abs(place - half) <= half // 2 and 0 < place < len(title)]
    return min(near, key=lambda place: abs(place - half), default=half)
