"""What the web page of a run shows: each table as its form, with every finding at its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from perftarget.formats.grid import Cell
from perftarget.i18n import say
from perftarget.linter.diagnostic import Diagnostic, Mark, Open, Severity
from perftarget.linter.run import Run, Sheet
from perftarget.reporters.options import View
from perftarget.reporters.phrases import severity_name, where
from perftarget.text.normalize import visible
from perftarget.text.source import Loc, nearest

Level = Literal["error", "warning", "info", "waived", "unjudged"]

ORDER: Final[tuple[Level, ...]] = ("error", "warning", "info", "waived", "unjudged")
LEVELS: Final[Mapping[Severity, Level]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "info",
}


def level_name(level: Level) -> str:
    names = {name: severity_name(severity) for severity, name in LEVELS.items()}
    return names.get(level) or {"waived": say("已豁免", "Waived"), "unjudged": say("没有判定", "Not judged")}[level]


@dataclass
class Item:
    """A finding on the page: its number there, and what is said."""

    number: int
    level: Level
    rule: str
    title: str
    box: str
    place: str
    message: str
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fix: str = ""
    waived: str = ""
    line: str = ""
    page: Page | None = None


@dataclass
class Drawn:
    """A cell of the form, with the findings that stand in it and those that only look at it."""

    cell: Cell
    text: str
    found: list[Item] = field(default_factory=list)
    seen: list[Item] = field(default_factory=list)

    @property
    def level(self) -> str:
        """The worst of what was found here; `seen` where something elsewhere is computed from it."""
        levels = [item.level for item in self.found]
        return next((level for level in ORDER if level in levels), "seen" if self.seen else "")


@dataclass
class Page:
    """A table of the run: its form, its amounts, its findings; a file that is no table has the last alone."""

    number: int
    name: str
    path: str
    sheet: Sheet | None = None
    cells: list[Drawn] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.by_place = {drawn.cell.at: drawn for drawn in self.cells if drawn.cell.at}

    @property
    def rows(self) -> list[list[Drawn]]:
        rows: list[list[Drawn]] = [[] for _ in range(self.sheet.grid.rows if self.sheet else 0)]
        for drawn in self.cells:
            rows[drawn.cell.row].append(drawn)
        return rows

    def drawn(self, at: Loc) -> Drawn | None:
        """The cell that shows what is at that place of the data, or what is nearest to it."""
        return next((self.by_place[loc] for loc in nearest(at) if loc in self.by_place), None) if at else None

    def counted(self, level: Level) -> int:
        return sum(item.level == level for item in self.items)


def pages_of(run: Run, view: View) -> list[Page]:
    """The tables in their order, then the files that are none; each finding in its page, numbered as they stand."""
    pages = [_page(number, sheet, view) for number, sheet in enumerate(run.sheets, start=1)]
    found: list[tuple[Page, Diagnostic | Open]] = []
    others: dict[str, Page] = {}
    of_table = {(page.sheet.path, page.sheet.number): page for page in pages if page.sheet}
    for one in run.said:
        path = one.place.path
        page = of_table.get((path, one.place.table))
        if page is None:
            shown = visible(view.path(path))
            page = others.setdefault(path, Page(len(pages) + len(others) + 1, shown, shown))
        found.append((page, one))
    found.sort(key=lambda pair: pair[0].number)
    for number, (page, one) in enumerate(found, start=1):
        _put(page, one, number)
    return [*pages, *others.values()]


def _page(number: int, sheet: Sheet, view: View) -> Page:
    cells = [Drawn(cell, _shown(cell.text)) for cell in sheet.grid.cells]
    return Page(number, visible(sheet.name) or say("（没有名称）", "(no name)"), view.path(sheet.path), sheet, cells)


def _shown(text: str) -> str:
    return "\n".join(map(visible, text.split("\n")))


def _put(page: Page, one: Diagnostic | Open, number: int) -> None:
    item = _item(one, number)
    item.page = page
    page.items.append(item)
    if drawn := page.drawn(one.at):
        drawn.found.append(item)
    for mark in one.related if isinstance(one, Diagnostic) else ():
        at_mark = page.drawn(mark.at) if mark.place.path == one.place.path else None
        if at_mark and not any(other is item for other in at_mark.found + at_mark.seen):
            (at_mark.found if mark.row else at_mark.seen).append(item)


def _item(one: Diagnostic | Open, number: int) -> Item:
    place = visible(one.place.label or f"{one.place.line}:{one.place.column}")
    if isinstance(one, Open):
        return Item(number, "unjudged", one.rule, one.title, one.box, place, visible(one.reason))
    level: Level = "waived" if one.waived is not None else LEVELS[one.severity]
    return Item(
        number,
        level,
        one.rule,
        one.title,
        one.box,
        place,
        visible(one.message),
        tuple(_named(mark, one.place.path) + say("：", ": ") + visible(mark.message) for mark in one.related),
        tuple(map(visible, one.notes)),
        visible(one.fix.title) if one.fix else "",
        visible(one.waived or ""),
        visible(one.line) if not one.at else "",
    )


def _named(mark: Mark, path: str) -> str:
    """Who reads the form knows its rows by their names; what stands in another file, by its place."""
    return visible(mark.indicator) if mark.indicator and mark.place.path == path else where(mark, path)
