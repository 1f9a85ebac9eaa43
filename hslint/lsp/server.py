"""The protocol: what an editor tells and asks, and what it is shown."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types as lsp
from pygls.exceptions import FeatureRequestError
from pygls.lsp.server import LanguageServer

from hslint.lsp.editor import FIX_ALL, Editor
from hslint.lsp.workspace import Workspace
from hslint.registry import load
from hslint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from hslint.lsp.scene import Found

T = TypeVar("T")

#: How long to wait for the next keystroke before checking, in seconds.
PAUSE = 0.05
_END = object()
_LOG = logging.getLogger(__name__)
_ALL_FILES = lsp.FileOperationRegistrationOptions(
    [lsp.FileOperationFilter(lsp.FileOperationPattern("**/*"), "file")]
)
_WATCHED = ("**/*.{yaml,yml,json}", "**/.hslint.yaml", "**/pyproject.toml")
_COMPLETION = lsp.CompletionOptions(trigger_characters=[" "])
_ACTIONS = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix, FIX_ALL])


class Server(LanguageServer):
    """Speaks the protocol.

    All work is done by one thread of its own, in the order it is asked for, so that messages are
    read meanwhile. A check is many short jobs: it ends where something changes, and what is asked
    during one waits for a step only.
    """

    def __init__(self) -> None:
        # Whole texts: what ends a line is for hslint to say.
        super().__init__("hslint", __version__, lsp.TextDocumentSyncKind.Full)
        self._worker = ThreadPoolExecutor(1, "hslint")
        self._editor = Editor(Workspace(load()))
        self._checking: asyncio.Task[None] | None = None
        #: What was shown of each file.
        self._shown: dict[str, list[Any]] = {}
        self._told: set[str] = set()
        self.is_shut_down = False
        self._register()

    def _register(self) -> None:
        """Say which messages are understood."""
        editor = self._editor
        handlers: tuple[tuple[str, Callable[[Any], Any], Any], ...] = (
            (lsp.INITIALIZED, self._initialized, None),
            (lsp.SHUTDOWN, self._shut_down, None),
            (lsp.TEXT_DOCUMENT_DID_OPEN, self._opened, None),
            (lsp.TEXT_DOCUMENT_DID_CHANGE, self._changed, None),
            (lsp.TEXT_DOCUMENT_DID_SAVE, self._saved, None),
            (lsp.TEXT_DOCUMENT_DID_CLOSE, self._closed, None),
            (lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, self._watched, None),
            (lsp.WORKSPACE_DID_CREATE_FILES, self._files_changed, _ALL_FILES),
            (lsp.WORKSPACE_DID_DELETE_FILES, self._files_changed, _ALL_FILES),
            (lsp.WORKSPACE_DID_RENAME_FILES, self._renamed, _ALL_FILES),
            (lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, self._folders_changed, None),
            (lsp.TEXT_DOCUMENT_HOVER, self._answering(editor.hover), None),
            (lsp.TEXT_DOCUMENT_DEFINITION, self._answering(editor.definition), None),
            (lsp.TEXT_DOCUMENT_REFERENCES, self._answering(editor.references), None),
            (lsp.TEXT_DOCUMENT_COMPLETION, self._answering(editor.complete), _COMPLETION),
            (lsp.TEXT_DOCUMENT_CODE_ACTION, self._answering(editor.fixes), _ACTIONS),
        )
        for method, handler, options in handlers:
            self.feature(method, options)(partial(handler))

    def close(self) -> None:
        """Let the thread end."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    # -- work

    async def _work(self, job: Callable[..., T], *given: Any) -> T:
        """The result of a *job*, done when its turn comes."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, job, *given)

    def _answering(self, question: Callable[[Any], T]) -> Callable[[Any], Awaitable[T]]:
        """What answers a *question* about a place."""

        async def answer(asked: Any) -> T:
            return await self._work(question, asked)

        return answer

    def _take(self, change: Callable[..., object], *given: Any, pause: float = 0) -> None:
        """Have a *change* made, and check after a *pause*."""
        if self._checking is not None:
            self._checking.cancel()
        self._worker.submit(self._guarded, change, *given)
        self._checking = asyncio.get_running_loop().create_task(self._check(pause))

    def _guarded(self, change: Callable[..., object], *given: Any) -> None:
        try:
            change(*given)
        except Exception:  # noqa: BLE001  the next change may be for the better
            _LOG.exception("a fault of hslint's own")

    async def _check(self, pause: float) -> None:
        try:
            await asyncio.sleep(pause)
            steps = await self._work(self._editor.check)
            found: Any = {}
            while (step := await self._work(next, steps, _END)) is not _END:
                if step is not None:
                    found = step
                    await self._show(found)
            lost = (self._shown.keys() | self._editor.edited) - found.keys()
            await self._show({name: [] for name in lost})
            self._tell_faults()
            await self._work(gc.collect)
        except Exception as error:  # noqa: BLE001  likewise
            _LOG.exception("a fault of hslint's own")
            self.log(repr(error))

    async def _show(self, found: Found) -> None:
        """Show what is found in some files, where it is not what the editor has.

        Of a file that was changed all is shown again, since editors move what they show.
        """
        for name, findings in found.items():
            plain = [finding.plain() for finding in findings]
            if plain != self._shown.get(name, []) or name in self._editor.edited:
                shown = await self._work(self._editor.diagnostics, name, findings)
                self.text_document_publish_diagnostics(shown)
                self._editor.edited.discard(name)
                self._shown[name] = plain

    def _tell_faults(self) -> None:
        """Tell once of each rule that failed."""
        for fault in self._editor.faults():
            if fault not in self._told:
                self._told.add(fault)
                self.log(fault)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log what a message went wrong with; the answer to a request says it already."""
        if source is not FeatureRequestError:
            self.log(repr(error))

    def log(self, message: str) -> None:
        """Have the editor write a fault into its log."""
        told = f"{message}; this is a fault of hslint's own"
        self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, told))

    # -- what the editor tells

    def _initialized(self, _: lsp.InitializedParams) -> None:
        self._editor.encoding = str(self.workspace.position_encoding or "utf-16")
        folders = [folder.uri for folder in self.workspace.folders.values()]
        root = self.workspace.root_uri
        self._take(self._editor.folders, folders or ([root] if root else []), [])
        self._watch()

    def _watch(self) -> None:
        """Ask the editor to tell of changes on disk, if it can be asked."""
        workspace = self.client_capabilities.workspace
        watched = workspace.did_change_watched_files if workspace else None
        if watched is not None and watched.dynamic_registration:
            watchers = [lsp.FileSystemWatcher(glob) for glob in _WATCHED]
            options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
            method = lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES
            asked = lsp.Registration("hslint-files", method, options)
            self.client_register_capability(lsp.RegistrationParams([asked]))

    def _shut_down(self, _: None) -> None:
        self.is_shut_down = True
        if self._checking is not None:
            self._checking.cancel()

    def _opened(self, told: lsp.DidOpenTextDocumentParams) -> None:
        self._take(self._editor.edit, told.text_document.uri, told.text_document.text)

    def _changed(self, told: lsp.DidChangeTextDocumentParams) -> None:
        uri = told.text_document.uri
        text = self.workspace.get_text_document(uri).source
        self._take(self._editor.edit, uri, text, pause=PAUSE)

    def _saved(self, told: lsp.DidSaveTextDocumentParams) -> None:
        self._written([told.text_document.uri])

    def _closed(self, told: lsp.DidCloseTextDocumentParams) -> None:
        self._take(self._editor.close, told.text_document.uri)

    def _watched(self, told: lsp.DidChangeWatchedFilesParams) -> None:
        self._written([change.uri for change in told.changes])

    def _files_changed(self, told: lsp.CreateFilesParams | lsp.DeleteFilesParams) -> None:
        self._written([file.uri for file in told.files])

    def _renamed(self, told: lsp.RenameFilesParams) -> None:
        self._written([uri for file in told.files for uri in (file.old_uri, file.new_uri)])

    def _written(self, uris: Iterable[str]) -> None:
        self._take(self._editor.written, uris, pause=PAUSE)

    def _folders_changed(self, told: lsp.DidChangeWorkspaceFoldersParams) -> None:
        added = [folder.uri for folder in told.event.added]
        self._take(self._editor.folders, added, [folder.uri for folder in told.event.removed])


def serve() -> int:
    """Speak the protocol on standard input and output; return the exit status."""
    gc.disable()  # looking for what is left over waits until a check is done
    gc.freeze()
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else is printed is no message
    server = Server()
    try:
        server.start_io(sys.stdin.buffer, out)
    finally:
        server.close()
    return 0 if server.is_shut_down else 1
