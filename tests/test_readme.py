"""The README's table of options, and the examples that it leads to."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs import make_options
from hslint.commands.check import command as check

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
BROKEN = sorted((ROOT / "examples" / "broken").iterdir())


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run hslint as a user would."""
    command = (sys.executable, "-m", "hslint", *arguments)
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_options_are_all_there() -> None:
    assert make_options.table(check) in README


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_links_lead_somewhere(page: str) -> None:
    """Those between the pages of the site are looked at when it is built."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / page).read_text())
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_good_examples_are_clean() -> None:
    found = run("--level", "info", "examples/good")
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_a_broken_example_has_one_thing_wrong(file: Path) -> None:
    found = run("--format", "concise", str(file))
    assert found.returncode == 1
    assert len(found.stdout.splitlines()) == 1, found.stdout
