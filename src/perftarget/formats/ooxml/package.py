"""The zip package that a Word or Excel file is, opened within bounds, and told apart from what only has its name."""

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

_MAX_SMALL: Final = 4_000_000  # however much smaller it was packed, this much does no harm
_MAX_ENTRIES: Final = 10_000
_MANY_PARTS: Final = 4  # times the bound of one part is what all of them may come to
_CENTRAL_ENTRY: Final = b"PK\x01\x02"

_RELATIONSHIPS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/", b"http://schemas.openxmlformats.org/spreadsheetml/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
"""ISO's strict variant has names of its own for the same things."""

_DOCTYPE: Final = re.compile(rb"<\0{0,3}!\0{0,3}D\0{0,3}O\0{0,3}C\0{0,3}T\0{0,3}Y\0{0,3}P\0{0,3}E")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: Final = (("EncryptedPackage", "encrypted"), ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"))
_STARTS: Final = (
    (b"{\\rtf", "rtf"),
    (b"%PDF", "pdf"),
    (b"MIME-Version:", "html"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
)


class RelationshipTarget(NamedTuple):
    """What a relationship points at: the last word of its type, and the name of the part."""

    kind: str
    part: str


@dataclass
class Package:
    """The parts of a package; `main` is the one that the others hang on."""

    archive: ZipFile
    limits: Limits = DEFAULT_LIMITS
    entries: dict[str, ZipInfo] = field(default_factory=dict)
    main: str = ""
    root: etree._Element | None = None
    """Of the main part, which is parsed anyway to see what it is."""
    unpacked: int = 0
    """Bytes of all parts that have been read."""

    def __contains__(self, part: str) -> bool:
        return part.lower() in self.entries

    def read(self, part: str) -> bytes:
        """The bytes of a part. Raises Unreadable where they are too many, damaged, or not there."""
        entry = self.entries.get(part.lower())
        if entry is None:
            raise UnreadableFileError("damaged", part=part)
        if entry.flag_bits & 1:
            raise UnreadableFileError("encrypted")
        packed = max(entry.compress_size, 1)
        most, ratio = self.limits.unpacked_size, self.limits.ratio
        if entry.file_size > most or (entry.file_size > _MAX_SMALL and entry.file_size / packed > ratio):
            raise UnreadableFileError("bomb", part=part, size=entry.file_size)
        try:
            with self.archive.open(entry) as file:
                data = file.read(most + 1)  # never more, whatever the entry declares
        except (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error) as error:
            raise UnreadableFileError("damaged", part=part) from error
        self.unpacked += len(data)
        if len(data) > most or self.unpacked > _MANY_PARTS * most:
            raise UnreadableFileError("bomb", part=part, size=max(len(data), self.unpacked))
        return data

    def xml(self, part: str) -> etree._Element:
        """The root of a part, with the names of the transitional variant. Raises Unreadable, also for a DTD."""
        if part == self.main and self.root is not None:
            return self.root
        return parse_xml(self.read(part), part)

    def targets(self, part: str) -> dict[str, RelationshipTarget]:
        """What a part points at inside the package, by identifier; what points outside or nowhere is left out."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self:
            return {}
        found = {}
        for one in self.xml(rels).iter(_RELATIONSHIPS):
            path = one.get("Target", "")
            target = path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
            if one.get("TargetMode") != "External" and target in self:
                found[one.get("Id", "")] = RelationshipTarget(one.get("Type", "").rpartition("/")[2], target)
        return found

    def related(self, kind: str) -> str | None:
        """The first part of that kind that the main part points at."""
        return next((one.part for one in self.targets(self.main).values() if one.kind == kind), None)


def open_package(data: bytes, wanted: str, limits: Limits = DEFAULT_LIMITS) -> Package:
    """The package in these bytes, `wanted` being docx or xlsx. Raises Unreadable for all that is something else."""
    if not data.startswith(b"PK"):
        raise UnreadableFileError(_kind(data))
    if data.count(_CENTRAL_ENTRY) > _MAX_ENTRIES:
        raise UnreadableFileError("bomb", part="zip", size=len(data))
    try:
        package = Package(ZipFile(BytesIO(data)), limits)
    except (BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise UnreadableFileError("truncated") from error
    package.entries = {entry.filename.replace("\\", "/").lower(): entry for entry in package.archive.infolist()}
    package.main = next((one.part for one in package.targets("").values() if one.kind == "officeDocument"), "")
    usual = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
    if not package.main:
        package.main = next((part for part in usual.values() if part in package), "")
    if not package.main:
        raise UnreadableFileError("archive")
    package.root = package.xml(package.main)
    kind = etree.QName(package.root).localname
    expected = {"docx": "document", "xlsx": "workbook"}[wanted]
    if kind != expected:
        known = {"document": "is-docx", "workbook": "is-xlsx", "presentation": "pptx"}
        raise UnreadableFileError(known.get(kind, "damaged"), part=package.main)
    return package


def parse_xml(data: bytes, part: str = "") -> etree._Element:
    """The root element of an XML text. Raises Unreadable for a DTD, since no office writes one, and what is no XML."""
    try:
        return etree.fromstring(_transitional(data, part), _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFileError("damaged", part=part) from error


def iterparse_part(data: bytes, part: str, tags: Collection[str]) -> Iterator[etree._Element]:
    """The elements with these tags as they end, each gone when the next is asked for. Raises Unreadable likewise."""
    text = BytesIO(_transitional(data, part))
    found = etree.iterparse(text, tag=tuple(tags), resolve_entities=False, no_network=True, huge_tree=True)
    try:
        for _, element in found:
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


def _transitional(data: bytes, part: str) -> bytes:
    # libxml2 replaces entities in attributes whatever it is told: look before it does.
    if _DOCTYPE.search(data):
        raise UnreadableFileError("entities", part=part)
    for strict, transitional in _STRICT:
        data = data.replace(strict, transitional)
    return data


def _kind(data: bytes) -> str:
    """What the bytes are that are no zip file."""
    if not data.strip(b"\0 \t\r\n"):
        return "empty"
    if data.startswith(_OLE):
        return next((kind for name, kind in _OLE_STREAMS if name.encode("utf-16-le") in data), "ole")
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, kind in _STARTS:
        if start.startswith(magic):
            return kind
    if re.match(rb"(?is)(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|table)\b", start):
        return "html"
    if re.search(rb"<pkg:package|<w:wordDocument|urn:schemas-microsoft-com:office:spreadsheet", start):
        return "xml"
    return "other"
