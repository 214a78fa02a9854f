"""Parts of a package changed where they must be, and nowhere else."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Mapping
from io import BytesIO
from operator import itemgetter
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from perftarget.characters import visible
from perftarget.package import Package

AUTHOR: Final = "perftarget"
TYPES: Final = "[Content_Types].xml"
_TAG: Final = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_DECLARATION: Final = re.compile(rb"^\s*<\?xml[^>]*\?>\s*")
HEADER: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_IDENTIFIER: Final = re.compile(rb"""\bId\s*=\s*["']rIdPt([0-9]{1,9})["']""")


def in_utf8(data: bytes) -> bytes:
    """The XML in UTF-8, as nearly all parts are; only another encoding changes anything."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return HEADER.encode() + _DECLARATION.sub(b"", data.decode(encoding).encode())
    return data


def tag_at(xml: bytes, offset: int) -> bytes:
    """The tag that begins there, whole."""
    found = _TAG.match(xml, offset)
    return found[0] if found else b""


def replaced(xml: bytes, changes: Iterable[tuple[int, int, bytes]]) -> bytes:
    """The text with each change made: from this offset up to that one, these bytes."""
    parts, last = [], 0
    for start, end, new in sorted(changes, key=itemgetter(0)):
        parts += [xml[last:start], new]
        last = end
    return b"".join([*parts, xml[last:]])


def appended(xml: bytes, root: str, addition: bytes) -> bytes:
    """The addition as last children of the root, which has that local name and may be empty."""
    name = root.encode()
    if close := [*re.finditer(rb"</(?:[\w.-]+:)?" + name + rb"\s*>", xml)]:
        return xml[: close[-1].start()] + addition + xml[close[-1].start() :]
    found = re.search(rb"<((?:[\w.-]+:)?" + name + rb""")\b(?:[^<>"']|"[^"]*"|'[^']*')*/>""", xml)
    if not found:
        return xml
    opened = found[0][:-2] + b">"
    return xml[: found.start()] + opened + addition + b"</" + found[1] + b">" + xml[found.end() :]


def legal(written: str) -> str:
    """The text with characters that XML forbids, and that nobody sees, shown by their codes."""
    shown = "\n".join(visible(line) for line in written.split("\n"))
    return re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", shown)


def rels_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def related(rels: bytes, kind: str, target: str) -> tuple[bytes, str]:
    """A part of relationships with one more, and its identifier; `kind` is the whole address of its type."""
    rels = in_utf8(rels) or f'{HEADER}<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>'.encode()
    taken = max((int(found[1]) for found in _IDENTIFIER.finditer(rels)), default=0)
    identifier = f"rIdPt{taken + 1}"
    own = "" if b"<Relationships" in rels else f'xmlns="{_RELATIONSHIPS}" '
    one = f'<Relationship {own}Id="{identifier}" Type="{kind}" Target="{escape(target)}"/>'
    return appended(rels, "Relationships", one.encode()), identifier


def with_type(types: bytes, *, part: str = "", extension: str = "", kind: str) -> bytes:
    """The list of content types with that of a part, or of all parts with an extension, unless it is there."""
    types = in_utf8(types)
    named = f'PartName="/{part}"' if part else f'Extension="{extension}"'
    if named.lower().encode() in types.lower():
        return types
    element = "Override" if part else "Default"
    own = "" if b"<Types" in types else f'xmlns="{_CONTENT_TYPES}" '
    return appended(types, "Types", f'<{element} {own}{named} ContentType="{kind}"/>'.encode())


def free_name(taken: Collection[str], pattern: str) -> str:
    """A part name that is not taken; {} in the pattern is a number, or nothing at first."""
    known = {name.lower() for name in taken}
    numbers = itertools.chain([""], map(str, itertools.count(1)))
    return next(name for number in numbers if (name := pattern.format(number)).lower() not in known)


def repacked(package: Package, changed: Mapping[str, bytes]) -> bytes:
    """The package with these parts in place of its own, the new ones last; all else as it was, in its order."""
    left = {name.lower(): (name, data) for name, data in changed.items()}
    packed = BytesIO()
    with ZipFile(packed, "w") as out:
        for entry in package.archive.infolist():
            _, data = left.pop(entry.filename.replace("\\", "/").lower(), ("", None))
            info = _entry(entry)
            out.writestr(info, package.archive.read(entry) if data is None else data)
        for name, data in left.values():
            info = ZipInfo(name)
            info.compress_type = ZIP_DEFLATED
            out.writestr(info, data)
    return packed.getvalue()


def _entry(entry: ZipInfo) -> ZipInfo:
    """What the archive says of an entry besides its bytes."""
    copy = ZipInfo(entry.filename, entry.date_time)
    copy.compress_type = entry.compress_type
    copy.comment, copy.create_system = entry.comment, entry.create_system
    copy.external_attr, copy.internal_attr = entry.external_attr, entry.internal_attr
    return copy
