"""Checks that fix what they find: ``--fix``, ``--unsafe-fixes`` and ``--diff``."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import hslint as package
from hslint.fixing import Fixes
from hslint.options import Options
from hslint.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Hslint = Callable[..., subprocess.CompletedProcess[str]]

SOURCES = os.path.dirname(os.path.dirname(package.__file__))
#: Two safe fixes, in one line each.
SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  clusterIP: none  # headless
  selector: {app: db}
  ports:
    - {name: db, port: 27017, protocol: tcp}
"""
#: An unsafe fix: the Service is called `db`.
WORKLOAD = """\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db-headless
  selector:
    matchLabels: {app: db}
  template:
    metadata:
      labels: {app: db}
    spec:
      containers:
        - name: db
          image: mongo:8
"""
SAFE = SERVICE.replace("none", "None").replace("tcp", "TCP")
UNSAFE = WORKLOAD.replace("db-headless", "db")


@pytest.fixture
def hslint(tmp_path: Path) -> Hslint:
    """Run hslint in a folder with ``service.yaml`` and ``workload.yaml``."""
    (tmp_path / "service.yaml").write_bytes(SERVICE.encode())
    (tmp_path / "workload.yaml").write_bytes(WORKLOAD.encode())

    def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "hslint", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": SOURCES},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def texts(folder: Path) -> tuple[str, str]:
    files = folder / "service.yaml", folder / "workload.yaml"
    service, workload = (file.read_bytes().decode() for file in files)
    return service, workload


def test_a_check_only_tells_what_can_be_fixed(hslint: Hslint, tmp_path: Path) -> None:
    result = hslint(".")

    assert "= fix: write `None`\n" in result.stdout
    assert "= fix: write `db` (unsafe)\n" in result.stdout
    assert result.stdout.endswith(
        "2 can be fixed with `--fix`, 1 more with `--fix --unsafe-fixes`.\n"
    )
    assert texts(tmp_path) == (SERVICE, WORKLOAD)


def test_fix_makes_the_safe_ones_and_reports_the_rest(hslint: Hslint, tmp_path: Path) -> None:
    result = hslint("--fix", ".")

    assert result.returncode == 1
    assert result.stdout.startswith("warning[governing-service-missing]: ")
    assert result.stdout.endswith(
        "2 files, 2 objects: 1 warning. Explain a rule with `hslint rule NAME`.\n"
        "Fixed 2 problems in 1 file.\n"
        "1 can be fixed with `--fix --unsafe-fixes`.\n"
    )
    assert texts(tmp_path) == (SAFE, WORKLOAD)


def test_unsafe_fixes_are_made_when_asked_for(hslint: Hslint, tmp_path: Path) -> None:
    result = hslint("--fix", "--unsafe-fixes", ".")

    assert (result.returncode, result.stdout) == (
        0,
        "2 files, 2 objects: no problems found.\nFixed 3 problems in 2 files.\n",
    )
    assert texts(tmp_path) == (SAFE, UNSAFE)


def test_fixing_twice_changes_nothing(hslint: Hslint, tmp_path: Path) -> None:
    hslint("--fix", "--unsafe-fixes", ".")
    written = (tmp_path / "service.yaml").stat().st_mtime_ns
    result = hslint("--fix", "--unsafe-fixes", ".")

    assert (result.returncode, result.stdout) == (0, "2 files, 2 objects: no problems found.\n")
    assert (tmp_path / "service.yaml").stat().st_mtime_ns == written


def test_a_diff_shows_what_would_be_written(hslint: Hslint, tmp_path: Path) -> None:
    result = hslint("--diff", ".")

    assert result.returncode == 1
    assert result.stdout == (
        "--- service.yaml\n+++ service.yaml\n@@ -3,7 +3,7 @@\n metadata:\n   name: db\n spec:\n"
        "-  clusterIP: none  # headless\n+  clusterIP: None  # headless\n"
        "   selector: {app: db}\n   ports:\n"
        "-    - {name: db, port: 27017, protocol: tcp}\n"
        "+    - {name: db, port: 27017, protocol: TCP}\n"
    )
    assert result.stderr == (
        "Would fix 2 problems in 1 file.\n1 can be fixed with `--fix --unsafe-fixes`.\n"
    )
    assert texts(tmp_path) == (SERVICE, WORKLOAD)


