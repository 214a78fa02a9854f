"""Compute the total of a table: by 资金测算 if it has that section, else as inferred from its indicators."""

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
    """A sum in 元, and its written-out lines."""

    yuan: Decimal
    lines: tuple[str, ...]


def compute_total(table: Table, profile: Profile) -> ComputedTotal | None:
    """Return the total of a table, or None if the table does not determine how its amount is composed."""
    if table.writes(CALCULATION):
        results = calculation_terms(table, profile)
        terms = [result for result in results if isinstance(result, Term)]
        if not results or len(terms) < len(results):
            return None
        return ComputedTotal(total(term.yuan for term in terms), tuple(map(str, terms)))
    costing = infer_costing(table, profile)
    if reading := costing.reading:
        _, lines = reading
        return ComputedTotal(costing.sum(lines), tuple(costing.arithmetic(lines)))
    if costing.standards or len(costing.lump_sums) < 2 or costing.above:
        return None
    return ComputedTotal(costing.sum(()), tuple(costing.arithmetic(())))
