"""Kubernetes' own code, asked over a pipe. Only recording and comparing need it, and Go with it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


_ENVIRONMENT = os.environ | {"GOFLAGS": "-mod=mod"}


def built(minor: int, folder: Path) -> Path:
    """The judge of Kubernetes 1.*minor*, built into *folder*: minutes the first time.

    A tag for each version up to this one tells Go which files are meant for it.
    """
    judge = folder / f"judge-1.{minor}"
    tags = ",".join(f"since{each}" for each in range(26, minor + 1))
    command = ["go", "build", "-p", "2", f"-modfile=1.{minor}.mod", f"-tags={tags}"]
    command += ["-o", str(judge), "."]
    subprocess.run(command, cwd=_HERE / "kube", check=True, env=_ENVIRONMENT)
    return judge


def built_coredns(folder: Path) -> Path:
    """The judge of DNS, built into *folder*."""
    judge = folder / "judge-coredns"
    command = ["go", "build", "-p", "2", "-o", str(judge), "."]
    subprocess.run(command, cwd=_HERE / "coredns", check=True, env=_ENVIRONMENT)
    return judge


def asked(judge: Path, mode: str, values: list[Any]) -> list[Any]:
    """What the judge says of each of *values*."""
    lines = "".join(json.dumps(value) + "\n" for value in values)
    told = subprocess.run(
        [str(judge), mode], input=lines, capture_output=True, check=True, text=True
    )
    return [json.loads(line) for line in told.stdout.splitlines()]
