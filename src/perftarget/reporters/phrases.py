"""A finding in words, for readers to whom it cannot be shown in its lines."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.i18n import count_noun, tr
from perftarget.linter.diagnostic import Diagnostic, RelatedLocation, Severity
from perftarget.linter.run import Summary
from perftarget.text.normalize import escape_invisible

NAMES = {
    Severity.ERROR: ("错误", "Error"),
    Severity.WARNING: ("警告", "Warning"),
    Severity.INFO: ("建议", "Suggestion"),
}
_COUNTS = (
    (Severity.ERROR, "个错误", "error"),
    (Severity.WARNING, "个警告", "warning"),
    (Severity.INFO, "条建议", "suggestion"),
)


def severity_name(severity: Severity) -> str:
    return tr(*NAMES[severity])


def headline(one: Diagnostic) -> str:
    """What is wrong in one line: the rule's title, and what it says here."""
    return one.title + tr("：", ": ") + escape_invisible(one.message)


def details(one: Diagnostic) -> Iterator[str]:
    """Where else to look, the arithmetic, the remedy and the fix: a line each."""
    for mark in one.related:
        yield location_text(mark, one.place.path) + tr("：", ": ") + escape_invisible(mark.message)
    yield from map(escape_invisible, one.notes)
    if one.fix:
        yield tr(f"可自动修复：{escape_invisible(one.fix.title)}", f"fixable: {escape_invisible(one.fix.title)}")


def location_text(mark: RelatedLocation, path: str) -> str:
    """The place of a mark as a reader of that file is told it."""
    place = mark.place
    if place.path != path:
        return escape_invisible(str(place))
    return escape_invisible(place.label) if place.label else tr(f"第 {place.line} 行", f"line {place.line}")


def suppressed_text(one: Diagnostic) -> str:
    return tr("已豁免：", "waived: ") + escape_invisible(one.suppressed or "")


def totals(run: Summary) -> list[tuple[Severity, int, str]]:
    """How many of each severity, worst first, with the number in words."""
    return [
        (severity, number, tr(f"{number} {zh}", count_noun(number, en)))
        for severity, zh, en in _COUNTS
        for number in (run.count(severity),)
    ]


def scope_text(run: Summary) -> str:
    """How much was looked at."""
    files, tables = count_noun(run.files, "file"), count_noun(run.tables, "table")
    return tr(f"{run.files} 个文件、{run.tables} 张表", f"{files}, {tables}")


def other_counts(run: Summary) -> list[str]:
    """What is not among the totals: waived, in the baseline, not judged; a sentence each, none where there is none."""
    found = [
        (run.suppressed, f"另有 {run.suppressed} 处已豁免。", f"{run.suppressed} waived."),
        (run.baselined, f"另有 {run.baselined} 处在基线中。", f"{run.baselined} in the baseline."),
        (len(run.undetermined), f"{len(run.undetermined)} 项没有判定。", f"{len(run.undetermined)} not judged."),
    ]
    return [tr(zh, en) for number, zh, en in found if number]
