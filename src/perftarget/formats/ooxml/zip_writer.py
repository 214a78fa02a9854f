"""Zip archives of Office files: the same bytes for the same parts, and parts that can be packed once and reused."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from struct import pack
from typing import Final

_LEVEL: Final = 6
_VERSION: Final = 20  # the version of the zip format that knows deflated entries
_UTF8: Final = 0x800
_DEFLATED: Final = 8
_DATE: Final = 0x21  # 1980-01-01 as an MS-DOS date: the current time would change the bytes


@dataclass(frozen=True, slots=True)
class Part:
    """A compressed part of a package."""

    name: bytes
    packed: bytes
    checksum: int
    size: int

    @property
    def local_header(self) -> bytes:
        """The header before the data."""
        return b"PK\3\4" + self._fields + self.name

    def directory_entry(self, offset: int) -> bytes:
        """Return the entry in the central directory; `offset` is that of the local header."""
        return b"PK\1\2" + pack("<H", _VERSION) + self._fields + pack("<HHHII", 0, 0, 0, 0, offset) + self.name

    @property
    def _fields(self) -> bytes:
        """The fields that both headers share."""
        sizes = len(self.packed), self.size
        return pack("<HHHHHIIIHH", _VERSION, _UTF8, _DEFLATED, 0, _DATE, self.checksum, *sizes, len(self.name), 0)


def part(name: str, content: Iterable[str] | bytes) -> Part:
    """Compress a part, piece by piece if its content is an iterable of strings."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    packed: list[bytes] = []
    checksum = size = 0
    for piece in _byte_pieces(content):
        checksum = zlib.crc32(piece, checksum)
        size += len(piece)
        packed.append(compressor.compress(piece))
    return Part(name.encode(), b"".join([*packed, compressor.flush()]), checksum, size)


def _byte_pieces(content: Iterable[str] | bytes) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    else:
        yield from (piece.encode() for piece in content)


def zip_bytes(parts: Iterable[Part]) -> bytes:
    """Return the zip archive of the parts, in their order."""
    pieces: list[bytes] = []
    entries: list[bytes] = []
    offset = 0
    for packed_part in parts:
        header = packed_part.local_header
        entries.append(packed_part.directory_entry(offset))
        pieces += [header, packed_part.packed]
        offset += len(header) + len(packed_part.packed)
    directory = b"".join(entries)
    end = pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(entries), len(entries), len(directory), offset, 0)
    return b"".join([*pieces, directory, end])
