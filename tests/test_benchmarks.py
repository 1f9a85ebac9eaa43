"""What benchmarks/ measures with is always the same and clean, and measuring works."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.change import IMAGE, PORT, Change
from benchmarks.generate import SHAPES, big, many, write
from benchmarks.tables import MODES
from hslint import registry
from hslint.engine import lint
from hslint.files import find

if TYPE_CHECKING:
    import re

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_is_generated_every_time_and_as_much_as_asked_for(shape: str) -> None:
    once = list(SHAPES[shape](300))
    assert len(once) == 300
    assert once == list(SHAPES[shape](300))


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_generated_is_clean(shape: str, tmp_path: Path) -> None:
    write(shape, 600, tmp_path)
    result = lint(find([str(tmp_path)]), registry.load())
    assert result.documents == 600
    assert [str(each) for each in result.findings if each.severity.name != "info"] == []


def test_files_differ_and_are_as_large_as_they_are_said_to_be() -> None:
    texts = [text for _, text in many(2000)]
    assert len(set(texts)) == 2000
    assert 800 < sum(map(len, texts)) / len(texts) < 920


def test_the_big_file_is_one_file() -> None:
    assert {path for path, _ in big(100)} == {"all.yaml"}


@pytest.mark.parametrize(("what", "at"), [(IMAGE, b"1'"), (PORT, b"80")])
def test_each_change_is_another_and_can_be_undone(
    tmp_path: Path, what: re.Pattern[bytes], at: bytes
) -> None:
    file = tmp_path / "pod.yaml"
    before = b"spec:\n  containers:\n    - image: {{ .image }}:1\n    - image: 'nginx:1'\n"
    before += b"      ports:\n        - containerPort: 80\n"
    file.write_bytes(before)
    change = Change([str(file)], what)
    seen = [before]
    for _ in range(25):
        change()
        seen.append(file.read_bytes())
        assert seen[-1] != seen[-2]
        assert seen[-1].startswith(before[: before.index(at)])
    change.undo()
    assert file.read_bytes() == before


def test_a_benchmark_needs_no_other_linter_and_leaves_the_users_tree_alone(tmp_path: Path) -> None:
    tree = tmp_path / "mine"
    write("many", 40, tree)
    before = {file: file.read_bytes() for file in tree.rglob("*.yaml")}
    chosen = ("--only", "small", "--only", "tree", "--tree", tree, "--rounds", "1")
    done = subprocess.run(
        (sys.executable, "-m", "benchmarks.run", *chosen),
        cwd=ROOT,
        env={**os.environ, "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.strip("| ").split(" | ") for line in done.stdout.splitlines() if "| " in line]
    times = rows[1:4]
    assert rows[0] == ["median, ms", "", *(f"hslint {mode}" for mode in MODES)]
    assert [row[0] for row in times[1:]] == ["small", "mine"]
    assert all(float(cell) > 0 for row in times[1:] for cell in row[2:])
    assert {file: file.read_bytes() for file in tree.rglob("*.yaml")} == before


def test_the_benchmark_of_the_language_server_tells_its_times() -> None:
    command = (sys.executable, "-m", "benchmarks.lsp", "--objects", "60", "--rounds", "2")
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    assert "| keystroke to findings of a file beside it | " in ran.stdout
