"""Files that no linter was made for: each gets its line, and the others are still checked."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

import pytest

import hslint

if TYPE_CHECKING:
    from pathlib import Path

#: Where hslint is imported from, here and in the processes that are started.
SOURCES = os.path.dirname(os.path.dirname(hslint.__file__))
#: A StatefulSet whose Service is missing: the finding that must not get lost.
CHECKED = b"""\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
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
          image: mongo:8
"""
CONFIG = b"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n"
DEEP = 10_000
#: Enough for everything here on a slow machine; what explodes takes hours.
SECONDS = 60
MEGABYTES = 1000


class Run(NamedTuple):
    """What a run said, and what it took."""

    status: int
    output: str
    errors: str
    seconds: float
    megabytes: float


def run(*arguments: str, folder: Path) -> Run:
    """Run hslint in *folder* as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": SOURCES}
    started = time.monotonic()
    with (folder / "out.txt").open("wb") as out, (folder / "err.txt").open("wb") as err:
        command = [sys.executable, "-m", "hslint", *arguments]
        with subprocess.Popen(
            command, cwd=folder, env=environment, stdout=out, stderr=err
        ) as child:
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
    taken = time.monotonic() - started
    unit = 2**20 if sys.platform == "darwin" else 2**10
    output, errors = ((folder / name).read_text() for name in ("out.txt", "err.txt"))
    return Run(child.returncode, output, errors, taken, usage.ru_maxrss / unit)


def nested_aliases() -> bytes:
    """Nine aliases of nine aliases of ...: a few lines that stand for billions."""
    lines = [b"  a0: &a0 [x]\n"]
    lines += [
        b"  a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 30)
    ]
    return CONFIG + b"".join(lines)


BAD = {
    "aliases.yaml": (nested_aliases(), "aliases"),
    "alias_loop.yaml": (CONFIG + b"  a: &a [*a]\n", "contains itself"),
    "binary.yaml": (bytes(range(256)) * 400, "error[syntax-error]"),
    "deep_block.yaml": (
        CONFIG + b"".join(b" " * n + b"a:\n" for n in range(2, DEEP)),
        "nested more than",
    ),
    "deep_flow.yaml": (
        CONFIG + b"  a: " + b"[" * DEEP + b"]" * DEEP,
        "nested more than",
    ),
    "deep_items.yaml": (
        CONFIG + b"  a:\n    " + b"- " * DEEP + b"x\n",
        "nested more than",
    ),
    "deep.json": (
        b'{"apiVersion": "v1", "kind": "ConfigMap", "data": '
        + b'{"a":' * DEEP
        + b"1"
        + b"}" * (DEEP + 1),
        "nested more than",
    ),
    "latin_1.yaml": (CONFIG + b"  a: caf\xe9\n", "warning[unreadable-character]"),
    "no_text.yaml": (b"kind: \xff\xfe\xfd\n\x80: [\n", "error[syntax-error]"),
    "tab.yaml": (b"kind: Service\nmetadata:\n\tname: x\n", "error[syntax-error]"),
}
SKIPPED = {
    "empty.yaml": (b"", "empty"),
    "helm.yaml": (
        b"apiVersion: v1\nkind: Service\nmetadata:\n  {{- with .Values.labels }}\n  {{- end }}\n",
        "template",
    ),
    "values.yaml": (b"replicas: 3\n", "no Kubernetes object"),
    "no_text_at_all.yaml": (b"\x89PNG\r\n\x1a\n", "no Kubernetes object"),
}


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run over a folder with all of it at once, and one good file."""
    folder = tmp_path_factory.mktemp("bad")
    inside = folder / "in"
    inside.mkdir()
    for name, (data, _) in {**BAD, **SKIPPED}.items():
        (inside / name).write_bytes(data)
    (inside / "good.yaml").write_bytes(CHECKED)
    (inside / "loop").symlink_to(inside)
    (inside / "self.yaml").symlink_to(inside / "self.yaml")
    (inside / "gone.yaml").symlink_to(inside / "nowhere.yaml")
    return run("--format", "concise", "--level", "info", "in", folder=folder)


def test_the_run_ends_soon_and_small(bad: Run) -> None:
    assert bad.status == 1
    assert bad.seconds < SECONDS
    assert bad.megabytes < MEGABYTES


def test_nothing_of_it_is_a_fault_of_ours(bad: Run) -> None:
    assert "fault of hslint" not in bad.errors


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_has_a_line_that_says_why(bad: Run, name: str) -> None:
    lines = [line for line in bad.output.splitlines() if line.startswith(f"in/{name}:")]
    assert any(BAD[name][1] in line for line in lines), lines


@pytest.mark.parametrize("name", SKIPPED)
def test_what_is_left_out_is_said_with_the_reason(bad: Run, name: str) -> None:
    reason = SKIPPED[name][1]
    assert any(f"in/{name}" in line and reason in line for line in bad.errors.splitlines())


@pytest.mark.parametrize("name", ["self.yaml", "gone.yaml"])
def test_a_link_that_leads_nowhere_is_found(bad: Run, name: str) -> None:
    assert f"in/{name}:1:1: error[unreadable-file] this cannot be read: " in bad.output


@pytest.mark.skipif(os.name == "nt", reason="the system says it in other words")
def test_a_link_that_leads_nowhere_is_to_be_mended(tmp_path: Path) -> None:
    (tmp_path / "gone.yaml").symlink_to("nowhere")

    output = run("--format", "text", "gone.yaml", folder=tmp_path).output

    assert "mend the link, which leads nowhere, or remove it" in output
    assert "let the user" not in output


def test_the_good_file_is_still_checked(bad: Run) -> None:
    assert "in/good.yaml:6:16: info[governing-service-missing]" in bad.output


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_must_not_be_read_is_found(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_bytes(CHECKED)
    (tmp_path / "secret.yaml").write_bytes(CHECKED)
    (tmp_path / "secret.yaml").chmod(0)

    result = run("--format", "concise", "good.yaml", "secret.yaml", folder=tmp_path)

    assert result.status == 1
    assert "secret.yaml:1:1: error[unreadable-file]" in result.output


@pytest.mark.parametrize(
    "value", [b"      all work and no play\n" * 40_000, b"      " + b"x" * 1_000_000 + b"\n"]
)
def test_a_file_of_50_megabytes(tmp_path: Path, value: bytes) -> None:
    text = CONFIG + b"".join(b"  a%d: |\n%s" % (number, value) for number in range(51))
    assert len(text) > 50_000_000
    (tmp_path / "large.yaml").write_bytes(text + b"---\n" + CHECKED)

    result = run("--format", "concise", "--level", "info", "large.yaml", folder=tmp_path)

    assert "[governing-service-missing]" in result.output
    assert result.seconds < SECONDS
    assert result.megabytes < MEGABYTES
