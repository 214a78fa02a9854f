"""XML changed where it must be, and nowhere else."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from operator import itemgetter
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape

from perftarget.errors import UnreadableFileError
from perftarget.text.normalize import escape_invisible

AUTHOR: Final = "perftarget"
TYPES: Final = "[Content_Types].xml"
_TAG: Final = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_DECLARATION: Final = re.compile(rb"^\s*<\?xml[^>]*\?>\s*")
_ENCODING: Final = re.compile(rb"""^<\?xml[^>]*?\bencoding\s*=\s*["']([\w.-]+)["']""")
_WIDE: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
HEADER: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_IDENTIFIER: Final = re.compile(rb"""\bId\s*=\s*["']rIdPt([0-9]{1,9})["']""")


def to_utf8(data: bytes) -> bytes:
    """The XML in UTF-8, as nearly all parts are; only another encoding changes anything."""
    declared = _ENCODING.match(data)
    encoding = _WIDE.get(data[:2]) or (declared[1].decode().lower() if declared else "utf-8")
    if encoding == "utf-8":
        return data
    try:
        return HEADER.encode() + _DECLARATION.sub(b"", data.decode(encoding).encode())
    except (LookupError, UnicodeError) as error:
        raise UnreadableFileError("damaged", part="XML") from error


def walk(
    xml: bytes, start: Callable[[str, Mapping[str, str], int], None], end: Callable[[str, int], None] | None = None
) -> None:
    """Tell of each element where its tags begin, in bytes; a name has its namespace and a space before it."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, attributes: start(name, attributes, parser.CurrentByteIndex)
    if end:
        parser.EndElementHandler = lambda name: end(name, parser.CurrentByteIndex)
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise UnreadableFileError("damaged", part="XML") from error


def tag_at(xml: bytes, offset: int) -> bytes:
    """The tag that begins there, whole."""
    found = _TAG.match(xml, offset)
    return found[0] if found else b""


def replace_spans(xml: bytes, changes: Iterable[tuple[int, int, bytes]]) -> bytes:
    """The text with each change made: from this offset up to that one, these bytes."""
    parts, last = [], 0
    for start, end, new in sorted(changes, key=itemgetter(0)):
        parts += [xml[last:start], new]
        last = end
    return b"".join([*parts, xml[last:]])


def append_child(xml: bytes, root: str, addition: bytes) -> bytes:
    """The addition as last children of the root, which has that local name and may be empty."""
    name = root.encode()
    if close := [*re.finditer(rb"</(?:[\w.-]+:)?" + name + rb"\s*>", xml)]:
        return xml[: close[-1].start()] + addition + xml[close[-1].start() :]
    found = re.search(rb"<((?:[\w.-]+:)?" + name + rb""")\b(?:[^<>"']|"[^"]*"|'[^']*')*/>""", xml)
    if not found:
        raise UnreadableFileError("damaged", part=root)
    opened = found[0][:-2] + b">"
    return xml[: found.start()] + opened + addition + b"</" + found[1] + b">" + xml[found.end() :]


def legal(written: str) -> str:
    """The text with characters that XML forbids, and that nobody sees, shown by their codes."""
    shown = "\n".join(escape_invisible(line) for line in written.split("\n"))
    return re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", shown)


def rels_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def related(rels: bytes, kind: str, target: str) -> tuple[bytes, str]:
    """A part of relationships with one more, and its identifier; `kind` is the whole address of its type."""
    rels = to_utf8(rels) or f'{HEADER}<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>'.encode()
    taken = max((int(found[1]) for found in _IDENTIFIER.finditer(rels)), default=0)
    identifier = f"rIdPt{taken + 1}"
    own = "" if b"<Relationships" in rels else f'xmlns="{_RELATIONSHIPS}" '
    one = f'<Relationship {own}Id="{identifier}" Type="{kind}" Target="{escape(target)}"/>'
    return append_child(rels, "Relationships", one.encode()), identifier


def with_type(types: bytes, *, part: str = "", extension: str = "", kind: str) -> bytes:
    """The list of content types with that of a part, or of all parts with an extension, unless it is there."""
    types = to_utf8(types)
    key, value = ("PartName", f"/{part}") if part else ("Extension", extension)
    if re.search(rf"""\b{key}\s*=\s*["']{re.escape(value)}["']""".encode(), types, re.IGNORECASE):
        return types
    element = "Override" if part else "Default"
    own = "" if b"<Types" in types else f'xmlns="{_CONTENT_TYPES}" '
    return append_child(types, "Types", f'<{element} {own}{key}="{value}" ContentType="{kind}"/>'.encode())


def free_name(taken: Collection[str], pattern: str) -> str:
    """A part name that is not taken; {} in the pattern is a number, or nothing at first."""
    known = {name.lower() for name in taken}
    numbers = itertools.chain([""], map(str, itertools.count(1)))
    return next(name for number in numbers if (name := pattern.format(number)).lower() not in known)
