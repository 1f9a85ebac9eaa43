"""What the README shows is what happens."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from hslint import registry
from hslint.commands.check import command as check

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
BROKEN = sorted((ROOT / "examples" / "broken").iterdir())


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run hslint as a user would."""
    command = (sys.executable, "-m", "hslint", *arguments)
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def options() -> str:
    """The table of options, from the options themselves."""
    rows = ["| Option | |", "| --- | --- |"]
    with click.Context(check) as context:
        for option in check.params:
            record = option.get_help_record(context)
            if record and isinstance(option, click.Option):
                name, meaning = (part.replace("|", r"\|") for part in record)
                rows.append(f"| `{name}` | {meaning.replace('  [', ' [')} |")
    return "\n".join(rows)


def test_the_options_are_all_there() -> None:
    assert options() in README


def test_the_sample_is_what_hslint_says() -> None:
    sample = README.partition("```console\n$ hslint ")[2].partition("```")[0]
    command, _, shown = sample.partition("\n")
    found = run(*command.split())
    assert found.stdout == shown
    assert found.returncode == 1


def test_the_rules_it_names_are_there() -> None:
    named = re.findall(r"ignore\[(.+?)\]|hslint/ignore: (.+)|hslint rule ([a-z][a-z-]+)", README)
    names = {
        name for found in named for name in ",".join(found).replace(" ", "").split(",") if name
    }
    assert names
    assert names <= registry.load().by_name.keys()


def test_the_good_examples_are_clean() -> None:
    found = run("--level", "info", "examples/good")
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_a_broken_example_has_one_thing_wrong(file: Path) -> None:
    found = run("--format", "concise", str(file))
    assert found.returncode == 1
    assert len(found.stdout.splitlines()) == 1, found.stdout
