"""Storage of the facts that cross-table rules compare: in memory first, then in a temporary file."""

from __future__ import annotations

import json
from array import array
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from io import BytesIO
from itertools import groupby
from struct import Struct
from tempfile import TemporaryFile
from typing import IO, Final, NamedTuple, overload

from perftarget.linter.diagnostic import RelatedLocation
from perftarget.linter.rule import LocatedFact
from perftarget.text.source import Place, Span

_MAX_IN_MEMORY: Final = 32_000_000  # bytes; beyond that the facts are moved to a temporary file
_HEADER: Final = Struct("<IQ")  # the size of the data and the owner


class StoredFact(NamedTuple):
    """A serialized fact from a worker, with the rule and the hashed key that it is grouped by."""

    rule: str
    key: int
    data: bytes


def pack_fact(rule: str, key: Hashable, fact: LocatedFact) -> StoredFact:
    """Serialize a fact for the store."""
    digest = blake2b(repr(key).encode(), digest_size=8).digest()
    location, place = fact.location, fact.location.place
    place_data = (place.path, place.line, place.column, place.end_line, place.end_column, place.label, place.table)
    location_data = (
        location.message,
        location.span,
        place_data,
        location.line,
        location.indicator,
        location.row,
        location.at,
    )
    data = json.dumps((fact.text, fact.value, fact.table, location_data)).encode()
    return StoredFact(rule, int.from_bytes(digest), data)


def _unpack_fact(data: bytes) -> LocatedFact:
    text, value, table, (message, span, place_data, line, indicator, row, at) = json.loads(data)
    location = RelatedLocation(message, Span(*span), Place(*place_data), line, indicator, row, tuple(at))
    return LocatedFact(text, value and tuple(value), table, location)


class _Index(NamedTuple):
    """The keys of the facts of a rule and their offsets: 16 bytes a fact, a tenth of the size of a dict."""

    keys: array[int]
    offsets: array[int]


@dataclass
class FactStore:
    """The facts of a run by rule and key. Most keys belong to one fact, which is never read again."""

    _index: dict[str, _Index] = field(default_factory=dict)
    _file: IO[bytes] = field(default_factory=BytesIO)
    _end: int = 0

    def close(self) -> None:
        """Close the storage, and delete the temporary file if there is one."""
        self._file.close()

    def put(self, fact: StoredFact, owner: int) -> None:
        """Store a fact; `owner` is a number that is returned by the `owner` method."""
        if self._end > _MAX_IN_MEMORY and isinstance(self._file, BytesIO):
            self._file = _copy_to_disk(self._file)
        self._file.seek(self._end)
        self._file.write(_HEADER.pack(len(fact.data), owner) + fact.data)
        index = self._index.get(fact.rule)
        if index is None:
            index = self._index[fact.rule] = _Index(array("Q"), array("Q"))
        index.keys.append(fact.key)
        index.offsets.append(self._end)
        self._end += _HEADER.size + len(fact.data)

    def shared(self, rule: str) -> Iterator[FactGroup]:
        """Return the facts of each key that several facts have, in the order in which the keys were stored first."""
        keys, offsets = self._index.get(rule, _Index(array("Q"), array("Q")))
        order = sorted(range(len(keys)), key=keys.__getitem__)
        groups = [numbers for _, group in groupby(order, keys.__getitem__) if len(numbers := list(group)) > 1]
        return (FactGroup(self, [offsets[number] for number in numbers]) for numbers in sorted(groups))

    def read(self, offset: int) -> LocatedFact:
        """Return the fact at an offset of the storage."""
        self._file.seek(offset)
        size, _ = _HEADER.unpack(self._file.read(_HEADER.size))
        return _unpack_fact(self._file.read(size))

    def owner(self, offset: int) -> int:
        """Return the owner of the fact at an offset of the storage."""
        self._file.seek(offset)
        return int(_HEADER.unpack(self._file.read(_HEADER.size))[1])


def _copy_to_disk(file: BytesIO) -> IO[bytes]:
    copy = TemporaryFile()  # noqa: SIM115 - closed with its store
    copy.write(file.getbuffer())
    return copy


class FactGroup(Sequence[LocatedFact]):
    """The facts of one key; each is read from the store on access."""

    def __init__(self, store: FactStore, offsets: list[int]) -> None:
        self._store = store
        self._offsets = offsets

    def __len__(self) -> int:
        return len(self._offsets)

    @overload
    def __getitem__(self, index: int) -> LocatedFact: ...
    @overload
    def __getitem__(self, index: slice) -> FactGroup: ...
    def __getitem__(self, index: int | slice) -> LocatedFact | FactGroup:
        if isinstance(index, slice):
            return FactGroup(self._store, self._offsets[index])
        return self._store.read(self._offsets[index])

    @property
    def owner(self) -> int:
        """The owner of the first fact."""
        return self._store.owner(self._offsets[0])
