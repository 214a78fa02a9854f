"""A run as Markdown: for the summary of a job, a comment on a change, a mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from perftarget.i18n import tr
from perftarget.linter.diagnostic import Diagnostic, Severity, UndeterminedResult
from perftarget.linter.run import Run
from perftarget.reporters.options import ReportOptions
from perftarget.reporters.phrases import details, other_counts, scope_text, severity_name, suppressed_text, totals
from perftarget.text.markdown import escape_markdown, inline_code

_SIGNS: Final = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "💡"}


def render(run: Run, view: ReportOptions) -> str:
    """The counts, then file by file what was found; what is beyond the limit of the reader is counted."""
    parts = list(_head(run))
    left = None if view.limit is None else view.limit - len("".join(parts).encode()) - _RESERVE
    blocks = list(_blocks(run, view))
    for number, block in enumerate(blocks):
        if left is not None and (left := left - len(block.encode())) < 0:
            parts.append(_beyond(len(blocks) - number))
            break
        parts.append(block)
    return "".join(parts)


_RESERVE: Final = 400  # bytes for the sentence about what is left out


def _beyond(count: int) -> str:
    return tr(
        f"\n另有 {count} 个文件的问题超出了这里的篇幅，见完整结果。\n",
        f"\nThe findings of {count} more file(s) are too long for this place; see the whole result.\n",
    )


def _head(run: Run) -> Iterator[str]:
    yield tr("## 绩效目标表检查结果\n\n", "## Check of the performance target tables\n\n")
    counts = tr("，", ", ").join(f"{_SIGNS[severity]} {text}" for severity, _, text in totals(run.summary))
    yield (
        tr("", " ").join(
            [scope_text(run.summary) + tr("：", ": ") + counts + tr("。", "."), *other_counts(run.summary)]
        )
        + "\n"
    )


def _blocks(run: Run, view: ReportOptions) -> Iterator[str]:
    """A section for each file in which something was found."""
    files: dict[str, list[Diagnostic | UndeterminedResult]] = {}
    for one in run.results:
        files.setdefault(one.place.path, []).append(one)
    for path, found in files.items():
        yield f"\n### {inline_code(view.path(path))}\n\n" + "".join(line + "\n" for line in _items(found))


def _items(found: Iterable[Diagnostic | UndeterminedResult]) -> Iterator[str]:
    for one in found:
        where = inline_code(one.place.label or f"{one.place.line}:{one.place.column}")
        if isinstance(one, UndeterminedResult):
            yield f"- {where} {tr('没有判定', 'not judged')} {inline_code(one.rule)}: {escape_markdown(one.reason)}"
        elif one.suppressed is not None:
            yield f"- {where} {inline_code(one.rule)} {escape_markdown(suppressed_text(one))}"
        else:
            name = severity_name(one.severity)
            yield f"- {_SIGNS[one.severity]} {where} **{name}{tr('：', ': ')}{one.title}** {inline_code(one.rule)}"
            yield f"  {escape_markdown(one.message)}"
            yield from (f"  - {escape_markdown(line)}" for line in details(one))
