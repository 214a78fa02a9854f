"""Changes to XML text that keep all other bytes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from operator import itemgetter
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape

from perftarget.errors import UnreadableFileError
from perftarget.text.control_characters import escape_invisible

AUTHOR: Final = "perftarget"
CONTENT_TYPES: Final = "[Content_Types].xml"
_TAG: Final = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_DECLARATION: Final = re.compile(rb"^\s*<\?xml[^>]*\?>\s*")
_ENCODING: Final = re.compile(rb"""^<\?xml[^>]*?\bencoding\s*=\s*["']([\w.-]+)["']""")
_UTF16_STARTS: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
HEADER: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_IDENTIFIER: Final = re.compile(rb"""\bId\s*=\s*["']rIdPt([0-9]{1,9})["']""")


def to_utf8(data: bytes) -> bytes:
    """Return the XML in UTF-8; nearly all parts are already, and are returned unchanged.

    Raises UnreadableFileError if the declared encoding is unknown or wrong.
    """
    declared = _ENCODING.match(data)
    encoding = _UTF16_STARTS.get(data[:2]) or (declared[1].decode().lower() if declared else "utf-8")
    if encoding == "utf-8":
        return data
    try:
        return HEADER.encode() + _DECLARATION.sub(b"", data.decode(encoding).encode())
    except (LookupError, UnicodeError) as error:
        raise UnreadableFileError("damaged", part="XML") from error


def walk_elements(
    xml: bytes, start: Callable[[str, Mapping[str, str], int], None], end: Callable[[str, int], None] | None = None
) -> None:
    """Call `start` and `end` for each element with the byte offset of its start tag and its end tag.

    `start` receives the name, the attributes and the offset, `end` the name and the offset. A name is the namespace, a
    space and the local name.

    Raises UnreadableFileError if the XML is damaged.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, attributes: start(name, attributes, parser.CurrentByteIndex)
    if end:
        parser.EndElementHandler = lambda name: end(name, parser.CurrentByteIndex)
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise UnreadableFileError("damaged", part="XML") from error


def tag_at(xml: bytes, offset: int) -> bytes:
    """Return the tag that begins at `offset`."""
    match = _TAG.match(xml, offset)
    return match[0] if match else b""


def replace_spans(xml: bytes, changes: Iterable[tuple[int, int, bytes]]) -> bytes:
    """Return the XML with each (start, end, bytes) replaced; the ranges must not overlap."""
    parts, last = [], 0
    for start, end, replacement in sorted(changes, key=itemgetter(0)):
        parts += [xml[last:start], replacement]
        last = end
    return b"".join([*parts, xml[last:]])


def append_child(xml: bytes, root: str, addition: bytes) -> bytes:
    """Return the XML with `addition` as the last children of the root.

    `root` is the local name of the root element, which may be empty. Raises UnreadableFileError if it is not found.
    """
    name = root.encode()
    if end_tags := [*re.finditer(rb"</(?:[\w.-]+:)?" + name + rb"\s*>", xml)]:
        end = end_tags[-1].start()
        return xml[:end] + addition + xml[end:]
    empty = re.search(rb"<((?:[\w.-]+:)?" + name + rb""")\b(?:[^<>"']|"[^"]*"|'[^']*')*/>""", xml)
    if not empty:
        raise UnreadableFileError("damaged", part=root)
    start_tag = empty[0][:-2] + b">"
    return xml[: empty.start()] + start_tag + addition + b"</" + empty[1] + b">" + xml[empty.end() :]


def escape_illegal(text: str) -> str:
    """Return the text with invisible characters as their codes and other characters that XML forbids as U+FFFD."""
    shown = "\n".join(escape_invisible(line) for line in text.split("\n"))
    return re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", shown)


def relationships_part(part: str) -> str:
    """Return the name of the part with the relationships of a part."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def add_relationship(rels: bytes, kind: str, target: str) -> tuple[bytes, str]:
    """Return the relationships with an added one, and its identifier; `kind` is the URI of its type."""
    rels = to_utf8(rels) or f'{HEADER}<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>'.encode()
    last_number = max((int(match[1]) for match in _IDENTIFIER.finditer(rels)), default=0)
    identifier = f"rIdPt{last_number + 1}"
    namespace = "" if b"<Relationships" in rels else f'xmlns="{_RELATIONSHIPS}" '
    element = f'<Relationship {namespace}Id="{identifier}" Type="{kind}" Target="{escape(target)}"/>'
    return append_child(rels, "Relationships", element.encode()), identifier


def add_content_type(types: bytes, *, part: str = "", extension: str = "", kind: str) -> bytes:
    """Return the content types with that of a part, or of all parts with an extension, unless it is present."""
    types = to_utf8(types)
    key, value = ("PartName", f"/{part}") if part else ("Extension", extension)
    if re.search(rf"""\b{key}\s*=\s*["']{re.escape(value)}["']""".encode(), types, re.IGNORECASE):
        return types
    element = "Override" if part else "Default"
    namespace = "" if b"<Types" in types else f'xmlns="{_CONTENT_TYPES}" '
    return append_child(types, "Types", f'<{element} {namespace}{key}="{value}" ContentType="{kind}"/>'.encode())


def free_name(taken: Collection[str], pattern: str) -> str:
    """Return a part name that is not in `taken`; {} in the pattern becomes a number, or "" at first."""
    lower_names = {name.lower() for name in taken}
    numbers = itertools.chain([""], map(str, itertools.count(1)))
    return next(name for number in numbers if (name := pattern.format(number)).lower() not in lower_names)
