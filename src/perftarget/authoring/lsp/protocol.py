"""What the desk says, in the words of the Language Server Protocol."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from lsprotocol import types as lsp
from pygls.uris import from_fs_path, to_fs_path

from perftarget.authoring.lsp.completion import CompletionOffer
from perftarget.authoring.lsp.positions import Range
from perftarget.text.source import Source, Span

NAME: Final = "perftarget"
_KINDS: Final = {
    "field": lsp.CompletionItemKind.Property,
    "tier": lsp.CompletionItemKind.Module,
    "indicator": lsp.CompletionItemKind.Field,
    "value": lsp.CompletionItemKind.Value,
    "rule": lsp.CompletionItemKind.EnumMember,
}


def text_edits(old: str, new: str) -> tuple[Span, str]:
    """The part of a text that differs, and what takes its place: the cursor stays where nothing has changed."""
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    return Span(start, len(old) - end), new[start : len(new) - end]


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (left, right) in pairs if left != right), min(len(one), len(other)))


def asks(wanted: Iterable[Any] | None, kind: str) -> bool:
    """Whether an editor wants actions of a kind: where it names none, or a part of its name."""
    named = None if wanted is None else [str(getattr(one, "value", one)) for one in wanted]
    return named is None or any(kind == one or kind.startswith(f"{one}.") for one in named)


def item(one: CompletionOffer, index: int, range_: lsp.Range) -> lsp.CompletionItem:
    return lsp.CompletionItem(
        one.label,
        kind=_KINDS[one.kind],
        detail=one.detail or None,
        sort_text=f"{index:03}",
        filter_text=one.text,
        text_edit=lsp.TextEdit(range_, one.text),
    )


def said(range_: lsp.Range, message: str, severity: lsp.DiagnosticSeverity) -> lsp.Diagnostic:
    return lsp.Diagnostic(range_, message, severity=severity, source=NAME)


def range_of(range_: Range) -> lsp.Range:
    return lsp.Range(lsp.Position(*range_.start), lsp.Position(*range_.end))


def line_of(path: str, number: int) -> str:
    """A line of a file, "" where it cannot be read any more."""
    try:
        return Source(path, Path(path).read_text(encoding="utf-8")).line(number)
    except (OSError, UnicodeDecodeError, IndexError):
        return ""


def path_of(uri: str) -> str:
    """The path of a document; of one that is no file yet, a name in the working folder."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    return os.path.realpath(path or f"{uri.rpartition(':')[2].strip('/') or 'untitled'}.yaml")


def uri_of(path: str) -> str:
    return from_fs_path(path) or path
