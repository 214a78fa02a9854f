"""Conversion to the types of the Language Server Protocol."""

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


def minimal_edit(old: str, new: str) -> tuple[Span, str]:
    """Return the span of the old text that differs and its replacement, so that a cursor outside of it stays put."""
    start = _common_prefix_length(old, new)
    end = _common_prefix_length(old[start:][::-1], new[start:][::-1])
    return Span(start, len(old) - end), new[start : len(new) - end]


def _common_prefix_length(first: str, second: str) -> int:
    pairs = enumerate(zip(first, second, strict=False))
    return next((index for index, (left, right) in pairs if left != right), min(len(first), len(second)))


def is_requested(only: Iterable[Any] | None, kind: str) -> bool:
    """Return True if an editor requests code actions of a kind: by the kind itself, by a parent kind, or by default."""
    if only is None:
        return True
    requested = [str(getattr(value, "value", value)) for value in only]
    return any(kind == value or kind.startswith(f"{value}.") for value in requested)


def completion_item(offer: CompletionOffer, index: int, range_: lsp.Range) -> lsp.CompletionItem:
    """Return the completion item of an offer; `index` is its rank, and `range_` the text that it replaces."""
    return lsp.CompletionItem(
        offer.label,
        kind=_KINDS[offer.kind],
        detail=offer.detail or None,
        sort_text=f"{index:03}",
        filter_text=offer.text,
        text_edit=lsp.TextEdit(range_, offer.text),
    )


def config_diagnostic(range_: lsp.Range, message: str, severity: lsp.DiagnosticSeverity) -> lsp.Diagnostic:
    """Return a diagnostic about the configuration, which belongs to no rule."""
    return lsp.Diagnostic(range_, message, severity=severity, source=NAME)


def lsp_range(range_: Range) -> lsp.Range:
    """Return a range in the type of the protocol."""
    return lsp.Range(lsp.Position(*range_.start), lsp.Position(*range_.end))


def read_line(path: str, number: int) -> str:
    """Return a line of a file, counted from 1; "" if it cannot be read."""
    try:
        return Source(path, Path(path).read_text(encoding="utf-8")).line(number)
    except (OSError, UnicodeDecodeError, IndexError):
        return ""


def path_from_uri(uri: str) -> str:
    """Return the path of a document; for an unsaved document, a path in the working directory."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    return os.path.realpath(path or f"{uri.rpartition(':')[2].strip('/') or 'untitled'}.yaml")


def uri_from_path(path: str) -> str:
    """Return the URI of a path."""
    return from_fs_path(path) or path


FIX_ALL: Final = f"{lsp.CodeActionKind.SourceFixAll.value}.{NAME}"
