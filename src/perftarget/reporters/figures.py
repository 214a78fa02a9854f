"""Entries for the figures of a diagnostic, in JSON and in the properties of SARIF."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from typing_extensions import TypedDict

from perftarget.linter.figures import Figures, Operand
from perftarget.text.source import Place


class PlaceEntry(TypedDict):
    """A place in a file.

    Lines and columns count from 1, columns in characters. They are null in a Word or Excel file, where `label` names
    the cell (表1 第6行 第4列).
    """

    path: str
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    label: str | None


class ObservedEntry(TypedDict):
    """The value that a diagnostic is about: the text as written, "" for a computed value, and its value in `unit`.

    Values are decimal numbers as text, without an exponent and not rounded.
    """

    text: str
    value: str
    unit: str


class ExpectedEntry(TypedDict):
    """The value that was expected, and the relation that the observed value has to it."""

    relation: Literal["=", "≤", "≥"]
    value: str
    unit: str


class OperandEntry(TypedDict):
    """A number of a computation; `place` is null for a number that is not written in the table, such as 12 months."""

    name: str
    text: str
    value: str
    unit: str
    place: PlaceEntry | None


class ResultEntry(TypedDict):
    """The result of a computation."""

    value: str
    unit: str


class ComputationEntry(TypedDict):
    """A sum of products: each term is a list of operands to multiply, and the result is the sum of the terms.

    A share such as 1/3 has 28 digits, so that a program may differ from the result by less than a cent.
    """

    terms: list[list[OperandEntry]]
    result: ResultEntry


class FiguresEntry(TypedDict, total=False):
    """The figures of a diagnostic that rests on numbers."""

    observed: ObservedEntry
    expected: ExpectedEntry
    computation: ComputationEntry


def figures_entry(figures: Figures | None) -> FiguresEntry:
    """Return the entries of the figures, without those that a diagnostic does not have."""
    if figures is None:
        return {}
    observed, expected, computation = figures
    entry = FiguresEntry(
        observed=ObservedEntry(text=observed.text, value=_number(observed.value), unit=observed.unit),
        expected=ExpectedEntry(relation=expected.relation, value=_number(expected.value), unit=expected.unit),
    )
    if computation:
        terms = [[_operand_entry(operand) for operand in term] for term in computation.terms]
        result = ResultEntry(value=_number(computation.result), unit=computation.unit)
        entry["computation"] = ComputationEntry(terms=terms, result=result)
    return entry


def _operand_entry(operand: Operand) -> OperandEntry:
    return OperandEntry(
        name=operand.name,
        text=operand.text,
        value=_number(operand.value),
        unit=operand.unit,
        place=place_entry(operand.place) if operand.place else None,
    )


def _number(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def place_entry(place: Place) -> PlaceEntry:
    """Return the entry of a place."""
    if place.label:
        return PlaceEntry(path=place.path, line=None, column=None, end_line=None, end_column=None, label=place.label)
    return PlaceEntry(
        path=place.path,
        line=place.line,
        column=place.column,
        end_line=place.end_line,
        end_column=place.end_column,
        label=None,
    )
