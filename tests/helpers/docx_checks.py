"""Checks of a Word file: the package is consistent, and the tables are complete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from posixpath import dirname, normpath
from posixpath import join as joined
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# The order that the schema requires of the children of these elements, as far as they are written.
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl tabs autoSpaceDE autoSpaceDN snapToGrid spacing ind jc "
    "outlineLvl rPr",
    "rPr": "rFonts b color w sz szCs vanish lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "tcW gridSpan vMerge tcBorders tcMar vAlign",
    "trPr": "cantSplit trHeight tblHeader",
    "tcBorders": "top left bottom right",
    "sectPr": "footerReference pgSz pgMar docGrid",
    "style": "name basedOn uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
}


def faults(data: bytes) -> list[str]:
    """Return a sentence for each fault of the file."""
    with ZipFile(BytesIO(data)) as package:
        names = Counter(package.namelist())
        parts = {name: package.read(name) for name in names}
    found = [f"{name} exists twice" for name, count in names.items() if count > 1]
    trees = {name: etree.fromstring(content) for name, content in parts.items()}
    body = trees["word/document.xml"][0]
    styles = {style.get(f"{W}styleId") for style in trees["word/styles.xml"].iter(f"{W}style")}
    for check in (_types(trees), _relations(trees), _order(trees), _styles(body, styles), _marks(body), _ends(body)):
        found += check
    for number, table in enumerate(body.iter(f"{W}tbl"), start=1):
        found += (f"table {number}: {fault}" for fault in _table(table))
    return found


def _types(trees: dict[str, etree._Element]) -> Iterator[str]:
    types = trees["[Content_Types].xml"]
    known = {one.get("PartName", "").lstrip("/") or f".{one.get('Extension')}" for one in types}
    for name in trees:
        if name != "[Content_Types].xml" and name not in known and f".{name.rsplit('.', 1)[-1]}" not in known:
            yield f"{name} has no content type"
    yield from (f"{name} is declared but missing" for name in known if not name.startswith(".") and name not in trees)


def _relations(trees: dict[str, etree._Element]) -> Iterator[str]:
    for name, tree in trees.items():
        if name.endswith(".rels"):
            folder = dirname(dirname(name))
            targets = {one.get("Id"): normpath(joined(folder, one.get("Target", ""))) for one in tree}
            yield from (
                f"{name} refers to {target}, which is missing" for target in targets.values() if target not in trees
            )
            if name == "word/_rels/document.xml.rels":
                used = {
                    value for one in trees["word/document.xml"].iter() for key, value in one.items() if key == f"{R}id"
                }
                yield from (f"there is no relation {one}" for one in used - targets.keys())


def _order(trees: dict[str, etree._Element]) -> Iterator[str]:
    for tree in (trees["word/document.xml"], trees["word/styles.xml"]):
        for name, order in ORDERS.items():
            known = order.split()
            for one in tree.iter(W + name):
                children = [str(child.tag).removeprefix(W) for child in one]
                if unknown := set(children) - set(known):
                    yield f"{name} has {sorted(unknown)}"
                elif children != sorted(children, key=known.index):
                    yield f"{name} has its children out of order: {children}"


def _styles(body: etree._Element, styles: set[str | None]) -> Iterator[str]:
    used = {one.get(f"{W}val") for one in body.iter(f"{W}pStyle")}
    yield from (f"there is no style {name}" for name in used - styles)


def _marks(body: etree._Element) -> Iterator[str]:
    starts = [(one.get(f"{W}id"), one.get(f"{W}name")) for one in body.iter(f"{W}bookmarkStart")]
    ends = [one.get(f"{W}id") for one in body.iter(f"{W}bookmarkEnd")]
    if sorted(ends) != sorted(id_ for id_, _ in starts) or len(set(ends)) != len(ends):
        yield "bookmarks do not end where they begin"
    names = {name for _, name in starts}
    if len(names) != len(starts):
        yield "two bookmarks have one name"
    anchors = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")}
    yield from (f"there is no bookmark {name}" for name in anchors - names)


def _ends(body: etree._Element) -> Iterator[str]:
    if body[-1].tag != f"{W}sectPr" or body[-2].tag != f"{W}p":
        yield "the document does not end with a paragraph and its section"
    if any(one.get(f"{W}type") == "page" for one in body.iter(f"{W}br")):
        yield "there is a page break inside a paragraph"
    for cell in body.iter(f"{W}tc"):
        if cell[-1].tag != f"{W}p":
            yield "a cell does not end with a paragraph"
    for one, two in pairwise(body):
        if one.tag == two.tag == f"{W}tbl":
            yield "two tables touch, and Word makes them one"
    for text in body.iter(f"{W}t"):
        if (
            text.text != (text.text or "").strip()
            and text.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve"
        ):
            yield "a space at the edge of a text is lost"


def _table(table: etree._Element) -> Iterator[str]:
    grid = [int(column.get(f"{W}w", 0)) for column in table.find(f"{W}tblGrid")]
    width = table.find(f"{W}tblPr/{W}tblW")
    if width is None or width.get(f"{W}w") != str(sum(grid)):
        yield "its width differs from that of its columns"
    hanging: set[int] = set()
    for row in table.findall(f"{W}tr"):
        column, below = 0, set()
        for cell in row.findall(f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            span = properties.find(f"{W}gridSpan")
            count = 1 if span is None else int(span.get(f"{W}val", 0))
            if properties.find(f"{W}tcW").get(f"{W}w") != str(sum(grid[column : column + count])):
                yield "a cell is not as wide as its columns"
            merge = properties.find(f"{W}vMerge")
            if merge is not None:
                below.add(column)
                if merge.get(f"{W}val") != "restart" and column not in hanging:
                    yield "a merged cell has no start"
            column += count
        if column != len(grid):
            yield f"a row has {column} columns of {len(grid)}"
        hanging = below
