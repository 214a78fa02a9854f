"""A package put together again: what does not change is copied as it is packed, and never unpacked."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from itertools import pairwise
from struct import Struct
from typing import Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from perftarget.errors import UnreadableFileError

_DIRECTORY: Final = Struct("<4s6H3L5H2L")  # what the directory says of an entry, before its name
_LENGTHS: Final = slice(10, 13)  # of the name, the extra fields and the comment behind it
_OFFSET: Final = Struct("<L")  # the last of its fields
_END: Final = Struct("<4s4H2LH")


class _Record(NamedTuple):
    """An entry as it stands in the file, and what the directory says of it."""

    local: bytes
    central: bytes


def repack(data: bytes, archive: ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """The package with these parts in place of its own, the new ones last; all else as it was, in its order."""
    records = _records(data, archive) | _packed(archive, changed)
    parts, directory, offset = [], [], 0
    for record in records.values():
        parts.append(record.local)
        before, after = record.central[: _DIRECTORY.size - _OFFSET.size], record.central[_DIRECTORY.size :]
        directory.append(before + _OFFSET.pack(offset) + after)
        offset += len(record.local)
    size = sum(map(len, directory))
    end = _END.pack(b"PK\x05\x06", 0, 0, len(directory), len(directory), size, offset, 0)
    return b"".join([*parts, *directory, end])


def _packed(archive: ZipFile, changed: Mapping[str, bytes]) -> dict[str, _Record]:
    entries = {_key(entry): entry for entry in archive.infolist()}
    packed = BytesIO()
    with ZipFile(packed, "w") as out:
        for name, content in changed.items():
            new = ZipInfo(name)
            new.compress_type = ZIP_DEFLATED
            out.writestr(_like(entries[key]) if (key := _key(new)) in entries else new, content)
    with ZipFile(packed) as written:
        return _records(packed.getvalue(), written)


def _records(data: bytes, archive: ZipFile) -> dict[str, _Record]:
    """The entries by their names, in the order of the directory; each reaches up to the next one in the file."""
    entries = archive.infolist()
    starts = sorted({archive.start_dir, *(entry.header_offset for entry in entries)})
    if len(starts) <= len(entries):  # copied once for each that says it is its own, a part could grow without bounds
        raise UnreadableFileError("damaged", part="zip")
    ends = dict(pairwise(starts))
    records, at = {}, archive.start_dir
    for entry in entries:
        start = entry.header_offset
        end = at + _DIRECTORY.size + sum(_DIRECTORY.unpack_from(data, at)[_LENGTHS])
        records[_key(entry)] = _Record(data[start : ends.get(start, start)], data[at:end])
        at = end
    return records


def _key(entry: ZipInfo) -> str:
    return entry.filename.replace("\\", "/").lower()


def _like(entry: ZipInfo) -> ZipInfo:
    """What the archive says of an entry besides its bytes."""
    copy = ZipInfo(entry.filename, entry.date_time)
    copy.compress_type = entry.compress_type
    copy.comment, copy.create_system = entry.comment, entry.create_system
    copy.external_attr, copy.internal_attr = entry.external_attr, entry.internal_attr
    return copy
