"""Similarity of names, and the suggestion for a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from difflib import get_close_matches


def similarity(first: str, second: str) -> Decimal:
    """Return the Dice coefficient of the character bigrams of two names, from 0 to 1."""
    first_pairs, second_pairs = ({name[i : i + 2] for i in range(len(name) - 1)} for name in (first, second))
    size = len(first_pairs) + len(second_pairs)
    return Decimal(2 * len(first_pairs & second_pairs)) / size if size else Decimal(0)


def nearest_name(name: str, names: Iterable[str], cutoff: float = 0.5) -> str | None:
    """Return the name that a misspelt one most likely means, or None if none is as similar as `cutoff`, from 0 to 1."""
    matches = get_close_matches(name, list(names), 1, cutoff)
    return matches[0] if matches else None
