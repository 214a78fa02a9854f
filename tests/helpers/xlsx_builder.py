"""Minimal Excel files, built from pieces of XML."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(files: dict[str, str | bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return packed.getvalue()


def relationships(*targets: tuple[str, str]) -> str:
    one = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{one}</Relationships>'


def workbook(*sheets: str, strings: str = "", formats: str = "", state: str = "", properties: str = "") -> bytes:
    """Build a workbook; each sheet is the content of its worksheet element."""
    named = "".join(
        f'<sheet name="表{number}" sheetId="{number}" r:id="r{number}" {state if number == 1 else ""}/>'
        for number, _ in enumerate(sheets, 1)
    )
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number, _ in enumerate(sheets, 1)]
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}<sheets>{named}</sheets></workbook>'
    files: dict[str, str | bytes] = {
        "_rels/.rels": relationships(("officeDocument", "/xl/workbook.xml")),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": relationships(*targets, ("sharedStrings", "s.xml"), ("styles", "styles.xml")),
        "xl/s.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{formats}</styleSheet>',
    }
    for number, sheet in enumerate(sheets, 1):
        files[f"xl/worksheets/sheet{number}.xml"] = f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
    return zipped(files)


def rows(*cells: str) -> str:
    return f"<sheetData>{''.join(cells)}</sheetData>"
