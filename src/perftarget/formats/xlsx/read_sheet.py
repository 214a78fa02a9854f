"""One sheet of a workbook: its cells with their texts, its merged ranges, what of it is hidden."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple

from lxml import etree

from perftarget.errors import UnreadableFileError
from perftarget.formats.xlsx.read_format import format_number, format_text

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL: Final = re.compile("[\0-\x08\x0b-\x1f\x7f]")
_NOUGHT: Final = re.compile(r"0+(?:\.0*)?")
LARGEST: Final = 16384  # columns; and 1,048,576 rows
_MOST_TEXT: Final = 10_000_000
"""Characters in a sheet: one string may stand in many cells."""
_MOST_MERGES: Final = 100_000
TAGS: Final = tuple(f"{_MAIN}{name}" for name in ("sheetView", "sheetFormatPr", "col", "row", "mergeCell"))


def s(name: str) -> str:
    return _MAIN + name


class At(NamedTuple):
    """A cell's place: row and column from 1."""

    row: int
    column: int

    def __str__(self) -> str:
        return f"{_letters(self.column)}{self.row}"


@cache
def _letters(column: int) -> str:
    before, last = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + last)


def place(text: str | None) -> At | None:
    """D12 as row 12, column 4; None for what is no place in a sheet."""
    found = _REFERENCE.fullmatch(text or "")
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return At(int(found[2]), column) if column <= LARGEST and int(found[2]) else None


class Merged(NamedTuple):
    """A merged range, both corners in it."""

    first: At
    last: At


@dataclass
class Book:
    """What the cells of all sheets share."""

    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)  # by the number of a cell's style
    from_1904: bool = False


@dataclass
class Worksheet:
    """The texts of the cells, blank ones left out; the places of formulas without a value and of error values."""

    texts: dict[At, str] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncomputed: list[At] = field(default_factory=list)
    errors: list[At] = field(default_factory=list)
    hides_zeros: bool = False

    def is_hidden(self, at: At) -> bool:
        return at.row in self.hidden_rows or at.column in self.hidden_columns


def read_sheet(elements: Iterable[etree._Element], book: Book, part: str, most: int) -> Worksheet:
    """The sheet in its elements, as they stand in the file. Raises Unreadable for more than `most` cells with text."""
    sheet = Worksheet()
    row = size = columns = 0
    zero_height = False
    for element in elements:
        if element.tag == s("row"):
            row = _count(element.get("r")) or row + 1
            if _is(element, "hidden") or _is_nought(element, "ht") or (zero_height and not element.get("ht")):
                sheet.hidden_rows.add(row)
            size += _cells(element, row, sheet, book, most)
            if size > _MOST_TEXT:
                raise UnreadableFileError("bomb", part=part, size=size)
        elif element.tag == s("sheetView"):
            sheet.hides_zeros |= element.get("showZeros") in {"0", "false"}
        elif element.tag == s("sheetFormatPr"):
            zero_height = _is(element, "zeroHeight")
        elif element.tag == s("col"):
            columns += 1
            if columns <= LARGEST:
                _column(element, sheet)
        elif len(sheet.merged) < _MOST_MERGES:
            sheet.merged += _merged(element.get("ref", ""))
    return sheet


def has_text(elements: Iterable[etree._Element], book: Book) -> bool:
    """Whether any cell of the sheet has a text; no more of it is read than needed."""
    rows = (element for element in elements if element.tag == s("row"))
    return any(_text(cell, book).strip() for row in rows for cell in row.iterchildren(s("c")) if len(cell))


def _merged(text: str) -> Iterator[Merged]:
    first, _, last = text.partition(":")
    top, bottom = place(first), place(last or first)
    if top and bottom and top != bottom and top.row <= bottom.row and top.column <= bottom.column:
        yield Merged(top, bottom)


def _column(element: etree._Element, sheet: Worksheet) -> None:
    if _is(element, "hidden") or _is_nought(element, "width"):
        first, last = _count(element.get("min")), _count(element.get("max"))
        if first not in sheet.hidden_columns:
            sheet.hidden_columns.update(range(first, min(last, LARGEST) + 1))


def _cells(row: etree._Element, number: int, sheet: Worksheet, book: Book, most: int) -> int:
    """How many characters there are in the row, whose cells become the sheet's."""
    size = column = 0
    for cell in row.iterchildren(s("c")):
        at = place(cell.get("r")) or At(number, column + 1)
        column = at.column
        if not len(cell):
            continue  # a blank one, of which there may be a million
        kind, text = cell.get("t", "n"), _text(cell, book).strip()
        value = cell.findtext(s("v"))
        if kind == "e":
            sheet.errors.append(at)
        elif not value and kind != "str" and cell.find(s("f")) is not None:
            sheet.uncomputed.append(at)
        elif sheet.hides_zeros and kind == "n" and _NOUGHT.fullmatch(value or ""):
            text = ""
        if text:
            size += len(text)
            sheet.texts.setdefault(at, text)
            if len(sheet.texts) > most:
                raise UnreadableFileError("many-cells", limit=most)
    return size


def _text(cell: etree._Element, book: Book) -> str:
    kind = cell.get("t", "n")
    style = _count(cell.get("s"))
    code = book.formats[style] if style < len(book.formats) else ""
    if kind == "inlineStr":
        inline = cell.find(s("is"))
        return format_text(rich_text(inline), code) if inline is not None else ""
    written = cell.findtext(s("v")) or ""
    return _KINDS.get(kind, _number)(written if kind == "str" else written.strip(), code, book)


def _shared(written: str, code: str, book: Book) -> str:
    index = _count(written, default=-1)
    return format_text(book.strings[index], code) if 0 <= index < len(book.strings) else ""


def _number(written: str, code: str, book: Book) -> str:
    return format_number(written, code, from_1904=book.from_1904) if written else ""


_KINDS: Final[dict[str, Callable[[str, str, Book], str]]] = {
    "s": _shared,
    "str": lambda written, code, _: format_text(unescaped(written), code),
    "b": lambda written, *_: {"1": "TRUE", "0": "FALSE"}.get(written, written),
    "e": lambda written, *_: written,
    "d": lambda written, *_: written.removesuffix("T00:00:00").replace("T", " "),
}


def rich_text(element: etree._Element) -> str:
    """The text of a string, its runs joined; how it is pronounced is left out."""
    plain, runs = element.iterchildren(s("t")), element.iterfind(f"{s('r')}/{s('t')}")
    return unescaped("".join(one.text or "" for one in (*plain, *runs))).strip()


def unescaped(text: str) -> str:
    """_x000D_ is how a control character is written; line ends become line feeds, the others mean nothing."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
        text = re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _is(element: etree._Element, name: str) -> bool:
    return element.get(name, "") in {"1", "true"}


def _is_nought(element: etree._Element, name: str) -> bool:
    return bool(_NOUGHT.fullmatch(element.get(name, "")))


def _count(text: str | None, *, default: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default
