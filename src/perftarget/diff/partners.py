"""Pairing of the tables of two sides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Final

from perftarget.diff.rows import plain_name
from perftarget.diff.years import name_without_year
from perftarget.tables.document import Document
from perftarget.tables.model import Table
from perftarget.text.similarity import similarity
from perftarget.values.indicator_names import name_key

_MIN_LIKENESS: Final = Decimal("0.45")
_SAME_UNIT: Final = Decimal("0.05")
_SAME_FILE: Final = Decimal("0.45")
_SAME_NUMBER: Final = Decimal("0.2")
_IN_COMMON: Final = Decimal("0.1")
"""Likeness of name or indicators without which the same file name is chance."""
_CONTAINED: Final = Decimal("0.9")
"""Likeness of two names of which one is the other with words left out."""
_ENOUGH: Final = 3
"""Number of common indicators that are no chance."""
_MAX_COMPARED: Final = 200
"""Maximum number of tables on each side that are compared by likeness."""
_ORDINAL: Final = re.compile("[0-9一二三四五六七八九十ⅠⅡⅢⅣⅤ甲乙丙丁]+")

Pairs = list[tuple[Document | None, Document]]


def pair_documents(old: Sequence[Document], new: Sequence[Document], *, by_hand: bool = False) -> Pairs:
    """Return each new table with its old table, or with None.

    Tables are paired by project and unit, then by project, then by likeness of name, unit, file and indicators. With
    `by_hand` the sides are two files that the user named, so that their last remaining tables are a pair too.
    """
    partners: dict[int, Document] = {}
    for key in (_project_and_unit, _project):
        _pair_by_key(old, new, key, partners)
    common = Counter(name for document in (*old, *new) for name in _names(document))
    rest = [one for one in new if id(one) not in partners]
    for before, after in _alike(_rest(old, partners.values()), rest, common):
        partners[id(after)] = before
    before_rest, after_rest = _rest(old, partners.values()), [one for one in new if id(one) not in partners]
    if by_hand and len(before_rest) == len(after_rest) == 1:
        partners[id(after_rest[0])] = before_rest[0]
    return [(partners.get(id(document)), document) for document in new]


def file_key(document: Document) -> tuple[str, int]:
    """Return the name of the file of a table, without folders, and the index of the table in it."""
    return document.source.path.replace("\\", "/").rpartition("/")[2], document.source.number


def _rest(documents: Iterable[Document], paired: Iterable[Document]) -> list[Document]:
    taken = set(map(id, paired))
    return [document for document in documents if id(document) not in taken]


def _pair_by_key(
    old: Sequence[Document],
    new: Sequence[Document],
    key: Callable[[Document], object],
    partners: dict[int, Document],
) -> None:
    """Add the pairs of tables with the same key to `partners`, those of the same file first; "" is no key."""
    by_key: dict[object, list[Document]] = {}
    for document in _rest(old, partners.values()):
        by_key.setdefault(key(document), []).append(document)
    for same_file in (True, False):
        for document in new:
            candidates = by_key.get(key(document), []) if id(document) not in partners and key(document) else []
            wanted = (one for one in candidates if not same_file or file_key(one) == file_key(document))
            if (partner := next(wanted, None)) is not None:
                candidates.remove(partner)
                partners[id(document)] = partner


def _table(document: Document) -> Table:
    assert document.table is not None  # noqa: S101 - files without a table are not compared
    return document.table


def _project(document: Document) -> object:
    return name_key(name_without_year(_table(document).name))


def _project_and_unit(document: Document) -> object:
    return (_project(document), name_key(_table(document).unit)) if _project(document) else ""


def _alike(old: Sequence[Document], new: Sequence[Document], common: Counter[str]) -> list[tuple[Document, Document]]:
    """Return pairs of tables that are alike, the most alike first, each table at most once."""
    ranked = sorted(
        (
            (_likeness(before, after, common), -i, -k)
            for i, before in enumerate(old[:_MAX_COMPARED])
            for k, after in enumerate(new[:_MAX_COMPARED])
        ),
        reverse=True,
    )
    pairs = []
    used: tuple[set[int], set[int]] = (set(), set())
    for score, i, k in ranked:
        if score >= _MIN_LIKENESS and -i not in used[0] and -k not in used[1]:
            used[0].add(-i)
            used[1].add(-k)
            pairs.append((old[-i], new[-k]))
    return pairs


def _likeness(old: Document, new: Document, common: Counter[str]) -> Decimal:
    """Return the likeness of two tables; indicators that further tables have too say nothing about the project."""
    names = _name_likeness(str(_project(old)), str(_project(new)))
    old_rows, new_rows = _names(old), _names(new)
    shared = old_rows & new_rows
    all_shared = Decimal(2 * len(shared)) / (len(old_rows) + len(new_rows) or 1)
    own = _own_likeness(
        {name for name in old_rows if common[name] <= 2}, {name for name in new_rows if common[name] <= 2}
    )
    score = (names + own) / 2
    if name_key(_table(old).unit) == name_key(_table(new).unit):
        score += _SAME_UNIT
    if file_key(old) == file_key(new) and max(names, all_shared) >= _IN_COMMON:
        is_named = re.search(r"[^\W\d_]", file_key(old)[0].rpartition(".")[0]) and old.source.number == 0
        score += _SAME_FILE if is_named else _SAME_NUMBER
    return score


def _own_likeness(old: set[str], new: set[str]) -> Decimal:
    """Return the likeness of the indicators that no further table has; one or two in common may be chance."""
    shared = len(old & new)
    return Decimal(2 * shared) / (len(old) + len(new) or 1) * min(Decimal(1), Decimal(shared) / _ENOUGH)


def _names(document: Document) -> set[str]:
    return {plain_name(row.name) for row in _table(document).indicators}


def _name_likeness(old: str, new: str) -> Decimal:
    """Return the likeness of two names of projects; names that differ in a number only are two projects: 一期, 二期."""
    if _ORDINAL.findall(old) != _ORDINAL.findall(new) and _ORDINAL.sub("", old) == _ORDINAL.sub("", new):
        return Decimal(0)
    short, long = sorted((old, new), key=len)
    letters = iter(long)
    is_contained = len(short) >= 4 and len(short) * 2 >= len(long) and all(char in letters for char in short)
    return max(similarity(old, new), _CONTAINED if is_contained else Decimal(0))
