"""A run as a person reads it: each finding with its lines, the places underlined, the arithmetic written out."""

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
from perftarget.reporters.phrases import other_counts, scope_text, suppressed_text, totals
from perftarget.text.columns import wrap
from perftarget.text.normalize import escape_invisible

Line: TypeAlias = list[tuple[str, str]]
"""Pieces of text, each with its style in rich's words."""

_STYLES: Final = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_EDGE: Final = "blue"


SEPARATOR: Final = ""


def render(run: Run, view: ReportOptions) -> str:
    """As wide as the terminal, in cells; quiet is one line a finding."""
    return begin(view) + part(run.diagnostics, view) + end(run.summary, view)


def begin(view: ReportOptions) -> str:  # noqa: ARG001 - all formats that are written as they are found have one
    return ""


def part(diagnostics: Iterable[Diagnostic], view: ReportOptions) -> str:
    """The findings of a file."""
    lines: list[Line] = []
    for path, group in groupby(diagnostics, lambda one: one.place.path):
        found = list(group)
        shown = found if len(found) <= view.most else _worst(found, view.most)
        for one in shown:
            lines += _said(one, view)
        if len(shown) < len(found):
            lines += [[(_left_out(path, len(found) - len(shown), view.most), "dim")], *([] if view.quiet else [[]])]
    return _written(lines, view)


def _said(one: Diagnostic, view: ReportOptions) -> list[Line]:
    if one.suppressed is not None:
        return [_waived(one)] if view.quiet else [_waived(one), []]
    return [_line(one)] if view.quiet else [*_finding(one, view.width), []]


def _worst(found: Sequence[Diagnostic], most: int) -> list[Diagnostic]:
    """So many of them, in their order."""
    order = sorted(range(len(found)), key=lambda i: (found[i].suppressed is not None, -found[i].severity, i))
    return [found[i] for i in sorted(order[:most])]


def _left_out(path: str, number: int, most: int) -> str:
    return tr(
        f"{escape_invisible(path)}：另有 {number} 处没有显示（每个文件最多显示 {most} 处，可在 limits.shown 中改）",
        f"{escape_invisible(path)}: {number} more are not shown (at most {most} of a file; limits.shown sets it)",
    )


def end(summary: Summary, view: ReportOptions) -> str:
    """What was not judged, and how much of everything there is."""
    lines = list(_undetermined(summary.undetermined, quiet=view.quiet))
    return _written(lines if view.quiet else [*lines, _summary(summary)], view)


def _written(lines: Sequence[Line], view: ReportOptions) -> str:
    if view.colour and lines:
        return _coloured(lines)
    return "".join("".join(text for text, _ in line) + "\n" for line in lines)


def _coloured(lines: Iterable[Line]) -> str:
    from rich.console import Console  # a pipe does without it
    from rich.text import Text

    out = StringIO()
    console = Console(
        file=out, force_terminal=True, no_color=False, color_system="standard", highlight=False, legacy_windows=False
    )
    for line in lines:
        console.print(Text.assemble(*line), soft_wrap=True)
    return out.getvalue()


def _line(one: Diagnostic) -> Line:
    return [*_head(one), (escape_invisible(one.message), "")]


def _waived(one: Diagnostic) -> Line:
    return [(f"{escape_invisible(str(one.place))} waived[{one.rule}] {suppressed_text(one)}", "dim")]


def _undetermined(undetermined: Sequence[UndeterminedResult], *, quiet: bool) -> Iterator[Line]:
    """What was not checked, and why: nobody may take it for clean."""
    if undetermined and not quiet:
        yield [(tr("没有判定（资料不足）：", "Not judged, for want of data:"), "bold")]
    for one in undetermined:
        place = escape_invisible(str(one.place))
        yield [
            (f"{place} unjudged[{one.rule}] " if quiet else f"  {place} [{one.rule}] ", "dim"),
            (escape_invisible(one.reason), ""),
        ]
    if undetermined and not quiet:
        yield []


def _head(one: Diagnostic) -> Line:
    word = f"{one.severity.word}[{one.rule}]"
    return [(escape_invisible(str(one.place)), "bold"), (" ", ""), (word, _STYLES[one.severity]), (" ", "")]


def _finding(one: Diagnostic, width: int) -> Iterator[Line]:
    yield [*_head(one), (one.title, "bold")]
    said = RelatedLocation(one.label, one.span, one.place, one.line, row=True)
    elsewhere = [mark for mark in one.related if mark.place.path != one.place.path]
    marks = sorted([said, *(mark for mark in one.related if mark not in elsewhere)], key=lambda mark: mark.span)
    marks += elsewhere
    gutters = {mark: mark.place.label or str(mark.place.line) for mark in marks}
    gutter = max(map(cell_len, gutters.values()))
    if any(mark.line for mark in marks):
        yield [(f"{' ' * gutter} │", _EDGE)]
        yield from _snippet(one, marks, gutters, gutter, width - gutter - 3)
    else:
        yield [(f"{' ' * gutter} ", _EDGE), (escape_invisible(one.label), "")]
    for note in one.notes:
        yield [(f"{' ' * gutter} = ", _EDGE), (escape_invisible(note), "")]


def _snippet(
    one: Diagnostic, marks: list[RelatedLocation], gutters: dict[RelatedLocation, str], gutter: int, width: int
) -> Iterator[Line]:
    shown = (one.place.path, 0)
    for mark in marks:
        view = _view(mark, width)
        if mark.place.path != shown[0]:
            yield [(f"{' ' * gutter} ┼ ", _EDGE), (escape_invisible(str(mark.place)), "bold")]
        if (mark.place.path, mark.place.line) != shown:
            shown = (mark.place.path, mark.place.line)
            number = " " * (gutter - cell_len(gutters[mark])) + gutters[mark]
            yield [(f"{number} │ ", _EDGE), (view.text, "")]
        style = _STYLES[one.severity] if mark.row else _EDGE
        pointer = " " * view.start + ("━" if mark.row else "─") * view.length
        edge = (f"{' ' * gutter} │ ", _EDGE)
        message = escape_invisible(mark.message)
        if cell_len(pointer) + 1 + cell_len(message) <= width or not message:
            yield [edge, (f"{pointer} {message}".rstrip(), style)]
        else:
            yield [edge, (pointer, style)]
            for part in wrap(message, width - 2):
                yield [edge, (f"  {part}", style)]


class _View(NamedTuple):
    """A line cut to the width, and where in it the mark begins and how long it is, in cells."""

    text: str
    start: int
    length: int


def _view(mark: RelatedLocation, width: int) -> _View:
    line = mark.line
    # Where the text is not the author's own its indentation says nothing.
    indent = len(line) - len(line.lstrip()) if mark.place.label else 0
    column = mark.place.column - 1
    end = mark.place.end_column - 1 if mark.place.end_line == mark.place.line else len(line)
    before, marked = escape_invisible(line[indent:column]), escape_invisible(line[column:end])
    after = escape_invisible(line[end:])
    if cell_len(before) > width // 2:
        before = "…" + before[-width // 6 :]
    text = before + marked + after
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1) + "…"
    start = cell_len(before)
    return _View(text, start, max(1, min(cell_len(marked), width - start)))


def _summary(summary: Summary) -> Line:
    line: Line = [(scope_text(summary) + tr("：", ": "), "bold")]
    for severity, number, text in totals(summary):
        line += [(text, _STYLES[severity] if number else "dim"), (tr("，", ", "), "")]
    line[-1] = (tr("。", "."), "")
    space = tr("", " ")
    return line + [(space + sentence, "dim") for sentence in other_counts(summary)]
