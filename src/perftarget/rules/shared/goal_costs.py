"""The costs that a goal lists (安家费、培训费、体检费), and which of them the costs of the table do not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import join_words, tr
from perftarget.tables.costing.inferred import cost_rows, infer_costing
from perftarget.tables.keys import GOALS
from perftarget.tables.model import Table
from perftarget.text.source import Loc
from perftarget.values.indicator_names import name_key

_SENTENCE: Final = re.compile("[。；;！!\n]")
_PART: Final = re.compile(r"“[^”]{0,20}”|[^\w\s]|以及|用于|人员|对象|[和与及等的]")
_LONGEST: Final = 10
_MOST_READ: Final = 2000  # characters of a goal; forms allow a few hundred
_MOST_GOALS: Final = 50
_MOST_SAID: Final = 6


class Uncosted(NamedTuple):
    """The items without a cost, and the goals that list them."""

    items: tuple[str, ...]
    goals: tuple[Loc, ...]

    def __str__(self) -> str:
        more = tr("等", " and more") if len(self.items) > _MOST_SAID else ""
        items = join_words(tr(item, f"“{item}”") for item in self.items[:_MOST_SAID]) + more
        return tr(
            f"目标中列有{items}，成本指标中没有",
            f"the goals list {items}, for which there is no cost",
        )


@lru_cache(maxsize=1)  # three rules ask in turn for the same table
def uncosted(table: Table, profile: Profile) -> Uncosted | None:
    """The items of a list of which only some have a cost; where none has, costs are named by something else."""
    read = islice(_goals(table), _MOST_GOALS)
    lists = [(loc, items) for loc, goal in read for items in _lists(goal[:_MOST_READ], profile) if len(items) > 1]
    costs = _costs(table, profile) if lists else ""
    if profile.pattern("all_costs").search(costs):
        return None
    missing: dict[str, None] = {}
    goals = []
    for loc, items in lists:
        without = [item for item in items if not _is_costed(item, costs, profile)]
        if without and len(without) < len(items):
            missing.update(dict.fromkeys(without))
            goals.append(loc)
    shortest = [item for item in missing if not any(item[i:] in missing for i in range(1, len(item)))]
    return Uncosted(tuple(shortest), tuple(dict.fromkeys(goals))) if missing else None


def _goals(table: Table) -> Iterator[tuple[Loc, str]]:
    if isinstance(table.goals_written, str):
        yield (GOALS,), table.goals_written
    else:
        yield from (((GOALS, index), goal) for index, goal in enumerate(table.goals_written))


def _lists(goal: str, profile: Profile) -> Iterator[list[str]]:
    """The items of each sentence that says what money is spent on."""
    for sentence in _SENTENCE.split(goal):
        listed = len(profile.pattern("cost_items").findall(sentence)) > 1
        if listed and profile.pattern("spending").search(sentence):
            items = (_item(part.strip(), profile) for part in _PART.split(sentence))
            yield list(dict.fromkeys(item for item in items if item))


def _item(part: str, profile: Profile) -> str | None:
    """安家费 of 支付安家费 or 安家费支出; not 免费, and not a clause that ends in one."""
    if not profile.pattern("cost_items").search(part):
        return None
    pieces = [piece.strip() for piece in profile.pattern("spending").split(part)]
    item = next((piece for piece in reversed(pieces) if piece), "")
    if len(item) > _LONGEST or profile.pattern("not_cost_items").search(item):
        return None
    return item if _what_for(item, profile) else None


def _what_for(item: str, profile: Profile) -> str:
    """安家 of 安家费; "" where it is no cost, or nothing but 补贴."""
    ending = next((ending for ending in profile.terms("cost_items") if item.endswith(ending)), item)
    return item.removesuffix(ending)


def _costs(table: Table, profile: Profile) -> str:
    """All that is said to be paid for: the names of the costs, of what a standard is for, of the lines of 资金测算."""
    found = infer_costing(table, profile)
    names = [row.name for row in cost_rows(table, profile)]
    counts = [count.row.name for count, _ in found.pairs]
    lines = [f"{line.item} {line.people} {line.standard}" for line in table.calculations.values()]
    return " ".join(map(name_key, [*names, *counts, *lines]))


def _is_costed(item: str, costs: str, profile: Profile) -> bool:
    """Whether two characters of what it is for stand in a cost: 培训费 in 培训班支出; the only one of 水费."""
    what = _what_for(item, profile)
    return any(what[i : i + 2] in costs for i in range(max(len(what) - 1, 1)))
