"""A real editor: Neovim shows a finding, applies a code action and saves."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lsp.desk import SERVICE, WORKLOAD

SCRIPT = Path(__file__).with_name("neovim.lua")

pytestmark = pytest.mark.skipif(shutil.which("nvim") is None, reason="there is no nvim")


def edited(folder: Path, file: str, action: str) -> str:
    """What Neovim says, having chosen the action whose title begins so."""
    ran = subprocess.run(
        ["nvim", "--headless", "-u", "NONE", "-S", str(SCRIPT)],
        env={
            **os.environ,
            "HSLINT": f"{sys.executable} -m hslint lsp",
            "FOLDER": str(folder),
            "FILE": file,
            "ACTION": action,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "no diagnostics left" in ran.stdout, ran.stdout + ran.stderr
    return ran.stdout


@pytest.mark.parametrize(
    ("action", "line"),
    [
        ("Write", "serviceName: db-headless\n"),
        ("Ignore", "serviceName: db  # hslint: ignore[governing-service-missing]\n"),
    ],
)
def test_neovim_shows_a_finding_and_applies_a_quick_fix(
    tmp_path: Path, action: str, line: str
) -> None:
    (tmp_path / "service.yaml").write_text(SERVICE.replace("name: db\n", "name: db-headless\n", 1))
    workload = tmp_path / "workload.yaml"
    workload.write_text(WORKLOAD)
    said = edited(tmp_path, workload.name, action)
    assert "6:16 governing-service-missing: no Service `db` in the files given" in said
    assert "No Service `db` in the workspace. Is `db-headless` meant?" in said
    assert "action: Write `db-headless`" in said
    assert "action: Ignore governing-service-missing here" in said
    assert workload.read_text() == WORKLOAD.replace("serviceName: db\n", line)


def test_neovim_makes_all_safe_fixes(tmp_path: Path) -> None:
    file = tmp_path / "both.yaml"
    fine = f"{SERVICE}---\n{WORKLOAD}"
    broken = fine.replace("clusterIP: None", 'clusterIP: "none" # 😀')
    file.write_text(broken.replace("replicas: 3", 'replicas: "3"'))
    said = edited(tmp_path, file.name, "Make all")
    assert "action: Write `None`" in said or "action: Write `3`" in said
    assert file.read_text() == fine.replace("clusterIP: None", 'clusterIP: "None" # 😀')


def test_without_a_server_a_line_is_a_finding(tmp_path: Path) -> None:
    """Both patterns of docs/editors.md match what they say they do."""
    guide = (Path(__file__).parents[2] / "docs" / "editors.md").read_text()
    pattern, lua = (
        re.findall(start, guide, re.MULTILINE)[0]
        for start in (r"^\^.*error\|warning.*\$$", r'^ +"(\^.*\$)",$')
    )
    (tmp_path / ".hslint.yaml").touch()
    ran = subprocess.run(
        [sys.executable, "-m", "hslint", "--format", "concise", "--stdin-filename", "a.yaml", "-"],
        input=SERVICE.replace("None", "none"),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    (line,) = ran.stdout.splitlines()
    found = re.fullmatch(pattern, line)
    assert found is not None
    assert found.groups()[:5] == ("a.yaml", "6", "14", "error", "cluster-ip-invalid")
    script = tmp_path / "match.lua"
    script.write_text(f"print(table.concat({{([==[{line}]==]):match([==[{lua}]==])}}, '|'))")
    ran = subprocess.run(
        ["nvim", "--headless", "-u", "NONE", "-S", str(script), "-c", "qa"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stderr.split("|")[:5] == list(found.groups()[:5])
