"""The amount that a table's own numbers come to: by 资金测算 where it is written, else inferred from its indicators."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perftarget.config.profile import Profile
from perftarget.tables.costing.declared import Term, terms
from perftarget.tables.costing.inferred import costing
from perftarget.tables.model import CALCULATION, Table
from perftarget.values.money import total


class Computed(NamedTuple):
    """A sum in 元, and the lines that it is the sum of."""

    yuan: Decimal
    lines: tuple[str, ...]


def computed(table: Table, profile: Profile) -> Computed | None:
    """None where the table does not say how its amount is composed."""
    if table.writes(CALCULATION):
        found = terms(table, profile)
        complete = [term for term in found if isinstance(term, Term)]
        whole = bool(found) and len(complete) == len(found)
        return Computed(total(term.yuan for term in complete), tuple(map(str, complete))) if whole else None
    costs = costing(table, profile)
    if reading := costs.reading:
        _, lines = reading
        return Computed(costs.sum(lines), tuple(costs.arithmetic(lines)))
    if costs.standards or len(costs.lumps) < 2 or costs.above:
        return None
    return Computed(costs.sum(()), tuple(costs.arithmetic(())))
