"""Minimal Word files, built from pieces of XML."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from perftarget.formats.docx.reader import read as read_docx
from perftarget.formats.grid import Grid, GridDocument

TYPES = "http://schemas.openxmlformats.org/officeDocument/2006"
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{TYPES}/relationships" xmlns:m="{TYPES}/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wpStrict="http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing" '
    'xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData"'
)
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


def package(parts: dict[str, str | bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def relation(kind: str, target: str) -> str:
    return f'<Relationship Id="{kind}" Type="{TYPES}/relationships/{kind}" Target="{target}"/>'


def word(body: str, styles: str = "", numbering: str = "", prolog: str = "") -> bytes:
    """Build a minimal .docx with this body; other parts are added only if they have content."""
    document = f"{prolog}<w:document {NAMES}><w:body>{body}</w:body></w:document>"
    parts = {"_rels/.rels": RELS.format(relation("officeDocument", "word/document.xml")), "word/document.xml": document}
    others = {"styles": styles, "numbering": numbering}
    parts["word/_rels/document.xml.rels"] = RELS.format("".join(relation(name, f"{name}.xml") for name in others))
    parts |= {f"word/{name}.xml": f"<w:{name} {NAMES}>{xml}</w:{name}>" for name, xml in others.items() if xml}
    return package(parts)


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str = "", properties: str = "", span: int = 1) -> str:
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f"<w:tc><w:tcPr>{merged}{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    plain = (cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(plain)}</w:tr>"


def tbl(*rows: str, columns: str = "") -> str:
    widths = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns.split())
    return f"<w:tbl><w:tblPr/><w:tblGrid>{widths}</w:tblGrid>{''.join(rows)}</w:tbl>"


DOWN = '<w:vMerge w:val="restart"/>'
ON = "<w:vMerge/>"


def grids(body: str) -> tuple[Grid, ...]:
    (flow,) = read_docx(word(body)).flows
    return flow


def texts(found: GridDocument) -> list[list[str]]:
    return [[cell.text for cell in grid.cells] for flow in found.flows for grid in flow]
