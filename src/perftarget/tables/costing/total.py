"""The amount that a table's own numbers come to: by 资金测算 where it is written, else inferred from its indicators."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perftarget.config.profile import Profile
from perftarget.tables.costing.declared import Term, calculation_terms
from perftarget.tables.costing.inferred import infer_costing
from perftarget.tables.keys import CALCULATION
from perftarget.tables.model import Table
from perftarget.values.money import total


class ComputedTotal(NamedTuple):
    """A sum in 元, and the lines that it is the sum of."""

    yuan: Decimal
    lines: tuple[str, ...]


def compute_total(table: Table, profile: Profile) -> ComputedTotal | None:
    """None where the table does not say how its amount is composed."""
    if table.writes(CALCULATION):
        found = calculation_terms(table, profile)
        complete = [term for term in found if isinstance(term, Term)]
        whole = bool(found) and len(complete) == len(found)
        return ComputedTotal(total(term.yuan for term in complete), tuple(map(str, complete))) if whole else None
    costs = infer_costing(table, profile)
    if reading := costs.reading:
        _, lines = reading
        return ComputedTotal(costs.sum(lines), tuple(costs.arithmetic(lines)))
    if costs.standards or len(costs.lumps) < 2 or costs.above:
        return None
    return ComputedTotal(costs.sum(()), tuple(costs.arithmetic(())))
