"""How much of a file is read: what is larger by far is no table, or was made to do harm."""

from __future__ import annotations

from typing import Final, NamedTuple


class Limits(NamedTuple):
    """The bounds that a profile sets; each has a message of its own where a file goes beyond it."""

    file_size: int = 1_000_000
    """Bytes of a YAML or text file; real tables have two thousand."""
    package_size: int = 50_000_000
    """Bytes of a Word or Excel file, which may carry pictures."""
    unpacked_size: int = 64_000_000
    """Bytes of one part of it, unpacked; the largest annex of a province has a tenth of it."""
    ratio: int = 300
    """How many times larger a part may become by that."""
    depth: int = 64
    """Levels of YAML; a table has five."""
    cells: int = 200_000
    """Cells with text in a sheet, and in the lines of a text."""
    columns: int = 1000
    """Columns of a grid; the widest form has some fourteen."""
    shown: int = 500
    """Findings of one file that are shown as text."""


DEFAULT_LIMITS: Final = Limits()
MAX_LIMITS: Final = Limits(20_000_000, 500_000_000, 500_000_000, 10_000, 200, 1_000_000, 16_384, 999_999)
"""No profile sets more: it may come from the same stranger as the file. libyaml composes by recursion."""
