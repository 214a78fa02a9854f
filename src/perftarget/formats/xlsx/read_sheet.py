"""Reader of one sheet of a workbook: texts of cells, merged ranges, hidden rows and columns."""

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
_ZERO: Final = re.compile(r"0+(?:\.0*)?")
MAX_COLUMNS: Final = 16384
"""Columns of a sheet in Excel, which also has at most 1,048,576 rows."""
_MAX_TEXT: Final = 10_000_000
"""Characters of all cells of a sheet; one shared string may be used by many cells."""
_MAX_MERGED_RANGES: Final = 100_000
SHEET_TAGS: Final = tuple(f"{_MAIN}{name}" for name in ("sheetView", "sheetFormatPr", "col", "row", "mergeCell"))
"""Tags of the elements that `read_sheet` needs."""


def qualified(name: str) -> str:
    """Return a name in the namespace of spreadsheets."""
    return _MAIN + name


class CellAddress(NamedTuple):
    """Address of a cell: row and column, both from 1."""

    row: int
    column: int

    def __str__(self) -> str:
        return f"{_letters(self.column)}{self.row}"


@cache
def _letters(column: int) -> str:
    """Return the letters of a column, counted from 1."""
    before, last = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + last)


def parse_address(text: str | None) -> CellAddress | None:
    """Parse an address such as D12; None if it is not the address of a cell."""
    match = _REFERENCE.fullmatch(text or "")
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return CellAddress(int(match[2]), column) if column <= MAX_COLUMNS and int(match[2]) else None


class MergedRange(NamedTuple):
    """Merged range, from its first to its last cell."""

    first: CellAddress
    last: CellAddress


@dataclass
class SharedData:
    """Data that the cells of all sheets refer to.

    `strings` are the shared strings, `formats` the format codes by the index of the style of a cell. `from_1904` is
    True if serial dates count from 1904.
    """

    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    from_1904: bool = False


@dataclass
class Worksheet:
    """Content of a sheet.

    `texts` are the texts of the cells that are not blank, `uncomputed` the formulas without a stored result, and
    `errors` the cells with an error value.
    """

    texts: dict[CellAddress, str] = field(default_factory=dict)
    merged: list[MergedRange] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncomputed: list[CellAddress] = field(default_factory=list)
    errors: list[CellAddress] = field(default_factory=list)
    hides_zeros: bool = False

    def is_hidden(self, address: CellAddress) -> bool:
        """Return True if the row or the column of a cell is hidden."""
        return address.row in self.hidden_rows or address.column in self.hidden_columns


def read_sheet(elements: Iterable[etree._Element], shared: SharedData, part: str, max_cells: int) -> Worksheet:
    """Read a sheet from its elements, in the order of the file.

    Raises UnreadableFileError if there are more than `max_cells` cells with text, or too many characters in them.
    """
    sheet = Worksheet()
    row = size = columns = 0
    zero_height = False
    for element in elements:
        if element.tag == qualified("row"):
            row = _parse_int(element.get("r")) or row + 1
            if _is_true(element, "hidden") or _is_zero(element, "ht") or (zero_height and not element.get("ht")):
                sheet.hidden_rows.add(row)
            size += _read_cells(element, row, sheet, shared, max_cells)
            if size > _MAX_TEXT:
                raise UnreadableFileError("bomb", part=part, size=size)
        elif element.tag == qualified("sheetView"):
            sheet.hides_zeros |= element.get("showZeros") in {"0", "false"}
        elif element.tag == qualified("sheetFormatPr"):
            zero_height = _is_true(element, "zeroHeight")
        elif element.tag == qualified("col"):
            columns += 1
            if columns <= MAX_COLUMNS:
                _read_column(element, sheet)
        elif len(sheet.merged) < _MAX_MERGED_RANGES:
            sheet.merged += _parse_merged(element.get("ref", ""))
    return sheet


def has_text(elements: Iterable[etree._Element], shared: SharedData) -> bool:
    """Return True if any cell of the sheet has text; reading stops at the first one."""
    rows = (element for element in elements if element.tag == qualified("row"))
    return any(
        _cell_text(cell, shared).strip() for row in rows for cell in row.iterchildren(qualified("c")) if len(cell)
    )


