"""An editor that works on the files of a folder, with a server of its own."""

from __future__ import annotations

import asyncio
import sys
import time
from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  clusterIP: None
  selector:
    app: db
  ports:
    - name: pg
      port: 5432
      targetPort: pg
"""
WORKLOAD = """\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  replicas: 3
  selector:
    matchLabels:
      app: db
  template:
    metadata:
      labels:
        app: db
    spec:
      containers:
        - name: db
          image: postgres:18
          ports:
            - name: pg
              containerPort: 5432
"""
#: Longer than any check takes, even on a busy machine.
_PATIENCE = 20


class Desk:
    """An editor that works on the files of a folder, each told by its name in it."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self.version = 0
        self.texts: dict[str, str] = {}

    def write(self, **files: str) -> None:
        """Write files, ``name="text"`` for ``name.yaml``."""
        self.folder.mkdir(exist_ok=True)
        for name, text in files.items():
            path = self.folder / f"{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())

    async def start(
        self, *folders: Path, encodings: Sequence[lsp.PositionEncodingKind] = ()
    ) -> lsp.InitializeResult:
        """Open the folder, or others."""
        general = lsp.GeneralClientCapabilities(position_encodings=list(encodings) or None)
        return await self.client.initialize_session(
            lsp.InitializeParams(
                lsp.ClientCapabilities(general=general),
                workspace_folders=[
                    lsp.WorkspaceFolder(folder.as_uri(), folder.name)
                    for folder in folders or (self.folder,)
                ],
            )
        )

    def uri(self, name: str) -> str:
        """The address of a file."""
        path = self.folder / (name if "." in name else f"{name}.yaml")
        return path.as_uri()

    def id(self, name: str) -> lsp.TextDocumentIdentifier:
        """A file, as requests name it."""
        return lsp.TextDocumentIdentifier(self.uri(name))

    def open(self, name: str, text: str | None = None) -> None:
        """Show a file, or a text that is not on disk."""
        text = (self.folder / f"{name}.yaml").read_text("utf-8") if text is None else text
        self.texts[name] = text
        self.client.text_document_did_open(
            lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(self.uri(name), "yaml", 0, text))
        )

    def change(self, name: str, text: str) -> None:
        """Type."""
        self.version += 1
        self.texts[name] = text
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(self.version, self.uri(name)),
                [lsp.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    def save(self, name: str) -> None:
        """Write a file as it is shown."""
        self.write(**{name: self.texts[name]})
        self.client.text_document_did_save(lsp.DidSaveTextDocumentParams(self.id(name)))

    def close(self, name: str) -> None:
        """Show a file no more."""
        self.client.text_document_did_close(lsp.DidCloseTextDocumentParams(self.id(name)))

    def watch(self, kind: lsp.FileChangeType, *names: str) -> None:
        """Tell of changes on disk."""
        changes = [lsp.FileEvent(self.uri(name), kind) for name in names]
        self.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(changes))

    def diagnostics(self, name: str) -> Sequence[lsp.Diagnostic]:
        """What is shown of a file now."""
        return self.client.diagnostics.get(self.uri(name), [])

    def rules(self, name: str) -> list[object]:
        """The rules of what is shown, but for hints."""
        return [d.code for d in self.diagnostics(name) if d.severity != lsp.DiagnosticSeverity.Hint]

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something is shown."""
        end = time.monotonic() + _PATIENCE
        while not holds():
            assert time.monotonic() < end, self.client.diagnostics
            await asyncio.sleep(0.01)

    async def shows(self, name: str, *rules: str) -> None:
        """Wait until just these rules are shown of a file."""
        await self.until(lambda: self.rules(name) == list(rules))


def place(text: str, marked: str) -> lsp.Position:
    """The place of the ``|`` in *marked*, a part of *text*."""
    before, _, after = marked.partition("|")
    index = text.index(before + after) + len(before)
    line = text.count("\n", 0, index)
    return lsp.Position(line, index - text.rfind("\n", 0, index) - 1)


def edited(text: str, edits: Sequence[lsp.TextEdit]) -> str:
    """A text after some edits, counted as editors do: in UTF-16."""
    data = text.encode("utf-16-le")

    def index(place: lsp.Position) -> int:
        lines = text.split("\n")[: place.line]
        return len("".join(f"{e}\n" for e in lines).encode("utf-16-le")) + 2 * place.character

    for edit in sorted(edits, key=lambda e: index(e.range.start), reverse=True):
        start, end = index(edit.range.start), index(edit.range.end)
        data = data[:start] + edit.new_text.encode("utf-16-le") + data[end:]
    return data.decode("utf-16-le")


async def connect() -> LanguageClient:
    """A client with a server of its own."""
    config = ClientServerConfig(server_command=[sys.executable, "-m", "hslint", "lsp"])
    client = await config.start()
    assert isinstance(client, LanguageClient)
    return client
