"""What differs between two drafts, as text, JSON and Markdown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from perftarget.diff.compare import Comparison, Difference, weaker
from perftarget.diff.strength import Kind
from perftarget.i18n import count_noun, quote_words, tr
from perftarget.text.markdown import escape_markdown
from perftarget.text.normalize import escape_invisible

_ARROW: Final = " → "


def render_text(comparisons: Sequence[Comparison]) -> str:
    """A block for each table, what promises less first."""
    blocks = ["\n".join([_head(one), *map(_line, one.differences)]) + "\n" for one in comparisons]
    return "\n".join([*blocks, _summary(comparisons) + "\n"])


def _head(one: Comparison) -> str:
    old, new = (side.source.path if side else "" for side in (one.old, one.new))
    if not old:
        return escape_invisible(f"{new} {tr('新增项目', 'new project')}{tr('：', ': ')}{one.project}")
    if not new:
        return escape_invisible(f"{old} {tr('没有这个项目了', 'project is gone')}{tr('：', ': ')}{one.project}")
    paths = new if old == new else f"{old}{_ARROW}{new}"
    return escape_invisible(f"{paths} {one.project}")


def _line(one: Difference) -> str:
    tier = tr(f"（{one.tier}）", f" ({one.tier})") if one.tier else ""
    place = f"{one.new_line or one.old_line or ''}"
    return escape_invisible(
        f"  {place:>4} {one.kind.title}{tr('：', ': ')}{one.where}{tier}{tr('：', ': ')}{_change(one)}"
    )


def _change(one: Difference) -> str:
    sides = {Kind.ADDED: (one.new,), Kind.REMOVED: (one.old,)}.get(one.kind, (one.old, one.new))
    note = tr(f"（{one.note}）", f" ({one.note})") if one.note else ""
    return _ARROW.join(map(_quoted, sides)) + note


def _quoted(part: str) -> str:
    return "".join(quote_words([" ".join(part.split())])) if part.strip() else tr("空白", "blank")


def _summary(comparisons: Sequence[Comparison]) -> str:
    if not comparisons:
        return tr("没有不同。", "No difference.")
    number = len(comparisons)
    said = tr("；", "; ").join(_verdict(comparisons))
    return tr(f"{number} 张表不同；{said}。", f"{count_noun(number, 'table')} changed; {said}.")


def _verdict(comparisons: Sequence[Comparison]) -> Iterator[str]:
    """What promises less, what may, and what is gone; that nothing does only where each can be told."""
    kinds = Counter(one.kind for comparison in comparisons for one in comparison.differences if one.tier)
    less, unclear, removed = weaker(comparisons), kinds[Kind.UNCLEAR], kinds[Kind.REMOVED]
    gone = sum(comparison.new is None for comparison in comparisons)
    if less:
        yield tr(f"{less} 处目标比原来低，请说明理由", f"{count_noun(less, 'target')} weaker than before (say why)")
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
    tables = [
        {
            "project": one.project,
            "status": "added" if one.old is None else "removed" if one.new is None else "changed",
            "old": one.old.source.path if one.old else None,
            "new": one.new.source.path if one.new else None,
            "differences": [_entry(difference) for difference in one.differences],
        }
        for one in comparisons
    ]
    kinds = Counter(difference.kind.word for one in comparisons for difference in one.differences)
    made: dict[str, Any] = {"version": 1, "tables": tables, "summary": {"tables": len(tables), **kinds}}
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _entry(one: Difference) -> dict[str, Any]:
    entry = {"kind": one.kind.word, "weaker": one.kind.weaker, **one._asdict()}
    return {**entry, "kind": one.kind.word, "old_line": one.old_line or None, "new_line": one.new_line or None}


def render_markdown(comparisons: Sequence[Comparison]) -> str:
    """For a comment on a pull request."""
    return "\n".join(_markdown(comparisons)) + "\n"


def _markdown(comparisons: Sequence[Comparison]) -> Iterator[str]:
    yield escape_markdown(_summary(comparisons))
    for one in comparisons:
        yield ""
        yield f"### {escape_markdown(_head(one))}"
        if one.differences:
            yield ""
            yield tr("| 变化 | 栏目或指标 | 原来 | 现在 |", "| change | field or indicator | before | now |")
            yield "|---|---|---|---|"
        for difference in one.differences:
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
