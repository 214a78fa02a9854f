"""What a 绩效值 can be: any text to a value that knows its kind, and back to the one way of writing it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from perftarget.text.normalize import cached_by_text, compact, fold
from perftarget.values.dates import Date, Period, date_from_serial, parse_date, parse_period
from perftarget.values.indicator_names import normalize_name, period_in_name, unit_in_name
from perftarget.values.measures import Delta, Frequency, Operator, Quantity, Range, Zero
from perftarget.values.number_parser import parse_delta, parse_frequency, parse_measure, parse_range
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
from perftarget.values.units import Unit, parse_unit

__all__ = [
    "Boolean",
    "BudgetReference",
    "Date",
    "Delta",
    "Empty",
    "Frequency",
    "Grade",
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

# A target is short; what is longer is prose, and no pattern is tried on it.
LONGEST = 200

Measure = Quantity | Range | Delta | Date | Period | Frequency | Zero


@dataclass(frozen=True, slots=True)
class MultipleValues:
    """`≥95%、≥90%`: more than one target in a cell; the separator is 、 or / or : (1:3)."""

    parts: tuple[Measure, ...]
    separator: str = "、"
    raw: str = field(default="", compare=False)

    numeric = True

    def __str__(self) -> str:
        return self.separator.join(map(str, self.parts))


Value = Measure | Grade | Scale | Boolean | Trend | BudgetReference | MultipleValues | Text | Placeholder | Empty

_LISTS = {"、": re.compile("[、,，;；\n]+"), "/": re.compile("/"), ":": re.compile("[:：]")}
_DATED = re.compile("(?<![/·每])[年月季]|[底前]|(?:19|20)[0-9]{2}[-./~—]")  # 2050元/月 is no date
_STOPS = "。；;，,."


def parse(raw: str, *, name: str = "") -> Value:
    """The value of a text; never raises. The name decides only what 无 is: zero accidents, or nothing."""
    value = _parse(raw) if len(raw) <= LONGEST else _parse.__wrapped__(raw)
    return absent_value(value, name) if name and isinstance(value, Placeholder) else value


@cached_by_text
def is_placeholder(raw: str) -> bool:
    """Whether the text is a Placeholder; of prose that is sooner said than what else it may be."""
    text = fold(raw).strip()
    return bool(parse_placeholder(text, raw, compact(text))) and isinstance(parse(raw), Placeholder)


@lru_cache(maxsize=4096)
def _parse(raw: str) -> Value:
    text = fold(raw).strip()
    if not text:
        return Empty(raw)
    if len(text) > LONGEST:
        return Text(text, raw)
    body = compact(text)
    return (
        _measure(body, raw)
        or _worded(text, body, raw)
        or _several(text, raw)
        or parse_budget_reference(text, raw, body)
        or Text(text, raw)
    )


def _measure(body: str, raw: str) -> Measure | None:
    """Dates come first: 12月 is December, 2025年 that year, and neither is a number of them."""
    body = body.rstrip(_STOPS)
    if not body:
        return None
    dated = (parse_date(body, raw) or parse_period(body, raw)) if _DATED.search(body) else None
    found = (
        dated
        or parse_measure(body, raw)
        or parse_range(body, raw)
        or parse_frequency(body, raw)
        or parse_delta(body, raw)
    )
    if isinstance(found, (Quantity, Range)) and found.unit is not None and found.unit.symbol == "年":
        return None if "," in body or "，" in body else found  # 2,025年 is a year with a slip in it
    return found


def _worded(text: str, body: str, raw: str) -> Value | None:
    word_only = body.rstrip(_STOPS)
    return (
        parse_placeholder(text, raw, body)
        or parse_grade_or_boolean(word_only, raw)
        or parse_trend(word_only, raw)
        or parse_scale(word_only, raw)
    )


def _several(text: str, raw: str) -> MultipleValues | None:
    """The first reading as a list that is the same when it is written out."""
    return next((one for one in _lists(text, raw) if one in _lists(str(one), "")), None)


def _lists(text: str, raw: str) -> Iterator[MultipleValues]:
    for separator, pattern in _LISTS.items():
        parts = pattern.split(text)
        measures = _measures(parts) if len(parts) > 1 else ()
        several = MultipleValues(measures, separator, raw)
        if measures and len(str(several)) <= LONGEST:
            yield several


def _measures(parts: list[str]) -> tuple[Measure, ...]:
    """All of the parts as measures, or none: prose is left at its first clause."""
    measures: list[Measure] = []
    for part in parts:
        value = _measure(compact(part.strip()), part)
        if value is None:
            return ()
        measures.append(value)
    return tuple(measures)
