"""A run as Markdown: for the summary of a job, a comment on a change, a mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from perftarget.i18n import say
from perftarget.linter.diagnostic import Diagnostic, Open, Severity
from perftarget.linter.run import Run
from perftarget.reporters.options import View
from perftarget.reporters.phrases import besides, details, looked_at, severity_name, totals, waived
from perftarget.text.markdown import code, escaped

_SIGNS: Final = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "💡"}


def render(run: Run, view: View) -> str:
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
    return say(
        f"\n另有 {count} 个文件的问题超出了这里的篇幅，见完整结果。\n",
        f"\nThe findings of {count} more file(s) are too long for this place; see the whole result.\n",
    )


def _head(run: Run) -> Iterator[str]:
    yield say("## 绩效目标表检查结果\n\n", "## Check of the performance target tables\n\n")
    counts = say("，", ", ").join(f"{_SIGNS[severity]} {text}" for severity, _, text in totals(run.tally))
    yield (
        say("", " ").join([looked_at(run.tally) + say("：", ": ") + counts + say("。", "."), *besides(run.tally)])
        + "\n"
    )


def _blocks(run: Run, view: View) -> Iterator[str]:
    """A section for each file in which something was found."""
    files: dict[str, list[Diagnostic | Open]] = {}
    for one in run.said:
        files.setdefault(one.place.path, []).append(one)
    for path, found in files.items():
        yield f"\n### {code(view.path(path))}\n\n" + "".join(line + "\n" for line in _items(found))


def _items(found: Iterable[Diagnostic | Open]) -> Iterator[str]:
    for one in found:
        where = code(one.place.label or f"{one.place.line}:{one.place.column}")
        if isinstance(one, Open):
            yield f"- {where} {say('没有判定', 'not judged')} {code(one.rule)}: {escaped(one.reason)}"
        elif one.waived is not None:
            yield f"- {where} {code(one.rule)} {escaped(waived(one))}"
        else:
            name = severity_name(one.severity)
            yield f"- {_SIGNS[one.severity]} {where} **{name}{say('：', ': ')}{one.title}** {code(one.rule)}"
            yield f"  {escaped(one.message)}"
            yield from (f"  - {escaped(line)}" for line in details(one))
