"""What docs/ci.md and the GitHub Action promise."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import hslint
from hslint.commands.check import command as check

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs/ci.md").read_text()
SOURCES = os.path.dirname(os.path.dirname(hslint.__file__))
COMMANDS = re.findall(r"(?:^|[ /])hslint (-[^#\n|]*?) *(?:'|#.*)?$", GUIDE, re.MULTILINE)


def test_the_commands_of_the_guide_are_such_that_hslint_takes_them() -> None:
    assert len(COMMANDS) > 5
    for command in COMMANDS:
        with check.make_context("hslint", shlex.split(command)):
            pass


def test_the_yaml_of_the_guide_is_yaml() -> None:
    blocks = re.findall(r"```yaml\n(.+?)```", GUIDE, re.DOTALL)
    assert blocks
    for block in blocks:
        assert yaml.safe_load(block)


def run(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the step of action.yml that checks, with these inputs, or their defaults."""
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    step = action["runs"]["steps"][-1]
    assert "${{" not in step["run"]
    program = folder / "temp/hslint/bin/hslint"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hslint "$@"\n')
    program.chmod(0o755)
    given = {
        variable: inputs.get(name, action["inputs"][name]["default"])
        for variable, name in (
            (variable, expression.removeprefix("${{ inputs.").removesuffix(" }}"))
            for variable, expression in step["env"].items()
        )
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={
            **os.environ,
            **given,
            "RUNNER_TEMP": str(folder / "temp"),
            "PYTHONPATH": SOURCES,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with one mistake."""
    broken = ROOT / "examples/broken/lower-case-none.yaml"
    (tmp_path / "a.yaml").write_text(broken.read_text())
    return tmp_path


def test_the_action_checks_everything_and_annotates(folder: Path) -> None:
    result = run(folder)

    assert result.returncode == 1
    assert result.stdout.startswith("::error file=a.yaml,line=7,")
    assert "1 file, 2 objects: 1 error." in result.stderr


def test_the_inputs_of_the_action_are_paths_a_version_and_options(folder: Path) -> None:
    result = run(
        folder,
        paths="a.yaml",
        version="1.30",
        args="--fail-on never --format sarif=out.sarif",
    )

    assert (result.returncode, "::error" in result.stdout) == (0, True)
    assert (folder / "out.sarif").exists()


def test_the_inputs_of_the_action_are_not_run(folder: Path) -> None:
    result = run(folder, paths="$(touch,bad) `touch,bad` a*.yaml; ")

    assert result.returncode == 2
    assert "error: $(touch,bad): no such file or folder" in result.stderr
    assert not list(folder.glob("*bad*"))


def test_the_action_installs_its_own_checkout() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    install, _ = action["runs"]["steps"]

    assert install["env"] == {"SOURCE": "${{ github.action_path }}"}
    assert 'pip" install --quiet "$SOURCE"' in install["run"]
