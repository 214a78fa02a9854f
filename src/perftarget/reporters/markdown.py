"""Reporter for Markdown, for job summaries, review comments and mails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from perftarget.i18n import tr
from perftarget.linter.diagnostic import Diagnostic, Severity, UndeterminedResult
from perftarget.linter.run import Run
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.phrases import (
    details,
    other_counts,
    reason_text,
    scope_text,
    severity_name,
    suppressed_text,
    totals,
    unchecked_categories_sentence,
    unchecked_sentence,
)
from perftarget.text.markdown import escape_markdown, inline_code

_SIGNS: Final = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "💡"}
_RESERVED_BYTES: Final = 400
"""Space for the sentence about the files that are left out."""


def render(run: Run, options: ReportOptions) -> str:
    """Render the counts, then the results file by file; files beyond `options.limit` are only counted."""
    parts = list(_heading(run))
    remaining = None if options.limit is None else options.limit - len("".join(parts).encode()) - _RESERVED_BYTES
    sections = list(_file_sections(run, options))
    for number, section in enumerate(sections):
        if remaining is not None and (remaining := remaining - len(section.encode())) < 0:
            parts.append(_omitted_text(len(sections) - number))
            break
        parts.append(section)
    return "".join(parts)


def _omitted_text(count: int) -> str:
    return tr(
        f"\n另有 {count} 个文件的问题超出了这里的篇幅，见完整结果。\n",
        f"\nThe findings of {count} more file(s) are too long for this place; see the whole result.\n",
    )


def _heading(run: Run) -> Iterator[str]:
    yield tr("## 绩效目标表检查结果\n\n", "## Check of the performance target tables\n\n")
    counts = tr("，", ", ").join(f"{_SIGNS[severity]} {text}" for severity, _, text in totals(run.summary))
    sentence = scope_text(run.summary) + tr("：", ": ") + counts + tr("。", ".")
    yield tr("", " ").join([sentence, *other_counts(run.summary)]) + "\n"
    yield f"\n{unchecked_categories_sentence()}\n"
    if unchecked := unchecked_sentence(run.summary):
        yield f"\n{_SIGNS[Severity.WARNING]} {escape_markdown(unchecked)}\n"


def _file_sections(run: Run, options: ReportOptions) -> Iterator[str]:
    """Yield a section for each file that has results."""
    files: dict[str, list[Diagnostic | UndeterminedResult]] = {}
    for result in run.results:
        files.setdefault(result.place.path, []).append(result)
    for path, results in files.items():
        yield f"\n### {inline_code(options.path(path))}\n\n" + "".join(line + "\n" for line in _list_items(results))


def _list_items(results: Iterable[Diagnostic | UndeterminedResult]) -> Iterator[str]:
    for result in results:
        place = inline_code(result.place.label or f"{result.place.line}:{result.place.column}")
        rule = inline_code(result.rule)
        if isinstance(result, UndeterminedResult):
            yield f"- {place} {tr('资料不足，未作判断', 'not judged')} {rule}: {escape_markdown(reason_text(result))}"
        elif result.suppressed is not None:
            yield f"- {place} {rule} {escape_markdown(suppressed_text(result))}"
        else:
            name = severity_name(result.severity)
            yield f"- {_SIGNS[result.severity]} {place} **{name}{tr('：', ': ')}{result.title}** {rule}"
            yield f"  {escape_markdown(result.message)}"
            yield from (f"  - {escape_markdown(line)}" for line in details(result))
