"""Writer of forms as a workbook, with one sheet per form that prints like the official page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from perftarget.formats.docx.write_layout import SMALL_FOUR, heights, rows_of
from perftarget.formats.docx.write_text import require_legal_xml
from perftarget.formats.grid import Cell, Grid, Role
from perftarget.formats.ooxml.zip_writer import part, zip_bytes

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES: Final[dict[Role, int]] = {
    "title": 1,
    "unit": 2,
    "caption": 3,
    "head": 3,
    "tier": 4,
    "value": 4,
    "other": 4,
    "target": 4,
}
"""Index of the cell style by role, in the order of `_styles`."""
_DEFAULT_STYLE: Final = 5
_CHARACTER_WIDTH: Final = 105
"""Width of a character of the standard font with its share of the cell margin, in twentieths of a point."""
_MAX_NAME_LENGTH: Final = 31
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FACES: Final = ("方正小标宋简体", "黑体", "仿宋_GB2312")
"""Fonts of titles, captions and text."""
_MAX_HEADER_LENGTH: Final = 250
_EDGE: Final = '<{0} style="thin"><color auto="1"/></{0}>'
_FONT: Final = '<font><sz val="{}"/><name val="{}"/><family val="1"/><charset val="134"/></font>'


def write(grids: Sequence[Grid], *, title: str = "", faces: tuple[str, str, str] = _FACES) -> bytes:
    """Return the workbook; it is reproducible, and all cells are text, without formulas and numbers.

    Raises IllegalCharacterError if a text has a character that XML forbids.
    """
    names = sheet_names(_project_name(grid) for grid in grids)
    sheets = [(f"xl/worksheets/sheet{number}.xml", grid) for number, grid in enumerate(grids, start=1)]
    return zip_bytes(
        [
            part("[Content_Types].xml", _types(len(grids)).encode()),
            part("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]).encode()),
            part("xl/workbook.xml", _workbook(names, grids).encode()),
            part("xl/_rels/workbook.xml.rels", _workbook_relations(len(grids)).encode()),
            part("xl/styles.xml", _styles(faces).encode()),
            *(part(name, _sheet(grid, title)) for name, grid in sheets),
        ]
    )


def sheet_names(projects: Iterator[str]) -> list[str]:
    """Return a valid and unique name for the sheet of each project."""
    names: list[str] = []
    taken: set[str] = set()
    for project in projects:
        words = _NOT_IN_NAMES.sub(" ", require_legal_xml(project)).split()
        stem = " ".join(words).strip("'")[:_MAX_NAME_LENGTH].strip() or "未命名项目"
        name, number = stem, 1
        while name.casefold() in taken or name.casefold() == "history":
            number += 1
            suffix = f"-{number}"
            name = stem[: _MAX_NAME_LENGTH - len(suffix)] + suffix
        taken.add(name.casefold())
        names.append(name)
    return names


def _project_name(grid: Grid) -> str:
    return next((cell.text for cell in grid.cells if cell.role == "value"), "")


def _types(count: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        for number in range(1, count + 1)
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{sheets}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _workbook_relations(count: int) -> str:
    sheets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, count + 1)]
    return _relations([*sheets, ("styles", "styles.xml")])


def _workbook(names: Sequence[str], grids: Sequence[Grid]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    areas = "".join(
        f'<definedName name="_xlnm.Print_Area" localSheetId="{index}">'
        f"{escape(_sheet_reference(name))}!$A$1:${_letter(grid.columns - 1)}${grid.rows}</definedName>"
        for index, (name, grid) in enumerate(zip(names, grids, strict=True))
    )
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{sheets}</sheets>'
        f"<definedNames>{areas}</definedNames></workbook>"
    )


def _sheet_reference(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _styles(faces: tuple[str, str, str]) -> str:
    """Return the styles, with the cell formats plain, title, unit, caption, value and left-aligned text."""
    title, heading, text = (escape(require_legal_xml(face)) for face in faces)
    fonts = "".join([_FONT.format(12, text), _FONT.format(18, title), _FONT.format(12, heading)])
    frame = "".join(_EDGE.format(side) for side in ("left", "right", "top", "bottom"))
    formats = [
        _format(0, 0, ""),
        _format(1, 0, "center"),
        _format(0, 0, "right"),
        _format(2, 1, "center"),
        _format(0, 1, "center"),
        _format(0, 1, "left"),
    ]
    return (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="3">{fonts}</fonts><fills count="2"><fill>'
        f'<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        f'<borders count="2"><border>'
        f"<left/><right/><top/><bottom/><diagonal/></border><border>{frame}<diagonal/></border></borders>"
        f'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(formats)}">{"".join(formats)}</cellXfs><cellStyles count="1"><cellStyle name="常规" '
        f'xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _format(font: int, border: int, horizontal: str) -> str:
    alignment = f'<alignment horizontal="{horizontal}" vertical="center" wrapText="1"/>' if horizontal else ""
    return (
        f'<xf numFmtId="49" fontId="{font}" fillId="0" borderId="{border}" xfId="0" applyNumberFormat="1" '
        f'applyFont="1" applyBorder="1" applyAlignment="1">{alignment}</xf>'
    )


def _sheet(grid: Grid, title: str) -> Iterator[str]:
    """Yield the XML of a sheet in pieces."""
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width / _CHARACTER_WIDTH:.2f}" customWidth="1"/>'
        for number, width in enumerate(SMALL_FOUR.columns, start=1)
    )
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetFormatPr '
        f'defaultRowHeight="24"/><cols>{columns}</cols><sheetData>'
    )
    for number, (row, height) in enumerate(zip(rows_of(grid), heights(grid, SMALL_FOUR), strict=True)):
        cells = "".join(_cells(row, number))
        yield f'<row r="{number + 1}" ht="{height / 20:.1f}" customHeight="1">{cells}</row>'
    merged = [cell for cell in grid.cells if cell.rows > 1 or cell.columns > 1]
    places = "".join(f'<mergeCell ref="{_area(cell)}"/>' for cell in merged)
    yield (
        f'</sheetData><mergeCells count="{len(merged)}">{places}</mergeCells><printOptions horizontalCentered="1"/>'
        '<pageMargins left="1.1" right="1.02" top="1.46" bottom="1.38" header="0.6" footer="0.99"/>'
        '<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"/>'
        f"<headerFooter><oddHeader>{escape(_header(title))}</oddHeader>"
        "<oddFooter>&amp;R— &amp;P —</oddFooter></headerFooter></worksheet>"
    )


def _header(title: str) -> str:
    """Return the header, on the left; an ampersand is escaped, since it begins a command."""
    return "&L" + require_legal_xml(title).replace("&", "&&")[:_MAX_HEADER_LENGTH] if title else ""


def _cells(row: Sequence[Cell], number: int) -> Iterator[str]:
    """Yield each place of the row; a place covered by a merged cell has its frame but no text."""
    for cell in row:
        style = _STYLES.get(cell.role, _DEFAULT_STYLE)
        for column in range(cell.column, cell.column + cell.columns):
            place = f"{_letter(column)}{number + 1}"
            if cell.text and (cell.row, cell.column) == (number, column):
                text = escape(require_legal_xml(cell.text), quote=False)
                yield f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
            else:
                yield f'<c r="{place}" s="{style}"/>'


def _area(cell: Cell) -> str:
    """Return the reference of the range that a cell spans."""
    end = f"{_letter(cell.column + cell.columns - 1)}{cell.row + cell.rows}"
    return f"{_letter(cell.column)}{cell.row + 1}:{end}"


def _letter(column: int) -> str:
    return chr(ord("A") + column)
