"""Build diagnostics from the matches of rules, with the places that a reader needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from perftarget.i18n import join_words, tr
from perftarget.linter.diagnostic import Diagnostic, FixPreview, RelatedLocation, TextChange
from perftarget.linter.figures import Figures
from perftarget.linter.match import RuleMatch
from perftarget.linter.rule import At
from perftarget.tables.document import Document
from perftarget.tables.keys import INDICATORS
from perftarget.tables.model import Table
from perftarget.text.source import Loc, Place, Source, Span


def indicator_at(table: Table | None, at: At) -> str | None:
    """Return the name of the indicator whose row contains `at`, or None."""
    if table is None or isinstance(at, Span) or at[:1] != (INDICATORS,):
        return None
    names, loc = table.indicator_names, at
    while loc:
        if (name := names.get(loc)) is not None:
            return name
        loc = loc[:-1]
    return None


def build_diagnostic(document: Document, group: list[RuleMatch]) -> Diagnostic:
    """Return the diagnostic of matches of one rule; its message counts the rows."""
    source = document.source
    group.sort(key=lambda match: source.span(match.finding.at))
    first, *others = group
    place = source.place(first.finding.at)
    other_locations = [location for match in others for location in _row_locations(document, match)]
    return Diagnostic(
        rule=first.rule.name,
        title=first.rule.title,
        category=first.rule.category,
        severity=first.severity,
        message=summarize_messages(
            [match.finding.message for match in group], place, [source.place(match.finding.at) for match in others]
        ),
        span=source.span(first.finding.at),
        place=place,
        line=source.shown_line(first.finding.at),
        table=(document.table.name or None) if document.table else None,
        indicator=first.indicator,
        label=first.finding.message,
        related=(*_related_locations(document, first), *other_locations),
        notes=tuple(dict.fromkeys(note for match in group for note in match.finding.notes)),
        fix=_fix_preview(group, source),
        suppressed=first.suppressed,
        at=loc_of(first.finding.at),
        basis=first.basis,
        figures=_located(first.finding.figures, source),
    )


def summarize_messages(messages: Iterable[str], first: Place, others: Iterable[Place]) -> str:
    """Return one line for findings of a rule in several rows: the distinct messages and the places of the others."""
    distinct = list(dict.fromkeys(messages))
    others = list(others)
    if not others:
        return distinct[0]
    places = dict.fromkeys(others)
    names = list(dict.fromkeys(place.label or tr(f"第 {place.line} 行", f"line {place.line}") for place in places))
    where = join_words(names[:_MAX_PLACES]) + (tr("等", " and more") if len(names) > _MAX_PLACES else "")
    more = "" if first in places and len(places) == 1 else tr(f"，另见{where}", f", also {where}")
    number = len(others) + 1
    return tr("。", "; ").join(distinct[:_MAX_MESSAGES]) + tr(f"（共 {number} 处{more}）", f" ({number} places{more})")


def _row_locations(document: Document, match: RuleMatch) -> Iterator[RelatedLocation]:
    location = related_location(document, match.finding.at, match.finding.message, row=True)
    yield location._replace(figures=_located(match.finding.figures, document.source))
    yield from _related_locations(document, match)


def _related_locations(document: Document, match: RuleMatch) -> Iterator[RelatedLocation]:
    for related in match.finding.related:
        yield related_location(document, related.at, related.label)


def related_location(document: Document, at: At, message: str, *, row: bool = False) -> RelatedLocation:
    """Return a location in a document with a message about it; `row` is True if it has the finding itself."""
    source = document.source
    place = source.place(at)
    line, indicator = source.shown_line(at), indicator_at(document.table, at)
    return RelatedLocation(message, source.span(at), place, line, indicator, row, loc_of(at))


def loc_of(at: At) -> Loc:
    """Return the location of a place in the data, () for a span of the text."""
    return () if isinstance(at, Span) else at


def _located(figures: Figures | None, source: Source) -> Figures | None:
    """Return figures whose operands have their places instead of their paths in the data."""
    if figures is None or figures.computation is None:
        return figures
    terms = tuple(
        tuple(operand._replace(at=(), place=source.place(operand.at)) if operand.at else operand for operand in term)
        for term in figures.computation.terms
    )
    return figures._replace(computation=figures.computation._replace(terms=terms))


def _fix_preview(group: list[RuleMatch], source: Source) -> FixPreview | None:
    fixes = [match.fix for match in group if match.fix]
    if not fixes:
        return None
    titles = tr("；", "; ").join(dict.fromkeys(fix.title for fix in fixes))
    changes = (TextChange(source.place(edit.span), edit.text) for fix in fixes for edit in fix.edits)
    return FixPreview(titles, fixes[0].safe, tuple(changes))


_MAX_MESSAGES: Final = 5


_MAX_PLACES: Final = 10
