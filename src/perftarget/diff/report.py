"""What differs between two drafts, as text, JSON and Markdown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from perftarget.diff.compare import Comparison, Difference, weaker
from perftarget.diff.strength import Kind
from perftarget.i18n import counted, quoted, say
from perftarget.text.markdown import escaped
from perftarget.text.normalize import visible

_ARROW: Final = " → "


def text(comparisons: Sequence[Comparison]) -> str:
    """A block for each table, what promises less first."""
    blocks = ["\n".join([_head(one), *map(_line, one.differences)]) + "\n" for one in comparisons]
    return "\n".join([*blocks, _summary(comparisons) + "\n"])


def _head(one: Comparison) -> str:
    old, new = (side.source.path if side else "" for side in (one.old, one.new))
    if not old:
        return visible(f"{new} {say('新增项目', 'new project')}{say('：', ': ')}{one.project}")
    if not new:
        return visible(f"{old} {say('没有这个项目了', 'project is gone')}{say('：', ': ')}{one.project}")
    paths = new if old == new else f"{old}{_ARROW}{new}"
    return visible(f"{paths} {one.project}")


def _line(one: Difference) -> str:
    tier = say(f"（{one.tier}）", f" ({one.tier})") if one.tier else ""
    place = f"{one.new_line or one.old_line or ''}"
    return visible(f"  {place:>4} {one.kind.title}{say('：', ': ')}{one.where}{tier}{say('：', ': ')}{_change(one)}")


def _change(one: Difference) -> str:
    sides = {Kind.ADDED: (one.new,), Kind.REMOVED: (one.old,)}.get(one.kind, (one.old, one.new))
    note = say(f"（{one.note}）", f" ({one.note})") if one.note else ""
    return _ARROW.join(map(_quoted, sides)) + note


def _quoted(part: str) -> str:
    return "".join(quoted([" ".join(part.split())])) if part.strip() else say("空白", "blank")


def _summary(comparisons: Sequence[Comparison]) -> str:
    if not comparisons:
        return say("没有不同。", "No difference.")
    number = len(comparisons)
    said = say("；", "; ").join(_verdict(comparisons))
    return say(f"{number} 张表不同；{said}。", f"{counted(number, 'table')} changed; {said}.")


def _verdict(comparisons: Sequence[Comparison]) -> Iterator[str]:
    """What promises less, what may, and what is gone; that nothing does only where each can be told."""
    kinds = Counter(one.kind for comparison in comparisons for one in comparison.differences if one.tier)
    less, unclear, removed = weaker(comparisons), kinds[Kind.UNCLEAR], kinds[Kind.REMOVED]
    gone = sum(comparison.new is None for comparison in comparisons)
    if less:
        yield say(f"{less} 处目标比原来低，请说明理由", f"{counted(less, 'target')} weaker than before (say why)")
    elif unclear or removed or gone:
        yield say("没有看出比原来低的目标", "no target is seen to be weaker")
    else:
        yield say("没有目标比原来低", "no target is weaker")
    if unclear:
        yield say(f"{unclear} 处改动看不出高低，请核对", f"{counted(unclear, 'change')} to be looked at")
    if removed:
        yield say(f"删去 {removed} 个指标", f"{counted(removed, 'indicator')} removed")
    if gone:
        yield say(f"少了 {gone} 个项目", f"{counted(gone, 'project')} gone")


def as_json(comparisons: Sequence[Comparison]) -> str:
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


def markdown(comparisons: Sequence[Comparison]) -> str:
    """For a comment on a pull request."""
    return "\n".join(_markdown(comparisons)) + "\n"


def _markdown(comparisons: Sequence[Comparison]) -> Iterator[str]:
    yield escaped(_summary(comparisons))
    for one in comparisons:
        yield ""
        yield f"### {escaped(_head(one))}"
        if one.differences:
            yield ""
            yield say("| 变化 | 栏目或指标 | 原来 | 现在 |", "| change | field or indicator | before | now |")
            yield "|---|---|---|---|"
        for difference in one.differences:
            tier = say(f"（{difference.tier}）", f" ({difference.tier})") if difference.tier else ""
            note = say(f"（{difference.note}）", f" ({difference.note})") if difference.note else ""
            cells = (difference.kind.title + note, difference.where + tier, difference.old, difference.new)
            title, *rest = (escaped(" ".join(visible(cell).split())) for cell in cells)
            yield f"| {' | '.join([f'**{title}**' if difference.kind.weaker else title, *rest])} |"


FORMATS: Final[dict[str, Callable[[Sequence[Comparison]], str]]] = {
    "text": text,
    "json": as_json,
    "markdown": markdown,
}