def _parse_merged(text: str) -> Iterator[MergedRange]:
    """Yield the range, if it is valid and has more than one cell."""
    first_text, _, last_text = text.partition(":")
    first, last = parse_address(first_text), parse_address(last_text or first_text)
    if first and last and first != last and first.row <= last.row and first.column <= last.column:
        yield MergedRange(first, last)


def _read_column(element: etree._Element, sheet: Worksheet) -> None:
    """Add the columns of an element to the hidden columns of the sheet, if they are hidden."""
    if _is_true(element, "hidden") or _is_zero(element, "width"):
        first, last = _parse_int(element.get("min")), _parse_int(element.get("max"))
        if first not in sheet.hidden_columns:
            sheet.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))


def _read_cells(row: etree._Element, number: int, sheet: Worksheet, shared: SharedData, max_cells: int) -> int:
    """Add the cells of a row to the sheet, and return the number of their characters."""
    size = column = 0
    for cell in row.iterchildren(qualified("c")):
        address = parse_address(cell.get("r")) or CellAddress(number, column + 1)
        column = address.column
        if not len(cell):
            continue  # a blank cell; a sheet may have a million of them
        kind, text = cell.get("t", "n"), _cell_text(cell, shared).strip()
        value = cell.findtext(qualified("v"))
        if kind == "e":
            sheet.errors.append(address)
        elif not value and kind != "str" and cell.find(qualified("f")) is not None:
            sheet.uncomputed.append(address)
        elif sheet.hides_zeros and kind == "n" and _ZERO.fullmatch(value or ""):
            text = ""
        if text:
            size += len(text)
            sheet.texts.setdefault(address, text)
            if len(sheet.texts) > max_cells:
                raise UnreadableFileError("many-cells", limit=max_cells)
    return size


def _cell_text(cell: etree._Element, shared: SharedData) -> str:
    """Return the text of a cell as Excel shows it."""
    kind = cell.get("t", "n")
    style = _parse_int(cell.get("s"))
    code = shared.formats[style] if style < len(shared.formats) else ""
    if kind == "inlineStr":
        inline = cell.find(qualified("is"))
        return format_text(rich_text(inline), code) if inline is not None else ""
    written = cell.findtext(qualified("v")) or ""
    return _CONVERTERS.get(kind, _number_text)(written if kind == "str" else written.strip(), code, shared)


def _shared_text(written: str, code: str, shared: SharedData) -> str:
    index = _parse_int(written, default=-1)
    return format_text(shared.strings[index], code) if 0 <= index < len(shared.strings) else ""


def _number_text(written: str, code: str, shared: SharedData) -> str:
    return format_number(written, code, from_1904=shared.from_1904) if written else ""


_CONVERTERS: Final[dict[str, Callable[[str, str, SharedData], str]]] = {
    "s": _shared_text,
    "str": lambda written, code, _: format_text(unescape(written), code),
    "b": lambda written, *_: {"1": "TRUE", "0": "FALSE"}.get(written, written),
    "e": lambda written, *_: written,
    "d": lambda written, *_: written.removesuffix("T00:00:00").replace("T", " "),
}


def rich_text(element: etree._Element) -> str:
    """Return the text of a string with its runs joined, without phonetic hints."""
    plain, runs = element.iterchildren(qualified("t")), element.iterfind(f"{qualified('r')}/{qualified('t')}")
    return unescape("".join(text.text or "" for text in (*plain, *runs))).strip()


def unescape(text: str) -> str:
    """Return the text with escapes such as _x000D_ resolved and line endings as line feeds.

    Other control characters are dropped.
    """
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        text = re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _is_true(element: etree._Element, name: str) -> bool:
    return element.get(name, "") in {"1", "true"}


def _is_zero(element: etree._Element, name: str) -> bool:
    return bool(_ZERO.fullmatch(element.get(name, "")))


def _parse_int(text: str | None, *, default: int = 0) -> int:
    """Parse a number of up to eight digits, or return the default."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default
