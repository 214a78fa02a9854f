"""What is explained where the pointer rests: findings with the page of their rule, amounts, fields and tiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from perftarget.authoring.json_schema import field_hint
from perftarget.authoring.lsp.workspace import EditorFinding, OpenDocument
from perftarget.authoring.new_table import tier_hint
from perftarget.i18n import join_words, tr
from perftarget.linter.catalogue import rule_page
from perftarget.linter.rule import rules
from perftarget.reporters.table_views import table_view
from perftarget.tables.keys import AMOUNT, INDICATORS
from perftarget.text.source import KEY, Loc, Span
from perftarget.values.money import format_amount, format_exact_amount

_WIDTH: Final = 80


class HoverText(NamedTuple):
    """Markdown, and the characters that it is about."""

    text: str
    span: Span


def hover_text(page: OpenDocument, remarks: Iterable[EditorFinding], offset: int) -> HoverText | None:
    """What there is to say of the character at `offset`."""
    said = [one for one in remarks if one.span.start <= offset <= one.span.end]
    loc = page.at(offset)
    parts = [*_arithmetic(page, loc), *_meaning(page, loc), *map(_finding, said)]
    pages = [rule_page(rules()[name], width=_WIDTH, colour=False) for name in dict.fromkeys(one.rule for one in said)]
    if not parts and not pages:
        return None
    span = min((one.span for one in said), key=lambda one: one.end - one.start, default=None)
    return HoverText("\n\n---\n\n".join([*parts, *pages]), span or page.document.source.span(loc or ()))


def _finding(remark: EditorFinding) -> str:
    word = remark.severity.word if remark.severity else tr("资料不足，没有判断", "not judged")
    notes = "".join(f"\n- {note}" for note in remark.notes)
    return f"**{word}[{remark.rule}]** {remark.message}\n{notes}".rstrip()


def _arithmetic(page: OpenDocument, loc: Loc | None) -> Iterator[str]:
    """At the amount: what was declared, and what the table's own numbers come to."""
    table = page.document.table
    if not loc or loc[0] != AMOUNT or table is None:
        return
    sheet = table_view(page.document, table, page.profile)
    lines = []
    if sheet.declared is not None:
        lines.append(f"{tr('申报', 'declared')}：{format_exact_amount(sheet.declared)}")
    lines += sheet.arithmetic
    if sheet.computed is not None:
        unit = page.profile.amount_unit
        total = f"{format_exact_amount(sheet.computed)}（{format_amount(sheet.computed, unit)}）"
        lines.append(f"{tr('测算合计', 'computed')}：{total}")
    elif sheet.declared is not None:
        lines.append(
            tr(
                "这张表没有写明金额如何组成，无法测算；可加“资金测算”",
                "the table does not say how the amount is composed; a 资金测算 would",
            )
        )
    if lines:
        yield "  \n".join(lines)


def _meaning(page: OpenDocument, loc: Loc | None) -> Iterator[str]:
    """At a key: what belongs there."""
    if not loc or loc[-1] != KEY:
        return
    keys = [part for part in loc[:-1] if isinstance(part, str)]
    if len(loc) == 2 and keys:
        about, known = field_hint(keys[0])
        example = tr("，如 ", "; ") + join_words(known) if known else ""
        if about:
            yield f"{about.rstrip('。')}{example}"
    elif loc[0] == INDICATORS and page.profile.is_tier(keys[-1]) and len(keys) <= 3:
        label = page.profile.second_of(keys[-1])
        if label:
            yield f"{label}：{tier_hint(page.profile.tier_name(label))}"
