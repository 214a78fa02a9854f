"""A good table as data, and the changes that seed one defect into it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

import yaml

from perftarget.tables.keys import AMOUNT, CALCULATION, GOALS, INDICATORS
from seeded_row import Path, Row

Edit: TypeAlias = Callable[[Any], None]

AMOUNT_NUMBER = re.compile(r"[\d.]+")


class Change(NamedTuple):
    """A defect seeded into a sheet: the edit of its data, the cells concerned and what was changed, for a reader.

    `renamed` are the old and new names of a renamed cell. `beside` is the edit that makes another table of the unit,
    for a defect that only two tables show. With `undetermined`, a result "资料不足" at the place is an answer too.
    """

    sheet: Sheet
    edit: Edit
    places: tuple[Path, ...]
    shown: str
    renamed: tuple[str, str] | None = None
    beside: Edit | None = None
    undetermined: bool = False

    @property
    def text(self) -> str:
        return self._written(self.edit)

    @property
    def text_beside(self) -> str:
        return self._written(self.beside) if self.beside else ""

    def _written(self, edit: Edit) -> str:
        data = deepcopy(self.sheet.data)
        edit(data)
        return write(data)


@dataclass(frozen=True)
class Sheet:
    """A good table as the data of its file."""

    file: str
    data: dict[str, Any]
    strangers: list[Sheet] = field(default_factory=list, repr=False)
    """The other tables of the same form."""

    @cached_property
    def text(self) -> str:
        return write(self.data)

    @property
    def name(self) -> str:
        return str(self.data["项目名称"])

    @cached_property
    def goals(self) -> list[tuple[Path, str]]:
        written = self.data[GOALS]
        return [((GOALS,), written)] if isinstance(written, str) else [((GOALS, i), w) for i, w in enumerate(written)]

    @cached_property
    def rows(self) -> list[Row]:
        return [Row(*row) for row in _rows((INDICATORS,), self.data[INDICATORS])]

    @cached_property
    def tiers(self) -> dict[str, Path]:
        """The second tiers by their section."""
        return {row.section: row.tier for row in self.rows}

    @cached_property
    def calculations(self) -> list[dict[str, str]]:
        return list(self.data.get(CALCULATION, []))

    @cached_property
    def money_places(self) -> tuple[Path, ...]:
        """Where a defect of the sums may be reported: the amount, its calculation, its sources, and all costs."""
        costs = [row.path for row in self.in_section("成本")]
        return ((AMOUNT,), (CALCULATION,), ("资金来源",), *costs)

    @cached_property
    def uncalculated(self) -> Sheet:
        """The same table without the calculation and the sources of its amount; it is as right as with them."""
        data = {key: part for key, part in self.data.items() if key not in {CALCULATION, "资金来源"}}
        return self if data == self.data else Sheet(self.file, data, self.strangers)

    @property
    def place_name(self) -> str:
        """The county, city or district that the department names, or ""."""
        match = re.match(r"[^县市区]{2,3}[县市区]", str(self.data["主管部门"]))
        return match[0] if match else ""

    def requires(self, label: str) -> bool:
        """Return True if the form of the table must have this field; that of the county has an office, and more."""
        return "项目主管处室" in self.data or label != "项目属性"

    def in_section(self, *sections: str) -> list[Row]:
        return [row for row in self.rows if row.section in sections]

    def of(self, *kinds: str) -> list[Row]:
        return [row for row in self.rows if row.kind in kinds]

    def value(self, row: Row, text: str, *more: Path, undetermined: bool = False) -> Change:
        """Write another value."""
        data = row.valued(text)
        shown = f"{row.name}: {row.text} → {text}"
        return Change(self, lambda root: put(root, row.path, data), (row.path, *more), shown, None, None, undetermined)

    def column(self, row: Row, **columns: str | None) -> Change:
        """Write or, with None, remove columns of a row."""
        data = {key: value for key, value in {**row.columns, **columns}.items() if value is not None}
        return Change(self, lambda root: put(root, row.path, data), (row.path,), f"{row.name}: {columns}")

    def rename(self, row: Row, name: str, value: str | None = None) -> Change:
        """Write another name."""
        data = row.columns if row.has_columns else row.text
        if value is not None:
            data = row.valued(value)
        if isinstance(row.path[-1], int):
            edit: Edit = lambda root: put(root, row.path, {**data, "指标": name})  # noqa: E731
            return Change(self, edit, (row.path,), f"{row.name} → {name}", (row.name, name))
        path = (*row.tier, name)
        edit = lambda root: rekey(root, row.path, name, data)  # noqa: E731
        return Change(self, edit, (path,), f"{row.name} → {name}", (row.name, name))

    def field(self, label: str, text: str, *more: Path) -> Change:
        """Write another text into a head field."""
        shown = f"{label}: {self.data.get(label)} → {text}"
        return Change(self, lambda root: put(root, (label,), text), ((label,), *more), shown)

    def goal(self, path: Path, text: str, *more: Path) -> Change:
        """Write another goal."""
        return Change(self, lambda root: put(root, path, text), ((GOALS,), *more), f"{path[-1]}: {text}")

    def move(self, row: Row, tier: Path) -> Change:
        """Move a row to another tier."""
        data = row.columns if row.has_columns else row.text

        def edit(root: Any) -> None:
            remove(root, row.path)
            add(root, tier, row.name, data)

        return Change(self, edit, ((*tier, row.name),), f"{row.name}: {row.tier[-1]} → {tier[-1]}")

    def both(self, one: Change, other: Change) -> Change:
        """Make two changes."""

        def edit(root: Any) -> None:
            one.edit(root)
            other.edit(root)

        return Change(self, edit, one.places + other.places, f"{one.shown}；{other.shown}")

    def add(self, tier: Path, rows: Iterable[tuple[str, Any]], *more: Path) -> Change:
        """Add rows to a tier."""
        rows = list(rows)

        def edit(root: Any) -> None:
            for name, value in rows:
                add(root, tier, name, value)

        shown = f"{tier[-1]}: + " + "；".join(f"{name}: {value}" for name, value in rows)
        return Change(self, edit, (*((*tier, name) for name, _ in rows), *more), shown)


Kind: TypeAlias = Callable[[Sheet], Iterator[Change]]
KINDS: dict[str, Kind] = {}
"""The kinds of defects by name."""


def kind(name: str) -> Callable[[Kind], Kind]:
    """Register a function that yields the changes of a sheet as a kind of defects."""

    def register(function: Kind) -> Kind:
        assert name not in KINDS, name
        KINDS[name] = function
        return function

    return register


def scaled(number: str, factor: str) -> str:
    """Return the number times the factor, with as many decimals as it had."""
    places = len(number.partition(".")[2])
    return str((Decimal(number) * Decimal(factor)).quantize(Decimal(1).scaleb(-places)))


def write(data: Any) -> str:
    return str(yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10**6))


def at(root: Any, path: Path) -> Any:
    for key in path:
        root = root[key]
    return root


def put(root: Any, path: Path, value: Any) -> None:
    at(root, path[:-1])[path[-1]] = value


def remove(root: Any, path: Path) -> None:
    del at(root, path[:-1])[path[-1]]


def rekey(root: Any, path: Path, name: str, value: Any) -> None:
    """Rename a key and write its value, in its place."""
    parent = at(root, path[:-1])
    assert name == path[-1] or name not in parent, name
    items = [(name, value) if key == path[-1] else (key, old) for key, old in parent.items()]
    parent.clear()
    parent.update(items)


def add(root: Any, tier: Path, name: str, value: Any) -> None:
    """Add a row to the end of a tier."""
    rows = at(root, tier)
    if isinstance(rows, list):
        rows.append({"指标": name, **(value if isinstance(value, dict) else {"值": value})})
    else:
        rows[name] = value


def _rows(path: Path, content: Any) -> Iterator[tuple[Path, str, dict[str, str]]]:
    """Yield the rows below a tier, whose name ends the path."""
    for key, part in content.items() if isinstance(content, dict) else enumerate(content):
        if isinstance(part, str):
            yield (*path, key), key, {"值": part}
        elif isinstance(part, dict) and "值" in part:
            yield (*path, key), part.get("指标", key), part
        else:
            yield from _rows((*path, key), part)
