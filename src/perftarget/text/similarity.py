"""TODO."""

from __future__ import annotations

from decimal import Decimal


def similarity(one: str, other: str) -> Decimal:
    """How alike two names are, from 0 to 1: the share of pairs of neighbouring characters that they have in common."""
    pairs = [{name[i : i + 2] for i in range(len(name) - 1)} for name in (one, other)]
    size = len(pairs[0]) + len(pairs[1])
    return Decimal(2 * len(pairs[0] & pairs[1])) / size if size else Decimal(0)
