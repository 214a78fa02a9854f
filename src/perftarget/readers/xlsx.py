"""An Excel file to grids: each visible sheet one, its cells with the texts that Excel shows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

from perftarget.document import Unreadable
from perftarget.grid import Cell, Grid, Reading
from perftarget.language import listing, say
from perftarget.package import Package, Target, open_package, streamed
from perftarget.readers._xlsx_format import BUILT_IN, GENERAL
from perftarget.readers._xlsx_sheet import TAGS, At, Book, Merged, Sheet, read_sheet, rich_text, s

_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DRAWN_TEXT: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_MOST_RASTER: Final = 1_000_000
"""Places of a sheet's raster, blank ones too."""
_NAMED: Final = 5  # places that a note names
_NEAR: Final = 100  # rows or columns of a merged range that are looked at for one that is shown


def read(data: bytes) -> Reading:
    """One flow a sheet; what is hidden is left out, and said. Raises Unreadable."""
    package = open_package(data, "xlsx")
    targets = package.targets(package.main)
    root = package.xml(package.main)
    book = _book(package, targets.values())
    properties = root.find(s("workbookPr"))
    book.from_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    flows: list[tuple[Grid, ...]] = []
    notes: list[str] = []
    for element in root.iter(s("sheet")):
        target = targets.get(element.get(_ID, ""))
        if target is None or target.kind != "worksheet":
            continue
        name, part = element.get("name", ""), target.part
        sheet = read_sheet(streamed(package.read(part), part, TAGS), book)
        if element.get("state", "visible") != "visible":
            notes += [_hidden_sheet(name)] if sheet.texts else []
            continue
        notes += [*_notes(name, sheet), *_drawings(package, part, name)]
        grid = _grid(name, part, sheet)
        flows += [(grid,)] if grid.cells else []
    return Reading(tuple(flows), notes=tuple(notes))


def _book(package: Package, targets: Iterable[Target]) -> Book:
    """Strings and formats; a file may lack them."""
    parts = {target.kind: target.part for target in targets}
    book = Book()
    if part := parts.get("sharedStrings"):
        book.strings = [rich_text(one) for one in streamed(package.read(part), part, [s("si")])]
    if part := parts.get("styles"):
        root = package.xml(part)
        codes = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter(s("numFmt"))}
        built_in = {str(number): code for number, code in BUILT_IN.items()}
        used = (one.get("numFmtId", "0") for one in root.iterfind(f"{s('cellXfs')}/{s('xf')}"))
        book.formats = [codes.get(number) or built_in.get(number, GENERAL) for number in used]
    return book


def _grid(name: str, part: str, sheet: Sheet) -> Grid:
    """Rows and columns with text in them; a blank one between them is none of the form's."""
    texts = {at: text for at, text in sheet.texts.items() if not sheet.is_hidden(at)}
    merged = [one for one in sheet.merged if one.last != one.first]
    for one in merged:
        # Where the first cell of a range is hidden, its text stands in what is left of the range.
        if one.first in sheet.texts and one.first not in texts and (at := _first_shown(one, sheet)):
            texts[at] = sheet.texts[one.first]
    rows, columns = sorted({at.row for at in texts}), sorted({at.column for at in texts})
    if len(rows) * len(columns) > _MOST_RASTER:
        raise Unreadable("many-cells", limit=_MOST_RASTER)
    owners = _owners(merged, rows, columns)
    cells = []
    for row, number in enumerate(rows):
        for column, letter in enumerate(columns):
            height, width = owners.get((row, column), (1, 1))
            if height:
                at = At(number, letter)
                text, label = texts.get(at, ""), f"{name}!{at}"
                cells.append(Cell(text, row, column, height, width, label=label, anchor=f"{part}!{at}"))
    return Grid(tuple(cells), len(rows), len(columns))


def _owners(merged: Iterable[Merged], rows: list[int], columns: list[int]) -> dict[tuple[int, int], tuple[int, int]]:
    """The span of each merged cell by its place in the raster; no height at all for the places that it covers."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    work = 0
    for one in merged:
        top, bottom = bisect_left(rows, one.first.row), bisect_left(rows, one.last.row + 1)
        left, right = bisect_left(columns, one.first.column), bisect_left(columns, one.last.column + 1)
        covered = [(row, column) for row in range(top, bottom) for column in range(left, right)]
        work += len(covered)
        if work > _MOST_RASTER:
            raise Unreadable("many-cells", limit=_MOST_RASTER)
        if covered and not any(place in owners for place in covered):  # ranges that overlap are damage: the first wins
            owners |= dict.fromkeys(covered, (0, 0))
            owners[top, left] = (bottom - top, right - left)
    return owners


def _first_shown(merged: Merged, sheet: Sheet) -> At | None:
    """The first cell of a range that is not hidden, among the nearest."""
    rows = range(merged.first.row, min(merged.last.row, merged.first.row + _NEAR) + 1)
    columns = range(merged.first.column, min(merged.last.column, merged.first.column + _NEAR) + 1)
    return next((at for row in rows for column in columns if not sheet.is_hidden(at := At(row, column))), None)


def _notes(name: str, sheet: Sheet) -> Iterator[str]:
    """What of a sheet was not read, or not as its author sees it."""
    if sheet.uncomputed:
        places = _places(name, sheet.uncomputed)
        yield say(
            f"{places} 是公式，文件里没有它的计算结果，按空白读取；请用 Excel 或 WPS 打开后保存",
            f"{places}: a formula whose result is not in the file, read as blank; open it in Excel or WPS and save it",
        )
    if sheet.errors:
        places = _places(name, sheet.errors)
        yield say(f"{places} 的公式出错，没有结果", f"{places}: the formula has an error and no result")
    if hidden := [at for at in sheet.texts if sheet.is_hidden(at)]:
        places = _places(name, hidden)
        yield say(
            f"{places} 在隐藏的行或列里，没有读取；需要的请取消隐藏",
            f"{places}: in a hidden row or column and not read; show it if it is needed",
        )


def _hidden_sheet(name: str) -> str:
    return say(
        f"工作表“{name}”是隐藏的，没有读取；需要的请取消隐藏",
        f"the sheet “{name}” is hidden and was not read; show it if it is needed",
    )


def _places(name: str, found: list[At]) -> str:
    named = listing(f"{name}!{at}" for at in found[:_NAMED])
    more = len(found) - _NAMED
    return named if more <= 0 else say(f"{named} 等 {len(found)} 格", f"{named} and {more} more")


def _drawings(package: Package, part: str, name: str) -> Iterator[str]:
    """Text boxes stand over the cells, in no place of a form."""
    for target in package.targets(part).values():
        if target.kind == "drawing" and any(one.text for one in package.xml(target.part).iter(_DRAWN_TEXT)):
            yield say(
                f"工作表“{name}”的文本框里有文字，没有读取；请把它们写进单元格",
                f"the sheet “{name}” has text boxes, whose text was not read; write it into cells",
            )
            return
