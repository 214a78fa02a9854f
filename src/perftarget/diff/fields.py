"""Comparison of the fields and sections of two versions of a table, other than goals and indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from perftarget.config.profile import Profile
from perftarget.diff.change import Change, Kind, TargetContext
from perftarget.diff.prose import compare_prose, prose_key
from perftarget.diff.targets import compare_targets
from perftarget.diff.years import relative_years
from perftarget.i18n import tr
from perftarget.tables.entries import Calculation, Suppression
from perftarget.tables.indicators import Indicator
from perftarget.tables.keys import AMOUNT, BUDGET_YEAR, CALCULATION, FUNDING, GOALS, INDICATORS, ORDER, SUPPRESSIONS
from perftarget.tables.model import FIELD_NAMES, Table
from perftarget.text.source import Loc
from perftarget.values.indicator_names import name_key
from perftarget.values.money import format_amount, parse_amount
from perftarget.values.parser import Period, Quantity, Value, parse
from perftarget.values.years import parse_year

_NAME: Final = "项目名称"
_PERIOD: Final = "项目期限"
_ELSEWHERE: Final = frozenset({GOALS, INDICATORS, ORDER})
"""Labels that are compared elsewhere, and the order, which is no content."""
_YAML_ONLY: Final = (CALCULATION, SUPPRESSIONS)
"""Sections of lines, which a Word or Excel file does not hold."""
_SEPARATOR: Final = "·"
_ITEM_NAMES: Final = ("指标", "指标名称", "项目", "名称", "规则")
"""Keys of the name of an item in a list."""


class FieldChange(NamedTuple):
    """A changed text: the path of its label, the location, the change, and both texts."""

    where: str
    loc: Loc
    change: Change
    old: str
    new: str


def compare_fields(old: Table, new: Table, context: TargetContext) -> Iterator[FieldChange]:
    """Yield the changed fields and sections, without those that one side could not hold."""
    extra = {*(old.model_extra or {}), *(new.model_extra or {})}
    for label in [*FIELD_NAMES, *sorted(extra)]:
        if label in _ELSEWHERE or _is_unprinted(label, old, new) or _is_unprinted(label, new, old):
            continue
        before, after = _leaves(old.content(label), (label,)), _leaves(new.content(label), (label,))
        if label in _YAML_ONLY:
            before, after = _as_multiset(before, after)
        for path in {**before, **after}:
            texts = before.get(path, "").strip(), after.get(path, "").strip()
            if texts[0] != texts[1]:
                change = _compare_field(label, path, texts, (old, new), context)
                where = label if label in _YAML_ONLY else _SEPARATOR.join(map(str, path))
                yield FieldChange(where, path, change, *texts)


def _is_unprinted(label: str, form: Table, table: Table) -> bool:
    """Return True if `form` is a printed form that lacks a field of a YAML file because it is not printed."""
    if not form.is_form or table.is_form or form.content(label):
        return False
    return label in {*_YAML_ONLY, BUDGET_YEAR} or not isinstance(table.content(label), str)


def _leaves(content: Any, path: Loc) -> dict[Loc, str]:
    """Return the texts in a field by the path of keys above them; an item of a list is named by its name."""
    if isinstance(content, (Calculation, Suppression)):
        return {path: _line(content)}
    if isinstance(content, Mapping):
        return {loc: text for key, value in content.items() for loc, text in _leaves(value, (*path, str(key))).items()}
    if isinstance(content, (list, tuple)):
        found: dict[Loc, str] = {}
        for index, item in enumerate(content, start=1):
            named = _item_name(item)
            key = (*path, named) if named and (*path, named) not in found else (*path, str(index))
            found |= _leaves(_without_name(item), key)
        return found
    return {path: str(content)} if content not in ("", None) else {}


def _item_name(item: Any) -> str:
    """Return the name of an item of a list, "" if it has none."""
    if not isinstance(item, Mapping):
        return ""
    return next((str(item[key]).strip() for key in _ITEM_NAMES if item.get(key)), "")


def _without_name(item: Any) -> Any:
    """Return an item without its name, its only other text alone."""
    if not isinstance(item, Mapping) or not _item_name(item):
        return item
    named = next(key for key in _ITEM_NAMES if item.get(key))
    rest = {key: value for key, value in item.items() if key != named and value not in ("", None)}
    return next(iter(rest.values())) if len(rest) == 1 else rest or _item_name(item)


def _line(part: Calculation | Suppression) -> str:
    """Return a line of 资金测算 or 豁免 as one text."""
    names = {name: str(info.alias) for name, info in type(part).model_fields.items()}
    return "，".join(f"{names[name]} {text.strip()}" for name, text in part if text.strip())


def _as_multiset(before: dict[Loc, str], after: dict[Loc, str]) -> tuple[dict[Loc, str], dict[Loc, str]]:
    """Return the lines without those that both sides have; their order is no content."""
    rest = list(after.items())
    left: dict[Loc, str] = {}
    for path, text in before.items():
        match = next((item for item in rest if _same_line(item[1], text)), None)
        if match is None:
            left[path] = text
        else:
            rest.remove(match)
    return left, dict(rest)


def _same_line(first: str, second: str) -> bool:
    return "".join(first.split()) == "".join(second.split())


def _compare_field(
    label: str, path: Loc, texts: tuple[str, str], tables: tuple[Table, Table], context: TargetContext
) -> Change:
    """Compare two different texts of a field."""
    if label in {AMOUNT, FUNDING}:
        return _compare_amounts(*texts, context.profile)
    if label in {BUDGET_YEAR, _PERIOD, _NAME}:
        return (Kind.SAME if _is_next_year(label, texts, tables, context) else Kind.CHANGED), ""
    return _compare_texts(label, path, texts, context)


def _is_next_year(label: str, texts: tuple[str, str], tables: tuple[Table, Table], context: TargetContext) -> bool:
    """Return True if a budget year, project period or name is the same but for the year, which moved with the table."""
    if label == BUDGET_YEAR:
        return _same_year(texts, tables)
    if label == _PERIOD:
        return _same_period(parse(texts[0]), parse(texts[1]), context)
    return len({name_key(relative_years(text, year, is_name=True)) for text, year in _with_years(texts, context)}) == 1


def _compare_texts(label: str, path: Loc, texts: tuple[str, str], context: TargetContext) -> Change:
    """Compare the texts of another field or section: as targets in a section, else as sentences."""
    if not texts[0] or not texts[1]:
        missing = Kind.ADDED if texts[1] else Kind.REMOVED
        return (missing if len(path) > 1 or label in _YAML_ONLY else Kind.CHANGED), ""
    if len({prose_key(text, None) for text in texts}) == 1:
        return Kind.SAME, ""
    if label in _YAML_ONLY or label in FIELD_NAMES:
        return Kind.CHANGED, ""
    return _compare_targets_of(path, texts, context) if len(path) > 1 else compare_prose(*texts, context)


def _with_years(texts: tuple[str, str], context: TargetContext) -> Iterator[tuple[str, int | None]]:
    """Yield each text with its budget year, or with None if the years did not move by one or not at all."""
    old, new = context.years
    is_next = old is not None and new is not None and new - old in {0, 1}
    yield from zip(texts, context.years if is_next else (None, None), strict=True)


def _compare_targets_of(path: Loc, texts: tuple[str, str], context: TargetContext) -> Change:
    """Compare two texts in a section as targets, such as those of 中期绩效指标, if they are measurable."""
    old, new = (Indicator(None, str(path[-2]), str(path[-1]), text, None, path, path, path) for text in texts)
    if not old.value.numeric and not new.value.numeric:
        return Kind.CHANGED, ""
    return compare_targets(old, new, context._replace(row=new))


def _same_year(texts: tuple[str, str], tables: tuple[Table, Table]) -> bool:
    """Return True for the same budget year, or for the next one if the project periods moved, too."""
    years = [parse_year(text) for text in texts]
    if years[0] is None or years[1] is None:
        return False
    ends = [table.dates.end.year if table.dates else None for table in tables]
    moved = None in ends or ends[0] != ends[1]
    return years[1] == years[0] or (years[1] == years[0] + 1 and moved)


def _same_period(old: Value, new: Value, context: TargetContext) -> bool:
    """Return True if two project periods are the same, or the same months of the next year."""
    if not isinstance(old, Period) or not isinstance(new, Period) or None in {old.first, old.last, new.first, new.last}:
        return False
    bounds = [(value.first, value.last) for value in (old, new)]
    shifts = {after.year - before.year for before, after in zip(*bounds, strict=True) if before and after}
    days = [[(day.month, day.day) for day in pair if day] for pair in bounds]
    years = context.years
    expected = years[1] - years[0] if years[0] is not None and years[1] is not None else 0
    return days[0] == days[1] and len(shifts) == 1 and shifts <= {0, 1} and shifts == {expected}


def _compare_amounts(old_text: str, new_text: str, profile: Profile) -> Change:
    """Compare two amounts; the note is the change, such as +130 万元，+9.85%."""
    old, new = (parse_amount(text, profile.amount_unit) for text in (old_text, new_text))
    if old is None or new is None:
        return Kind.AMOUNT, ""
    change = new.yuan - old.yuan
    if not change:
        return _same_amount(old_text, new_text), ""
    sign = "+" if change > 0 else "−"
    share = f"{tr('，', ', ')}{sign}{abs(change) / old.yuan * 100:.2f}%" if old.yuan > 0 else ""
    return Kind.AMOUNT, f"{sign}{format_amount(abs(change), new.unit)}{share}"


def _same_amount(old_text: str, new_text: str) -> Kind:
    """Return the kind of a change between two notations of one amount; a sign such as ≤ is content."""
    old, new = parse(old_text), parse(new_text)
    if isinstance(old, Quantity) and isinstance(new, Quantity) and old.operator != new.operator:
        return Kind.AMOUNT
    return Kind.SAME
