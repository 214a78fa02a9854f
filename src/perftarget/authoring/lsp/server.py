"""The editor server: what the desk knows, spoken as the Language Server Protocol over the standard streams."""

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

from perftarget import __version__
from perftarget import i18n as language
from perftarget.authoring.lsp.completion import completions
from perftarget.authoring.lsp.cursor import cursor
from perftarget.authoring.lsp.hover import hover_text
from perftarget.authoring.lsp.positions import Encoding, Position, PositionMapper, elsewhere
from perftarget.authoring.lsp.protocol import NAME, asks, item, line_of, path_of, range_of, said, text_edits, uri_of
from perftarget.authoring.lsp.workspace import EditorFinding, OpenDocument, Workspace
from perftarget.config.loader import parse_profile
from perftarget.errors import ConfigError
from perftarget.files.discovery import CONFIG_NAME
from perftarget.i18n import tr
from perftarget.linter.diagnostic import ConcreteFix, RelatedLocation, Severity
from perftarget.linter.engine import check_severities
from perftarget.text.source import Source, Span

_PAUSE: Final = 0.15  # seconds after the last key before a text is looked at
_SEVERITIES: Final = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFO: lsp.DiagnosticSeverity.Information,
    None: lsp.DiagnosticSeverity.Hint,
}
FIX_ALL: Final = f"{lsp.CodeActionKind.SourceFixAll.value}.{NAME}"


