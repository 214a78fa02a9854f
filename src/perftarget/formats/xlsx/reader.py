"""Reader of Excel files: one grid per visible sheet, with the texts that Excel shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from perftarget.formats.grid import Grid, GridDocument
from perftarget.formats.ooxml.package import Package, RelationshipTarget, iterparse_part, open_package
from perftarget.formats.xlsx.read_codes import BUILT_IN_FORMATS, GENERAL
from perftarget.formats.xlsx.read_raster import Raster, build_raster
from perftarget.formats.xlsx.read_sheet import (
    SHEET_TAGS,
    CellAddress,
    SharedData,
    Worksheet,
    has_text,
    qualified,
    read_sheet,
    rich_text,
)
from perftarget.i18n import join_words, tr
from perftarget.limits import DEFAULT_LIMITS, Limits

_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DRAWN_TEXT: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_MAX_NAMED: Final = 5
"""Cells named in a note."""


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> GridDocument:
    """Read each visible sheet as a flow; hidden content is skipped with a note. Raises UnreadableFileError."""
    package = open_package(data, "xlsx", limits)
    targets = package.targets(package.main)
    root = package.xml(package.main)
    shared = _read_shared_data(package, targets.values())
    properties = root.find(qualified("workbookPr"))
    shared.from_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    flows: list[tuple[Grid, ...]] = []
    notes: list[str] = []
    parts: set[str] = set()
    for element in root.iter(qualified("sheet")):
        name, target = element.get("name", ""), targets.get(element.get(_ID, ""))
        if target is None:
            notes.append(_missing_sheet_note(name))
        elif target.part in parts:
            notes.append(_repeated_sheet_note(name))
        elif target.kind == "worksheet":
            parts.add(target.part)
            elements = iterparse_part(package.read(target.part), target.part, SHEET_TAGS)
            if element.get("state", "visible") != "visible":
                notes += [_hidden_sheet_note(name)] if has_text(elements, shared) else []
                continue
            sheet = read_sheet(elements, shared, target.part, limits.cells)
            raster = build_raster(name, target.part, sheet)
            notes += [*_sheet_notes(name, sheet, raster), *_text_box_notes(package, target.part, name)]
            flows += [(raster.grid,)] if raster.grid.cells else []
    return GridDocument(tuple(flows), notes=tuple(notes))


def _read_shared_data(package: Package, targets: Iterable[RelationshipTarget]) -> SharedData:
    """Read the shared strings and the formats; a file may have neither."""
    parts = {target.kind: target.part for target in targets}
    shared = SharedData()
    if part := parts.get("sharedStrings"):
        elements = iterparse_part(package.read(part), part, [qualified("si")])
        shared.strings = [rich_text(element) for element in elements]
    if part := parts.get("styles"):
        shared.formats = list(_read_formats(package, part))
    return shared


def _read_formats(package: Package, part: str) -> Iterator[str]:
    """Yield the format code of each cell style."""
    styles = package.xml(part)
    formats = styles.iterfind(f"{qualified('numFmts')}/{qualified('numFmt')}")
    codes = {element.get("numFmtId"): element.get("formatCode") for element in formats}
    for style in styles.iterfind(f"{qualified('cellXfs')}/{qualified('xf')}"):
        number = style.get("numFmtId", "0")
        yield codes.get(number) or BUILT_IN_FORMATS.get(number, GENERAL)


def _sheet_notes(name: str, sheet: Worksheet, raster: Raster) -> Iterator[str]:
    """Yield notes about cells that were not read, or not as their author sees them."""
    if sheet.uncomputed:
        places = _places(name, sheet.uncomputed)
        yield tr(
            f"{places} 是公式，文件里没有它的计算结果，按空白读取；请用 Excel 或 WPS 打开后保存",
            f"{places}: a formula whose result is not in the file, read as blank; open it in Excel or WPS and save it",
        )
    if sheet.errors:
        places = _places(name, sheet.errors)
        yield tr(f"{places} 的公式出错，没有结果", f"{places}: the formula has an error and no result")
    if raster.hidden:
        places = _places(name, raster.hidden)
        yield tr(
            f"{places} 在隐藏的行或列里，没有读取；需要的请取消隐藏",
            f"{places}: in a hidden row or column and not read; show it if it is needed",
        )
    if raster.covered:
        places = _places(name, raster.covered)
        yield tr(
            f"{places} 里的文字被合并单元格盖住，没有读取；需要的请取消合并后移到别处",
            f"{places}: covered by a merged cell and not read; unmerge it and move the text if it is needed",
        )


def _repeated_sheet_note(name: str) -> str:
    """Return the note for a sheet listed twice; a malicious file could have one sheet read many times."""
    return tr(
        f"工作表“{name}”就是前面的一个，没有再读", f"the sheet “{name}” is an earlier one again, and was read once"
    )


def _missing_sheet_note(name: str) -> str:
    return tr(
        f"工作表“{name}”的内容在文件里找不到，没有读取；请用 Excel 或 WPS 打开修复后另存",
        f"the content of the sheet “{name}” is not in the file; open it in Excel or WPS, let it repair it, and save it",
    )


def _hidden_sheet_note(name: str) -> str:
    return tr(
        f"工作表“{name}”是隐藏的，没有读取；需要的请取消隐藏",
        f"the sheet “{name}” is hidden and was not read; show it if it is needed",
    )


def _places(name: str, addresses: list[CellAddress]) -> str:
    """Return the first cells as text, with the number of the others."""
    named = join_words(f"{name}!{address}" for address in addresses[:_MAX_NAMED])
    more = len(addresses) - _MAX_NAMED
    return named if more <= 0 else tr(f"{named} 等 {len(addresses)} 格", f"{named} and {more} more")


def _text_box_notes(package: Package, part: str, name: str) -> Iterator[str]:
    """Yield a note if the sheet has text boxes, which belong to no cell."""
    for target in package.targets(part).values():
        if target.kind == "drawing" and any(text.text for text in package.xml(target.part).iter(_DRAWN_TEXT)):
            yield tr(
                f"工作表“{name}”的文本框里有文字，没有读取；请把它们写进单元格",
                f"the sheet “{name}” has text boxes, whose text was not read; write it into cells",
            )
            return
