"""Defects seeded into the good tables, and whether the rules find them.

Each kind of defect is a function that yields the changes of a table; `measure` checks a sample of every kind. A change
is found if a finding that the table did not have before is at a changed cell, in its row or at its tier.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

import yaml

import seeded_tables  # noqa: F401 - registers its kinds
import seeded_values  # noqa: F401 - registers its kinds
from perftarget.config.loader import Profiles
from perftarget.config.profile import Profile
from perftarget.linter.cross_table import CrossTableCheck, gather_facts
from perftarget.linter.engine import run_rules
from perftarget.linter.rule import At, rules
from perftarget.tables.document import Document
from perftarget.tables.keys import INDICATORS
from perftarget.tables.reader import parse_documents
from perftarget.text.source import KEY, Loc, Span
from repository import TESTS
from seeded_sheet import KINDS, Change, Sheet

TODAY = date(2025, 6, 30)
GOOD = TESTS / "tables" / "good"
_COLUMN_KEYS = {"值", "符号", "单位", "权重", "指标", "指标解释", "设定依据", "数据来源", "备注", "性质", "方向"}


class Found(NamedTuple):
    """A finding, or a result "资料不足" if it is undetermined: its rule, message and places."""

    rule: str
    message: str
    places: tuple[Loc, ...]
    undetermined: bool = False


@dataclass
class Tally:
    """The result of a kind: the changes seeded and found, other new findings, and the changes that were missed.

    `rules` counts the changes that each rule found.
    """

    seeded: int = 0
    found: int = 0
    other: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    missed: list[Change] = field(default_factory=list)
    others: list[tuple[Change, Found]] = field(default_factory=list)


@cache
def sheets() -> tuple[Sheet, ...]:
    """Return the good tables; those of one form are strangers to each other."""
    found = []
    for path in sorted(GOOD.rglob("*.yaml")):
        if path.name != "perftarget.yaml":
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
            found.append(Sheet(str(path), data))
    for sheet in found:
        folder = Path(sheet.file).parent
        sheet.strangers.extend(one for one in found if one is not sheet and Path(one.file).parent == folder)
    return tuple(found)


def measure(seed: int, per_kind: int | None, kinds: Mapping[str, object] = KINDS) -> dict[str, Tally]:
    """Seed up to `per_kind` changes of every kind, or all, and return the results by kind."""
    return {name: _tally(sample(name, seed, per_kind)) for name in kinds}


def sample(name: str, seed: int, per_kind: int | None) -> list[Change]:
    """Return changes of a kind; the same for the same seed."""
    changes = [change for sheet in sheets() for change in KINDS[name](sheet)]
    if per_kind is None or len(changes) <= per_kind:
        return changes
    return Random(f"{seed} {name}").sample(changes, per_kind)


def _tally(changes: list[Change]) -> Tally:
    tally = Tally()
    for change in changes:
        new = list(_new_findings(change))
        at_place = [one for one in new if any(_touches(place, change) for place in one.places)]
        found = [one for one in at_place if change.undetermined or not one.undetermined]
        others = [one for one in new if one not in at_place and not one.undetermined]
        tally.seeded += 1
        tally.found += bool(found)
        tally.rules.update({one.rule for one in found})
        tally.other += len(others)
        tally.others += [(change, one) for one in others]
        if not found:
            tally.missed.append(change)
    return tally


def _new_findings(change: Change) -> Iterator[Found]:
    """Yield the findings of the changed table that the good one does not have."""
    profile = _profiles().of(change.sheet.file)
    if change.beside:
        yield from _across(change, profile)
        return
    before = {_renamed(one, change.renamed) for one in _before(change.sheet)}
    document = _document(change.sheet.file, change.text, profile)
    yield from (one for one in _check(document, profile) if (one.rule, one.message, one.places) not in before)


@cache
def _profiles() -> Profiles:
    return Profiles()


_BEFORE: dict[str, list[Found]] = {}


def _before(sheet: Sheet) -> list[Found]:
    """Return the findings of the good table."""
    if sheet.file not in _BEFORE:
        profile = _profiles().of(sheet.file)
        _BEFORE[sheet.file] = list(_check(_document(sheet.file, sheet.text, profile), profile))
    return _BEFORE[sheet.file]


def _document(path: str, text: str, profile: Profile) -> Document:
    (document,) = parse_documents(path, text.encode(), profile)
    return document


def _check(document: Document, profile: Profile) -> Iterator[Found]:
    results = run_rules(document, profile, rules(), TODAY)
    for hit in results.hits:
        finding = hit.finding
        places = [finding.at, *(related.at for related in finding.related)]
        yield Found(hit.rule.name, finding.message, tuple(_loc(document, place) for place in places))
    for rule, result in results.undetermined:
        yield Found(rule.name, result.reason, (_loc(document, result.at),), undetermined=True)


def _loc(document: Document, at: At) -> Loc:
    """Return a place as a path in the data; a span is that of the innermost value around it."""
    if not isinstance(at, Span):
        return at
    around = [loc for loc, span in document.source.spans.items() if span.start <= at.start and at.end <= span.end]
    return max(around, key=len, default=())


def _across(change: Change, profile: Profile) -> Iterator[Found]:
    """Yield the findings of the table and of the one beside it, which compare the two."""
    check = CrossTableCheck(rules())
    for name, text in (("a.yaml", change.text), ("b.yaml", change.text_beside)):
        document = _document(name, text, profile)
        assert document.table
        check.add(gather_facts(document, document.table, profile, rules(), TODAY), profile)
    for one in check.check():
        yield Found(one.rule, one.message, (one.at, *(related.at for related in one.related)))


def _renamed(one: Found, names: tuple[str, str] | None) -> tuple[str, str, tuple[Loc, ...]]:
    """Return a finding of the good table as it is after a change of name."""
    if names is None:
        return one.rule, one.message, one.places
    old, new = names
    places = tuple(tuple(new if part == old else part for part in place) for place in one.places)
    return one.rule, one.message.replace(old, new), places


def _touches(place: Loc, change: Change) -> bool:
    """Return True if a finding is at a changed cell, in its row, or at the tier, goal or amount concerned."""
    here = tuple(part for part in place if part != KEY and part not in _COLUMN_KEYS)
    return any(here == cell or (cell != (INDICATORS,) and _is_at(here, cell)) for cell in change.places)


def _is_at(here: Loc, cell: Loc) -> bool:
    """Return True if a place is in a cell, or is the tier of the row that the cell is."""
    return here[: len(cell)] == cell or (len(cell) > 2 and here == cell[:-1])
