"""Two drafts of a table, or the tables of two years: what differs, in the words of the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.diff.strength import Case, Kind, compare_strength
from perftarget.i18n import tr
from perftarget.tables.document import Document
from perftarget.tables.indicators import Indicator
from perftarget.tables.keys import AMOUNT, CALCULATION, GOALS, INDICATORS, SUPPRESSIONS
from perftarget.tables.model import FIELD_NAMES, Table
from perftarget.text.similarity import similarity
from perftarget.text.source import Loc
from perftarget.values.indicator_names import name_key
from perftarget.values.money import format_amount, parse_amount

_ALIKE: Final = Decimal("0.5")
_MOST: Final = 200
"""Rows of one side whose names are compared with those of the other; of more, a name that changed is a new one."""
_OTHERS: Final = (CALCULATION, "资金来源", SUPPRESSIONS)


class Difference(NamedTuple):
    """One cell or row: `where` is a field or the name of an indicator, `tier` its second tier; texts as written."""

    kind: Kind
    where: str
    tier: str = ""
    old: str = ""
    new: str = ""
    note: str = ""
    old_line: int = 0
    new_line: int = 0


class Comparison(NamedTuple):
    """What became of one table; a side is None where the table is not there."""

    old: Document | None
    new: Document | None
    differences: tuple[Difference, ...] = ()

    @property
    def project(self) -> str:
        table = (self.new or self.old or _NOTHING).table
        return table.name.strip() if table else ""

    @property
    def weaker(self) -> bool:
        return any(one.kind.weaker for one in self.differences)


class _Nothing(NamedTuple):
    table: Table | None = None


_NOTHING: Final = _Nothing()


def compare(old: Sequence[Document], new: Sequence[Document], profile: Profile) -> list[Comparison]:
    """Every table that differs: those that promise less, then as the new ones stand; last those that are gone."""
    pairs = _paired(old, new)
    taken = {id(before) for before, _ in pairs if before}
    found = [Comparison(before, after, tuple(_differences(before, after, profile))) for before, after in pairs]
    found += [Comparison(one, None) for one in old if id(one) not in taken]
    changed = [one for one in found if one.differences or one.old is None or one.new is None]
    return sorted(changed, key=lambda one: not one.weaker)


def _paired(old: Sequence[Document], new: Sequence[Document]) -> list[tuple[Document | None, Document]]:
    """Each new table with the old one of its project, else of its file, else with none."""
    left = {id(one): one for one in old}
    found: dict[int, Document] = {}
    for same in (_project, _file):
        known: dict[object, list[Document]] = {}
        for one in left.values():
            known.setdefault(same(one), []).append(one)
        for one in new:
            if id(one) not in found and (candidates := known.get(same(one))):
                found[id(one)] = candidates.pop(0)
                del left[id(found[id(one)])]
    return [(found.get(id(one)), one) for one in new]


def _project(one: Document) -> object:
    return (name_key(one.table.name), name_key(one.table.unit)) if one.table else None


def _file(one: Document) -> object:
    return one.source.path.replace("\\", "/").rpartition("/")[2], one.source.number


def _differences(old: Document | None, new: Document, profile: Profile) -> list[Difference]:
    if old is None or old.table is None or new.table is None:
        return []
    sides = _Sides(old, new, old.table, new.table, profile)
    found = [*sides.fields(), *sides.goals(), *sides.rows(), *sides.others()]
    return sorted(found, key=lambda one: one.kind.rank)


class _Sides(NamedTuple):
    """A table before and after."""

    old: Document
    new: Document
    before: Table
    after: Table
    profile: Profile

    def fields(self) -> Iterator[Difference]:
        extra = {*(self.before.model_extra or {}), *(self.after.model_extra or {})}
        for label in [*FIELD_NAMES, *sorted(extra)]:
            if label in {GOALS, INDICATORS, *_OTHERS}:
                continue
            one, other = self.before.field(label).strip(), self.after.field(label).strip()
            if one != other:
                kind = Kind.AMOUNT if label == AMOUNT else Kind.CHANGED
                note = _gap(one, other, self.profile) if label == AMOUNT else ""
                yield self._at(Difference(kind, label, "", one, other, note), (label,), (label,))

    def goals(self) -> Iterator[Difference]:
        one, other = self.before.goals, self.after.goals
        for tag, start, end, first, last in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
            if tag == "equal":
                continue
            for index in range(max(end - start, last - first)):
                was = one[start + index] if start + index < end else ""
                now = other[first + index] if first + index < last else ""
                kind = Kind.CHANGED if was and now else Kind.REMOVED if was else Kind.ADDED
                yield self._at(
                    Difference(kind, GOALS, "", was.strip(), now.strip()),
                    (GOALS, start + index),
                    (GOALS, first + index),
                )

    def others(self) -> Iterator[Difference]:
        for label in _OTHERS:
            one, other = (_written(document, label) for document in (self.old, self.new))
            if one != other:
                kind = Kind.ADDED if not one else Kind.REMOVED if not other else Kind.CHANGED
                yield self._at(Difference(kind, label, "", one, other), (label,), (label,))

    def rows(self) -> Iterator[Difference]:
        """Rows that are the same, then of one name in one tier, then of one name, then of a like name in one tier.

        The rest came or went.
        """
        left = list(self.before.indicators)
        pairs: dict[int, Indicator] = {}
        news = list(self.after.indicators)
        for match in (self._same_text, self._same_row, self._same_name):
            for row in news:
                if id(row) not in pairs and (was := next((one for one in left if match(one, row)), None)):
                    pairs[id(row)] = was
                    left.remove(was)
        rest = [row for row in news if id(row) not in pairs]
        for was, row in self._alike(left, rest):
            pairs[id(row)] = was
            left.remove(was)
        for row in news:
            if id(row) in pairs:
                yield from self._row(pairs[id(row)], row)
            else:
                yield self._at(Difference(Kind.ADDED, row.name.strip(), row.second, "", row.text), (), row.name_loc)
        for was in left:
            yield self._at(Difference(Kind.REMOVED, was.name.strip(), was.second, was.text), was.name_loc, ())

    def _same_text(self, was: Indicator, row: Indicator) -> bool:
        return self._same_row(was, row) and was.text.strip() == row.text.strip()

    def _same_row(self, was: Indicator, row: Indicator) -> bool:
        return self._same_name(was, row) and self._tier(was) == self._tier(row)

    def _same_name(self, was: Indicator, row: Indicator) -> bool:
        return name_key(was.name) == name_key(row.name)

    def _tier(self, row: Indicator) -> str:
        return self.profile.tier_name(row.second)

    def _alike(self, left: Sequence[Indicator], rest: Sequence[Indicator]) -> Iterator[tuple[Indicator, Indicator]]:
        """The likest first, each row once."""
        ranked = [
            (similarity(was.bare_name, row.bare_name), -i, -k, was, row)
            for i, was in enumerate(left[:_MOST])
            for k, row in enumerate(rest[:_MOST])
            if self._tier(was) == self._tier(row)
        ]
        used: set[int] = set()
        for score, _, _, was, row in sorted(ranked, key=lambda one: one[:3], reverse=True):
            if score >= _ALIKE and not {id(was), id(row)} & used:
                used |= {id(was), id(row)}
                yield was, row

    def _row(self, was: Indicator, row: Indicator) -> Iterator[Difference]:
        name, tier = row.name.strip(), row.second
        if was.name.strip() != name:
            yield self._at(Difference(Kind.RENAMED, name, tier, was.name.strip(), name), was.name_loc, row.name_loc)
        if self._tier(was) != self._tier(row):
            yield self._at(Difference(Kind.MOVED, name, tier, was.second, row.second), was.name_loc, row.name_loc)
        if was.text.strip() != row.text.strip():
            case = Case(row, self.profile, (self.before.year, self.after.year))
            kind, note = compare_strength(was.value, row.value, case)
            one = Difference(kind, name, tier, was.text.strip(), row.text.strip(), note)
            yield self._at(one, was.loc, row.loc)

    def _at(self, one: Difference, old: Loc, new: Loc) -> Difference:
        """With the lines on which it stands, 0 where it does not."""
        before = self.old.source.place(old).line if old and one.kind is not Kind.ADDED else 0
        after = self.new.source.place(new).line if new and one.kind is not Kind.REMOVED else 0
        return one._replace(old_line=before, new_line=after)


def _written(document: Document, label: str) -> str:
    """What stands under a label, without the blanks that only lay it out."""
    spans = document.source.spans
    if (label,) not in spans:
        return ""
    span = document.source.span((label,))
    return " ".join(document.source.text[span.start : span.end].split())


def _gap(one: str, other: str, profile: Profile) -> str:
    """By how much an amount has changed: +130 万元，+9.85 %."""
    old, new = (parse_amount(text, profile.amount_unit) for text in (one, other))
    if old is None or new is None:
        return ""
    gap = new.yuan - old.yuan
    sign = "+" if gap > 0 else "−" if gap else ""
    share = f"{tr('，', ', ')}{sign}{abs(gap) / old.yuan * 100:.2f}%" if old.yuan > 0 else ""
    return f"{sign}{format_amount(abs(gap), new.unit)}{share}" if gap else tr("同一金额", "the same amount")


def weaker(comparisons: Iterable[Comparison]) -> int:
    """How many targets promise less than before."""
    return sum(difference.kind.weaker for one in comparisons for difference in one.differences)