def test_a_diff_can_be_applied(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / "service.yaml").write_bytes(SERVICE.removesuffix("\n").encode())
    shown = hslint("--diff", "--unsafe-fixes", ".").stdout
    subprocess.run(["patch", "-p0"], cwd=tmp_path, input=shown, text=True, check=True)

    assert texts(tmp_path) == (SAFE.removesuffix("\n"), UNSAFE)


def test_a_diff_of_nothing_is_2_as_a_check_of_it_is(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / "empty.yaml").touch()
    shown, checked = hslint("--diff", "empty.yaml"), hslint("empty.yaml")

    assert (shown.returncode, shown.stdout) == (2, "")
    assert shown.stderr == checked.stderr


def test_a_diff_has_the_lines_that_patch_has(hslint: Hslint, tmp_path: Path) -> None:
    """They end at a line feed alone."""
    odd = SERVICE.replace("# headless", "# a\u2028# b")
    (tmp_path / "service.yaml").write_bytes(odd.encode())
    shown = hslint("--diff", "service.yaml").stdout
    subprocess.run(["patch", "-p0"], cwd=tmp_path, input=shown, text=True, check=True)

    assert texts(tmp_path)[0] == odd.replace("none", "None").replace("tcp", "TCP")


def test_a_diff_of_what_is_clean_is_empty_and_0(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / "service.yaml").write_text(SAFE)
    result = hslint("--diff", "service.yaml")

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_standard_input_is_shown_and_not_written(hslint: Hslint) -> None:
    assert "+  clusterIP: None" in hslint("--diff", "-", stdin=SERVICE).stdout
    result = hslint("--fix", "-", stdin=SERVICE)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "error: standard input cannot be written; see `--diff`\n"


def test_standard_input_in_place_of_a_file_is_not_written(hslint: Hslint, tmp_path: Path) -> None:
    result = hslint("--fix", "--stdin-filename=service.yaml", "-", stdin=SERVICE)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "error: standard input cannot be written; see `--diff`\n"
    assert texts(tmp_path) == (SERVICE, WORKLOAD)


def test_standard_input_is_there_after_the_first_fix(hslint: Hslint) -> None:
    """It can be read only once, and fixes are followed by another look."""
    result = hslint("--fix", "-", "service.yaml", stdin=UNSAFE)

    assert (result.returncode, result.stdout, result.stderr) == (
        0,
        "2 files, 2 objects: no problems found.\nFixed 2 problems in 1 file.\n",
        "",
    )


@pytest.mark.skipif(not os.path.exists("/dev/stdin"), reason="no such file")
def test_a_pipe_is_there_after_the_first_fix(hslint: Hslint) -> None:
    result = hslint("--diff", "--unsafe-fixes", "/dev/stdin", "service.yaml", stdin=WORKLOAD)

    assert "+  clusterIP: None" in result.stdout
    assert "+  serviceName: db\n" in result.stdout
    assert result.stderr == "Would fix 3 problems in 2 files.\n"


def test_unsafe_fixes_alone_are_no_command(hslint: Hslint) -> None:
    result = hslint("--unsafe-fixes", ".")
    assert result.returncode == 2
    assert "--unsafe-fixes goes with --fix or --diff" in result.stderr


