"""Reports of the differences between two drafts as text, JSON and Markdown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from perftarget.diff.change import Kind
from perftarget.diff.compare import Comparison, Difference, Result, count_weaker
from perftarget.i18n import count_noun, quote_words, tr
from perftarget.text.control_characters import escape_invisible
from perftarget.text.markdown import escape_markdown

_ARROW: Final = " → "


def render_text(result: Result) -> str:
    """Render a block for each table, followed by a summary."""
    blocks = [
        "\n".join([_heading(comparison), *map(_line, comparison.differences)]) + "\n"
        for comparison in result.comparisons
    ]
    return "\n".join([*blocks, _summary(result) + "\n"])


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
    number = difference.label or f"{difference.new_line or difference.old_line or ''}"
    return escape_invisible(
        f"  {number:>4} {difference.kind.title}{colon}{_place(difference)}{colon}{_change(difference)}"
    )


def _place(difference: Difference) -> str:
    """Return the field, or the indicator with its column and tier: 满意度·权重（31-服务对象满意度）."""
    column = f"·{difference.column}" if difference.column else ""
    tier = tr(f"（{difference.tier}）", f" ({difference.tier})") if difference.tier else ""
    return f"{difference.where}{column}{tier}"


def _change(difference: Difference) -> str:
    sides = {Kind.ADDED: (difference.new,), Kind.REMOVED: (difference.old,)}.get(
        difference.kind, (difference.old, difference.new)
    )
    note = tr(f"（{difference.note}）", f" ({difference.note})") if difference.note else ""
    return _ARROW.join(map(_quote, sides)) + note


def _quote(text: str) -> str:
    return "".join(quote_words([" ".join(text.split())])) if text.strip() else tr("空白", "blank")


def _summary(result: Result) -> str:
    """Return the last sentence: what differs, what was left out, and which files are not compared."""
    number = len(result.comparisons)
    clauses = [*_summary_clauses(result.comparisons)] if number else []
    if result.left_out:
        clauses.append(
            tr(
                f"另有 {result.left_out} 处只是写法、次序或年度不同，没有列出",
                f"{count_noun(result.left_out, 'further difference')} of notation, order or year left out",
            )
        )
    if result.unread:
        count = result.unread
        clauses.append(
            tr(f"{count} 个文件读不了，没有比较", f"{count_noun(count, 'file')} not compared, being unreadable")
        )
    first = tr(f"{number} 张表不同", f"{count_noun(number, 'table')} changed") if number else _nothing(result)
    return tr("；", "; ").join([first, *clauses]) + tr("。", ".")


def _nothing(result: Result) -> str:
    """Return the clause that there is no difference, or none of substance."""
    if result.left_out:
        return tr("没有实质不同", "No difference of substance")
    if result.unread:
        return tr("没有看出不同", "No difference seen")
    return tr("没有不同", "No difference")


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


def render_json(result: Result) -> str:
    """Render the differences as a JSON object."""
    comparisons = result.comparisons
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
    report: dict[str, Any] = {"version": 1, "tables": tables, "summary": _counts(result)}
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _counts(result: Result) -> dict[str, int]:
    """Return the number of tables, of differences of each kind, of those left out and of unreadable files."""
    kinds = Counter(one.kind.word for comparison in result.comparisons for one in comparison.differences)
    rest = {"left_out": result.left_out, "unread": result.unread}
    return {"tables": len(result.comparisons), **kinds, **{key: number for key, number in rest.items() if number}}


def _entry(difference: Difference) -> dict[str, Any]:
    kind = difference.kind
    entry: dict[str, Any] = {"kind": kind.word, "weaker": kind.weaker, **difference._asdict()}
    lines = {"old_line": difference.old_line or None, "new_line": difference.new_line or None}
    entry = {**entry, "kind": kind.word, **lines}
    return {key: value for key, value in entry.items() if value or key not in {"column", "label"}}


def render_markdown(result: Result) -> str:
    """Render a summary and a Markdown table for each compared table, for a comment on a pull request."""
    return "\n".join(_markdown_lines(result)) + "\n"


def _markdown_lines(result: Result) -> Iterator[str]:
    yield escape_markdown(_summary(result))
    for comparison in result.comparisons:
        yield ""
        yield f"### {escape_markdown(_heading(comparison))}"
        if comparison.differences:
            yield ""
            yield tr("| 变化 | 栏目或指标 | 原来 | 现在 |", "| change | field or indicator | before | now |")
            yield "|---|---|---|---|"
        for difference in comparison.differences:
            note = tr(f"（{difference.note}）", f" ({difference.note})") if difference.note else ""
            cells = (difference.kind.title + note, _place(difference), difference.old, difference.new)
            title, *rest = (escape_markdown(" ".join(escape_invisible(cell).split())) for cell in cells)
            yield f"| {' | '.join([f'**{title}**' if difference.kind.weaker else title, *rest])} |"


FORMATS: Final[dict[str, Callable[[Result], str]]] = {
    "text": render_text,
    "json": render_json,
    "markdown": render_markdown,
}
