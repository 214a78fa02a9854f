"""Language server over the standard streams."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, Final

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from perftarget import __version__, i18n
from perftarget.authoring.lsp.completion import completions
from perftarget.authoring.lsp.cursor import locate_cursor
from perftarget.authoring.lsp.hover import hover_text
from perftarget.authoring.lsp.positions import Encoding, Position, PositionMapper, external_range
from perftarget.authoring.lsp.protocol import (
    FIX_ALL,
    NAME,
    completion_item,
    config_diagnostic,
    is_requested,
    lsp_range,
    minimal_edit,
    path_from_uri,
    read_line,
    uri_from_path,
)
from perftarget.authoring.lsp.workspace import EditorFinding, OpenDocument, Workspace
from perftarget.config.loader import parse_profile
from perftarget.errors import ConfigError
from perftarget.files.discovery import CONFIG_NAME
from perftarget.i18n import tr
from perftarget.linter.diagnostic import ConcreteFix, RelatedLocation, Severity
from perftarget.linter.engine import check_rule_names
from perftarget.text.source import Source, Span

_CHECK_DELAY: Final = 0.15
"""Seconds between the last change of a text and its check."""
_SEVERITIES: Final = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFO: lsp.DiagnosticSeverity.Information,
    None: lsp.DiagnosticSeverity.Hint,
}


class Server(LanguageServer):
    """A language server for one editor.

    Attributes:
        table_workspace: The profiles and project indexes of the open documents.
        language_chosen: True if the command line has chosen the language of the messages.
        texts: The current text of each open document by its URI.
        versions: The version of each open document by its URI.
        open_documents: The last check of each open table by its URI.
        findings: All findings in each open document by its URI, in the order of their spans.
    """

    def __init__(self, profile: str | None = None, *, language_chosen: bool = False) -> None:
        # Changes are sent as full texts, since editor and server may differ on what ends a line.
        super().__init__(NAME, __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self.table_workspace = Workspace(profile)
        self.language_chosen = language_chosen
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.open_documents: dict[str, OpenDocument] = {}
        self.findings: dict[str, list[EditorFinding]] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._refreshing: set[object] = set()  # the scopes that are being read, and the tasks that read them
        self._faulty_configs: set[str] = set()

    @property
    def encoding(self) -> Encoding:
        """The encoding in which the editor counts columns."""
        encodings: dict[Any, Encoding] = {"utf-8": "utf-8", "utf-32": "utf-32"}
        return encodings.get(self.workspace.position_encoding, "utf-16")

    def initialize(self, params: lsp.InitializeParams) -> None:
        """Set the root folder and, unless it is chosen, the language: that of the configuration or of the editor."""
        folders = params.workspace_folders or []
        uri = folders[0].uri if folders else params.root_uri
        self.table_workspace.root = (to_fs_path(uri) if uri else None) or os.getcwd()  # noqa: PTH109
        if self.language_chosen:
            return
        try:
            config = str(Path(self.table_workspace.root) / CONFIG_NAME)
            configured = self.table_workspace.profiles.of(config).lang
        except ConfigError:
            configured = None
        locale = (params.locale or "").lower()[:2]
        if configured or locale in {"zh", "en"}:
            i18n.set_language(configured or ("en" if locale == "en" else "zh"))

    def open_document(self, uri: str, text: str, version: int) -> None:
        """Check a document that the editor has opened."""
        self.update_document(uri, text, version)
        if Path(path_from_uri(uri)).name == CONFIG_NAME:
            self.table_workspace.reset_profiles()  # the editor may not have reported that the file was created
        self.check_document(uri)

    def update_document(self, uri: str, text: str, version: int) -> None:
        """Store the current text of a document."""
        self.texts[uri], self.versions[uri] = text, version

    def schedule_check(self, uri: str) -> None:
        """Check a document after the author has paused."""
        if timer := self._timers.pop(uri, None):
            timer.cancel()
        self._timers[uri] = asyncio.get_running_loop().call_later(_CHECK_DELAY, partial(self.check_document, uri))

    def check_document(self, uri: str) -> None:
        """Check a document now and publish its findings."""
        if timer := self._timers.pop(uri, None):
            timer.cancel()
        if uri not in self.texts:
            return
        path, text = path_from_uri(uri), self.texts[uri]
        self.open_documents.pop(uri, None)
        self.findings[uri] = []
        try:
            if Path(path).name == CONFIG_NAME:
                check_rule_names(parse_profile(path, text))
            elif self.table_workspace.is_table(path, text):
                self._check_table(uri, path, text)
        except ConfigError as error:
            self._publish_config_error(uri, error)
        else:
            self._publish_findings(uri)

    def _check_table(self, uri: str, path: str, text: str) -> None:
        document = self.open_documents[uri] = self.table_workspace.check(path, text)
        across = self.table_workspace.check_across_tables(document, self.open_documents.values())
        self.findings[uri] = sorted([*document.findings, *across], key=lambda finding: finding.span)
        self._refresh_index(path)

    def check_again(self) -> None:
        """Check every open document after a change outside of them."""
        for path in self._faulty_configs:
            self._publish(uri_from_path(path), [])
        self._faulty_configs.clear()
        for uri in tuple(self.texts):
            self.check_document(uri)

    def handle_file_changes(self, paths: Iterable[str]) -> None:
        """Check again after files were saved, or changed outside of the editor."""
        if any(Path(path).name == CONFIG_NAME or path in self._config_files() for path in paths):
            self.table_workspace.reset_profiles()
        for index in self.table_workspace.project_indexes():
            index.stale = True
        self.check_again()

    def close_document(self, uri: str) -> None:
        """Drop a document and its findings."""
        self.texts.pop(uri, None)
        self.versions.pop(uri, None)
        self.open_documents.pop(uri, None)
        self.findings.pop(uri, None)
        self._publish(uri, [])

    def _current_document(self, uri: str) -> OpenDocument | None:
        """Return the check of the current text; a scheduled check runs now."""
        if uri in self._timers:
            self.check_document(uri)
        return self.open_documents.get(uri)

    def _config_files(self) -> set[str]:
        """Return the real paths of the files that the profiles of the open tables were read from."""
        documents = self.open_documents.values()
        return {os.path.realpath(file) for document in documents for file in document.profile.files}

    def _refresh_index(self, path: str) -> None:
        """Read the tables beside a file in another thread, then check the open tables again."""
        index = self.table_workspace.project_index(path)
        if not index.stale or index.scope in self._refreshing:
            return
        self._refreshing.add(index.scope)

        async def refresh() -> None:
            try:
                await asyncio.to_thread(index.refresh, self.table_workspace.profiles)
            finally:
                self._refreshing.discard(index.scope)
            for uri in tuple(self.open_documents):
                self.check_document(uri)

        task = asyncio.get_running_loop().create_task(refresh())
        self._refreshing.add(task)
        task.add_done_callback(self._refreshing.discard)

    def _publish_findings(self, uri: str) -> None:
        document = self.open_documents.get(uri)
        if document is None:
            self._publish(uri, [])
            return
        mapper = PositionMapper(document.document.source, self.encoding)
        self._publish(uri, [self._diagnostic(finding, mapper) for finding in self.findings[uri]])

    def _publish_config_error(self, uri: str, error: ConfigError) -> None:
        """Publish the error at the configuration, and at the document that it was not checked."""
        place = error.place
        if place:
            path = os.path.realpath(place.path)
            self._faulty_configs.add(path)
            config_uri = next((open_uri for open_uri in self.texts if path_from_uri(open_uri) == path), "")
            if config_uri in {"", uri}:  # another open document is checked by itself, with its current text
                range_ = lsp_range(external_range(place, read_line(path, place.line), self.encoding))
                diagnostic = config_diagnostic(range_, error.message, lsp.DiagnosticSeverity.Error)
                self._publish(config_uri or uri_from_path(path), [diagnostic])
            if config_uri == uri:
                return
        start = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
        message = tr(f"配置不能用，没有检查：{error}", f"not checked, the configuration cannot be used: {error}")
        self._publish(uri, [config_diagnostic(start, message, lsp.DiagnosticSeverity.Warning)])

    def _publish(self, uri: str, diagnostics: list[lsp.Diagnostic]) -> None:
        version = self.versions.get(uri)
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, diagnostics, version))

    def _diagnostic(self, finding: EditorFinding, mapper: PositionMapper) -> lsp.Diagnostic:
        prefix = tr("资料不足，未作判断：", "not judged: ") if finding.severity is None else ""
        return lsp.Diagnostic(
            range=lsp_range(mapper.range(finding.span)),
            message="\n".join([prefix + finding.message, *finding.notes]),
            severity=_SEVERITIES[finding.severity],
            code=finding.rule,
            source=NAME,
            related_information=[self._related_information(location, mapper) for location in finding.related],
        )

    def _related_information(
        self, location: RelatedLocation, mapper: PositionMapper
    ) -> lsp.DiagnosticRelatedInformation:
        if location.place.path == mapper.source.path:
            range_ = mapper.range(location.span)
        else:
            range_ = external_range(location.place, location.line, mapper.encoding)
        uri = self._uri(location.place.path)
        return lsp.DiagnosticRelatedInformation(lsp.Location(uri, lsp_range(range_)), location.message)

    def _uri(self, path: str) -> str:
        """Return the URI of a path as the editor wrote it if the file is open."""
        documents = self.open_documents.items()
        return next((uri for uri, document in documents if document.path == path), uri_from_path(path))

    def hover(self, params: lsp.HoverParams) -> lsp.Hover | None:
        """Return the hover text at a position."""
        document = self._current_document(params.text_document.uri)
        if document is None:
            return None
        mapper = PositionMapper(document.document.source, self.encoding)
        hover = hover_text(document, self.findings[params.text_document.uri], _offset(params.position, mapper))
        if hover is None:
            return None
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, hover.text), lsp_range(mapper.range(hover.span)))

    def complete(self, params: lsp.CompletionParams) -> lsp.CompletionList:
        """Return the completions at a position; none if the document is not a table or has no valid configuration."""
        uri = params.text_document.uri
        path, text = path_from_uri(uri), self.texts.get(uri, "")
        try:
            if not self.table_workspace.is_table(path, text):
                return lsp.CompletionList(is_incomplete=False, items=[])
            profile = self.table_workspace.profiles.of(path)
            suggestions = self.table_workspace.project_index(path).suggestions(path, profile)
        except ConfigError:
            return lsp.CompletionList(is_incomplete=False, items=[])
        source = Source(path, text)
        mapper = PositionMapper(source, self.encoding)
        offset = _offset(params.position, mapper)
        lines = [source.line(number) for number in range(1, source.lines + 1)]
        column = offset - source.offset(params.position.line + 1)
        cursor = locate_cursor(lines, params.position.line, column)
        document = self.open_documents.get(uri)
        offers = completions(cursor, profile, suggestions, document.document.table if document else None)
        range_ = lsp_range(mapper.range(Span(offset - len(cursor.typed), offset)))
        items = [completion_item(offer, index, range_) for index, offer in enumerate(offers)]
        return lsp.CompletionList(is_incomplete=False, items=items)

    def code_actions(self, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        """Return the fixes of the findings in a range, and an action that applies all safe fixes of the document."""
        uri = params.text_document.uri
        document = self._current_document(uri)
        if document is None:
            return []
        mapper = PositionMapper(document.document.source, self.encoding)
        only = params.context.only
        actions: list[lsp.CodeAction] = []
        if is_requested(only, lsp.CodeActionKind.QuickFix.value):
            start, end = _offset(params.range.start, mapper), _offset(params.range.end, mapper)
            in_range = [
                finding for finding in self.findings[uri] if finding.span.start <= end and finding.span.end >= start
            ]
            actions += [self._quick_fix(uri, finding, finding.fix, mapper) for finding in in_range if finding.fix]
        if is_requested(only, FIX_ALL) and (fixed := self.table_workspace.fix(document)) != document.text:
            span, text = minimal_edit(document.text, fixed)
            edit = lsp.TextEdit(lsp_range(mapper.range(span)), text)
            title = tr("perftarget：做全部安全的修改", "perftarget: make all safe fixes")
            actions.append(lsp.CodeAction(title, kind=FIX_ALL, edit=lsp.WorkspaceEdit({uri: [edit]})))
        return actions

    def _quick_fix(self, uri: str, finding: EditorFinding, fix: ConcreteFix, mapper: PositionMapper) -> lsp.CodeAction:
        edits = [lsp.TextEdit(lsp_range(mapper.range(edit.span)), edit.text) for edit in fix.edits]
        suffix = "" if fix.safe else tr("（请核对）", " (look at it)")
        return lsp.CodeAction(
            fix.title + suffix,
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[self._diagnostic(finding, mapper)],
            is_preferred=fix.safe,
            edit=lsp.WorkspaceEdit({uri: edits}),
        )


def _offset(position: lsp.Position, mapper: PositionMapper) -> int:
    return mapper.offset(Position(position.line, position.character))
