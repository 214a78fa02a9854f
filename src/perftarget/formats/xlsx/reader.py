"""An Excel file to grids: each visible sheet one, its cells with the texts that Excel shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from perftarget.formats.grid import Grid, GridDocument
from perftarget.formats.ooxml.package import Package, RelationshipTarget, iterparse_part, open_package
from perftarget.formats.xlsx.read_codes import BUILT_IN, GENERAL
from perftarget.formats.xlsx.read_raster import Raster, raster
from perftarget.formats.xlsx.read_sheet import TAGS, At, Book, Worksheet, has_text, read_sheet, rich_text, s
from perftarget.i18n import join_words, tr
from perftarget.limits import DEFAULT_LIMITS, Limits

_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DRAWN_TEXT: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_NAMED: Final = 5  # places that a note names


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> GridDocument:
    """One flow a sheet; what is hidden is left out, and said. Raises Unreadable."""
    package = open_package(data, "xlsx", limits)
    targets = package.targets(package.main)
    root = package.xml(package.main)
    book = _book(package, targets.values())
    properties = root.find(s("workbookPr"))
    book.from_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    flows: list[tuple[Grid, ...]] = []
    notes: list[str] = []
    met: set[str] = set()
    for element in root.iter(s("sheet")):
        name, target = element.get("name", ""), targets.get(element.get(_ID, ""))
        if target is None:
            notes.append(_missing_sheet(name))
        elif target.part in met:
            notes.append(_same_sheet(name))
        elif target.kind == "worksheet":
            met.add(target.part)
            rows = iterparse_part(package.read(target.part), target.part, TAGS)
            if element.get("state", "visible") != "visible":
                notes += [_hidden_sheet(name)] if has_text(rows, book) else []
                continue
            sheet = read_sheet(rows, book, target.part, limits.cells)
            read = raster(name, target.part, sheet)
            notes += [*_notes(name, sheet, read), *_drawings(package, target.part, name)]
            flows += [(read.grid,)] if read.grid.cells else []
    return GridDocument(tuple(flows), notes=tuple(notes))


def _book(package: Package, targets: Iterable[RelationshipTarget]) -> Book:
    """Strings and formats; a file may lack them."""
    parts = {target.kind: target.part for target in targets}
    book = Book()
    if part := parts.get("sharedStrings"):
        book.strings = [rich_text(one) for one in iterparse_part(package.read(part), part, [s("si")])]
    if part := parts.get("styles"):
        book.formats = list(_formats(package, part))
    return book


def _formats(package: Package, part: str) -> Iterator[str]:
    """The code of each style of cells."""
    styles = package.xml(part)
    written = {one.get("numFmtId"): one.get("formatCode") for one in styles.iterfind(f"{s('numFmts')}/{s('numFmt')}")}
    for style in styles.iterfind(f"{s('cellXfs')}/{s('xf')}"):
        number = style.get("numFmtId", "0")
        yield written.get(number) or BUILT_IN.get(number, GENERAL)


def _notes(name: str, sheet: Worksheet, read: Raster) -> Iterator[str]:
    """What of a sheet was not read, or not as its author sees it."""
    if sheet.uncomputed:
        places = _places(name, sheet.uncomputed)
        yield tr(
            f"{places} 是公式，文件里没有它的计算结果，按空白读取；请用 Excel 或 WPS 打开后保存",
            f"{places}: a formula whose result is not in the file, read as blank; open it in Excel or WPS and save it",
        )
    if sheet.errors:
        places = _places(name, sheet.errors)
        yield tr(f"{places} 的公式出错，没有结果", f"{places}: the formula has an error and no result")
    if read.hidden:
        places = _places(name, read.hidden)
        yield tr(
            f"{places} 在隐藏的行或列里，没有读取；需要的请取消隐藏",
            f"{places}: in a hidden row or column and not read; show it if it is needed",
        )
    if read.covered:
        places = _places(name, read.covered)
        yield tr(
            f"{places} 里的文字被合并单元格盖住，没有读取；需要的请取消合并后移到别处",
            f"{places}: covered by a merged cell and not read; unmerge it and move the text if it is needed",
        )


def _same_sheet(name: str) -> str:
    """No program writes that; a stranger may, to have one sheet read a hundred thousand times."""
    return tr(
        f"工作表“{name}”就是前面的一个，没有再读", f"the sheet “{name}” is an earlier one again, and was read once"
    )


def _missing_sheet(name: str) -> str:
    return tr(
        f"工作表“{name}”的内容在文件里找不到，没有读取；请用 Excel 或 WPS 打开修复后另存",
        f"the content of the sheet “{name}” is not in the file; open it in Excel or WPS, let it repair it, and save it",
    )


def _hidden_sheet(name: str) -> str:
    return tr(
        f"工作表“{name}”是隐藏的，没有读取；需要的请取消隐藏",
        f"the sheet “{name}” is hidden and was not read; show it if it is needed",
    )


def _places(name: str, found: list[At]) -> str:
    named = join_words(f"{name}!{at}" for at in found[:_NAMED])
    more = len(found) - _NAMED
    return named if more <= 0 else tr(f"{named} 等 {len(found)} 格", f"{named} and {more} more")


def _drawings(package: Package, part: str, name: str) -> Iterator[str]:
    """Text boxes stand over the cells, in no place of a form."""
    for target in package.targets(part).values():
        if target.kind == "drawing" and any(one.text for one in package.xml(target.part).iter(_DRAWN_TEXT)):
            yield tr(
                f"工作表“{name}”的文本框里有文字，没有读取；请把它们写进单元格",
                f"the sheet “{name}” has text boxes, whose text was not read; write it into cells",
            )
            return
