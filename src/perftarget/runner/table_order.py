"""The order of the tables of an annex."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias, TypeVar

_Item = TypeVar("_Item")
_Key: TypeAlias = tuple[int, bool, int]


def in_order(
    items: Iterable[_Item], paths: Sequence[str], place: Callable[[_Item], tuple[str, int | None]]
) -> list[_Item]:
    """Return the tables in the order of the annex; `place` returns the file and the number (序号) of a table.

    The paths of the command come in the order in which they were given. Below a folder, the tables with a number come
    first, by number, then the others. Tables that are equal in this keep the order in which they were found.
    """
    indexes: dict[str, int] = {}
    for index, path in enumerate(paths):
        indexes.setdefault(os.path.abspath(path), index)  # noqa: PTH100 - a link is not followed

    def key(item: _Item) -> _Key:
        file, number = place(item)
        return _path_index(file, indexes), number is None, number or 0

    return sorted(items, key=key)


def _path_index(file: str, indexes: Mapping[str, int]) -> int:
    """Return the index of the first path that is the file or a folder above it."""
    path = Path(os.path.abspath(file))  # noqa: PTH100 - a link is not followed
    return min((indexes[str(part)] for part in (path, *path.parents) if str(part) in indexes), default=len(indexes))
