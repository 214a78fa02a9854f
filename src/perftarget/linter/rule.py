"""The rule API: findings, fixes, facts, the `@rule` decorator and the registry of rules."""

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
from perftarget.linter.figures import Figures
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
"""The categories with their English names: those of the official review form, after a category for file formats."""
CATEGORIES: Final = tuple(CATEGORY_NAMES)

At: TypeAlias = Loc | Span


class Replace(NamedTuple):
    """A replacement of the scalar at `at` by `text`, quoted if YAML requires it."""

    at: At
    text: str


class Insert(NamedTuple):
    """An insertion of the blank key `text` after (or before) the entry whose key is at `beside`."""

    beside: At
    text: str
    before: bool = False


class ReplaceText(NamedTuple):
    """A replacement of the characters at `at` by `text` as it is, for files that are not valid YAML yet."""

    at: Span
    text: str


class Fix(NamedTuple):
    """A symbolic fix of a finding; `safe` is True if the meaning of the table does not change."""

    title: str
    changes: tuple[Replace | Insert | ReplaceText, ...]
    safe: bool = True


class Related(NamedTuple):
    """A further location of a finding, with a label."""

    at: At
    label: str


class Finding(NamedTuple):
    """A problem that a rule yields: its location and a one-line message; `notes` are the arithmetic and remedies.

    `severity` is None if the severity of the rule applies; `figures` are the numbers of the arithmetic as data.
    """

    at: At
    message: str
    related: Iterable[Related] = ()
    notes: Iterable[str] = ()
    fix: Fix | None = None
    severity: Severity | None = None
    figures: Figures | None = None


class Undetermined(NamedTuple):
    """A check that a rule could not decide: the location, and the data that is missing."""

    at: At
    reason: str


class Fact(NamedTuple):
    """A fact that a cross-table rule gathers from a table.

    Facts with the same `key` are compared, by `value` if they have one; `text` is the message shown at the location.
    """

    key: Hashable
    at: Loc
    text: str = ""
    value: tuple[str, ...] | None = None


class LocatedFact(NamedTuple):
    """A fact with the name of its table and its location, kept after the table itself is released."""

    text: str
    value: tuple[str, ...] | None
    table: str
    location: RelatedLocation

    @property
    def table_key(self) -> tuple[str, int]:
        """The path of the file and the index of the table in it."""
        return self.location.place.path, self.location.place.table


class CrossTableFinding(NamedTuple):
    """A problem that a cross-table rule yields: contradictory facts; the message is reported at the first one."""

    message: str
    facts: Sequence[LocatedFact]
    notes: Iterable[str] = ()
    figures: Figures | None = None


class SuppressionUse(NamedTuple):
    """A suppression of a table, with its location, the day of the run and the number of findings it suppressed."""

    suppression: Suppression
    loc: Loc
    today: date
    used: int = 0

    @property
    def until(self) -> date | None:
        """The last day of the suppression, or None if it has none. Raises ValueError if the text is not a date."""
        return date.fromisoformat(self.suppression.until) if self.suppression.until else None

    @property
    def in_force(self) -> bool:
        """True if the suppression has a reason and has not expired."""
        try:
            return bool(self.suppression.reason.strip()) and (self.until is None or self.until >= self.today)
        except ValueError:
            return False


CheckFunction: TypeAlias = Callable[[Any, Any], Iterator[Any]]
"""A generator of Finding and Undetermined; for facts, of CrossTableFinding."""

Gather: TypeAlias = Callable[[Table, Any], Iterator[Fact]]
"""A generator of the facts of a table."""

Subject: TypeAlias = Literal["document", "table", "suppressions", "facts"]
"""The kind of object that a rule checks; it is the name of the first parameter of the rule."""


