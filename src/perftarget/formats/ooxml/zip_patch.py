"""Replacement of parts in a zip package; unchanged parts are copied in packed form."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from itertools import pairwise
from struct import Struct
from typing import Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from perftarget.errors import UnreadableFileError

_DIRECTORY_ENTRY: Final = Struct("<4s6H3L5H2L")
"""Fixed part of a directory entry, before its name."""
_LENGTHS: Final = slice(10, 13)
"""Fields of a directory entry with the lengths of its name, extra fields and comment."""
_OFFSET: Final = Struct("<L")
"""Last field of a directory entry: the offset of the local entry."""
_END: Final = Struct("<4s4H2LH")
"""Record at the end of the directory."""


class _Record(NamedTuple):
    """Local entry with the packed data of a part, and its directory entry."""

    local: bytes
    central: bytes


def repack(data: bytes, archive: ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """Return the package with the changed parts in their place and the new parts last."""
    records = _read_records(data, archive) | _pack(archive, changed)
    parts, directory, offset = [], [], 0
    for record in records.values():
        parts.append(record.local)
        before, after = record.central[: _DIRECTORY_ENTRY.size - _OFFSET.size], record.central[_DIRECTORY_ENTRY.size :]
        directory.append(before + _OFFSET.pack(offset) + after)
        offset += len(record.local)
    size = sum(map(len, directory))
    end = _END.pack(b"PK\x05\x06", 0, 0, len(directory), len(directory), size, offset, 0)
    return b"".join([*parts, *directory, end])


def _pack(archive: ZipFile, changed: Mapping[str, bytes]) -> dict[str, _Record]:
    """Return the records of the changed parts, with the attributes of the entries that they replace."""
    entries = {_key(entry): entry for entry in archive.infolist()}
    packed = BytesIO()
    with ZipFile(packed, "w") as out:
        for name, content in changed.items():
            new = ZipInfo(name)
            new.compress_type = ZIP_DEFLATED
            out.writestr(_copy_attributes(entries[key]) if (key := _key(new)) in entries else new, content)
    with ZipFile(packed) as written:
        return _read_records(packed.getvalue(), written)


def _read_records(data: bytes, archive: ZipFile) -> dict[str, _Record]:
    """Return the records by name, in the order of the directory; a local entry ends where the next one begins.

    Raises UnreadableFileError if two entries have the same offset, since repeated copies could grow without bounds.
    """
    entries = archive.infolist()
    starts = sorted({archive.start_dir, *(entry.header_offset for entry in entries)})
    if len(starts) <= len(entries):
        raise UnreadableFileError("damaged", part="zip")
    ends = dict(pairwise(starts))
    records, offset = {}, archive.start_dir
    for entry in entries:
        start = entry.header_offset
        end = offset + _DIRECTORY_ENTRY.size + sum(_DIRECTORY_ENTRY.unpack_from(data, offset)[_LENGTHS])
        records[_key(entry)] = _Record(data[start : ends.get(start, start)], data[offset:end])
        offset = end
    return records


def _key(entry: ZipInfo) -> str:
    """Return the normalised name by which Office programs find a part."""
    return entry.filename.replace("\\", "/").lower()


def _copy_attributes(entry: ZipInfo) -> ZipInfo:
    """Return a new entry with the attributes of an entry, but without its data."""
    copy = ZipInfo(entry.filename, entry.date_time)
    copy.compress_type = entry.compress_type
    copy.comment, copy.create_system = entry.comment, entry.create_system
    copy.external_attr, copy.internal_attr = entry.external_attr, entry.internal_attr
    return copy
