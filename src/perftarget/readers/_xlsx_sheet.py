"""One sheet of a workbook: its visible cells with their texts, its merged ranges, what of it is hidden."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lxml import etree

from perftarget.document import Unreadable
from perftarget.readers._xlsx_format import shown

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LARGEST: Final = 16384  # columns; and 1,048,576 rows
_MOST_CELLS: Final = 200_000
"""Cells with text in a sheet; a form has a hundred."""
_MOST_MERGES: Final = 100_000
TAGS: Final = tuple(f"{_MAIN}{name}" for name in ("sheetFormatPr", "col", "row", "mergeCell"))


def s(name: str) -> str:
    return _MAIN + name


class At(NamedTuple):
    """A cell's place: row and column from 1."""

    row: int
    column: int

    def __str__(self) -> str:
        letters, number = "", self.column
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{letters}{self.row}"


def place(text: str | None) -> At | None:
    """D12 as row 12, column 4; None for what is no place in a sheet."""
    found = _REFERENCE.fullmatch(text or "")
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return At(int(found[2]), column) if column <= _LARGEST and int(found[2]) else None


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
class Sheet:
    """The texts of the cells, blank ones left out; the places of formulas without a value and of error values."""

    texts: dict[At, str] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    uncomputed: list[At] = field(default_factory=list)
    errors: list[At] = field(default_factory=list)

    def is_hidden(self, at: At) -> bool:
        return at.row in self.hidden_rows or any(first <= at.column <= last for first, last in self.hidden_columns)


def read_sheet(elements: Iterable[etree._Element], book: Book) -> Sheet:
    """The sheet in its elements, as they stand in the file. Raises Unreadable where it has too many cells."""
    sheet = Sheet()
    row, zero_height = 0, False
    for element in elements:
        if element.tag == s("sheetFormatPr"):
            zero_height = _is(element, "zeroHeight")
        elif element.tag == s("col"):
            _column(element, sheet)
        elif element.tag == s("row"):
            row = _count(element.get("r")) or row + 1
            if _is(element, "hidden") or element.get("ht") in {"0", "0.0"} or (zero_height and not element.get("ht")):
                sheet.hidden_rows.add(row)
            _cells(element, row, sheet, book)
        elif len(sheet.merged) < _MOST_MERGES:
            first, _, last = element.get("ref", "").partition(":")
            corners = place(first), place(last or first)
            if corners[0] and corners[1] and corners[0] <= corners[1]:
                sheet.merged.append(Merged(corners[0], corners[1]))
    return sheet


def _column(element: etree._Element, sheet: Sheet) -> None:
    if _is(element, "hidden") or element.get("width") in {"0", "0.0"}:
        first, last = _count(element.get("min")), _count(element.get("max"))
        sheet.hidden_columns.append((first, last))


def _cells(row: etree._Element, number: int, sheet: Sheet, book: Book) -> None:
    column = 0
    for cell in row.iterchildren(s("c")):
        at = place(cell.get("r")) or At(number, column + 1)
        column = at.column
        text = _text(cell, book).strip()
        if cell.get("t") == "e":
            sheet.errors.append(at)
        if not text and cell.find(s("f")) is not None and not cell.findtext(s("v")) and cell.get("t") != "str":
            sheet.uncomputed.append(at)
        if text:
            sheet.texts.setdefault(at, text)
            if len(sheet.texts) > _MOST_CELLS:
                raise Unreadable("many-cells", limit=_MOST_CELLS)


def _text(cell: etree._Element, book: Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(s("is"))
        return rich_text(inline) if inline is not None else ""
    written = (cell.findtext(s("v")) or "").strip() if kind != "str" else cell.findtext(s("v")) or ""
    return _KINDS.get(kind, _formatted)(written, cell, book)


def _shared(written: str, _: etree._Element, book: Book) -> str:
    index = _count(written, default=-1)
    return book.strings[index] if 0 <= index < len(book.strings) else ""


def _formatted(written: str, cell: etree._Element, book: Book) -> str:
    style = _count(cell.get("s"))
    code = book.formats[style] if style < len(book.formats) else ""
    return shown(written, code, from_1904=book.from_1904) if written else ""


_KINDS: Final[dict[str, Callable[[str, etree._Element, Book], str]]] = {
    "s": _shared,
    "str": lambda written, *_: unescaped(written),
    "b": lambda written, *_: {"1": "TRUE", "0": "FALSE"}.get(written, written),
    "e": lambda written, *_: written,
    "d": lambda written, *_: written.removesuffix("T00:00:00").replace("T", " "),
}


def rich_text(element: etree._Element) -> str:
    """The text of a string, its runs joined; how it is pronounced is left out."""
    plain, runs = element.iterchildren(s("t")), element.iterfind(f"{s('r')}/{s('t')}")
    return unescaped("".join(one.text or "" for one in (*plain, *runs)))


def unescaped(text: str) -> str:
    """_x000D_ is how a control character is written; line ends become line feeds."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
        text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is(element: etree._Element, name: str) -> bool:
    return element.get(name, "") in {"1", "true"}


def _count(text: str | None, *, default: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default
