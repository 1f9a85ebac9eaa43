"""What the pages about commands show is what the commands write."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLES = [
    (page.name, command, shown)
    for page in (ROOT / "docs/dns.md", ROOT / "docs/graph.md", ROOT / "README.md")
    for command, shown in re.findall(
        r"```console\n\$ hslint ((?:dns|graph) .*)\n((?:.*\n)*?)```", page.read_text()
    )
]


@pytest.mark.parametrize(("page", "command", "shown"), SAMPLES)
def test_a_sample_is_what_is_written(page: str, command: str, shown: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "hslint", *command.split()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout == shown, page


def test_there_are_samples_on_each_page() -> None:
    assert {page for page, _, _ in SAMPLES} == {"dns.md", "graph.md", "README.md"}
