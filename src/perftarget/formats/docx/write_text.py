"""Text of the official page: its width, its line breaks, and its runs in WordprocessingML.

Widths are in half-width characters: a Chinese character counts two, a digit one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from itertools import takewhile
from typing import Final
from unicodedata import east_asian_width

from perftarget.i18n import tr
from perftarget.text.control_characters import character_code, escape_invisible, find_control_character

_BREAK: Final = re.compile(r"\r\n?|\n")
_PIECE: Final = re.compile(r"[（《〈“‘「『【〔]*(?:[!-~]+|[^\s!-~])[，。、；：！？…％）》〉”’」』】〕]*|\s")
_SENSE: Final = re.compile(
    r"(?<=[省市县区局委厅部院校])(?![门场域校长员])|(?<=员会)|(?<=中心)|(?<=年度)|(?=项目|部门|整体|预算|绩效)"
)
# A space that the author set between Chinese characters and digits: kept in the text, but narrow on the page.
_NARROW_SPACE: Final = re.compile(r"((?<=[0-9%]) (?=[一-鿿])|(?<=[一-鿿]) (?=[0-9≥≤]))")
SPACE_SCALE: Final = 25  # per cent of the width of a narrow space
_RUN: Final = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/>{}</w:rPr>{}</w:r>'
_NARROW: Final = f'<w:w w:val="{SPACE_SCALE}"/>'
_TEXT: Final = '<w:t xml:space="preserve">{}</w:t>'
_MAX_BALANCED_LINES: Final = 4  # a longer value is read as prose and needs no balance
TITLE_WIDTH: Final = 40  # characters of 2号 in a line of 156 mm, in half-widths


class IllegalCharacterError(ValueError):
    """A character that XML, and so a Word file, cannot hold."""

    def __init__(self, character: str, text: str) -> None:
        shown, code = escape_invisible(text), character_code(character)
        super().__init__(
            tr(
                f"字符 {code} 不能写入 Word 文档，请从文字中删去：“{shown}”",
                f"the character {code} cannot stand in a Word file; delete it from “{shown}”",
            )
        )


def require_legal_xml(text: str) -> str:
    """Return the text unchanged. Raises IllegalCharacterError if it has a character that XML cannot hold."""
    if match := find_control_character(text):
        raise IllegalCharacterError(match[0], text)
    return text


def escape_xml(text: str) -> str:
    """Return the text escaped for XML content and attributes. Raises IllegalCharacterError."""
    return escape(require_legal_xml(text))


def split_paragraphs(text: str) -> list[str]:
    """Split a text at its line breaks."""
    return _BREAK.split(text)


def split_spaces(text: str) -> list[str]:
    """Split a line at its narrow spaces, which are the items of odd index."""
    return _NARROW_SPACE.split(text)


def runs_xml(text: str) -> str:
    """Return the runs of a line, none for an empty line. Raises IllegalCharacterError."""
    pieces = enumerate(split_spaces(require_legal_xml(text)))
    return "".join(_RUN.format(_NARROW if index % 2 else "", _content_xml(piece)) for index, piece in pieces if piece)


def _content_xml(text: str) -> str:
    return "<w:tab/>".join(_TEXT.format(escape(part)) if part else "" for part in text.split("\t"))


@lru_cache(maxsize=4096)
def text_width(text: str) -> int:
    """Return the width of a text; ambiguous characters such as “ ” — ≥ are wide, as the runs ask for."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most this width, as Word breaks Chinese."""
    lines, used = [""], 0
    for piece, piece_width in _pieces(text, width):
        if used + piece_width > width and not piece.isspace():
            lines.append("")
            used = 0
        lines[-1] += piece
        used += piece_width
    return lines


def _pieces(text: str, width: int) -> Iterator[tuple[str, int]]:
    """Yield the pieces that are not broken, with their widths; a piece wider than the line is broken anywhere."""
    for piece, piece_width in _measured_pieces(text):
        if piece_width <= width:
            yield piece, piece_width
        else:
            yield from ((char, text_width(char)) for char in piece)


@lru_cache(maxsize=4096)
def _measured_pieces(text: str) -> tuple[tuple[str, int], ...]:
    return tuple((piece, text_width(piece)) for piece in _PIECE.findall(_NARROW_SPACE.sub("", text)))


@lru_cache(maxsize=4096)
def line_count(text: str, width: int) -> int:
    """Return the number of lines that the paragraphs of a text take at this width."""
    return sum(_paragraph_line_count(paragraph, width) for paragraph in split_paragraphs(text))


def _paragraph_line_count(text: str, width: int) -> int:
    # Most texts take one line and need no wrapping.
    return 1 if len(text) * 2 <= width or text_width(text) <= width else len(wrap(text, width))


@lru_cache(maxsize=4096)
def balanced_width(text: str, width: int) -> int:
    """Return the narrowest width that takes as many lines as this one.

    13 characters become 7 + 6 instead of 10 + 3. Among equal line counts, widths that keep a number and its unit on
    one line are preferred.
    """
    count = _paragraph_line_count(text, width)
    if not 1 < count <= _MAX_BALANCED_LINES:
        return width
    least = -(-sum(piece_width for _, piece_width in _measured_pieces(text.rstrip())) // count)
    # A narrower line never takes fewer lines, so the search ends at the first width that takes more.
    candidates = range(width, max(least, 1) - 1, -1)
    widths = list(takewhile(lambda candidate: len(wrap(text, candidate)) == count, candidates))
    return min(reversed(widths), key=lambda candidate: _lines_ending_in_digit(wrap(text, candidate)))


def _lines_ending_in_digit(lines: list[str]) -> int:
    return sum(line.rstrip()[-1:].isdigit() for line in lines[:-1])


def title_lines(title: str, bureau: str) -> list[str]:
    """Split a title that is too long for a line after the bureau, else at the sense boundary nearest to the middle."""
    if len(given_lines := split_paragraphs(title)) > 1:
        return [line for given_line in given_lines for line in title_lines(given_line, bureau)]
    if text_width(title) <= TITLE_WIDTH:
        return [title]
    cut = len(bureau) if bureau and title.startswith(bureau) and title != bureau else _middle_boundary(title)
    return [*title_lines(title[:cut], ""), *title_lines(title[cut:], "")]


def _middle_boundary(title: str) -> int:
    middle = len(title) // 2
    boundaries = [match.start() for match in _SENSE.finditer(title)]
    near = [index for index in boundaries if abs(index - middle) <= middle // 2 and 0 < index < len(title)]
    return min(near, key=lambda index: abs(index - middle), default=middle)
