"""A finding in words, for readers to whom it cannot be shown in its lines."""

from __future__ import annotations

from collections.abc import Iterator

from perftarget.i18n import counted, say
from perftarget.linter.diagnostic import Diagnostic, Mark, Severity
from perftarget.linter.run import Tally
from perftarget.text.normalize import visible

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
    return say(*NAMES[severity])


def headline(one: Diagnostic) -> str:
    """What is wrong in one line: the rule's title, and what it says here."""
    return one.title + say("：", ": ") + visible(one.message)


def details(one: Diagnostic) -> Iterator[str]:
    """Where else to look, the arithmetic, the remedy and the fix: a line each."""
    for mark in one.related:
        yield where(mark, one.place.path) + say("：", ": ") + visible(mark.message)
    yield from map(visible, one.notes)
    if one.fix:
        yield say(f"可自动修复：{visible(one.fix.title)}", f"fixable: {visible(one.fix.title)}")


def where(mark: Mark, path: str) -> str:
    """The place of a mark as a reader of that file is told it."""
    place = mark.place
    if place.path != path:
        return visible(str(place))
    return visible(place.label) if place.label else say(f"第 {place.line} 行", f"line {place.line}")


def waived(one: Diagnostic) -> str:
    return say("已豁免：", "waived: ") + visible(one.waived or "")


def totals(run: Tally) -> list[tuple[Severity, int, str]]:
    """How many of each severity, worst first, with the number in words."""
    return [
        (severity, number, say(f"{number} {zh}", counted(number, en)))
        for severity, zh, en in _COUNTS
        for number in (run.count(severity),)
    ]


def looked_at(run: Tally) -> str:
    """How much was looked at."""
    files, tables = counted(run.files, "file"), counted(run.tables, "table")
    return say(f"{run.files} 个文件、{run.tables} 张表", f"{files}, {tables}")


def besides(run: Tally) -> list[str]:
    """What is not among the totals: waived, in the baseline, not judged; a sentence each, none where there is none."""
    found = [
        (run.waived, f"另有 {run.waived} 处已豁免。", f"{run.waived} waived."),
        (run.baselined, f"另有 {run.baselined} 处在基线中。", f"{run.baselined} in the baseline."),
        (len(run.unjudged), f"{len(run.unjudged)} 项没有判定。", f"{len(run.unjudged)} not judged."),
    ]
    return [say(zh, en) for number, zh, en in found if number]
