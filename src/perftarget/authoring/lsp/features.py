"""Register the features of the language server."""

from __future__ import annotations

from lsprotocol import types as lsp

from perftarget.authoring.lsp.protocol import FIX_ALL, path_from_uri
from perftarget.authoring.lsp.server import Server


def server(profile: str | None = None, *, speaking: bool = False) -> Server:
    """Return a server with all its features; `speaking` is True if the command line has chosen the language."""
    language_server = Server(profile, language_chosen=speaking)
    _add_document_features(language_server)
    _add_request_features(language_server)
    return language_server


def _add_document_features(language_server: Server) -> None:
    """Register the handlers of the notifications about documents and files."""

    @language_server.feature(lsp.INITIALIZE)
    def _initialize(params: lsp.InitializeParams) -> None:
        language_server.initialize(params)

    @language_server.feature(lsp.INITIALIZED)
    async def _initialized(_: lsp.InitializedParams) -> None:
        workspace = language_server.client_capabilities.workspace
        files = workspace and workspace.did_change_watched_files
        if files and files.dynamic_registration:
            watchers = [lsp.FileSystemWatcher("**/*.{yaml,yml}")]
            options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
            registration = lsp.Registration("files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            await language_server.client_register_capability_async(lsp.RegistrationParams([registration]))

    @language_server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def _open(params: lsp.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        language_server.open_document(document.uri, document.text, document.version)

    @language_server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def _change(params: lsp.DidChangeTextDocumentParams) -> None:
        for change in params.content_changes:
            language_server.update_document(params.text_document.uri, change.text, params.text_document.version)
        language_server.schedule_check(params.text_document.uri)

    @language_server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def _save(params: lsp.DidSaveTextDocumentParams) -> None:
        language_server.handle_file_changes([path_from_uri(params.text_document.uri)])

    @language_server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    async def _close(params: lsp.DidCloseTextDocumentParams) -> None:
        language_server.close_document(params.text_document.uri)

    @language_server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def _change_files(params: lsp.DidChangeWatchedFilesParams) -> None:
        language_server.handle_file_changes([path_from_uri(change.uri) for change in params.changes])


def _add_request_features(language_server: Server) -> None:
    """Register the handlers of the requests: hover, completion and code actions."""

    @language_server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def _hover(params: lsp.HoverParams) -> lsp.Hover | None:
        return language_server.hover(params)

    @language_server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[" "]))
    def _complete(params: lsp.CompletionParams) -> lsp.CompletionList:
        return language_server.complete(params)

    kinds = [lsp.CodeActionKind.QuickFix, FIX_ALL]

    @language_server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=kinds))
    def _code_actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        return language_server.code_actions(params)
