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
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import yaml

import seeded_goals  # noqa: F401 - each of these modules registers its kinds
import seeded_money  # noqa: F401
import seeded_places  # noqa: F401
import seeded_sense  # noqa: F401
import seeded_tables  # noqa: F401
import seeded_values  # noqa: F401
from perftarget.config.loader import Profiles
from perftarget.config.profile import Profile
from perftarget.linter.cross_table import CrossTableCheck, gather_facts
from perftarget.linter.engine import run_rules
from perftarget.linter.rule import At, rules
from perftarget.tables.document import Document
from perftarget.tables.keys import CALCULATION, INDICATORS
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
    return {name: tally(name, sample(name, seed, per_kind)) for name in kinds}


def sample(name: str, seed: int, per_kind: int | None) -> list[Change]:
    """Return changes of a kind; the same for the same seed."""
    changes = [change for sheet in sheets() for change in KINDS[name](sheet)]
    return (
        changes if per_kind is None else sorted(changes, key=lambda change: _rank(change, f"{seed} {name}"))[:per_kind]
    )


def _rank(change: Change, salt: str) -> bytes:
    """Return a key that puts changes in an order of chance, which other tables and kinds do not alter."""
    return sha256(f"{salt} {Path(change.sheet.file).stem} {change.shown}".encode()).digest()


def tally(name: str, changes: list[Change]) -> Tally:
    """Check the changes of a kind."""
    result = Tally()
    for change in changes:
        new = list(_new_findings(change))
        at_place = [one for one in new if any(_touches(place, change) for place in one.places)]
        found = [one for one in at_place if _counts(one, name, change)]
        others = [one for one in new if not (one in at_place or one.undetermined or _is_result(one, change))]
        result.seeded += 1
        result.found += bool(found)
        result.rules.update({one.rule for one in found})
        result.other += len(others)
        result.others += [(change, one) for one in others]
        if not found:
            result.missed.append(change)
    return result


def _new_findings(change: Change) -> Iterator[Found]:
    """Yield the findings of the changed table that the good one does not have."""
    profile = _profiles().of(change.sheet.file)
    if change.beside:
        yield from _across(change, profile)
        return
    before = {_identity(one, change.renamed) for one in _before(change.sheet)}
    document = _document(change.sheet.file, change.text, profile)
    yield from (one for one in _check(document, profile) if _identity(one) not in before)


@cache
def _profiles() -> Profiles:
    return Profiles()


_BEFORE: dict[str, list[Found]] = {}


def _before(sheet: Sheet) -> list[Found]:
    """Return the findings of the good table."""
    if sheet.text not in _BEFORE:
        profile = _profiles().of(sheet.file)
        _BEFORE[sheet.text] = list(_check(_document(sheet.file, sheet.text, profile), profile))
    return _BEFORE[sheet.text]


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


def _identity(one: Found, renamed: tuple[str, str] | None = None) -> tuple[str, bool, Loc]:
    """Return what makes a finding the same before and after a change; its message may quote what was changed."""
    old, new = renamed or ("", "")
    place = tuple(new if part == old and renamed else part for part in one.places[0])
    return one.rule, one.undetermined, place


def _touches(place: Loc, change: Change) -> bool:
    """Return True if a finding is at a changed cell, in its row, or at the tier, goal or amount concerned."""
    here = tuple(part for part in place if part != KEY and part not in _COLUMN_KEYS)
    return any(here == cell or (cell != (INDICATORS,) and _is_at(here, cell)) for cell in change.places)


def _counts(one: Found, name: str, change: Change) -> bool:
    """Return True if a finding at the place says something of the defect: one about a space does not, as a rule."""
    return (change.undetermined or not one.undetermined) and (one.rule != "stray-space" or "space" in name)


def _is_result(one: Found, change: Change) -> bool:
    """Return True if a finding is about a line of the calculation that uses a changed row, which has to fail."""
    names = {cell[-1] for cell in change.places} | set(change.renamed or ())
    lines = {
        (CALCULATION, index)
        for index, line in enumerate(change.sheet.calculations)
        if names & {line.get("人数"), line.get("标准")}
    }
    return any(place[:2] in lines for place in one.places)


def _is_at(here: Loc, cell: Loc) -> bool:
    """Return True if a place is in a cell, or is the tier of the row that the cell is."""
    return here[: len(cell)] == cell or (len(cell) > 2 and here == cell[:-1])
