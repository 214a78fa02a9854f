"""Line wrapping and column layout in terminal cells, where a Chinese character is two cells wide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len

_WORD: Final = re.compile(r"[!-~≥≤]{1,30}|.", re.DOTALL)
_CLOSING: Final = frozenset("，。；：、”）")


def wrap(text: str, width: int) -> Iterator[str]:
    """Yield the text in lines no wider than `width` cells, broken between words.

    A number or a Latin word is kept whole if it is short enough, and no line begins with a closing mark, which may
    exceed the width by two cells.
    """
    line, used = "", 0
    for word in _WORD.findall(text):
        cells = cell_len(word)
        if line and used + cells > width and not (word in _CLOSING and used < width + 2):
            yield line.rstrip()
            line, used = "", 0
        if not line and word[0].isspace():
            word = word.lstrip()  # noqa: PLW2901
            cells = cell_len(word)
        line, used = line + word, used + cells
    yield line


def format_columns(rows: Sequence[tuple[str, str]], width: int, left: int = 0) -> Iterator[str]:
    """Yield the lines of a table of two columns, the second of which is wrapped.

    `left` is the width of the first column in cells, by default that of its widest cell, at most 30. A first cell that
    is wider is written on a line by itself.
    """
    left = left or min(max(cell_len(first) for first, _ in rows), 30)
    for first, second in rows:
        lines = list(wrap(second, max(width - left - 4, 20)))
        if cell_len(first) > left:
            yield f"  {first}"
        else:
            yield f"  {first}{' ' * (left - cell_len(first))}  {lines.pop(0) if lines else ''}".rstrip()
        yield from (f"{' ' * (left + 4)}{line}" for line in lines)
