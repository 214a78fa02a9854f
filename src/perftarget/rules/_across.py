"""What rules across tables share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from perftarget.rule import Known


def by_key(facts: Iterable[Known], least: int = 2) -> Iterator[list[Known]]:
    """The facts with one key, where at least so many tables have it; of each table the first."""
    found: dict[Hashable, dict[int, Known]] = defaultdict(dict)
    for fact in facts:
        found[fact.key].setdefault(fact.number, fact)
    return (list(some.values()) for some in found.values() if len(some) >= least)
