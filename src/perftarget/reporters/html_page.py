"""Contents of the HTML report: each table as its form, with the findings at their cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from perftarget.formats.grid import Cell
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Diagnostic, RelatedLocation, Severity, UndeterminedResult
from perftarget.linter.run import Run, TableView
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.phrases import location_text, reason_text, severity_name
from perftarget.text.control_characters import escape_invisible
from perftarget.text.source import Loc, ancestors

Level = Literal["error", "warning", "info", "waived", "unjudged"]

LEVELS: Final[tuple[Level, ...]] = ("error", "warning", "info", "waived", "unjudged")
SEVERITY_LEVELS: Final[Mapping[Severity, Level]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "info",
}


def level_name(level: Level) -> str:
    """Return the name of a level in the current language."""
    names = {name: severity_name(severity) for severity, name in SEVERITY_LEVELS.items()}
    return (
        names.get(level)
        or {"waived": tr("已豁免", "Waived"), "unjudged": tr("资料不足，未作判断", "Not judged")}[level]
    )


@dataclass
class PageFinding:
    """A diagnostic or undetermined result as shown on the page; `number` counts from 1 over the whole page."""

    number: int
    level: Level
    rule: str
    title: str
    category: str
    place: str
    message: str
    related_lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fix: str = ""
    suppressed: str = ""
    source_line: str = ""
    basis: str = ""
    section: TableSection | None = None


@dataclass
class PageCell:
    """A cell of the form with the findings in it, and the findings that were compared with it."""

    cell: Cell
    text: str
    findings: list[PageFinding] = field(default_factory=list)
    compared: list[PageFinding] = field(default_factory=list)

    @property
    def level(self) -> str:
        """The worst level of the findings; `seen` if findings were only compared with this cell; else empty."""
        levels = [finding.level for finding in self.findings]
        return next((level for level in LEVELS if level in levels), "seen" if self.compared else "")


@dataclass
class TableSection:
    """The form, the amounts and the findings of a table; a file without a table has only findings."""

    number: int
    name: str
    path: str
    table_view: TableView | None = None
    cells: list[PageCell] = field(default_factory=list)
    findings: list[PageFinding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cells_by_loc = {page_cell.cell.at: page_cell for page_cell in self.cells if page_cell.cell.at}

    @property
    def rows(self) -> list[list[PageCell]]:
        """The cells of the form, row by row."""
        rows: list[list[PageCell]] = [[] for _ in range(self.table_view.grid.rows if self.table_view else 0)]
        for page_cell in self.cells:
            rows[page_cell.cell.row].append(page_cell)
        return rows

    def find_cell(self, at: Loc) -> PageCell | None:
        """Return the cell that shows the value at `at` or its nearest ancestor; None if there is no such cell."""
        locs = (loc for loc in ancestors(at) if loc in self.cells_by_loc)
        return next((self.cells_by_loc[loc] for loc in locs), None) if at else None

    def count(self, level: Level) -> int:
        """Return the number of findings of a level."""
        return sum(finding.level == level for finding in self.findings)


def build_sections(run: Run, options: ReportOptions) -> list[TableSection]:
    """Return the tables in order, then the files without a table; the findings are numbered in that order."""
    sections = [_table_section(number, view, options) for number, view in enumerate(run.table_views, start=1)]
    file_sections: dict[str, TableSection] = {}
    by_table = {
        (section.table_view.path, section.table_view.number): section for section in sections if section.table_view
    }
    results: list[tuple[TableSection, Diagnostic | UndeterminedResult]] = []
    for result in run.results:
        path = result.place.path
        section = by_table.get((path, result.place.table))
        if section is None:
            name = escape_invisible(options.path(path))
            number = len(sections) + len(file_sections) + 1
            section = file_sections.setdefault(path, TableSection(number, name, name))
        results.append((section, result))
    results.sort(key=lambda pair: pair[0].number)
    for number, (section, result) in enumerate(results, start=1):
        _add_result(section, result, number)
    return [*sections, *file_sections.values()]


def _table_section(number: int, table_view: TableView, options: ReportOptions) -> TableSection:
    cells = [PageCell(cell, _escape_lines(cell.text)) for cell in table_view.grid.cells]
    name = escape_invisible(table_view.name) or tr("（没有名称）", "(no name)")
    return TableSection(number, name, options.path(table_view.path), table_view, cells)


def _escape_lines(text: str) -> str:
    return "\n".join(map(escape_invisible, text.split("\n")))


def _add_result(section: TableSection, result: Diagnostic | UndeterminedResult, number: int) -> None:
    """Add a result to a section, to the cell that it is about and to the cells that it refers to."""
    finding = _page_finding(result, number)
    finding.section = section
    section.findings.append(finding)
    if page_cell := section.find_cell(result.at):
        page_cell.findings.append(finding)
    for location in result.related if isinstance(result, Diagnostic) else ():
        cell = section.find_cell(location.at) if location.place.path == result.place.path else None
        if cell and not any(other is finding for other in cell.findings + cell.compared):
            (cell.findings if location.row else cell.compared).append(finding)


def _page_finding(result: Diagnostic | UndeterminedResult, number: int) -> PageFinding:
    place = escape_invisible(result.place.label or f"{result.place.line}:{result.place.column}")
    if isinstance(result, UndeterminedResult):
        reason = reason_text(result)
        return PageFinding(number, "unjudged", result.rule, result.title, result.category, place, reason)
    level: Level = "waived" if result.suppressed is not None else SEVERITY_LEVELS[result.severity]
    return PageFinding(
        number,
        level,
        result.rule,
        result.title,
        result.category,
        place,
        escape_invisible(result.message),
        tuple(_related_line(location, result.place.path) for location in result.related),
        tuple(map(escape_invisible, result.notes)),
        escape_invisible(result.fix.title) if result.fix else "",
        escape_invisible(result.suppressed or ""),
        escape_invisible(result.line) if not result.at else "",
        escape_invisible(result.basis),
    )


def _related_line(location: RelatedLocation, path: str) -> str:
    """Return a related location as a line; rows of the form go by their names, other locations by their places."""
    if location.indicator and location.place.path == path:
        name = escape_invisible(location.indicator)
    else:
        name = location_text(location, path)
    return name + tr("：", ": ") + escape_invisible(location.message)
