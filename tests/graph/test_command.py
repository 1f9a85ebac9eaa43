"""The command ``hslint graph`` as it is run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def hslint(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run hslint at the root of the project."""
    command = [sys.executable, "-m", "hslint", "graph", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_it_draws_mermaid_unless_told_otherwise() -> None:
    assert hslint("examples").stdout.startswith("flowchart LR\n")
    assert hslint("--format", "svg", "examples").stdout.startswith("<svg ")
    assert hslint("--format", "html", "examples").stdout.startswith("<!DOCTYPE html>")


def test_what_is_broken_is_no_failure_and_what_cannot_be_read_is() -> None:
    assert hslint("examples/broken").returncode == 0
    assert hslint("gone").returncode == 2
    assert hslint("LICENSE").returncode == 2
