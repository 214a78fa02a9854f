"""Sentences about diagnostics and runs that several reporters share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perftarget.files.unchecked import unchecked_text
from perftarget.i18n import count_noun, join_words, tr
from perftarget.linter.diagnostic import Diagnostic, RelatedLocation, Severity, UndeterminedResult, missing_data
from perftarget.linter.rule import CATEGORY_NAMES, unchecked_categories
from perftarget.linter.run import Summary
from perftarget.text.control_characters import escape_invisible

_NAMES: Final = {
    Severity.ERROR: ("错误", "Error"),
    Severity.WARNING: ("警告", "Warning"),
    Severity.INFO: ("建议", "Suggestion"),
}
_COUNTS: Final = (
    (Severity.ERROR, "个错误", "error"),
    (Severity.WARNING, "个警告", "warning"),
    (Severity.INFO, "条建议", "suggestion"),
)


def severity_name(severity: Severity) -> str:
    """Return the name of a severity in the current language."""
    return tr(*_NAMES[severity])


def headline(diagnostic: Diagnostic) -> str:
    """Return the title of the rule and the message in one line."""
    return diagnostic.title + tr("：", ": ") + escape_invisible(diagnostic.message)


def details(diagnostic: Diagnostic) -> Iterator[str]:
    """Yield a line for each related location, each note and the fix of a diagnostic."""
    for location in diagnostic.related:
        yield location_text(location, diagnostic.place.path) + tr("：", ": ") + escape_invisible(location.message)
    yield from map(escape_invisible, diagnostic.notes)
    if diagnostic.fix:
        title = escape_invisible(diagnostic.fix.title)
        yield tr(f"可自动修复：{title}", f"fixable: {title}")


def location_text(location: RelatedLocation, path: str) -> str:
    """Return the place of a related location, without its path if that is `path`."""
    place = location.place
    if place.path != path:
        return escape_invisible(str(place))
    return escape_invisible(place.label) if place.label else tr(f"第 {place.line} 行", f"line {place.line}")


def suppressed_text(diagnostic: Diagnostic) -> str:
    """Return the reason of the suppression of a diagnostic."""
    return tr("已豁免：", "waived: ") + escape_invisible(diagnostic.suppressed or "")


def reason_text(result: UndeterminedResult) -> str:
    """Return what an undetermined result lacks, without the words 资料不足 that the report writes before it."""
    return escape_invisible(missing_data(result.reason))


def totals(summary: Summary) -> list[tuple[Severity, int, str]]:
    """Return each severity, worst first, with its count and the count as text."""
    return [
        (severity, number, tr(f"{number} {zh}", count_noun(number, en)))
        for severity, zh, en in _COUNTS
        for number in (summary.count(severity),)
    ]


def scope_text(summary: Summary) -> str:
    """Return the number of checked files and tables as text."""
    files, tables = count_noun(summary.files, "file"), count_noun(summary.tables, "table")
    return tr(f"{summary.files} 个文件、{summary.tables} 张表", f"{files}, {tables}")


def other_counts(summary: Summary) -> list[str]:
    """Return a sentence for each nonzero count outside of the totals: unread, waived, in the baseline, not judged."""
    undetermined, unread = len(summary.undetermined), count_noun(summary.unread, "file")
    counts = [
        (summary.unread, f"{summary.unread} 个文件没有读出表格。", f"{unread} without a readable table."),
        (summary.suppressed, f"另有 {summary.suppressed} 处已豁免。", f"{summary.suppressed} waived."),
        (summary.baselined, f"另有 {summary.baselined} 处在基线中。", f"{summary.baselined} in the baseline."),
        (undetermined, f"{undetermined} 项资料不足，未作判断。", f"{undetermined} not judged."),
    ]
    return [tr(zh, en) for number, zh, en in counts if number]


def unchecked_categories_sentence() -> str:
    """Return a sentence with the categories of the review form that the tool does not check."""
    names = unchecked_categories()
    return tr(
        f"{join_words(names)}须依据表外材料判断，本工具不检查。",
        f"Not checked by this tool: {join_words(f'{name} ({CATEGORY_NAMES[name]})' for name in names)}.",
    )


def unchecked_sentence(summary: Summary) -> str:
    """Return a sentence with the number of files that were left out, by suffix; "" if there are none."""
    return unchecked_text(summary.unchecked) + tr("。", ".") if summary.unchecked else ""
