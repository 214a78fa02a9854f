"""The figures of findings about amounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from perftarget.i18n import tr
from perftarget.linter.figures import Computation, Expected, Figures, Observed, Operand
from perftarget.tables.costing.costing import Costing, LumpSum
from perftarget.text.source import Loc
from perftarget.values.money import Amount, Line, total

_YUAN = "元"


def amount_figures(declared: Amount, text: str, terms: Iterable[tuple[Operand, ...]], computed: Decimal) -> Figures:
    """Return the figures of a declared amount, written as `text`, that should equal the sum of the terms."""
    computation = Computation(tuple(terms), computed, _YUAN)
    return Figures(Observed(text, declared.yuan, _YUAN), Expected("=", computed, _YUAN), computation)


def costing_figures(costing: Costing, lines: Sequence[Line], text: str) -> Figures | None:
    """Return the figures of the amount of a table and of the calculation from its indicators."""
    if costing.amount is None:
        return None
    products = [
        line_operands(line, (count.row.name, count.row.loc), (standard.row.name, standard.row.loc))
        for (count, standard), line in zip(costing.pairs, lines, strict=True)
    ]
    terms = [*products, *map(lump_operands, costing.lump_sums)]
    return amount_figures(costing.amount, text, terms, costing.sum(lines))


def line_operands(line: Line, counted: tuple[str, Loc], standard: tuple[str, Loc]) -> tuple[Operand, ...]:
    """Return the factors of a product; `counted` and `standard` are the name and the location of the first two."""
    names = (counted, standard, (tr("次数", "times"), ()), (tr("分担比例", "share"), ()))
    units = ("", _YUAN, line.period, "")
    return tuple(
        Operand(name, text, value, unit, at)
        for (name, at), (text, value), unit in zip(names, line.factors, units, strict=True)
        if at or value != 1
    )


def lump_operands(lump: LumpSum) -> tuple[Operand, ...]:
    """Return a fixed cost as a term."""
    return (Operand(lump.row.name, lump.text, lump.amount.yuan, _YUAN, lump.row.loc),)


def excess_figures(observed: Operand, limit: Operand) -> Figures:
    """Return the figures of an amount that should not be more than the limit; the computation is the excess."""
    minus = Operand("-", "-", Decimal(-1))
    excess = Computation(((observed,), (limit, minus)), total([observed.value, -limit.value]), observed.unit)
    return Figures(
        Observed(observed.text, observed.value, observed.unit), Expected("≤", limit.value, limit.unit), excess
    )
