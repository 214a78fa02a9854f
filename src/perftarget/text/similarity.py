"""Similarity of two names."""

from __future__ import annotations

from decimal import Decimal


def similarity(first: str, second: str) -> Decimal:
    """Return the Dice coefficient of the character bigrams of two names, from 0 to 1."""
    first_pairs, second_pairs = ({name[i : i + 2] for i in range(len(name) - 1)} for name in (first, second))
    size = len(first_pairs) + len(second_pairs)
    return Decimal(2 * len(first_pairs & second_pairs)) / size if size else Decimal(0)
