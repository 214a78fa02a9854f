"""Cells with a conversation (threaded comments), where Excel shows no note: what is said of them stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_THREAD: Final = re.compile(rb"""<(?:[\w.-]+:)?threadedComment\s[^<>]*?\bref\s*=\s*["']([A-Z0-9]+)["']""")
_MERGED: Final = re.compile(
    rb"""<(?:[\w.-]+:)?mergeCell\s[^<>]*?\bref\s*=\s*["']([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})["']"""
)


class _At(NamedTuple):
    row: int
    column: int

    @classmethod
    def of(cls, cell: str) -> _At:
        found, column = _CELL.fullmatch(cell), 0
        for letter in found[1] if found else "A":
            column = column * 26 + ord(letter) - ord("A") + 1
        return cls(int(found[2]) if found else 1, column)

    def __str__(self) -> str:
        letters, number = "", self.column
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{letters}{self.row}"


def beside(texts: Mapping[str, str], threads: Iterable[bytes], sheet: bytes) -> dict[str, str]:
    """The texts, each of a cell with a conversation at the next cell on its right that shows a note."""
    taken = {found[1].decode() for part in threads for found in _THREAD.finditer(part)}
    if not taken & texts.keys():
        return dict(texts)
    merged = [(_At.of(one[1].decode()), _At.of(one[2].decode())) for one in _MERGED.finditer(sheet)]
    moved: dict[str, str] = {}
    for cell, text in texts.items():
        place = _free(_At.of(cell), taken, merged) if cell in taken else cell
        said = text if place == cell else f"{cell}\n{text}"
        moved[place] = f"{moved[place]}\n\n{said}" if place in moved else said
    return moved


def _free(at: _At, taken: set[str], merged: list[tuple[_At, _At]]) -> str:
    row = [(first, last) for first, last in merged if first.row <= at.row <= last.row]
    while str(at) in taken or any(at != first and first.column <= at.column <= last.column for first, last in row):
        at = _At(at.row, at.column + 1)
    return str(at)
