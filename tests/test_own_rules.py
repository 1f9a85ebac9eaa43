"""Rules of one's own: loaded beside those of hslint, explained and tested like them."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import hslint as package

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = os.path.dirname(os.path.dirname(package.__file__))
RULE = '''\
from collections.abc import Iterator

from hslint import WARNING, Manifest, Problem, rule


@rule(WARNING, "Service")
def check(manifest: Manifest) -> Iterator[Problem]:
    """A Service has no label `team`.

    Nobody knows whom to call when it breaks. Write one.

    ```yaml bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web  # warning: has no label `team`
    spec:
      clusterIP: None
      selector:
        app: web
      ports:
        - port: 80
    ```

    ```yaml good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      labels:
        team: shop
    spec:
      type: ExternalName
      externalName: web.example.com
    ```
    """
    if "team" not in manifest.labels:
        title = f"{manifest.title} has no label `team`"
        yield Problem(manifest["metadata"]["name"], title, help="add the label")
'''
SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: ExternalName
  externalName: web.example.com
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a rule and a Service that breaks it."""
    (tmp_path / "own" / "team").mkdir(parents=True)
    (tmp_path / "own" / "team" / "no_owner.py").write_text(RULE)
    (tmp_path / "service.yaml").write_text(SERVICE)
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hslint", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": SOURCES},
        capture_output=True,
        text=True,
        check=False,
    )


def test_they_run_beside_the_others(folder: Path) -> None:
    options = ("--format", "concise", "--rules", "own")
    assert run(folder, "--format", "concise", "service.yaml").returncode == 0
    for _ in range(2):  # the second time it is remembered
        result = run(folder, *options, "service.yaml")
        assert result.returncode == 1
        assert result.stdout.startswith("service.yaml:4:9: warning[no-owner] Service `web` has no")
    assert run(folder, *options, "--ignore", "team", "service.yaml").returncode == 0
    assert run(folder, *options, "--select", "headless", "service.yaml").returncode == 0


def test_they_may_ask_for_anything_in_other_objects(folder: Path) -> None:
    check = (
        "def check(manifest: Manifest, world) -> Iterator[Problem]:\n"
        '    """An image has no tag."""\n'
        "    for pods in world.pods_of(manifest):\n"
        '        for node in (container["image"] for container in pods.containers):\n'
        '            yield Problem(node, f"is {node.string}")\n'
    )
    head, _, _ = RULE.partition("@rule")
    written = f'{head}@rule(WARNING, "Pod")\n{check}'
    (folder / "own" / "team" / "untagged.py").write_text(written)
    pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n"
    (folder / "pod.yaml").write_text(f"{pod}    - name: a\n      image: redis\n")

    assert "is redis" in run(folder, "--rules", "own", "pod.yaml").stdout


def test_one_that_exits_has_failed(folder: Path) -> None:
    file = folder / "own" / "team" / "no_owner.py"
    file.write_text(RULE.replace("    if ", "    raise SystemExit\n    if ", 1))
    checked = run(folder, "--rules", "own", "service.yaml")
    tested = run(folder, "rule", "--test", "own")

    assert (checked.returncode, tested.returncode) == (2, 1)
    assert checked.stderr.startswith("error: rule no-owner failed on ")
    assert "no-owner: rule no-owner failed on " in tested.stdout


def test_a_rule_that_has_changed_is_run_anew(folder: Path) -> None:
    file = folder / "own" / "team" / "no_owner.py"
    run(folder, "--rules", "own", "service.yaml")
    file.write_text(RULE.replace("has no label", "is without the label"))

    assert "is without the label `team`" in run(folder, "--rules", "own", "service.yaml").stdout


def test_a_config_may_speak_of_them_and_not_name_them(folder: Path) -> None:
    (folder / ".hslint.yaml").write_text("severity: {no-owner: info}\n")
    assert run(folder, "--rules", "own", "service.yaml").returncode == 0
    (folder / ".hslint.yaml").write_text("rules: [own]\n")
    assert "unknown key `rules`" in run(folder, "service.yaml").stderr


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("team/cluster_ip_empty.py", RULE, "own: another rule is named cluster-ip-empty"),
        ("other/no_owner.py", RULE, "own: two rules are named no-owner"),
        ("team/two.py", "", "own/team/two.py: a rule file holds one rule, this one holds 0"),
        ("team/two.py", "1 +", "own/team/two.py: it cannot be loaded: SyntaxError: "),
        ("team/two.py", "import sys; sys.exit()", "two.py: it cannot be loaded: SystemExit: "),
        ("team/two.py", "import nothing", "cannot be loaded: ModuleNotFoundError: No module named"),
    ],
)
def test_what_cannot_be_used_is_2_and_says_why(
    folder: Path, name: str, text: str, message: str
) -> None:
    file = folder / "own" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    for arguments in (["--rules", "own", "service.yaml"], ["rule", "--test", "own"]):
        result = run(folder, *arguments)
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr.startswith("error: own")
        assert message in result.stderr


def test_a_folder_without_rules_is_2(folder: Path) -> None:
    assert "none: no such folder" in run(folder, "--rules", "none", "service.yaml").stderr
    assert "own/team: no rule found" in run(folder, "--rules", "own/team", "service.yaml").stderr


def test_they_are_explained(folder: Path) -> None:
    page = run(folder, "rule", "--rules", "own", "no-owner")
    assert page.stdout.startswith(
        "# no-owner\n\nGroup `team`, severity `warning`.\n\nA Service has"
    )
    assert "- `no-owner` (warning): A Service has" in run(folder, "rule", "--rules", "own").stdout
    assert run(folder, "rule", "no-owner").returncode == 2


def test_their_examples_are_tested(folder: Path) -> None:
    result = run(folder, "rule", "--test", "own")
    assert (result.returncode, result.stdout) == (
        0,
        "1 rule: all are what their documentation says.\n",
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "# warning: has no label `team`",
            "# error: has no label `team`",
            [
                "example 1: example.yaml:4: warning without a mark: Service `web` has no label",
                "example 1: example.yaml:4: no error with the marked text: has no label `team`",
            ],
        ),
        (
            "  # warning: has no label `team`",
            "",
            ["example 1: example.yaml:4: warning without a mark: Service `web` has no label"],
        ),
        (
            '"team" not in',
            '"other" in',
            [
                "example 1: example.yaml:4: no warning with the marked text: has no label `team`",
                "example 1: a bad example without a finding",
            ],
        ),
        ("team: shop", "team: a b", ["example 2: example.yaml:6: invalid-label: "]),
        ("yaml good", "yaml", ["it has no `yaml good` example"]),
        ("A Service has no label `team`.", "Owners", ["its documentation does not begin with"]),
        ("yaml good", "yaml good 1x", ["an example has the unknown option '1x'"]),
        ("manifest.labels:", "manifest.lables:", ["no-owner failed"]),
    ],
)
def test_a_rule_that_is_not_what_it_says_is_1(
    folder: Path, old: str, new: str, said: list[str]
) -> None:
    (folder / "own" / "team" / "no_owner.py").write_text(RULE.replace(old, new, 1))
    result = run(folder, "rule", "--test", "own")
    *lines, last = result.stdout.splitlines()

    assert (result.returncode, last) == (1, "1 rule: see above.")
    assert len(lines) == len(said), lines
    for line, start in zip(lines, said, strict=True):
        assert line.startswith("no-owner: ")
        assert start in line