class Server(LanguageServer):
    """One editor, and the tables that it has open."""

    def __init__(self, profile: str | None = None, *, speaking: bool = False) -> None:
        # Whole texts: they are small, and what counts as the end of a line is told by one party only.
        super().__init__(NAME, __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self.desk = Workspace(profile)
        self.speaking = speaking  # whether the command line has chosen the language
        self.opened: dict[str, str] = {}  # the text of each document, by its URI
        self.versions: dict[str, int] = {}
        self.pages: dict[str, OpenDocument] = {}
        self.remarks: dict[str, list[EditorFinding]] = {}
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        self._reading: set[object] = set()
        self._faulty: set[str] = set()  # configurations that something was said of

    @property
    def encoding(self) -> Encoding:
        known: dict[Any, Encoding] = {"utf-8": "utf-8", "utf-32": "utf-32"}
        return known.get(self.workspace.position_encoding, "utf-16")

    def begin(self, params: lsp.InitializeParams) -> None:
        """Take the editor's folder and language."""
        folders = params.workspace_folders or []
        uri = folders[0].uri if folders else params.root_uri
        self.desk.root = (to_fs_path(uri) if uri else None) or os.getcwd()  # noqa: PTH109
        if not self.speaking:
            try:
                chosen = self.desk.profiles.of(str(Path(self.desk.root) / CONFIG_NAME)).lang
            except ConfigError:
                chosen = None
            locale = (params.locale or "").lower()[:2]
            if chosen or locale in {"zh", "en"}:
                language.set_language(chosen or ("en" if locale == "en" else "zh"))

    def take(self, uri: str, text: str, version: int) -> None:
        """A text as it is now."""
        self.opened[uri], self.versions[uri] = text, version

    def soon(self, uri: str) -> None:
        """Look at a text once the writer pauses."""
        if waiting := self._waiting.pop(uri, None):
            waiting.cancel()
        self._waiting[uri] = asyncio.get_running_loop().call_later(_PAUSE, partial(self.look, uri))

    def look(self, uri: str) -> None:
        """Look at a text and show what is found."""
        if waiting := self._waiting.pop(uri, None):
            waiting.cancel()
        if uri not in self.opened:
            return
        path, text = path_of(uri), self.opened[uri]
        self.pages.pop(uri, None)
        self.remarks[uri] = []
        try:
            if Path(path).name == CONFIG_NAME:
                check_severities(parse_profile(path, text))
            elif self.desk.is_table(path, text):
                page = self.pages[uri] = self.desk.page(path, text)
                found = [*page.remarks, *self.desk.across(page, self.pages.values())]
                self.remarks[uri] = sorted(found, key=lambda one: one.span)
                self._read_beside(path)
        except ConfigError as error:
            self._fault(uri, error)
        else:
            self._show(uri)

    def look_again(self) -> None:
        """Look at every text, since something beside them has changed."""
        for path in self._faulty:
            self._publish(uri_of(path), [])
        self._faulty.clear()
        for uri in tuple(self.opened):
            self.look(uri)

    def changed(self, paths: Iterable[str]) -> None:
        """Files have changed outside of the editor, or were saved by it."""
        if any(Path(path).name == CONFIG_NAME or path in self._settings() for path in paths):
            self.desk.forget_settings()
        for neighbours in self.desk.all_neighbours():
            neighbours.stale = True
        self.look_again()

    def close(self, uri: str) -> None:
        self.opened.pop(uri, None)
        self.versions.pop(uri, None)
        self.pages.pop(uri, None)
        self.remarks.pop(uri, None)
        self._publish(uri, [])

    def _now(self, uri: str) -> OpenDocument | None:
        """The text as it is now, also where the pause after the last key is not over."""
        if uri in self._waiting:
            self.look(uri)
        return self.pages.get(uri)

    def _settings(self) -> set[str]:
        return {os.path.realpath(file) for page in self.pages.values() for file in page.profile.files}

    def _read_beside(self, path: str) -> None:
        """Read the tables beside this one, apart from the conversation; when they are read, look again."""
        neighbours = self.desk.neighbours(path)
        if not neighbours.stale or neighbours.scope in self._reading:
            return
        self._reading.add(neighbours.scope)

        async def reading() -> None:
            try:
                await asyncio.to_thread(neighbours.refresh, self.desk.profiles)
            finally:
                self._reading.discard(neighbours.scope)
            for uri in tuple(self.pages):
                self.look(uri)

        task = asyncio.get_running_loop().create_task(reading())
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)

    def _show(self, uri: str) -> None:
        page = self.pages.get(uri)
        if page is None:
            self._publish(uri, [])
            return
        ruler = PositionMapper(page.document.source, self.encoding)
        self._publish(uri, [self._diagnostic(one, ruler) for one in self.remarks[uri]])

    def _fault(self, uri: str, error: ConfigError) -> None:
        """Say at the configuration what is wrong with it, and at the table that it was not looked at."""
        where = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
        place = error.place
        if place:
            path = os.path.realpath(place.path)
            line = line_of(path, place.line)
            here = range_of(elsewhere(place, line, self.encoding))
            self._faulty.add(path)
            faulty = next((one for one in self.opened if path_of(one) == path), "")
            if faulty in {"", uri}:  # one that is open is looked at by itself, as it is being written
                self._publish(faulty or uri_of(path), [said(here, error.message, lsp.DiagnosticSeverity.Error)])
            if faulty == uri:
                return
        message = tr(f"配置不能用，没有检查：{error}", f"not checked, the configuration cannot be used: {error}")
        self._publish(uri, [said(where, message, lsp.DiagnosticSeverity.Warning)])

    def _publish(self, uri: str, diagnostics: list[lsp.Diagnostic]) -> None:
        version = self.versions.get(uri)
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, diagnostics, version))

    def _diagnostic(self, one: EditorFinding, ruler: PositionMapper) -> lsp.Diagnostic:
        unread = tr("资料不足，没有判断：", "not judged: ") if one.severity is None else ""
        return lsp.Diagnostic(
            range=range_of(ruler.range(one.span)),
            message="\n".join([unread + one.message, *one.notes]),
            severity=_SEVERITIES[one.severity],
            code=one.rule,
            source=NAME,
            related_information=[self._related(mark, ruler) for mark in one.related],
        )

    def _related(self, mark: RelatedLocation, ruler: PositionMapper) -> lsp.DiagnosticRelatedInformation:
        here = mark.place.path == ruler.source.path
        range_ = ruler.range(mark.span) if here else elsewhere(mark.place, mark.line, ruler.encoding)
        return lsp.DiagnosticRelatedInformation(
            lsp.Location(self._uri(mark.place.path), range_of(range_)), mark.message
        )

    def _uri(self, path: str) -> str:
        """As the editor calls it, where it has the file open."""
        return next((uri for uri, page in self.pages.items() if page.path == path), uri_of(path))

    def hover(self, params: lsp.HoverParams) -> lsp.Hover | None:
        page = self._now(params.text_document.uri)
        if page is None:
            return None
        ruler = PositionMapper(page.document.source, self.encoding)
        offset = ruler.offset(Position(params.position.line, params.position.character))
        found = hover_text(page, self.remarks[params.text_document.uri], offset)
        if found is None:
            return None
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, found.text), range_of(ruler.range(found.span)))

    def completion(self, params: lsp.CompletionParams) -> lsp.CompletionList:
        uri = params.text_document.uri
        path, text = path_of(uri), self.opened.get(uri, "")
        try:
            if not self.desk.is_table(path, text):
                return lsp.CompletionList(is_incomplete=False, items=[])
            profile = self.desk.profiles.of(path)
            usual = self.desk.neighbours(path).usual(path, profile)
        except ConfigError:
            return lsp.CompletionList(is_incomplete=False, items=[])
        source = Source(path, text)
        ruler = PositionMapper(source, self.encoding)
        offset = ruler.offset(Position(params.position.line, params.position.character))
        lines = [source.line(number) for number in range(1, source.lines + 1)]
        at = cursor(lines, params.position.line, offset - source.offset(params.position.line + 1))
        page = self.pages.get(uri)
        found = completions(at, profile, usual, page.document.table if page else None)
        range_ = range_of(ruler.range(Span(offset - len(at.typed), offset)))
        items = [item(one, index, range_) for index, one in enumerate(found)]
        return lsp.CompletionList(is_incomplete=False, items=items)

    def actions(self, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        """The fixes of what is said in a range, and all safe ones together."""
        uri = params.text_document.uri
        page = self._now(uri)
        if page is None:
            return []
        ruler = PositionMapper(page.document.source, self.encoding)
        wanted = params.context.only
        found: list[lsp.CodeAction] = []
        if asks(wanted, lsp.CodeActionKind.QuickFix.value):
            start = ruler.offset(Position(params.range.start.line, params.range.start.character))
            end = ruler.offset(Position(params.range.end.line, params.range.end.character))
            meant = [one for one in self.remarks[uri] if one.span.start <= end and one.span.end >= start]
            found += [self._fix(uri, one, one.fix, ruler) for one in meant if one.fix]
        if asks(wanted, FIX_ALL) and (mended := self.desk.mended(page)) != page.text:
            span, text = text_edits(page.text, mended)
            edit = lsp.TextEdit(range_of(ruler.range(span)), text)
            title = tr("perftarget：做全部安全的修改", "perftarget: make all safe fixes")
            found.append(lsp.CodeAction(title, kind=FIX_ALL, edit=lsp.WorkspaceEdit({uri: [edit]})))
        return found

    def _fix(self, uri: str, one: EditorFinding, fix: ConcreteFix, ruler: PositionMapper) -> lsp.CodeAction:
        edits = [lsp.TextEdit(range_of(ruler.range(edit.span)), edit.text) for edit in fix.edits]
        doubt = "" if fix.safe else tr("（请核对）", " (look at it)")
        return lsp.CodeAction(
            fix.title + doubt,
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[self._diagnostic(one, ruler)],
            is_preferred=fix.safe,
            edit=lsp.WorkspaceEdit({uri: edits}),
        )


def server(profile: str | None = None, *, speaking: bool = False) -> Server:
    """A server with its features; `speaking` says that the language is chosen already."""
    made = Server(profile, speaking=speaking)

    @made.feature(lsp.INITIALIZE)
    def _initialize(params: lsp.InitializeParams) -> None:
        made.begin(params)

    @made.feature(lsp.INITIALIZED)
    async def _initialized(_: lsp.InitializedParams) -> None:
        files = made.client_capabilities.workspace and made.client_capabilities.workspace.did_change_watched_files
        if files and files.dynamic_registration:
            watchers = [lsp.FileSystemWatcher("**/*.{yaml,yml}")]
            options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
            wanted = lsp.Registration("files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            await made.client_register_capability_async(lsp.RegistrationParams([wanted]))

    @made.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def _open(params: lsp.DidOpenTextDocumentParams) -> None:
        made.take(params.text_document.uri, params.text_document.text, params.text_document.version)
        if Path(path_of(params.text_document.uri)).name == CONFIG_NAME:
            made.desk.forget_settings()  # it may have come unseen
        made.look(params.text_document.uri)

    @made.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def _change(params: lsp.DidChangeTextDocumentParams) -> None:
        for change in params.content_changes:
            made.take(params.text_document.uri, change.text, params.text_document.version)
        made.soon(params.text_document.uri)

    @made.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def _save(params: lsp.DidSaveTextDocumentParams) -> None:
        made.changed([path_of(params.text_document.uri)])

    @made.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    async def _close(params: lsp.DidCloseTextDocumentParams) -> None:
        made.close(params.text_document.uri)

    @made.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def _files(params: lsp.DidChangeWatchedFilesParams) -> None:
        made.changed([path_of(change.uri) for change in params.changes])

    @made.feature(lsp.TEXT_DOCUMENT_HOVER)
    def _hover(params: lsp.HoverParams) -> lsp.Hover | None:
        return made.hover(params)

    @made.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[" "]))
    def _complete(params: lsp.CompletionParams) -> lsp.CompletionList:
        return made.completion(params)

    kinds = [lsp.CodeActionKind.QuickFix, FIX_ALL]

    @made.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=kinds))
    def _actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        return made.actions(params)

    return made
