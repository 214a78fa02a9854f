"""Parser for target values (绩效值).

`parse` turns any text into a value of one of the types of `Value`; `str` of a value is its canonical notation. The
attribute `numeric` of a value is True if it can be measured, and `raw` is the text that was parsed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from perftarget.text.normalize import cached_by_text, compact, fold
from perftarget.values.bands import BAND_MARKS, GradeBands, parse_bands
from perftarget.values.dates import Date, Period, date_from_serial, parse_date, parse_period
from perftarget.values.indicator_names import normalize_name, period_in_name, unit_in_name
from perftarget.values.measures import Delta, Frequency, Operator, Quantity, Range, Zero
from perftarget.values.number_parser import parse_delta, parse_frequency, parse_measure, parse_range
from perftarget.values.phrases import parse_phrase
from perftarget.values.qualitative import (
    Boolean,
    BudgetReference,
    Empty,
    Grade,
    Placeholder,
    Scale,
    Text,
    Trend,
    absent_value,
    parse_budget_reference,
    parse_grade_or_boolean,
    parse_placeholder,
    parse_scale,
    parse_trend,
)
from perftarget.values.rewriting import rewrite
from perftarget.values.units import Unit, parse_unit

__all__ = [
    "Boolean",
    "BudgetReference",
    "Date",
    "Delta",
    "Empty",
    "Frequency",
    "Grade",
    "GradeBands",
    "MultipleValues",
    "Operator",
    "Period",
    "Placeholder",
    "Quantity",
    "Range",
    "Scale",
    "Text",
    "Trend",
    "Unit",
    "Value",
    "Zero",
    "date_from_serial",
    "is_placeholder",
    "normalize_name",
    "parse",
    "parse_unit",
    "period_in_name",
    "unit_in_name",
]  # fmt: skip

MAX_LENGTH = 200
"""Maximum length of a value in characters; longer text is prose, and no pattern is applied to it."""

Measure = Quantity | Range | Delta | Date | Period | Frequency | Zero


@dataclass(frozen=True, slots=True)
class MultipleValues:
    """Several targets in a cell: `≥95%、≥90%`; the separator is 、 or / or : (1:3)."""

    parts: tuple[Measure, ...]
    separator: str = "、"
    raw: str = field(default="", compare=False)

    numeric = True

    def __str__(self) -> str:
        return self.separator.join(map(str, self.parts))


Words = Grade | Scale | Boolean | Trend | BudgetReference | Text | Placeholder | Empty
Value = Measure | GradeBands | MultipleValues | Words

_SEPARATORS = {
    "、": re.compile("[、,，;；\n]+"),
    "/": re.compile("/(?!10万)"),
    ":": re.compile("[:：∶]"),
    "×": re.compile("[×*xX]"),
    "±": re.compile("±"),
    "且": re.compile(r"[,\uff0c、]?并?且"),
}
_LIST_MARKS = frozenset("、,，;；\n/:：∶×*xX±") | {"且"}
_DOTTED_DATE = re.compile("[≥≤<>=]?(?:19|20)[0-9]{2}/[0-9]{1,2}/[0-9]{1,2}.*")
_DATED = re.compile(
    "(?<![/·每])[年月季]|[底前]|(?:19|20)[0-9]{2}(?:[0-9]{2}){0,2}[-./~—至到]"
)  # 2050元/月 is not a date
_HAS_NUMBER = re.compile("[0-9]|[一二两三四五六七八九十百][个次场批期家人名项处套台座户所条件份篇年天月]")
_PERIODIC = frozenset("每按次")
_STOPS = "。；;，,."


def parse(raw: str, *, name: str = "") -> Value:
    """Parse the text of a value; never raises.

    The name of the indicator only decides if 无 is a target of zero, as for accidents, or an unfilled cell.
    """
    value = _parse(raw) if len(raw) <= MAX_LENGTH else _parse.__wrapped__(raw)
    return absent_value(value, name) if name and isinstance(value, Placeholder) else value


@cached_by_text
def is_placeholder(raw: str) -> bool:
    """Return True if the text is a Placeholder; faster than `parse` for prose."""
    text = fold(raw).strip()
    return bool(parse_placeholder(text, raw, compact(text))) and isinstance(parse(raw), Placeholder)


@lru_cache(maxsize=4096)
def _parse(raw: str) -> Value:
    text = fold(raw).strip()
    if not text:
        return Empty(raw)
    if len(text) > MAX_LENGTH:
        return Text(text, raw)
    body = compact(text)
    return (
        _parse_measure(body, raw)
        or _parse_words(text, body, raw)
        or _parse_multiple(text, raw)
        or parse_budget_reference(text, raw, body)
        or _parse_other_notation(body, raw)
        or Text(text, raw)
    )


def _parse_other_notation(body: str, raw: str) -> Value | None:
    """Parse grades with bands, a number in a phrase, or a notation that is rewritten first.

    A value is accepted only if its canonical notation parses to the same value.
    """
    value = _parse_loosely(body, raw)
    written = "" if value is None else str(value)
    if value is None or written == body or (len(written) <= MAX_LENGTH and _read(written) == value):
        return value
    return None


def _parse_in_words(body: str, raw: str) -> Measure | None:
    """Parse a number in a phrase, one of several: 培训2次，宣传3场."""
    return parse_phrase(rewrite(body.rstrip(_STOPS)), raw) if body.rstrip(_STOPS) else None


def _read(text: str) -> Value | None:
    """Parse a canonical notation."""
    return _parse_measure(text, "") or _parse_multiple(text, "") or _parse_loosely(text, "")


def _parse_loosely(body: str, raw: str) -> Value | None:
    body = body.rstrip(_STOPS)
    plain = rewrite(body)
    if plain != body and (value := _parse_measure(plain, raw) or _parse_multiple(plain, raw)):
        return value
    if not body or not _HAS_NUMBER.search(plain):
        return None
    return (parse_bands(body, raw) if not BAND_MARKS.isdisjoint(body) else None) or parse_phrase(plain, raw)


def _parse_measure(body: str, raw: str) -> Measure | None:
    """Parse a date or a measure.

    Dates are tried first, since 12月 is December and 2025年 is a year, and not a number of months or years.
    """
    body = body.rstrip(_STOPS)
    if not body:
        return None
    date = (parse_date(body, raw) or parse_period(body, raw)) if _DATED.search(body) else None
    # 每年12月 is a month of each year, and not 12 months per year.
    measure = (
        date
        or (parse_frequency(body, raw) if body[0] in _PERIODIC else None)
        or parse_measure(body, raw)
        or parse_range(body, raw)
        or parse_delta(body, raw)
    )
    if isinstance(measure, (Quantity, Range)) and measure.unit is not None and measure.unit.symbol == "年":
        return None if "," in body or "，" in body else measure  # 2,025年 is a mistyped year
    return measure


def _parse_words(text: str, body: str, raw: str) -> Value | None:
    """Parse a placeholder, grade, boolean, trend or scale."""
    word = body.rstrip(_STOPS)
    return (
        parse_placeholder(text, raw, body)
        or parse_grade_or_boolean(word, raw)
        or parse_trend(word, raw)
        or parse_scale(word, raw)
    )


def _parse_multiple(text: str, raw: str) -> MultipleValues | None:
    """Parse a list of measures, by the first separator for which the canonical notation parses to the same value."""
    return next((values for values in _split_lists(text, raw) if values in _split_lists(str(values), "")), None)


def _split_lists(text: str, raw: str) -> Iterator[MultipleValues]:
    """Yield the text as a list of measures for each separator that yields only measures."""
    if _LIST_MARKS.isdisjoint(text):
        return
    for separator, pattern in _SEPARATORS.items():
        parts = pattern.split(text)
        if separator == "/" and _DOTTED_DATE.fullmatch(text):
            return  # 2025/11/31 is a date that does not exist
        measures = _parse_all(parts) if len(parts) > 1 else ()
        values = MultipleValues(measures, separator, raw)
        if measures and len(str(values)) <= MAX_LENGTH:
            yield values


def _parse_all(parts: list[str]) -> tuple[Measure, ...]:
    """Parse all parts as measures, or return () at the first part that is not a measure."""
    measures: list[Measure] = []
    for part in parts:
        body = compact(part.strip())
        measure = _parse_measure(body, part) or (_parse_in_words(body, part) if _HAS_NUMBER.search(body) else None)
        if measure is None:
            return ()
        measures.append(measure)
    return tuple(measures)