def test_line_ends_and_the_byte_order_mark_stay(hslint: Hslint, tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + SERVICE.replace("\n", "\r\n").encode()
    (tmp_path / "service.yaml").write_bytes(data)
    hslint("--fix", "service.yaml")

    assert (tmp_path / "service.yaml").read_bytes() == data.replace(b"none", b"None").replace(
        b"tcp", b"TCP"
    )


def test_what_is_suppressed_is_not_fixed(hslint: Hslint, tmp_path: Path) -> None:
    kept = SERVICE.replace("# headless", "# hslint: ignore[cluster-ip-invalid]")
    (tmp_path / "service.yaml").write_text(kept)
    hslint("--fix", "service.yaml")

    assert texts(tmp_path)[0] == kept.replace("tcp", "TCP")


def test_only_the_chosen_rules_fix(hslint: Hslint, tmp_path: Path) -> None:
    hslint("--fix", "--select", "schema", ".")

    assert texts(tmp_path)[0] == SERVICE.replace("tcp", "TCP")


def test_a_fix_that_cannot_be_made_says_why(hslint: Hslint, tmp_path: Path) -> None:
    shared = SERVICE.replace("none", "*x").replace("spec", "  labels: {a: &x none}\nspec", 1)
    (tmp_path / "service.yaml").write_text(shared)
    result = hslint("--fix", "service.yaml")

    assert "= fix: none here, because an alias stands for it\n" in result.stdout
    assert texts(tmp_path)[0] == shared.replace("tcp", "TCP")


def test_a_file_that_is_no_text_is_left_alone_and_told(hslint: Hslint, tmp_path: Path) -> None:
    data = SERVICE.encode() + b"---\n# \xff\n"
    (tmp_path / "service.yaml").write_bytes(data)
    result = hslint("--fix", "service.yaml")

    assert "= fix: none here, because more in the file would change\n" in result.stdout
    assert "can be fixed" not in result.stdout
    assert (tmp_path / "service.yaml").read_bytes() == data


def test_a_fix_that_lays_bare_another_problem_is_followed_by_its_fix(
    hslint: Hslint, tmp_path: Path
) -> None:
    """With the field's right name comes a look at its value."""
    (tmp_path / "service.yaml").write_text(SAFE.replace("clusterIP: None", "clusterIp: none"))
    result = hslint("--fix", "service.yaml")

    assert result.returncode == 0
    assert texts(tmp_path)[0] == SAFE


FLIP = """\
from hslint import UNSAFE, WARNING, Fix, Manifest, Problem, rule


@rule(WARNING, "Service", fixes=(UNSAFE,))
def check(manifest: Manifest):
    name = manifest["metadata"]["name"]
    if name.string == "{before}":
        yield Problem(name, "turn it", fix=Fix.write(name, "{after}"))
"""


def test_fixes_that_undo_each_other_leave_the_file_alone(hslint: Hslint, tmp_path: Path) -> None:
    folder = tmp_path / "own" / "turns"
    folder.mkdir(parents=True)
    (folder / "on.py").write_text(FLIP.format(before="db", after="bd"))
    (folder / "off.py").write_text(FLIP.format(before="bd", after="db"))
    result = hslint("--rules=own", "--select=turns", "--fix", "--unsafe-fixes", "service.yaml")

    assert result.stdout.count("turn it") == 1
    assert "= fix: none here, because another fix would undo it\n" in result.stdout
    assert "Fixed" not in result.stdout
    assert texts(tmp_path) == (SERVICE, WORKLOAD)


def test_a_fix_may_be_in_another_file(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / "service.yaml").write_text(SAFE.replace("  clusterIP: None  # headless\n", ""))
    (tmp_path / "workload.yaml").write_text(UNSAFE)
    hslint("--fix", "--unsafe-fixes", ".")

    assert texts(tmp_path) == (SAFE.replace("  # headless", ""), UNSAFE)


def test_a_file_that_changed_meanwhile_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "service.yaml").write_text(SERVICE)
    monkeypatch.chdir(tmp_path)
    fixes = Fixes(["service.yaml"], Options(), unsafe=False)
    (tmp_path / "service.yaml").write_text("a: 1\n")

    with pytest.raises(SourceError):
        fixes.write()
    assert (tmp_path / "service.yaml").read_text() == "a: 1\n"


def test_a_recalled_result_can_be_fixed(hslint: Hslint, tmp_path: Path) -> None:
    first, second = hslint("."), hslint(".")
    hslint("--fix", "--unsafe-fixes", ".")

    assert first.stdout == second.stdout
    assert texts(tmp_path) == (SAFE, UNSAFE)


def test_names_that_a_kustomization_changes_are_not_written(hslint: Hslint, tmp_path: Path) -> None:
    """What is found by built names does not tell which to write in the files."""
    (tmp_path / "kustomization.yaml").write_text(
        "namePrefix: my-\nresources: [service.yaml, workload.yaml]\n"
    )
    hslint("--fix", "--unsafe-fixes", ".")

    assert texts(tmp_path) == (SAFE, WORKLOAD)
