"""Reader of the zip package of a Word or Excel file, with bounds on its size and a check of its real format."""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final, NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from perftarget.errors import UnreadableFileError
from perftarget.limits import DEFAULT_LIMITS, Limits

_MAX_SMALL: Final = 4_000_000
"""Unpacked bytes of a part below which its compression ratio is not checked."""
_MAX_ENTRIES: Final = 10_000
_MAX_TOTAL_FACTOR: Final = 4
"""Bound on the unpacked size of all parts together, as a multiple of the bound on one part."""
_CENTRAL_ENTRY: Final = b"PK\x01\x02"

_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT_NAMESPACES: Final = (
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/", b"http://schemas.openxmlformats.org/spreadsheetml/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
"""Namespaces of the strict variant of ISO/IEC 29500, with those of the transitional variant."""

_DOCTYPE: Final = re.compile(rb"<\0{0,3}!\0{0,3}D\0{0,3}O\0{0,3}C\0{0,3}T\0{0,3}Y\0{0,3}P\0{0,3}E")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: Final = (("EncryptedPackage", "encrypted"), ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"))
_SIGNATURES: Final = (
    (b"{\\rtf", "rtf"),
    (b"%PDF", "pdf"),
    (b"MIME-Version:", "html"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
)


class RelationshipTarget(NamedTuple):
    """Target of a relationship: the last segment of its type, and the name of the part."""

    kind: str
    part: str


@dataclass
class Package:
    """Opened package; `main` is the main part, to which the others are related."""

    archive: ZipFile
    limits: Limits = DEFAULT_LIMITS
    entries: dict[str, ZipInfo] = field(default_factory=dict)
    main: str = ""
    root: etree._Element | None = None
    """Root element of the main part, which is parsed when the package is opened."""
    unpacked: int = 0
    """Unpacked bytes of all parts read so far."""

    def __contains__(self, part: str) -> bool:
        return part.lower() in self.entries

    def read(self, part: str) -> bytes:
        """Return the bytes of a part. Raises UnreadableFileError if it is too large, damaged or missing."""
        entry = self.entries.get(part.lower())
        if entry is None:
            raise UnreadableFileError("damaged", part=part)
        if entry.flag_bits & 1:
            raise UnreadableFileError("encrypted")
        packed = max(entry.compress_size, 1)
        max_size, max_ratio = self.limits.unpacked_size, self.limits.ratio
        if entry.file_size > max_size or (entry.file_size > _MAX_SMALL and entry.file_size / packed > max_ratio):
            raise UnreadableFileError("bomb", part=part, size=entry.file_size)
        try:
            with self.archive.open(entry) as file:
                data = file.read(max_size + 1)  # the declared size may be false
        except (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error) as error:
            raise UnreadableFileError("damaged", part=part) from error
        self.unpacked += len(data)
        if len(data) > max_size or self.unpacked > _MAX_TOTAL_FACTOR * max_size:
            raise UnreadableFileError("bomb", part=part, size=max(len(data), self.unpacked))
        return data

    def xml(self, part: str) -> etree._Element:
        """Return the root element of a part, in the transitional namespaces. Raises UnreadableFileError."""
        if part == self.main and self.root is not None:
            return self.root
        return parse_xml(self.read(part), part)

    def targets(self, part: str) -> dict[str, RelationshipTarget]:
        """Return the targets of the relationships of a part by identifier, without external and missing targets."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self:
            return {}
        targets = {}
        for relationship in self.xml(rels).iter(_RELATIONSHIP):
            path = relationship.get("Target", "")
            target = path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
            if relationship.get("TargetMode") != "External" and target in self:
                kind = relationship.get("Type", "").rpartition("/")[2]
                targets[relationship.get("Id", "")] = RelationshipTarget(kind, target)
        return targets

    def related(self, kind: str) -> str | None:
        """Return the first part of a kind to which the main part is related."""
        return next((target.part for target in self.targets(self.main).values() if target.kind == kind), None)


def open_package(data: bytes, expected: str, limits: Limits = DEFAULT_LIMITS) -> Package:
    """Open a package; `expected` is docx or xlsx.

    Raises UnreadableFileError with the detected format as its cause if the file is something else, or is damaged.
    """
    if not data.startswith(b"PK"):
        raise UnreadableFileError(_detect_format(data))
    if data.count(_CENTRAL_ENTRY) > _MAX_ENTRIES:
        raise UnreadableFileError("bomb", part="zip", size=len(data))
    try:
        package = Package(ZipFile(BytesIO(data)), limits)
    except (BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise UnreadableFileError("truncated") from error
    package.entries = {entry.filename.replace("\\", "/").lower(): entry for entry in package.archive.infolist()}
    package.main = _find_main_part(package)
    package.root = package.xml(package.main)
    root_name = etree.QName(package.root).localname
    if root_name != {"docx": "document", "xlsx": "workbook"}[expected]:
        causes = {"document": "is-docx", "workbook": "is-xlsx", "presentation": "pptx"}
        raise UnreadableFileError(causes.get(root_name, "damaged"), part=package.main)
    return package


def _find_main_part(package: Package) -> str:
    """Return the name of the main part, by its relationship or by its usual name."""
    targets = package.targets("").values()
    main = next((target.part for target in targets if target.kind == "officeDocument"), "")
    if not main:
        main = next((part for part in ("word/document.xml", "xl/workbook.xml") if part in package), "")
    if not main:
        raise UnreadableFileError("archive")
    return main


def parse_xml(data: bytes, part: str = "") -> etree._Element:
    """Parse XML and return the root element, in the transitional namespaces.

    Raises UnreadableFileError if the text is not XML, or has a DTD, which Office programs do not write.
    """
    try:
        return etree.fromstring(_to_transitional(data, part), _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFileError("damaged", part=part) from error


def iterparse_part(data: bytes, part: str, tags: Collection[str]) -> Iterator[etree._Element]:
    """Yield the elements with these tags at their end tags, and free each of them before the next one.

    Raises UnreadableFileError if the text is not XML or has a DTD.
    """
    text = BytesIO(_to_transitional(data, part))
    events = etree.iterparse(text, tag=tuple(tags), resolve_entities=False, no_network=True, huge_tree=True)
    try:
        for _, element in events:
            yield element
            element.clear()
            while (before := element.getprevious()) is not None:
                before.getparent().remove(before)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError("damaged", part=part) from error


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True
    )


def _to_transitional(data: bytes, part: str) -> bytes:
    """Return the XML with transitional namespaces. Raises UnreadableFileError if it has a DTD."""
    # libxml2 expands entities in attributes with any setting, so that a DTD must be found before parsing.
    if _DOCTYPE.search(data):
        raise UnreadableFileError("entities", part=part)
    for strict, transitional in _STRICT_NAMESPACES:
        data = data.replace(strict, transitional)
    return data


def _detect_format(data: bytes) -> str:
    """Return the format of a file that is not a zip archive, as a cause of UnreadableFileError."""
    if not data.strip(b"\0 \t\r\n"):
        return "empty"
    if data.startswith(_OLE):
        return next((kind for name, kind in _OLE_STREAMS if name.encode("utf-16-le") in data), "ole")
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, kind in _SIGNATURES:
        if start.startswith(signature):
            return kind
    if re.match(rb"(?is)(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|table)\b", start):
        return "html"
    if re.search(rb"<pkg:package|<w:wordDocument|urn:schemas-microsoft-com:office:spreadsheet", start):
        return "xml"
    return "other"
