"""Time the language server: from a keystroke to what is shown of it, and from its start.

    python -m benchmarks.lsp                # in 2,000 manifests
    python -m benchmarks.lsp --objects 200

Prints a Markdown table. All times contain the pause in which the server waits for another key.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import statistics
import sys
import tempfile
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from benchmarks.generate import write
from hslint.lsp.server import PAUSE

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAME = re.compile(r"""^  serviceName: ["']?([\w-]+)""", re.MULTILINE)


class Typist:
    """Types in a file, and waits for what is shown of one."""

    def __init__(self) -> None:
        self.client = LanguageClient("benchmark", "1")
        self._waiting: asyncio.Future[None] | None = None
        self._file = ""
        self._version = 0
        self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(partial(self._shown))

    def _shown(self, told: lsp.PublishDiagnosticsParams) -> None:
        if self._waiting is not None and not self._waiting.done() and told.uri == self._file:
            self._waiting.set_result(None)

    def expect(self, file: Path) -> asyncio.Future[None]:
        """The moment in which something is next shown of a file."""
        self._file = file.as_uri()
        self._waiting = asyncio.get_running_loop().create_future()
        return self._waiting

    def change(self, file: Path, text: str) -> None:
        """Type."""
        self._version += 1
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(self._version, file.as_uri()),
                [lsp.TextDocumentContentChangeWholeDocument(text)],
            )
        )


async def measure(folder: Path, rounds: int) -> dict[str, Sequence[float]]:
    """The times in seconds, by what was waited for."""
    workload, service = pair(folder)
    text, other = workload.read_text(), service.read_text()
    name = _NAME.findall(text)[0]
    broken = text.replace(f"serviceName: {name}", "serviceName: nowhere")
    workload.write_text(broken)
    typist = Typist()
    client = typist.client
    start = perf_counter()
    await client.start_io(sys.executable, "-m", "hslint", "lsp")
    shown = typist.expect(workload)
    await client.initialize_async(
        lsp.InitializeParams(
            lsp.ClientCapabilities(),
            workspace_folders=[lsp.WorkspaceFolder(folder.as_uri(), "manifests")],
        )
    )
    client.initialized(lsp.InitializedParams())
    await shown
    times: dict[str, Sequence[float]] = {"start to first findings": [perf_counter() - start]}
    for file, written in ((workload, text), (service, other)):
        item = lsp.TextDocumentItem(file.as_uri(), "yaml", 0, written)
        client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
    await asyncio.sleep(2)
    typed, heard, hovered = [], [], []
    at = lsp.Position(text[: text.index("serviceName:")].count("\n"), len("  serviceName: x"))
    for turn in range(rounds):
        start = perf_counter()
        shown = typist.expect(workload)
        typist.change(workload, text.replace(f"Name: {name}", f"Name: {name}{'x' * turn}"))
        await shown
        typed.append(perf_counter() - start)
        start = perf_counter()
        await client.text_document_hover_async(
            lsp.HoverParams(lsp.TextDocumentIdentifier(workload.as_uri()), at)
        )
        hovered.append(perf_counter() - start)
    workload.write_text(text)
    client.text_document_did_close(
        lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(workload.as_uri()))
    )
    await asyncio.sleep(2)
    for turn in range(rounds):
        end = "" if turn % 2 else "-x"
        renamed = other.replace(f"name: {name}", f"name: {name}{end}", 1)
        start = perf_counter()
        shown = typist.expect(workload)
        typist.change(service, renamed)
        await shown
        heard.append(perf_counter() - start)
    times["keystroke to findings of the file"] = typed
    times["keystroke to findings of a file beside it"] = heard
    times["hover, while the rest is checked"] = hovered
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()  # type: ignore[no-untyped-call]
    return times


def pair(folder: Path) -> tuple[Path, Path]:
    """The files of a StatefulSet and of its Service."""
    for workload in sorted(folder.rglob("*.yaml")):
        for name in _NAME.findall(workload.read_text()):
            for service in sorted(workload.parent.glob("*.yaml")):
                written = service.read_text()
                if "kind: Service\n" in written and f"name: {name}\n" in written:
                    return workload, service
    message = f"{folder}: no StatefulSet with a Service"
    raise ValueError(message)


def main() -> None:
    """Measure, and print what came out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--objects", type=int, default=2000, help="how many manifests; 2000")
    parser.add_argument("--rounds", type=int, default=50, help="how many keystrokes; 50")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_CACHE_HOME"] = f"{place}/cache"
        folder = Path(place).resolve() / "manifests"
        write("many", options.objects, folder)
        times = asyncio.run(measure(folder, options.rounds))
    print(f"{options.objects:,} manifests; a pause of {PAUSE * 1000:.0f} ms is part of each\n")
    print("| ms | median | worst | of |")
    print("| --- | --- | --- | --- |")
    for what, taken in times.items():
        median, worst = (1000 * each for each in (statistics.median(taken), max(taken)))
        print(f"| {what} | {median:.0f} | {worst:.0f} | {len(taken)} |")


if __name__ == "__main__":
    main()
