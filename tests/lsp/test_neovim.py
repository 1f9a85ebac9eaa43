"""A real editor: Neovim shows a finding, applies its quick fix and saves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lsp.desk import SERVICE, WORKLOAD

SCRIPT = Path(__file__).with_name("neovim.lua")


@pytest.mark.skipif(shutil.which("nvim") is None, reason="there is no nvim")
def test_neovim_shows_a_finding_and_applies_its_quick_fix(tmp_path: Path) -> None:
    (tmp_path / "service.yaml").write_text(SERVICE.replace("name: db\n", "name: db-headless\n", 1))
    workload = tmp_path / "workload.yaml"
    workload.write_text(WORKLOAD)
    ran = subprocess.run(
        ["nvim", "--headless", "-u", "NONE", "-S", str(SCRIPT)],
        env={
            **os.environ,
            "HSLINT": f"{sys.executable} -m hslint lsp",
            "FOLDER": str(tmp_path),
            "FILE": workload.name,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = ran.stdout
    assert "6:16 governing-service-missing: no Service `db` in the files given" in said
    assert "No Service `db` in the workspace. Is `db-headless` meant?" in said
    assert "action: Ignore governing-service-missing here" in said
    assert "no diagnostics left" in said, ran.stderr
    comment = "serviceName: db # hslint: ignore[governing-service-missing]\n"
    assert workload.read_text() == WORKLOAD.replace("serviceName: db\n", comment)
