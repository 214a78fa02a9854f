"""What a rule is, and how the rules are found."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from perftarget.i18n import tr
from perftarget.linter.diagnostic import RelatedLocation, Severity
from perftarget.tables.entries import Suppression
from perftarget.tables.model import Table
from perftarget.text.source import Loc, Span

CATEGORY_NAMES: Final = {
    "文件格式": "file format",
    "规范完整性": "completeness",
    "明确清晰性": "clarity",
    "目标相关性": "relevance",
    "指标科学性": "measurability",
    "绩效合理性": "reasonableness",
    "资金匹配性": "match with the money",
    "实现可能性": "feasibility",
    "条件充分性": "preconditions",
}
"""The boxes of the official review form, after one of our own for what only a file can get wrong; and in English."""
CATEGORIES: Final = tuple(CATEGORY_NAMES)

At: TypeAlias = Loc | Span


class Replace(NamedTuple):
    """Write `text` as the scalar at `at`, quoted where YAML wants it."""

    at: At
    text: str


class Insert(NamedTuple):
    """Add the blank key `text` after (or before) the entry whose key stands at `beside`."""

    beside: At
    text: str
    before: bool = False


class ReplaceText(NamedTuple):
    """Write `text` over the characters of `at` as it is, where the file is no YAML yet."""

    at: Span
    text: str


class Fix(NamedTuple):
    """How to mend a finding; `safe` only where the table says the same afterwards."""

    title: str
    changes: tuple[Replace | Insert | ReplaceText, ...]
    safe: bool = True


class Related(NamedTuple):
    """Where else to look, and what stands there."""

    at: At
    label: str


class Finding(NamedTuple):
    """What a rule yields: a place, a message in one line; the arithmetic and the remedy as `notes`."""

    at: At
    message: str
    related: Iterable[Related] = ()
    notes: Iterable[str] = ()
    fix: Fix | None = None
    severity: Severity | None = None  # only where it is not the rule's own


class Undetermined(NamedTuple):
    """What a rule yields where it cannot tell whether its norm holds: a place, and what is missing to judge it."""

    at: At
    reason: str


class Fact(NamedTuple):
    """What a rule across tables remembers of one: tables with the same `key` are compared, by `value` where it differs.

    `text` is what is said of the place.
    """

    key: Hashable
    at: Loc
    text: str = ""
    value: tuple[str, ...] | None = None


class LocatedFact(NamedTuple):
    """A fact with the name of its project and its place, kept when the table itself is not."""

    text: str
    value: tuple[str, ...] | None
    table: str
    mark: RelatedLocation

    @property
    def where(self) -> tuple[str, int]:
        """The table that it is of: the file, and which of its tables."""
        return self.mark.place.path, self.mark.place.table


class CrossTableFinding(NamedTuple):
    """What a rule across tables yields: facts that do not go together. The message is said at the first of them."""

    message: str
    facts: Sequence[LocatedFact]
    notes: Iterable[str] = ()


class SuppressionUse(NamedTuple):
    """A waiver of the file after the other rules have looked: how many findings it took away, and on which day."""

    suppression: Suppression
    loc: Loc
    today: date
    used: int = 0

    @property
    def until(self) -> date | None:
        """The last day of the waiver; None where none is written. Raises ValueError where it is no date."""
        return date.fromisoformat(self.suppression.until) if self.suppression.until else None

    @property
    def in_force(self) -> bool:
        """A waiver without a reason, or past its day, takes nothing away."""
        try:
            return bool(self.suppression.reason.strip()) and (self.until is None or self.until >= self.today)
        except ValueError:
            return False


CheckFunction: TypeAlias = Callable[[Any, Any], Iterator[Any]]
"""A generator of Finding and Unjudged; for facts, of Across."""

Gather: TypeAlias = Callable[[Table, Any], Iterator[Fact]]

Subject: TypeAlias = Literal["document", "table", "suppressions", "facts"]
"""What a rule looks at, told by the name of its first parameter."""


class Rule(NamedTuple):
    """`basis` is the document and clause that demands it, or 通行审核要求, 算术, 书写规范."""

    name: str
    titles: tuple[str, str]
    severity: Severity
    category: str
    basis: str
    subject: Subject
    look: CheckFunction
    superseded_by: frozenset[str] = frozenset()
    gather: Gather | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return _named, (self.name,)

    @property
    def title(self) -> str:
        return tr(*self.titles)

    @property
    def page(self) -> str:
        return inspect.cleandoc(self.look.__doc__ or "")

    @property
    def norm(self) -> str:
        """What holds where there is nothing to find: the first line of the page, or the second, the English one."""
        return tr(*self.page.split("\n\n", 2)[:2])

    @property
    def fixable(self) -> bool:
        """Whether its page shows a text after its fix, which the tests make true."""
        return "```yaml fixed" in (self.look.__doc__ or "")


def rule(  # noqa: PLR0913 - a rule is declared in one place
    title: tuple[str, str],
    *,
    severity: Severity,
    category: str,
    basis: str,
    superseded_by: Iterable[str] = (),
    gather: Gather | None = None,
) -> Callable[[CheckFunction], Rule]:
    """Make a rule of a generator `(table | document | suppressions | facts, profile)`; its docstring is its page.

    `title` is Chinese and English; where one of the rules of `superseded_by` has a finding at the same place, this one
    says nothing there. A rule across tables looks at the facts that `gather` takes from each of them: at those with one
    key, of two tables at least, each fact of a table once.
    """

    def wrap(look: CheckFunction) -> Rule:
        function: Any = look
        name = function.__name__.replace("_", "-")
        subject: Any = function.__code__.co_varnames[0]
        return Rule(name, title, severity, category, basis, subject, look, frozenset(superseded_by), gather)

    return wrap


def _named(name: str) -> Rule:
    """A rule goes to another process by its name."""
    return rules()[name]


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its name, in the order of the boxes and then of the names: each module of the folder is one."""
    from perftarget import rules as package

    names = sorted(module.name for module in iter_modules(package.__path__) if not module.ispkg)
    found = [getattr(import_module(f"perftarget.rules.{name}"), name) for name in names]
    found.sort(key=lambda one: CATEGORIES.index(one.category))
    return {one.name: one for one in found}
