"""Differences between two drafts of a table, or between the tables of two years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from perftarget.config.profile import Profile
from perftarget.diff.change import Change, Kind, TargetContext
from perftarget.diff.fields import compare_fields
from perftarget.diff.goals import compare_goals
from perftarget.diff.indicators import compare_indicators
from perftarget.diff.partners import file_key, pair_documents
from perftarget.diff.years import budget_year
from perftarget.tables.document import Document
from perftarget.tables.indicators import Indicator
from perftarget.tables.keys import GOALS
from perftarget.tables.model import Table
from perftarget.text.source import Loc


class Difference(NamedTuple):
    """A difference in one field or row.

    `where` is a field or the name of an indicator, `tier` the second tier of the indicator, `column` its column unless
    it is the name or the target. `old` and `new` are the texts as written. A line number is 0 if the cell or row is
    missing on that side, or if the file is a form, whose cell is named by `label` instead: 表1 第6行.
    """

    kind: Kind
    where: str
    tier: str = ""
    old: str = ""
    new: str = ""
    note: str = ""
    old_line: int = 0
    new_line: int = 0
    column: str = ""
    label: str = ""


class Comparison(NamedTuple):
    """The differences in one table; `old` or `new` is None if the table is missing on that side.

    `left_out` counts the differences that are no news: notation, order, and the year moved by one.
    """

    old: Document | None
    new: Document | None
    differences: tuple[Difference, ...] = ()
    left_out: int = 0

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


class Result(NamedTuple):
    """The tables with news: those with weaker targets first, then in the order of the new side, removed tables last.

    `left_out` counts the differences that are no news, `unread` the files that could not be read.
    """

    comparisons: tuple[Comparison, ...] = ()
    left_out: int = 0
    unread: int = 0


def compare(old: Sequence[Document], new: Sequence[Document], profile: Profile, *, by_hand: bool = False) -> Result:
    """Compare the tables of two sides.

    With `by_hand` the sides are two files that the user named. A file that cannot be read has no table; the table of
    the same file name on the other side is then neither new nor gone.
    """
    before, after = ([document for document in side if document.table] for side in (old, new))
    unread = [document for document in (*old, *new) if document.table is None]
    pairs = pair_documents(before, after, by_hand=by_hand)
    paired = {id(partner) for partner, _ in pairs if partner}
    found = [_compare_pair(partner, document, profile) for partner, document in pairs]
    found += [Comparison(document, None) for document in before if id(document) not in paired]
    unknown = {file_key(document)[0] for document in unread}
    news = [one for one in found if one.differences or _is_alone(one, unknown)]
    news.sort(key=lambda comparison: not comparison.weaker)
    return Result(tuple(news), sum(one.left_out for one in found), len(unread))


def only_weaker(result: Result) -> Result:
    """Return the tables with what is weaker: weaker targets, removed goals and indicators, removed projects."""
    kept = (one._replace(differences=tuple(filter(_is_weaker, one.differences))) for one in result.comparisons)
    return result._replace(comparisons=tuple(one for one in kept if one.differences or one.new is None))


def _is_weaker(difference: Difference) -> bool:
    is_target = bool(difference.tier) or difference.where == GOALS
    return difference.kind.weaker or (difference.kind is Kind.REMOVED and is_target)


def _is_alone(comparison: Comparison, unknown: set[str]) -> bool:
    """Return True for a table without a partner, unless its partner may be in a file that could not be read."""
    if comparison.old is not None and comparison.new is not None:
        return False
    document = comparison.old or comparison.new
    return document is not None and file_key(document)[0] not in unknown


def _compare_pair(old: Document | None, new: Document, profile: Profile) -> Comparison:
    if old is None or old.table is None or new.table is None:
        return Comparison(old, new)
    comparer = _TableComparer(old, new, old.table, new.table, profile)
    differences = [*comparer.fields(), *comparer.goals(), *comparer.rows()]
    news = sorted((one for one in differences if one.kind is not Kind.SAME), key=lambda one: one.kind.rank)
    return Comparison(old, new, tuple(news), len(differences) - len(news))


class _TableComparer(NamedTuple):
    """A comparer of two versions of a table, `before` in the document `old` and `after` in `new`."""

    old: Document
    new: Document
    before: Table
    after: Table
    profile: Profile

    @property
    def context(self) -> TargetContext:
        """The context of a target outside of the indicators."""
        years = budget_year(self.old, self.before), budget_year(self.new, self.after)
        return TargetContext(Indicator(None, "", "", "", None, (), (), ()), self.profile, years)

    def fields(self) -> Iterator[Difference]:
        """Yield the differences in the fields and sections."""
        for where, loc, change, old, new in compare_fields(self.before, self.after, self.context):
            yield self._difference(change, where, (old, new), (loc, loc))

    def goals(self) -> Iterator[Difference]:
        """Yield the differences in the goals."""
        for change, old, new in compare_goals(self.before, self.after, self.context):
            texts = old.text if old else "", new.text if new else ""
            yield self._difference(change, GOALS, texts, (old.loc if old else (), new.loc if new else ()))

    def rows(self) -> Iterator[Difference]:
        """Yield the differences in the indicators."""
        for row in compare_indicators(self.before, self.after, self.context):
            found = self._difference(row.change, row.name, (row.old, row.new), (row.old_loc, row.new_loc))
            yield found._replace(tier=row.tier, column=row.column)

    def _difference(self, change: Change, where: str, texts: tuple[str, str], locs: tuple[Loc, Loc]) -> Difference:
        """Return the difference with its line numbers on both sides."""
        kind, note = change
        old = self.old.source.place(locs[0]) if locs[0] and kind is not Kind.ADDED else None
        new = self.new.source.place(locs[1]) if locs[1] and kind is not Kind.REMOVED else None
        old_line, new_line = (place.line if place and place.label is None else 0 for place in (old, new))
        shown = new or old
        return Difference(kind, where, "", *texts, note, old_line, new_line, label=(shown and shown.label) or "")


def count_weaker(comparisons: Iterable[Comparison]) -> int:
    """Return the number of targets that are weaker than before."""
    return sum(difference.kind.weaker for comparison in comparisons for difference in comparison.differences)
