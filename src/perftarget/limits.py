"""Upper bounds on the input, against files that are no tables and files made to exhaust memory or time."""

from __future__ import annotations

from typing import Final, NamedTuple


class Limits(NamedTuple):
    """Bounds that a profile may set; a file that exceeds one of them is reported with a message for that bound."""

    file_size: int = 1_000_000
    """Bytes of a YAML or text file; a real table has about two thousand."""
    package_size: int = 50_000_000
    """Bytes of a Word or Excel file, which may contain pictures."""
    unpacked_size: int = 64_000_000
    """Bytes of one unpacked part of a Word or Excel file; the largest annex of a province has a tenth of it."""
    ratio: int = 300
    """Ratio of the unpacked to the packed size of such a part."""
    depth: int = 64
    """Nesting levels of a YAML file; a table has five."""
    cells: int = 200_000
    """Cells with text in a sheet, or in all lines of a text file."""
    columns: int = 1000
    """Columns of a grid; the widest form has about fourteen."""
    shown: int = 500
    """Findings of one file in the text report."""


DEFAULT_LIMITS: Final = Limits()
MAX_LIMITS: Final = Limits(20_000_000, 500_000_000, 500_000_000, 10_000, 200, 1_000_000, 16_384, 999_999)
"""Largest values that a profile may set, since a profile may come from the same untrusted source as the file.

The depth is bounded because libyaml composes nested nodes by recursion.
"""
