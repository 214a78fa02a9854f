"""Differences between two drafts of a table, or between the tables of two years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.diff.change import Kind, TargetContext
from perftarget.diff.strength import compare_strength
from perftarget.i18n import tr
from perftarget.tables.document import Document
from perftarget.tables.indicators import Indicator
from perftarget.tables.keys import AMOUNT, CALCULATION, GOALS, INDICATORS, ORDER, SUPPRESSIONS
from perftarget.tables.model import FIELD_NAMES, Table
from perftarget.text.similarity import similarity
from perftarget.text.source import Loc
from perftarget.values.indicator_names import name_key
from perftarget.values.money import format_amount, parse_amount

_MIN_SIMILARITY: Final = Decimal("0.5")
_MAX_COMPARED: Final = 200
"""Maximum number of rows on each side whose names are compared; a renamed row beyond it counts as removed and added."""
_SECTIONS: Final = (CALCULATION, "资金来源", SUPPRESSIONS)
"""Sections that are compared as text."""


class Difference(NamedTuple):
    """A difference in one field or row.

    `where` is a field or the name of an indicator, `tier` the second tier of the indicator. `old` and `new` are the
    texts as written. A line number is 0 if the cell or row is missing on that side.
    """

    kind: Kind
    where: str
    tier: str = ""
    old: str = ""
    new: str = ""
    note: str = ""
    old_line: int = 0
    new_line: int = 0


class Comparison(NamedTuple):
    """The differences in one table; `old` or `new` is None if the table is missing on that side."""

    old: Document | None
    new: Document | None
    differences: tuple[Difference, ...] = ()

    @property
    def project(self) -> str:
        """The name of the project."""
        document = self.new or self.old
        table = document.table if document else None
        return table.name.strip() if table else ""

    @property
    def weaker(self) -> bool:
        """True if any target of the table is weaker than before."""
        return any(difference.kind.weaker for difference in self.differences)


def compare(old: Sequence[Document], new: Sequence[Document], profile: Profile) -> list[Comparison]:
    """Compare the tables of two sides.

    Returns the tables that differ: those with weaker targets first, then in the order of the new side; removed tables
    come last.
    """
    pairs = _pair_documents(old, new)
    paired = {id(before) for before, _ in pairs if before}
    comparisons = [Comparison(before, after, tuple(_differences(before, after, profile))) for before, after in pairs]
    comparisons += [Comparison(document, None) for document in old if id(document) not in paired]
    changed = [item for item in comparisons if item.differences or item.old is None or item.new is None]
    return sorted(changed, key=lambda comparison: not comparison.weaker)


def _pair_documents(old: Sequence[Document], new: Sequence[Document]) -> list[tuple[Document | None, Document]]:
    """Return each new table with the old table of its project, else with that of its file, else with None."""
    unpaired = {id(document): document for document in old}
    partners: dict[int, Document] = {}
    for key in (_project_key, _file_key):
        by_key: dict[object, list[Document]] = {}
        for document in unpaired.values():
            by_key.setdefault(key(document), []).append(document)
        for document in new:
            if id(document) not in partners and (candidates := by_key.get(key(document))):
                partner = partners[id(document)] = candidates.pop(0)
                del unpaired[id(partner)]
    return [(partners.get(id(document)), document) for document in new]


def _project_key(document: Document) -> object:
    return (name_key(document.table.name), name_key(document.table.unit)) if document.table else None


def _file_key(document: Document) -> object:
    return document.source.path.replace("\\", "/").rpartition("/")[2], document.source.number


def _differences(old: Document | None, new: Document, profile: Profile) -> list[Difference]:
    if old is None or old.table is None or new.table is None:
        return []
    comparer = _TableComparer(old, new, old.table, new.table, profile)
    differences = [*comparer.fields(), *comparer.goals(), *comparer.rows(), *comparer.sections()]
    return sorted(differences, key=lambda difference: difference.kind.rank)


class _TableComparer(NamedTuple):
    """A comparer of two versions of a table, `before` in the document `old` and `after` in `new`."""

    old: Document
    new: Document
    before: Table
    after: Table
    profile: Profile

    def fields(self) -> Iterator[Difference]:
        """Yield the differences in the head of the table."""
        extra = {*(self.before.model_extra or {}), *(self.after.model_extra or {})}
        for label in [*FIELD_NAMES, *sorted(extra)]:
            if label in {GOALS, INDICATORS, ORDER, *_SECTIONS}:
                continue
            old, new = self.before.field(label).strip(), self.after.field(label).strip()
            if old != new:
                kind = Kind.AMOUNT if label == AMOUNT else Kind.CHANGED
                note = _amount_change(old, new, self.profile) if label == AMOUNT else ""
                yield self._with_lines(Difference(kind, label, "", old, new, note), (label,), (label,))

    def goals(self) -> Iterator[Difference]:
        """Yield the differences in the goals."""
        old, new = self.before.goals, self.after.goals
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
            if tag == "equal":
                continue
            for index in range(max(old_end - old_start, new_end - new_start)):
                before = old[old_start + index] if old_start + index < old_end else ""
                after = new[new_start + index] if new_start + index < new_end else ""
                kind = Kind.CHANGED if before and after else Kind.REMOVED if before else Kind.ADDED
                yield self._with_lines(
                    Difference(kind, GOALS, "", before.strip(), after.strip()),
                    (GOALS, old_start + index),
                    (GOALS, new_start + index),
                )

    def sections(self) -> Iterator[Difference]:
        """Yield the differences in the sections that are compared as text."""
        for label in _SECTIONS:
            old, new = (_section_text(document, label) for document in (self.old, self.new))
            if old != new:
                kind = Kind.ADDED if not old else Kind.REMOVED if not new else Kind.CHANGED
                yield self._with_lines(Difference(kind, label, "", old, new), (label,), (label,))

    def rows(self) -> Iterator[Difference]:
        """Yield the differences in the indicators.

        Rows are paired if they are equal, else if they have the same name in the same tier, else the same name, else
        similar names in the same tier. All other rows are removed or added.
        """
        old_rows, new_rows = list(self.before.indicators), list(self.after.indicators)
        pairs = self._pair_rows(old_rows, new_rows)
        paired = {id(old) for old in pairs.values()}
        for row in new_rows:
            if id(row) in pairs:
                yield from self._row_differences(pairs[id(row)], row)
            else:
                added = Difference(Kind.ADDED, row.name.strip(), row.second, "", row.text)
                yield self._with_lines(added, (), row.name_loc)
        for row in old_rows:
            if id(row) not in paired:
                removed = Difference(Kind.REMOVED, row.name.strip(), row.second, row.text)
                yield self._with_lines(removed, row.name_loc, ())

    def _pair_rows(self, old_rows: Sequence[Indicator], new_rows: Sequence[Indicator]) -> dict[int, Indicator]:
        """Return the old row for the `id` of each new row that has one."""
        unpaired = list(old_rows)
        pairs: dict[int, Indicator] = {}
        for is_same in (self._same_text, self._same_row, self._same_name):
            for row in new_rows:
                if id(row) not in pairs and (old := next((old for old in unpaired if is_same(old, row)), None)):
                    pairs[id(row)] = old
                    unpaired.remove(old)
        rest = [row for row in new_rows if id(row) not in pairs]
        pairs |= {id(row): old for old, row in self._similar_rows(unpaired, rest)}
        return pairs

    def _same_text(self, old: Indicator, new: Indicator) -> bool:
        return self._same_row(old, new) and old.text.strip() == new.text.strip()

    def _same_row(self, old: Indicator, new: Indicator) -> bool:
        return self._same_name(old, new) and self._tier(old) == self._tier(new)

    def _same_name(self, old: Indicator, new: Indicator) -> bool:
        return name_key(old.name) == name_key(new.name)

    def _tier(self, row: Indicator) -> str:
        return self.profile.tier_name(row.second)

    def _similar_rows(
        self, old_rows: Sequence[Indicator], new_rows: Sequence[Indicator]
    ) -> Iterator[tuple[Indicator, Indicator]]:
        """Yield pairs of rows with similar names, the most similar first, each row at most once."""
        ranked = [
            (similarity(old.bare_name, new.bare_name), -i, -k, old, new)
            for i, old in enumerate(old_rows[:_MAX_COMPARED])
            for k, new in enumerate(new_rows[:_MAX_COMPARED])
            if self._tier(old) == self._tier(new)
        ]
        used: set[int] = set()
        for score, _, _, old, new in sorted(ranked, key=lambda item: item[:3], reverse=True):
            if score >= _MIN_SIMILARITY and not {id(old), id(new)} & used:
                used |= {id(old), id(new)}
                yield old, new

    def _row_differences(self, old: Indicator, new: Indicator) -> Iterator[Difference]:
        old_name, name, tier = old.name.strip(), new.name.strip(), new.second
        if old_name != name:
            renamed = Difference(Kind.RENAMED, name, tier, old_name, name)
            yield self._with_lines(renamed, old.name_loc, new.name_loc)
        if self._tier(old) != self._tier(new):
            moved = Difference(Kind.MOVED, name, tier, old.second, new.second)
            yield self._with_lines(moved, old.name_loc, new.name_loc)
        if old.text.strip() != new.text.strip():
            context = TargetContext(new, self.profile, (self.before.year, self.after.year))
            kind, note = compare_strength(old.value, new.value, context)
            changed = Difference(kind, name, tier, old.text.strip(), new.text.strip(), note)
            yield self._with_lines(changed, old.loc, new.loc)

    def _with_lines(self, difference: Difference, old: Loc, new: Loc) -> Difference:
        """Return the difference with its line numbers on both sides."""
        old_line = self.old.source.place(old).line if old and difference.kind is not Kind.ADDED else 0
        new_line = self.new.source.place(new).line if new and difference.kind is not Kind.REMOVED else 0
        return difference._replace(old_line=old_line, new_line=new_line)


def _section_text(document: Document, label: str) -> str:
    """Return the source text of a section with its white space collapsed; "" if the section is missing."""
    spans = document.source.spans
    if (label,) not in spans:
        return ""
    span = document.source.span((label,))
    return " ".join(document.source.text[span.start : span.end].split())


def _amount_change(old_text: str, new_text: str, profile: Profile) -> str:
    """Return the change of an amount, such as +130 万元，+9.85%; "" if either text is not an amount."""
    old, new = (parse_amount(text, profile.amount_unit) for text in (old_text, new_text))
    if old is None or new is None:
        return ""
    change = new.yuan - old.yuan
    sign = "+" if change > 0 else "−" if change else ""
    share = f"{tr('，', ', ')}{sign}{abs(change) / old.yuan * 100:.2f}%" if old.yuan > 0 else ""
    return f"{sign}{format_amount(abs(change), new.unit)}{share}" if change else tr("同一金额", "the same amount")


def count_weaker(comparisons: Iterable[Comparison]) -> int:
    """Return the number of targets that are weaker than before."""
    return sum(difference.kind.weaker for comparison in comparisons for difference in comparison.differences)
