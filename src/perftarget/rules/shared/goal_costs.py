"""Search for cost items of the goals (安家费、培训费、体检费) that are missing among the costs of the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.i18n import join_words, tr
from perftarget.tables.costing.inferred import cost_rows, infer_costing
from perftarget.tables.keys import GOALS
from perftarget.tables.model import Table
from perftarget.tables.once import once_per_table
from perftarget.text.source import Loc
from perftarget.values.indicator_names import name_key

_SENTENCE: Final = re.compile("[。；;！!\n]")
_PART: Final = re.compile(r"“[^”]{0,20}”|[^\w\s]|以及|用于|人员|对象|[和与及等的]")
_MAX_ITEM_LENGTH: Final = 10
_MAX_GOAL_LENGTH: Final = 2000  # characters; forms allow a few hundred
_MAX_GOALS: Final = 50
_MAX_NAMED_ITEMS: Final = 6


class UncostedItems(NamedTuple):
    """The items without a cost and the locations of the goals that list them."""

    items: tuple[str, ...]
    goals: tuple[Loc, ...]

    def __str__(self) -> str:
        more = tr("等", " and more") if len(self.items) > _MAX_NAMED_ITEMS else ""
        items = join_words(tr(item, f"“{item}”") for item in self.items[:_MAX_NAMED_ITEMS]) + more
        return tr(
            f"目标中列有{items}，成本指标中没有",
            f"the goals list {items}, for which there is no cost",
        )


@once_per_table
def find_uncosted_items(table: Table, profile: Profile) -> UncostedItems | None:
    """Return the items without a cost from lists that have items with a cost, or None if there are none.

    Lists in which no item has a cost are ignored: the costs of such a table are named in a different way.
    """
    goals = islice(_goals(table), _MAX_GOALS)
    lists = [
        (loc, items) for loc, goal in goals for items in _lists(goal[:_MAX_GOAL_LENGTH], profile) if len(items) > 1
    ]
    costs = _cost_names(table, profile) if lists else ""
    if profile.pattern("all_costs").search(costs):
        return None
    missing: dict[str, None] = {}
    goal_locs = []
    for loc, items in lists:
        without = [item for item in items if not _is_costed(item, costs, profile)]
        if without and len(without) < len(items):
            missing.update(dict.fromkeys(without))
            goal_locs.append(loc)
    shortest = [item for item in missing if not any(item[i:] in missing for i in range(1, len(item)))]
    return UncostedItems(tuple(shortest), tuple(dict.fromkeys(goal_locs))) if missing else None


def _goals(table: Table) -> Iterator[tuple[Loc, str]]:
    if isinstance(table.raw_goals, str):
        yield (GOALS,), table.raw_goals
    else:
        yield from (((GOALS, index), goal) for index, goal in enumerate(table.raw_goals))


def _lists(goal: str, profile: Profile) -> Iterator[list[str]]:
    """Yield the items of each sentence about spending."""
    for sentence in _SENTENCE.split(goal):
        listed = len(profile.pattern("cost_items").findall(sentence)) > 1
        if listed and profile.pattern("spending").search(sentence):
            items = (_item(part.strip(), profile) for part in _PART.split(sentence))
            yield list(dict.fromkeys(item for item in items if item))


def _item(part: str, profile: Profile) -> str | None:
    """Return the cost item of a part, such as 安家费 of 支付安家费 or 安家费支出.

    Returns None for words such as 免费 and for long clauses.
    """
    if not profile.pattern("cost_items").search(part):
        return None
    pieces = [piece.strip() for piece in profile.pattern("spending").split(part)]
    item = next((piece for piece in reversed(pieces) if piece), "")
    if len(item) > _MAX_ITEM_LENGTH or profile.pattern("not_cost_items").search(item):
        return None
    return item if _purpose(item, profile) else None


def _purpose(item: str, profile: Profile) -> str:
    """Return the purpose of a cost item, such as 安家 of 安家费; "" for a general word such as 补贴."""
    ending = next((ending for ending in profile.terms("cost_items") if item.endswith(ending)), item)
    return item.removesuffix(ending)


def _cost_names(table: Table, profile: Profile) -> str:
    """Return the names of all costs, of the counts that are multiplied by a standard, and of the lines of 资金测算."""
    costing = infer_costing(table, profile)
    names = [row.name for row in cost_rows(table, profile)]
    counts = [count.row.name for count, _ in costing.pairs]
    lines = [f"{line.item} {line.people} {line.standard}" for line in table.calculations.values()]
    return " ".join(map(name_key, [*names, *counts, *lines]))


def _is_costed(item: str, costs: str, profile: Profile) -> bool:
    """Return True if two adjacent characters of the purpose (or its only one) are in a cost: 培训费 in 培训班支出."""
    purpose = _purpose(item, profile)
    return any(purpose[i : i + 2] in costs for i in range(max(len(purpose) - 1, 1)))
