"""What the web page of a run shows: each table as its form, with every finding at its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from perftarget.formats.grid import Cell
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Diagnostic, RelatedLocation, Severity, UndeterminedResult
from perftarget.linter.run import Run, TableView
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.phrases import location_text, severity_name
from perftarget.text.normalize import escape_invisible
from perftarget.text.source import Loc, ancestors

Level = Literal["error", "warning", "info", "waived", "unjudged"]

ORDER: Final[tuple[Level, ...]] = ("error", "warning", "info", "waived", "unjudged")
LEVELS: Final[Mapping[Severity, Level]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "info",
}


def level_name(level: Level) -> str:
    names = {name: severity_name(severity) for severity, name in LEVELS.items()}
    return names.get(level) or {"waived": tr("已豁免", "Waived"), "unjudged": tr("没有判定", "Not judged")}[level]


@dataclass
class PageFinding:
    """A finding on the page: its number there, and what is said."""

    number: int
    level: Level
    rule: str
    title: str
    category: str
    place: str
    message: str
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fix: str = ""
    suppressed: str = ""
    line: str = ""
    page: Page | None = None


@dataclass
class PageCell:
    """A cell of the form, with the findings that stand in it and those that only look at it."""

    cell: Cell
    text: str
    found: list[PageFinding] = field(default_factory=list)
    seen: list[PageFinding] = field(default_factory=list)

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
    sheet: TableView | None = None
    cells: list[PageCell] = field(default_factory=list)
    items: list[PageFinding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.by_place = {page_cell.cell.at: page_cell for page_cell in self.cells if page_cell.cell.at}

    @property
    def rows(self) -> list[list[PageCell]]:
        rows: list[list[PageCell]] = [[] for _ in range(self.sheet.grid.rows if self.sheet else 0)]
        for page_cell in self.cells:
            rows[page_cell.cell.row].append(page_cell)
        return rows

    def page_cell(self, at: Loc) -> PageCell | None:
        """The cell that shows what is at that place of the data, or what is nearest to it."""
        return next((self.by_place[loc] for loc in ancestors(at) if loc in self.by_place), None) if at else None

    def counted(self, level: Level) -> int:
        return sum(item.level == level for item in self.items)


def pages_of(run: Run, view: ReportOptions) -> list[Page]:
    """The tables in their order, then the files that are none; each finding in its page, numbered as they stand."""
    pages = [_page(number, sheet, view) for number, sheet in enumerate(run.table_views, start=1)]
    found: list[tuple[Page, Diagnostic | UndeterminedResult]] = []
    others: dict[str, Page] = {}
    of_table = {(page.sheet.path, page.sheet.number): page for page in pages if page.sheet}
    for one in run.results:
        path = one.place.path
        page = of_table.get((path, one.place.table))
        if page is None:
            shown = escape_invisible(view.path(path))
            page = others.setdefault(path, Page(len(pages) + len(others) + 1, shown, shown))
        found.append((page, one))
    found.sort(key=lambda pair: pair[0].number)
    for number, (page, one) in enumerate(found, start=1):
        _put(page, one, number)
    return [*pages, *others.values()]


def _page(number: int, sheet: TableView, view: ReportOptions) -> Page:
    cells = [PageCell(cell, _shown(cell.text)) for cell in sheet.grid.cells]
    return Page(
        number, escape_invisible(sheet.name) or tr("（没有名称）", "(no name)"), view.path(sheet.path), sheet, cells
    )


def _shown(text: str) -> str:
    return "\n".join(map(escape_invisible, text.split("\n")))


def _put(page: Page, one: Diagnostic | UndeterminedResult, number: int) -> None:
    item = _item(one, number)
    item.page = page
    page.items.append(item)
    if page_cell := page.page_cell(one.at):
        page_cell.found.append(item)
    for mark in one.related if isinstance(one, Diagnostic) else ():
        at_mark = page.page_cell(mark.at) if mark.place.path == one.place.path else None
        if at_mark and not any(other is item for other in at_mark.found + at_mark.seen):
            (at_mark.found if mark.row else at_mark.seen).append(item)


def _item(one: Diagnostic | UndeterminedResult, number: int) -> PageFinding:
    place = escape_invisible(one.place.label or f"{one.place.line}:{one.place.column}")
    if isinstance(one, UndeterminedResult):
        return PageFinding(number, "unjudged", one.rule, one.title, one.category, place, escape_invisible(one.reason))
    level: Level = "waived" if one.suppressed is not None else LEVELS[one.severity]
    return PageFinding(
        number,
        level,
        one.rule,
        one.title,
        one.category,
        place,
        escape_invisible(one.message),
        tuple(_named(mark, one.place.path) + tr("：", ": ") + escape_invisible(mark.message) for mark in one.related),
        tuple(map(escape_invisible, one.notes)),
        escape_invisible(one.fix.title) if one.fix else "",
        escape_invisible(one.suppressed or ""),
        escape_invisible(one.line) if not one.at else "",
    )


def _named(mark: RelatedLocation, path: str) -> str:
    """Who reads the form knows its rows by their names; what stands in another file, by its place."""
    return escape_invisible(mark.indicator) if mark.indicator and mark.place.path == path else location_text(mark, path)
