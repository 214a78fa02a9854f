"""Reporter for the terminal: each diagnostic with its source lines, underlined places and notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import groupby
from typing import Final, NamedTuple, TypeAlias

from rich.cells import cell_len, set_cell_size

from perftarget.i18n import tr
from perftarget.linter.diagnostic import Diagnostic, RelatedLocation, Severity, UndeterminedResult
from perftarget.linter.run import Run, Summary
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.phrases import (
    other_counts,
    reason_text,
    scope_text,
    suppressed_text,
    totals,
    unchecked_sentence,
)
from perftarget.text.columns import wrap
from perftarget.text.control_characters import escape_invisible
from perftarget.text.source import CELL_SEPARATOR, KEY

Line: TypeAlias = list[tuple[str, str]]
"""The pieces of a line, each a text and its rich style."""

SEPARATOR: Final = ""
_STYLES: Final = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_GUTTER_STYLE: Final = "blue"


def render(run: Run, options: ReportOptions) -> str:
    """Render a run for a terminal of `options.width` cells."""
    return begin(options) + part(run.diagnostics, options) + end(run.summary, options)


def begin(options: ReportOptions) -> str:  # noqa: ARG001 - the signature of a streaming reporter
    """Render the text before the first diagnostic."""
    return ""


def part(diagnostics: Iterable[Diagnostic], options: ReportOptions) -> str:
    """Render the diagnostics, at most `options.most` of a file."""
    lines: list[Line] = []
    for path, group in groupby(diagnostics, lambda diagnostic: diagnostic.place.path):
        in_file = list(group)
        shown = in_file if len(in_file) <= options.most else _worst(in_file, options.most)
        for diagnostic in shown:
            lines += _diagnostic_lines(diagnostic, options)
        if omitted := len(in_file) - len(shown):
            lines += [[(_omitted_text(path, omitted, options.most), "dim")], *([] if options.quiet else [[]])]
    return _join_lines(lines, options)


def end(summary: Summary, options: ReportOptions) -> str:
    """Render the undetermined results and, unless quiet, the summary."""
    lines = list(_undetermined_lines(summary.undetermined, quiet=options.quiet))
    if not options.quiet:
        lines.append(_summary_line(summary))
        lines += [[(sentence, "bold yellow")] for sentence in filter(None, [unchecked_sentence(summary)])]
    return _join_lines(lines, options)


def _diagnostic_lines(diagnostic: Diagnostic, options: ReportOptions) -> list[Line]:
    if diagnostic.suppressed is not None:
        line = _suppressed_line(diagnostic)
        return [line] if options.quiet else [line, []]
    return [_short_line(diagnostic)] if options.quiet else [*_full_lines(diagnostic, options.width), []]


def _worst(diagnostics: Sequence[Diagnostic], limit: int) -> list[Diagnostic]:
    """Return the `limit` worst diagnostics in their original order; suppressed ones count as the least."""

    def rank(index: int) -> tuple[bool, int, int]:
        return diagnostics[index].suppressed is not None, -diagnostics[index].severity, index

    return [diagnostics[index] for index in sorted(sorted(range(len(diagnostics)), key=rank)[:limit])]


def _omitted_text(path: str, number: int, limit: int) -> str:
    return tr(
        f"{escape_invisible(path)}：另有 {number} 处没有显示（每个文件最多显示 {limit} 处，可在 limits.shown 中改）",
        f"{escape_invisible(path)}: {number} more are not shown (at most {limit} of a file; limits.shown sets it)",
    )


def _join_lines(lines: Sequence[Line], options: ReportOptions) -> str:
    if options.colour and lines:
        return _colour_lines(lines)
    return "".join("".join(text for text, _ in line) + "\n" for line in lines)


def _colour_lines(lines: Iterable[Line]) -> str:
    from rich.console import Console  # slow to import, and only needed for a terminal
    from rich.text import Text

    out = StringIO()
    console = Console(
        file=out, force_terminal=True, no_color=False, color_system="standard", highlight=False, legacy_windows=False
    )
    for line in lines:
        console.print(Text.assemble(*line), soft_wrap=True)
    return out.getvalue()


def _short_line(diagnostic: Diagnostic) -> Line:
    return [*_heading(diagnostic), (escape_invisible(diagnostic.message), "")]


def _suppressed_line(diagnostic: Diagnostic) -> Line:
    place = escape_invisible(str(diagnostic.place))
    return [(f"{place} waived[{diagnostic.rule}] {suppressed_text(diagnostic)}", "dim")]


def _undetermined_lines(results: Sequence[UndeterminedResult], *, quiet: bool) -> Iterator[Line]:
    """Yield a line for each undetermined result, so that a table that was not fully checked does not seem clean."""
    if results and not quiet:
        yield [(tr("资料不足，未作判断：", "Not judged, for want of data:"), "bold")]
    for result in results:
        place = escape_invisible(str(result.place))
        yield [
            (f"{place} unjudged[{result.rule}] " if quiet else f"  {place} [{result.rule}] ", "dim"),
            (reason_text(result), ""),
        ]
    if results and not quiet:
        yield []


def _heading(diagnostic: Diagnostic) -> Line:
    place = escape_invisible(str(diagnostic.place))
    word = f"{diagnostic.severity.word}[{diagnostic.rule}]"
    return [(place, "bold"), (" ", ""), (word, _STYLES[diagnostic.severity]), (" ", "")]


def _full_lines(diagnostic: Diagnostic, width: int) -> Iterator[Line]:
    """Yield the heading, the source lines of all locations, and the notes of a diagnostic."""
    yield [*_heading(diagnostic), (diagnostic.title, "bold")]
    path = diagnostic.place.path
    primary = RelatedLocation(
        diagnostic.label, diagnostic.span, diagnostic.place, diagnostic.line, row=True, at=diagnostic.at
    )
    in_file = [location for location in diagnostic.related if location.place.path == path]
    elsewhere = [location for location in diagnostic.related if location.place.path != path]
    locations = [*sorted([primary, *in_file], key=lambda location: location.span), *elsewhere]
    gutters = {location: location.place.label or str(location.place.line) for location in locations}
    gutter = max(map(cell_len, gutters.values()))
    if any(location.line for location in locations):
        yield [(f"{' ' * gutter} │", _GUTTER_STYLE)]
        yield from _snippet_lines(diagnostic, locations, gutters, gutter, width - gutter - 3)
    else:
        yield [(f"{' ' * gutter} ", _GUTTER_STYLE), (escape_invisible(diagnostic.label), "")]
    for note in diagnostic.notes:
        yield [(f"{' ' * gutter} = ", _GUTTER_STYLE), (escape_invisible(note), "")]


def _snippet_lines(
    diagnostic: Diagnostic,
    locations: list[RelatedLocation],
    gutters: dict[RelatedLocation, str],
    gutter: int,
    width: int,
) -> Iterator[Line]:
    """Yield each source line once, followed by a pointer and a message for each location in it.

    `gutter` is the width of the widest label in `gutters`, and `width` that of the snippet, both in cells.
    """
    shown: tuple[str, int | str] = (diagnostic.place.path, 0)
    for location in locations:
        excerpt = _excerpt(location, width)
        if location.place.path != shown[0]:
            yield [(f"{' ' * gutter} ┼ ", _GUTTER_STYLE), (escape_invisible(str(location.place)), "bold")]
        if (location.place.path, location.place.label or location.place.line) != shown:
            shown = (location.place.path, location.place.label or location.place.line)
            label = " " * (gutter - cell_len(gutters[location])) + gutters[location]
            yield [(f"{label} │ ", _GUTTER_STYLE), (excerpt.text, "")]
        style = _STYLES[diagnostic.severity] if location.row else _GUTTER_STYLE
        pointer = " " * excerpt.start + ("━" if location.row else "─") * excerpt.length
        edge = (f"{' ' * gutter} │ ", _GUTTER_STYLE)
        message = escape_invisible(location.message)
        if cell_len(pointer) + 1 + cell_len(message) <= width or not message:
            yield [edge, (f"{pointer} {message}".rstrip(), style)]
        else:
            yield [edge, (pointer, style)]
            for text in wrap(message, width - 2):
                yield [edge, (f"  {text}", style)]


class _Excerpt(NamedTuple):
    """A source line cut to the width, with the start and length of the marked part in cells."""

    text: str
    start: int
    length: int


def _excerpt(location: RelatedLocation, width: int) -> _Excerpt:
    line = location.line
    column, end_column = _marked_columns(location)
    before, marked = escape_invisible(line[:column]), escape_invisible(line[column:end_column])
    after = escape_invisible(line[end_column:])
    if cell_len(before) > width // 2:
        before = "…" + before[-width // 6 :]
    text = before + marked + after
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1) + "…"
    start = cell_len(before)
    return _Excerpt(text, start, max(1, min(cell_len(marked), width - start)))


def _marked_columns(location: RelatedLocation) -> tuple[int, int]:
    """Return the columns of the marked text, from 0: in a form the cell, which is beside the name of its row."""
    line, place = location.line, location.place
    if not place.label:
        return place.column - 1, place.end_column - 1 if place.end_line == place.line else len(line)
    name, separator, _ = line.partition(CELL_SEPARATOR)
    if location.at[-1:] in {(KEY,), ("指标",)}:
        return 0, len(name)
    return (len(name) + len(separator) if separator else 0), len(line)


def _summary_line(summary: Summary) -> Line:
    line: Line = [(scope_text(summary) + tr("：", ": "), "bold")]
    for severity, number, text in totals(summary):
        line += [(text, _STYLES[severity] if number else "dim"), (tr("，", ", "), "")]
    line[-1] = (tr("。", "."), "")
    space = tr("", " ")
    return line + [(space + sentence, "dim") for sentence in other_counts(summary)]
