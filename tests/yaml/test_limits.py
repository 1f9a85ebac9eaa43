"""Nothing a file says makes reading it dangerous."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from hslint.yaml.event import DEEPEST
from hslint.yaml.fault import YamlFault
from hslint.yaml.load import load
from hslint.yaml.marks import marks
from hslint.yaml.split import split
from tests.yaml.kubectl import HEAD, REFUSED, hslint_reads, kubectl_reads


def kind(text: bytes) -> str:
    [chunk] = split(text)
    found = set()
    for read in (load, marks):
        try:
            read(chunk.text)
            found.add("")
        except YamlFault as fault:
            found.add(fault.kind)
    return found.pop() if len(found) == 1 else f"load and marks differ: {found}"


@pytest.mark.parametrize("depth", [DEEPEST + 1, 1_000, 20_000, 1_000_000])
def test_depth(depth: int) -> None:
    assert kind(b"[" * depth + b"]" * depth) == "depth"
    assert kind(b"- " * depth + b"x") == "depth"
    assert kind(b'{"a":' * depth + b"1" + b"}" * depth) == "depth"


def test_depth_that_is_fine() -> None:
    assert kind(b"[" * DEEPEST + b"]" * DEEPEST) == ""
    assert kind(b"- " * DEEPEST + b"x") == ""
    assert kind(b'{"a":' * DEEPEST + b"1" + b"}" * DEEPEST) == ""


def test_depth_through_aliases() -> None:
    links = [f"x{number}: &x{number} {{a: *x{number - 1}}}" for number in range(1, DEEPEST + 1)]
    assert kind("\n".join(["x0: &x0 {}", *links]).encode()) == "depth"


def test_alias_bomb() -> None:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    assert kind("\n".join(lines).encode()) == "bomb"


def test_where_aliases_become_a_bomb_is_where_kubectl_says() -> None:
    rng = random.Random(0)
    files = []
    for _ in range(150):
        width, times = rng.randint(90, 140), rng.randint(5, 40)
        text = f"a: &a [{', '.join(['x'] * width)}]\nb: &b [{', '.join(['*a'] * times)}]\n"
        text += "".join(f"c{number}: *b\n" for number in range(rng.randint(0, 4)))
        text += "".join(
            f"d{number}: {{<<: [{{e: 1}}], f: *a}}\n" for number in range(rng.randint(0, 9))
        )
        text += "".join(f"g{number}: 1\n" for number in range(rng.randint(0, 60)))
        files.append(HEAD + text.encode())
    theirs = [answer == REFUSED for answer in kubectl_reads(files)]
    assert [hslint_reads(data) == REFUSED for data in files] == theirs
    assert {True, False} == set(theirs)


def test_a_large_file_takes_little_memory() -> None:
    """50 MB of documents, read one after the other, where 300 MB is all there is."""
    pytest.importorskip("resource", reason="only Unix can limit it")
    script = """
import resource
from hslint.yaml.split import split
from hslint.yaml.load import load
resource.setrlimit(resource.RLIMIT_AS, (300_000_000, 300_000_000))
text = b"kind: A\\nmetadata: {name: b}\\ndata:\\n  c: |\\n" + b"    line\\n" * 1000 + b"---\\n"
chunks = split(text * (50_000_000 // len(text)))
print(len(chunks), sum(load(chunk.text)[0]["kind"] == "A" for chunk in chunks))
"""
    command = [sys.executable, "-c", script]
    result = subprocess.run(command, capture_output=True, check=True, text=True)
    count, loaded = map(int, result.stdout.split())
    assert count == loaded > 5000
