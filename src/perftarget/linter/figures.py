"""The figures of a finding as data, so that a program can compute them again."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from perftarget.text.source import Loc, Place


class Operand(NamedTuple):
    """A number of a computation: its name, its text as written, and its value in `unit`.

    `at` is where it is written in the table, () for a number that is written nowhere, such as 12 months; the report
    has `place` instead.
    """

    name: str
    text: str
    value: Decimal
    unit: str = ""
    at: Loc = ()
    place: Place | None = None


class Computation(NamedTuple):
    """A sum of products: each term is a product of operands, and `result` is the sum of the terms in `unit`."""

    terms: tuple[tuple[Operand, ...], ...]
    result: Decimal
    unit: str


class Observed(NamedTuple):
    """The text that a finding is about and its value in `unit`; the text is "" for a computed value."""

    text: str
    value: Decimal
    unit: str


class Expected(NamedTuple):
    """The value that was expected, and the relation that the observed value has to it."""

    relation: Literal["=", "≤", "≥"]
    value: Decimal
    unit: str


class Figures(NamedTuple):
    """The observed and the expected value of a finding, and the computation of one of them or of their difference."""

    observed: Observed
    expected: Expected
    computation: Computation | None = None
