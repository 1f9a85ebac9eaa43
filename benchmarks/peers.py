"""Other linters: how to call them. Each is timed if it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.limits import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True)
class Peer:
    """A linter: its name, what makes it tell its version, and its arguments for a path."""

    name: str
    version: tuple[str, ...]
    arguments: Callable[[Path], list[str]]


def peers(schemas: Path) -> list[Peer]:
    """All peers that are known; *schemas* is a folder with what benchmarks/schemas.py writes."""
    location = f"{schemas}/{{{{ .ResourceKind }}}}{{{{ .KindSuffix }}}}.json"
    strict = ["-strict", "-n", "2", "-ignore-missing-schemas", "-schema-location", location]
    offline = ["--framework", "kubernetes", "--quiet", "--compact", "--skip-download"]
    return [
        Peer("kubeconform", ("-v",), lambda path: [*strict, str(path)]),
        Peer("kube-linter", ("version",), lambda path: ["lint", str(path)]),
        Peer("kube-score", ("version",), lambda path: ["score", *manifests(path)]),
        Peer(
            "checkov",
            ("--version",),
            lambda path: [*offline, "-d" if path.is_dir() else "-f", str(path)],
        ),
    ]


def manifests(path: Path) -> Iterator[str]:
    """The files to check, one by one: there may be many, and this process is to stay small."""
    if path.is_file():
        yield str(path)
    for folder, _, files in os.walk(path):
        yield from (f"{folder}/{name}" for name in sorted(files) if name.endswith(SUFFIXES))


def told(program: str, peer: Peer) -> str:
    """The peer's name and version, as it tells them."""
    done = subprocess.run((program, *peer.version), capture_output=True, text=True, check=False)
    return f"{peer.name} {done.stdout.strip().removeprefix(f'{peer.name} version: ').split(',')[0]}"


def write_schemas(folder: Path) -> None:
    """Have the schemas written by another process, so that this one stays small."""
    script = Path(__file__).with_name("schemas.py")
    subprocess.run((sys.executable, script, folder), check=True)
