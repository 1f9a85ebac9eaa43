"""A server begins and ends as the protocol has it, and outlives what goes wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from lsprotocol import types as lsp

from tests.lsp.desk import SERVICE, WORKLOAD, Desk

START: dict[str, Any] = {"processId": None, "rootUri": None, "capabilities": {}}


def message(method: str, number: int | None = None, **params: Any) -> bytes:
    """A message as it is sent."""
    told: dict[str, Any] = {"jsonrpc": "2.0", "method": method}
    if params:
        told["params"] = params
    if number is not None:
        told["id"] = number
    body = json.dumps(told).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def serve(*messages: bytes) -> subprocess.CompletedProcess[bytes]:
    """Say all of it to a server, and hang up."""
    command = [sys.executable, "-m", "hslint", "lsp"]
    told = b"".join(messages)
    return subprocess.run(command, input=told, capture_output=True, timeout=60, check=False)


def test_a_session_that_is_shut_down_ends_well() -> None:
    start = message("initialize", 1, **START), message("initialized", x=1)
    ran = serve(*start, message("shutdown", 2), message("exit"))
    assert ran.returncode == 0, ran.stderr
    assert b'"name":"hslint"' in ran.stdout.replace(b" ", b"")
    assert ran.stderr == b""


@pytest.mark.parametrize("end", [message("exit"), b""])
def test_a_session_that_is_cut_short_does_not(end: bytes) -> None:
    ran = serve(message("initialize", 1, **START), end)
    assert ran.returncode == 1
    assert b"fault" not in ran.stderr


def test_an_editor_may_name_the_channel() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "hslint", "lsp", "--stdio"],
        input=message("exit"),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 1


def test_without_its_packages_the_server_says_how_to_get_them() -> None:
    hidden = "import sys; sys.modules['pygls'] = sys.modules['lsprotocol'] = None; "
    code = f"{hidden}sys.argv = ['hslint', 'lsp']; from hslint.__main__ import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 2
    assert "pip install 'hslint[lsp]'" in ran.stderr


def test_a_check_imports_nothing_of_the_server() -> None:
    code = (
        "import sys; from hslint.run import run; run(['examples']); "
        "print([m for m in sys.modules if m.startswith(('hslint.lsp', 'pygls', 'asyncio'))])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.stdout.splitlines()[-1] == "[]"


@pytest.mark.asyncio
async def test_nonsense_is_refused_and_forgotten(desk: Desk, missing: str) -> None:
    desk.write(workload=WORKLOAD, service=SERVICE)
    await desk.start()
    desk.change("workload", missing)  # it was never opened
    unopened = lsp.HoverParams(desk.id("nowhere"), lsp.Position(10**6, 10**6))
    assert await desk.client.text_document_hover_async(unopened) is None
    beyond = lsp.HoverParams(desk.id("workload"), lsp.Position(10**6, 10**6))
    assert await desk.client.text_document_hover_async(beyond) is None
    strange = lsp.CompletionParams(lsp.TextDocumentIdentifier("untitled:x y"), lsp.Position(0, 0))
    assert not await desk.client.text_document_completion_async(strange)
    desk.open("workload")
    desk.change("workload", missing)
    await desk.shows("workload", "governing-service-missing")


@pytest.mark.asyncio
async def test_a_text_without_a_file_is_checked(desk: Desk, missing: str) -> None:
    await desk.start()
    text = lsp.TextDocumentItem("untitled:Untitled-1", "yaml", 0, missing[:-60] + '"')
    desk.client.text_document_did_open(lsp.DidOpenTextDocumentParams(text))
    await desk.until(lambda: bool(desk.client.diagnostics.get("untitled:Untitled-1")))
