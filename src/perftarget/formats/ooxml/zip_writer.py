"""Parts to an Office file: the same bytes for the same parts, those that never change packed once."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from struct import pack
from typing import Final

_LEVEL: Final = 6
_VERSION: Final = 20  # of the format: deflated
_UTF8: Final = 0x800
_DEFLATED: Final = 8
_DATE: Final = 0x21  # 1980-01-01, in the two bytes of MS-DOS: no clock, no machine


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it stands in a file."""

    name: bytes
    packed: bytes
    checksum: int
    size: int

    @property
    def _facts(self) -> bytes:
        return pack("<HHHHHIIIHH", _VERSION, _UTF8, _DEFLATED, 0, _DATE, self.checksum, *self._sizes, len(self.name), 0)

    @property
    def _sizes(self) -> tuple[int, int]:
        return len(self.packed), self.size

    @property
    def head(self) -> bytes:
        return b"PK\3\4" + self._facts + self.name

    def entry(self, offset: int) -> bytes:
        """What the directory at the end says of it."""
        return b"PK\1\2" + pack("<H", _VERSION) + self._facts + pack("<HHHII", 0, 0, 0, 0, offset) + self.name


def part(name: str, content: Iterable[str] | bytes) -> Part:
    """Pack a part, piece by piece where it is a long one."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    packed: list[bytes] = []
    checksum = size = 0
    for piece in _bytes(content):
        checksum = zlib.crc32(piece, checksum)
        size += len(piece)
        packed.append(packer.compress(piece))
    return Part(name.encode(), b"".join([*packed, packer.flush()]), checksum, size)


def _bytes(content: Iterable[str] | bytes) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    else:
        yield from (piece.encode() for piece in content)


def zip_bytes(parts: Iterable[Part]) -> bytes:
    """The file, a zip archive."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for one in parts:
        directory.append(one.entry(offset))
        pieces += [one.head, one.packed]
        offset += len(one.head) + len(one.packed)
    entries = b"".join(directory)
    end = pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(directory), len(directory), len(entries), offset, 0)
    return b"".join([*pieces, entries, end])
