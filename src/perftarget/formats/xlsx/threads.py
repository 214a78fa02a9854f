"""Placement of comments beside cells with threaded comments, in which Excel does not show a note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_THREAD: Final = re.compile(rb"""<(?:[\w.-]+:)?threadedComment\s[^<>]*?\bref\s*=\s*["']([A-Z0-9]+)["']""")
_MERGED: Final = re.compile(
    rb"""<(?:[\w.-]+:)?mergeCell\s[^<>]*?\bref\s*=\s*["']([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})["']"""
)


class _Address(NamedTuple):
    """Address of a cell: row and column, both from 1."""

    row: int
    column: int

    @classmethod
    def parse(cls, cell: str) -> _Address:
        """Parse an address such as D12; A1 if it is invalid."""
        match, column = _CELL.fullmatch(cell), 0
        for letter in match[1] if match else "A":
            column = column * 26 + ord(letter) - ord("A") + 1
        return cls(int(match[2]) if match else 1, column)

    def __str__(self) -> str:
        letters, number = "", self.column
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{letters}{self.row}"


def move_beside_threads(texts: Mapping[str, str], threads: Iterable[bytes], sheet: bytes) -> dict[str, str]:
    """Return the texts by cell, with those of cells with threads moved to the next free cell on the right.

    A moved text begins with the address of its cell. `threads` are the parts with threaded comments, and `sheet` is the
    part of the sheet.
    """
    taken = {match[1].decode() for part in threads for match in _THREAD.finditer(part)}
    if not taken & texts.keys():
        return dict(texts)
    merged = [
        (_Address.parse(match[1].decode()), _Address.parse(match[2].decode())) for match in _MERGED.finditer(sheet)
    ]
    moved: dict[str, str] = {}
    for cell, text in texts.items():
        target = _next_free_cell(_Address.parse(cell), taken, merged) if cell in taken else cell
        target_text = text if target == cell else f"{cell}\n{text}"
        moved[target] = f"{moved[target]}\n\n{target_text}" if target in moved else target_text
    return moved


def _next_free_cell(address: _Address, taken: set[str], merged: list[tuple[_Address, _Address]]) -> str:
    """Return the first cell at or to the right of an address that has no thread and is not covered by a range."""
    ranges = [(first, last) for first, last in merged if first.row <= address.row <= last.row]
    while str(address) in taken or any(
        address != first and first.column <= address.column <= last.column for first, last in ranges
    ):
        address = _Address(address.row, address.column + 1)
    return str(address)