class Rule(NamedTuple):
    """A rule of the linter.

    `basis` is the document and clause that the rule follows, or 通行审核要求, 算术 or 书写规范. `superseded_by` are the
    rules whose findings at a location make a finding of this rule there redundant. `replaces` are the names of former
    rules that this rule stands for now.
    """

    name: str
    titles: tuple[str, str]
    severity: Severity
    category: str
    basis: str
    subject: Subject
    check: CheckFunction
    superseded_by: frozenset[str] = frozenset()
    gather: Gather | None = None
    replaces: frozenset[str] = frozenset()

    def __reduce__(self) -> tuple[Any, ...]:
        return _rule_by_name, (self.name,)

    @property
    def title(self) -> str:
        """The title in the language of the user."""
        return tr(*self.titles)

    @property
    def page(self) -> str:
        """The documentation page: the docstring of the rule."""
        return inspect.cleandoc(self.check.__doc__ or "")

    @property
    def norm(self) -> str:
        """The requirement that the rule checks: the first paragraph of the page in Chinese, the second in English."""
        return tr(*self.page.split("\n\n", 2)[:2])

    @property
    def fixable(self) -> bool:
        """True if the page has an example of a fixed text; the tests run these examples."""
        return "```yaml fixed" in (self.check.__doc__ or "")


def rule(  # noqa: PLR0913 - a rule is declared in one place
    title: tuple[str, str],
    *,
    severity: Severity,
    category: str,
    basis: str,
    superseded_by: Iterable[str] = (),
    gather: Gather | None = None,
    replaces: Iterable[str] = (),
) -> Callable[[CheckFunction], Rule]:
    """Turn a generator `(table | document | suppressions | facts, profile)` into a rule; its docstring is the page.

    `title` is Chinese and English. A finding is dropped if a rule of `superseded_by` has one at the same location. A
    cross-table rule has a function `gather` that yields the facts of a table. It is called with the facts of a key if
    at least two tables have them; a fact that a table repeats is passed once. The former names in `replaces` remain
    valid in settings, waivers and baselines.
    """

    def wrap(check: CheckFunction) -> Rule:
        function: Any = check
        name = function.__name__.replace("_", "-")
        subject: Any = function.__code__.co_varnames[0]
        return Rule(
            name,
            title,
            severity,
            category,
            basis,
            subject,
            check,
            frozenset(superseded_by),
            gather,
            frozenset(replaces),
        )

    return wrap


def unchecked_categories() -> list[str]:
    """Return the categories that cannot be judged from a table alone, and so have no rules."""
    checked = {rule.category for rule in rules().values()}
    return [category for category in CATEGORIES if category not in checked]


def _rule_by_name(name: str) -> Rule:
    """Return a rule by its name. Rules are pickled by name, since their functions cannot be pickled."""
    return rules()[name]


@cache
def rules() -> dict[str, Rule]:
    """Return all rules by name, ordered by category and then by name. Each module of `perftarget.rules` is a rule."""
    from perftarget import rules as package

    names = sorted(module.name for module in iter_modules(package.__path__) if not module.ispkg)
    loaded = [getattr(import_module(f"perftarget.rules.{name}"), name) for name in names]
    loaded.sort(key=lambda rule: CATEGORIES.index(rule.category))
    return {rule.name: rule for rule in loaded}


@cache
def former_names() -> dict[str, tuple[str, ...]]:
    """Return the names of former rules, each with the names of the rules that replace it."""
    former: dict[str, tuple[str, ...]] = {}
    for rule in rules().values():
        for name in sorted(rule.replaces):
            former[name] = (*former.get(name, ()), rule.name)
    return former


def current_names(name: str) -> tuple[str, ...]:
    """Return the names of the rules that a name in settings, waivers or baselines stands for."""
    return former_names().get(name, (name,))


def replacement_note(name: str) -> str:
    """Return the sentence that says which rules replace a former one."""
    names = current_names(name)
    return tr(
        f"规则 {name} 已由 {'、'.join(names)} 代替；请改用新名称",
        f"the rule “{name}” is replaced by {', '.join(f'“{new}”' for new in names)}; use the new name",
    )
