"""Reports of the differences between two drafts as text, JSON and Markdown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from perftarget.diff.change import Kind
from perftarget.diff.compare import Comparison, Difference, count_weaker
from perftarget.i18n import count_noun, quote_words, tr
from perftarget.text.control_characters import escape_invisible
from perftarget.text.markdown import escape_markdown

_ARROW: Final = " → "


def render_text(comparisons: Sequence[Comparison]) -> str:
    """Render a block for each table, followed by a summary."""
    blocks = [
        "\n".join([_heading(comparison), *map(_line, comparison.differences)]) + "\n" for comparison in comparisons
    ]
    return "\n".join([*blocks, _summary(comparisons) + "\n"])


def _heading(comparison: Comparison) -> str:
    old, new = (document.source.path if document else "" for document in (comparison.old, comparison.new))
    project = comparison.project
    if not old:
        return escape_invisible(f"{new} {tr('新增项目', 'new project')}{tr('：', ': ')}{project}")
    if not new:
        return escape_invisible(f"{old} {tr('没有这个项目了', 'project is gone')}{tr('：', ': ')}{project}")
    paths = new if old == new else f"{old}{_ARROW}{new}"
    return escape_invisible(f"{paths} {project}")


def _line(difference: Difference) -> str:
    colon = tr("：", ": ")
    tier = tr(f"（{difference.tier}）", f" ({difference.tier})") if difference.tier else ""
    number = f"{difference.new_line or difference.old_line or ''}"
    return escape_invisible(
        f"  {number:>4} {difference.kind.title}{colon}{difference.where}{tier}{colon}{_change(difference)}"
    )


def _change(difference: Difference) -> str:
    sides = {Kind.ADDED: (difference.new,), Kind.REMOVED: (difference.old,)}.get(
        difference.kind, (difference.old, difference.new)
    )
    note = tr(f"（{difference.note}）", f" ({difference.note})") if difference.note else ""
    return _ARROW.join(map(_quote, sides)) + note


def _quote(text: str) -> str:
    return "".join(quote_words([" ".join(text.split())])) if text.strip() else tr("空白", "blank")


def _summary(comparisons: Sequence[Comparison]) -> str:
    if not comparisons:
        return tr("没有不同。", "No difference.")
    number = len(comparisons)
    clauses = tr("；", "; ").join(_summary_clauses(comparisons))
    return tr(f"{number} 张表不同；{clauses}。", f"{count_noun(number, 'table')} changed; {clauses}.")


def _summary_clauses(comparisons: Sequence[Comparison]) -> Iterator[str]:
    """Yield a clause for weaker targets, unclear changes, removed indicators and removed projects.

    The first clause denies weaker targets outright only if there are none of the other three.
    """
    kinds = Counter(
        difference.kind for comparison in comparisons for difference in comparison.differences if difference.tier
    )
    weaker, unclear, removed = count_weaker(comparisons), kinds[Kind.UNCLEAR], kinds[Kind.REMOVED]
    gone = sum(comparison.new is None for comparison in comparisons)
    if weaker:
        yield tr(f"{weaker} 处目标比原来低，请说明理由", f"{count_noun(weaker, 'target')} weaker than before (say why)")
    elif unclear or removed or gone:
        yield tr("没有看出比原来低的目标", "no target is seen to be weaker")
    else:
        yield tr("没有目标比原来低", "no target is weaker")
    if unclear:
        yield tr(f"{unclear} 处改动看不出高低，请核对", f"{count_noun(unclear, 'change')} to be looked at")
    if removed:
        yield tr(f"删去 {removed} 个指标", f"{count_noun(removed, 'indicator')} removed")
    if gone:
        yield tr(f"少了 {gone} 个项目", f"{count_noun(gone, 'project')} gone")


def render_json(comparisons: Sequence[Comparison]) -> str:
    """Render the differences as a JSON object."""
    tables = [
        {
            "project": comparison.project,
            "status": "added" if comparison.old is None else "removed" if comparison.new is None else "changed",
            "old": comparison.old.source.path if comparison.old else None,
            "new": comparison.new.source.path if comparison.new else None,
            "differences": [_entry(difference) for difference in comparison.differences],
        }
        for comparison in comparisons
    ]
    kinds = Counter(difference.kind.word for comparison in comparisons for difference in comparison.differences)
    report: dict[str, Any] = {"version": 1, "tables": tables, "summary": {"tables": len(tables), **kinds}}
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _entry(difference: Difference) -> dict[str, Any]:
    kind = difference.kind
    entry = {"kind": kind.word, "weaker": kind.weaker, **difference._asdict()}
    lines = {"old_line": difference.old_line or None, "new_line": difference.new_line or None}
    return {**entry, "kind": kind.word, **lines}


def render_markdown(comparisons: Sequence[Comparison]) -> str:
    """Render a summary and a Markdown table for each compared table, for a comment on a pull request."""
    return "\n".join(_markdown_lines(comparisons)) + "\n"


def _markdown_lines(comparisons: Sequence[Comparison]) -> Iterator[str]:
    yield escape_markdown(_summary(comparisons))
    for comparison in comparisons:
        yield ""
        yield f"### {escape_markdown(_heading(comparison))}"
        if comparison.differences:
            yield ""
            yield tr("| 变化 | 栏目或指标 | 原来 | 现在 |", "| change | field or indicator | before | now |")
            yield "|---|---|---|---|"
        for difference in comparison.differences:
            tier = tr(f"（{difference.tier}）", f" ({difference.tier})") if difference.tier else ""
            note = tr(f"（{difference.note}）", f" ({difference.note})") if difference.note else ""
            cells = (difference.kind.title + note, difference.where + tier, difference.old, difference.new)
            title, *rest = (escape_markdown(" ".join(escape_invisible(cell).split())) for cell in cells)
            yield f"| {' | '.join([f'**{title}**' if difference.kind.weaker else title, *rest])} |"


FORMATS: Final[dict[str, Callable[[Sequence[Comparison]], str]]] = {
    "text": render_text,
    "json": render_json,
    "markdown": render_markdown,
}
