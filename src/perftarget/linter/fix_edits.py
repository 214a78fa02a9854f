"""Conversion of the symbolic fixes of rules to edits of the source text."""

from __future__ import annotations

from perftarget.formats.yaml.scalar import scalar
from perftarget.linter.diagnostic import ConcreteFix
from perftarget.linter.rule import Fix, Insert, Replace, ReplaceText
from perftarget.text.edits import Edit
from perftarget.text.source import KEY, Loc, Source, Span


def concrete_fix(fix: Fix, source: Source) -> ConcreteFix | None:
    """Return a fix as edits of `source`, or None if the source is not an editable file."""
    if source.labels:
        return None
    return ConcreteFix(fix.title, fix.safe, tuple(_edit(change, source) for change in fix.changes))


def new_key(change: Replace | Insert | ReplaceText) -> Loc | None:
    """Return the path of the entry whose key a change writes, or None if it does not write a key."""
    at = change.beside if isinstance(change, Insert) else change.at
    if isinstance(change, ReplaceText) or isinstance(at, Span) or at[-1:] != (KEY,):
        return None
    return (*at[:-2], change.text)


def _edit(change: Replace | Insert | ReplaceText, source: Source) -> Edit:
    """Return the edit of a change; only the characters of its span are replaced."""
    if isinstance(change, ReplaceText):
        return Edit(change.at, change.text)
    if isinstance(change, Insert):
        return _insertion(change, source)
    span = source.span(change.at)
    old = source.text[span.start : span.end]
    quote = old[0] if old[:1] in {"'", '"'} else ""
    # The scalar may be inside {}, which is not known here. Quoting for it is harmless elsewhere.
    return Edit(span, scalar(change.text, flow=True, quote=quote))


def _insertion(change: Insert, source: Source) -> Edit:
    """Return the insertion of a line that is indented like the entry beside it."""
    key = source.span(change.beside)
    start = key.start - source.position(key.start)[1] + 1
    line = f"{source.text[start : key.start]}{scalar(change.text, flow=True)}:"
    newline = "\r\n" if "\r\n" in source.text else "\n"
    if change.before:
        return Edit(Span(start, start), line + newline)
    end = max(key.end, source.span(change.beside[:-1]).end)
    end += len(source.line(source.position(end)[0])) - source.position(end)[1] + 1
    return Edit(Span(end, end), newline + line)
