"""Hover texts: findings with the page of their rule, the arithmetic of the amount, hints on fields and tiers."""

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
    """A text in Markdown and the span that it explains."""

    text: str
    span: Span


def hover_text(document: OpenDocument, findings: Iterable[EditorFinding], offset: int) -> HoverText | None:
    """Return the hover text at an offset; None if there is nothing to explain."""
    at_offset = [finding for finding in findings if finding.span.start <= offset <= finding.span.end]
    loc = document.loc_at(offset)
    parts = [*_arithmetic(document, loc), *_key_hint(document, loc), *map(_finding_text, at_offset)]
    rule_names = dict.fromkeys(finding.rule for finding in at_offset)
    pages = [rule_page(rules()[name], width=_WIDTH, colour=False) for name in rule_names]
    if not parts and not pages:
        return None
    spans = (finding.span for finding in at_offset)
    span = min(spans, key=lambda span: span.end - span.start, default=None)
    return HoverText("\n\n---\n\n".join([*parts, *pages]), span or document.document.source.span(loc or ()))


def _finding_text(finding: EditorFinding) -> str:
    word = finding.severity.word if finding.severity else tr("资料不足，未作判断", "not judged")
    notes = "".join(f"\n- {note}" for note in finding.notes)
    return f"**{word}[{finding.rule}]** {finding.message}\n{notes}".rstrip()


def _arithmetic(document: OpenDocument, loc: Loc | None) -> Iterator[str]:
    """Yield the declared and the computed amount if `loc` is the amount."""
    table = document.document.table
    if not loc or loc[0] != AMOUNT or table is None:
        return
    view = table_view(document.document, table, document.profile)
    lines = []
    if view.declared is not None:
        lines.append(f"{tr('申报', 'declared')}：{format_exact_amount(view.declared)}")
    lines += view.arithmetic
    if view.computed is not None:
        unit = document.profile.amount_unit
        total = f"{format_exact_amount(view.computed)}（{format_amount(view.computed, unit)}）"
        lines.append(f"{tr('测算合计', 'computed')}：{total}")
    elif view.declared is not None:
        lines.append(
            tr(
                "这张表没有写明金额如何组成，无法测算；可加“资金测算”",
                "the table does not say how the amount is composed; a 资金测算 would",
            )
        )
    if lines:
        yield "  \n".join(lines)


def _key_hint(document: OpenDocument, loc: Loc | None) -> Iterator[str]:
    """Yield the hint on a field or second tier if `loc` is its key."""
    if not loc or loc[-1] != KEY:
        return
    keys = [part for part in loc[:-1] if isinstance(part, str)]
    if len(loc) == 2 and keys:
        purpose, examples = field_hint(keys[0])
        suffix = tr("，如 ", "; ") + join_words(examples) if examples else ""
        if purpose:
            yield f"{purpose.rstrip('。')}{suffix}"
    elif loc[0] == INDICATORS and document.profile.is_tier(keys[-1]) and len(keys) <= 3:
        label = document.profile.second_tier_label(keys[-1])
        if label:
            yield f"{label}：{tier_hint(document.profile.tier_name(label))}"
