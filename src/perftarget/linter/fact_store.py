"""What rules across tables remember, set aside: a few bytes a fact, on the disk where they are many."""

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

_IN_MEMORY: Final = 32_000_000  # bytes; what is beyond goes to a temporary file
_HEAD: Final = Struct("<IQ")


class StoredFact(NamedTuple):
    """A fact on its way from a worker: the rule and key that it is reduced by, and itself as bytes."""

    rule: str
    key: int
    data: bytes


def pack_fact(rule: str, key: Hashable, known: LocatedFact) -> StoredFact:
    digest = blake2b(repr(key).encode(), digest_size=8).digest()
    mark, place = known.mark, known.mark.place
    where = (place.path, place.line, place.column, place.end_line, place.end_column, place.label, place.table)
    seen = (mark.message, mark.span, where, mark.line, mark.indicator, mark.row, mark.at)
    return StoredFact(rule, int.from_bytes(digest), json.dumps((known.text, known.value, known.table, seen)).encode())


def _known(data: bytes) -> LocatedFact:
    text, value, table, (message, span, where, line, indicator, row, at) = json.loads(data)
    mark = RelatedLocation(message, Span(*span), Place(*where), line, indicator, row, tuple(at))
    return LocatedFact(text, value and tuple(value), table, mark)


class _Index(NamedTuple):
    """The key of each fact of a rule, and its place: sixteen bytes a fact, where a dict takes ten times that."""

    keys: array[int]
    places: array[int]


@dataclass
class FactStore:
    """The facts by rule and key, to be reduced when all are there; most have a key of their own, and are not."""

    _index: dict[str, _Index] = field(default_factory=dict)
    _file: IO[bytes] = field(default_factory=BytesIO)
    _end: int = 0

    def close(self) -> None:
        self._file.close()

    def put(self, fact: StoredFact, owner: int) -> None:
        """Remember a fact; `owner` is a number that comes back with it."""
        if self._end > _IN_MEMORY and isinstance(self._file, BytesIO):
            self._file = _on_disk(self._file)
        self._file.seek(self._end)
        self._file.write(_HEAD.pack(len(fact.data), owner) + fact.data)
        index = self._index.get(fact.rule)
        if index is None:
            index = self._index[fact.rule] = _Index(array("Q"), array("Q"))
        index.keys.append(fact.key)
        index.places.append(self._end)
        self._end += _HEAD.size + len(fact.data)

    def shared(self, rule: str) -> Iterator[FactGroup]:
        """The facts of each key that more than one has, in the order in which the keys were met."""
        keys, places = self._index.get(rule, _Index(array("Q"), array("Q")))
        order = sorted(range(len(keys)), key=keys.__getitem__)
        groups = [found for _, group in groupby(order, keys.__getitem__) if len(found := list(group)) > 1]
        return (FactGroup(self, [places[one] for one in found]) for found in sorted(groups))

    def read(self, place: int) -> LocatedFact:
        self._file.seek(place)
        size, _ = _HEAD.unpack(self._file.read(_HEAD.size))
        return _known(self._file.read(size))

    def owner(self, place: int) -> int:
        self._file.seek(place)
        return int(_HEAD.unpack(self._file.read(_HEAD.size))[1])


def _on_disk(file: BytesIO) -> IO[bytes]:
    larger = TemporaryFile()  # noqa: SIM115 - closed with its shelf
    larger.write(file.getbuffer())
    return larger


class FactGroup(Sequence[LocatedFact]):
    """The facts of one key, read as they are looked at."""

    def __init__(self, shelf: FactStore, places: list[int]) -> None:
        self._shelf = shelf
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> LocatedFact: ...
    @overload
    def __getitem__(self, index: slice) -> FactGroup: ...
    def __getitem__(self, index: int | slice) -> LocatedFact | FactGroup:
        if isinstance(index, slice):
            return FactGroup(self._shelf, self._places[index])
        return self._shelf.read(self._places[index])

    @property
    def owner(self) -> int:
        """That of the first."""
        return self._shelf.owner(self._places[0])
