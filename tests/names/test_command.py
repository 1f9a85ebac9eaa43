"""The command ``hslint dns`` as it is run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Hslint = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def hslint(tmp_path: Path, cluster: str) -> Hslint:
    """Run hslint in a folder that holds ``all.yaml``."""
    (tmp_path / "all.yaml").write_text(cluster)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "hslint", *arguments]
        environment = {"PYTHONPATH": str(ROOT)}
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    return run


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["all.yaml"], 0),
        (["all.yaml", "--resolve", "db", "--from", "prod"], 0),
        (["all.yaml", "--resolve", "db", "--from", "shop"], 1),
        (["all.yaml", "--resolve", "db.prod"], 0),
        (["gone.yaml"], 2),
        (["all.yaml", "--from", "prod"], 2),
        (["all.yaml", "--format", "zone", "--resolve", "db"], 2),
    ],
)
def test_the_status_tells_whether_a_name_resolves(
    hslint: Hslint, arguments: list[str], status: int
) -> None:
    assert hslint("dns", *arguments).returncode == status


def test_a_look_up_shows_what_was_tried_and_what_came_of_it(hslint: Hslint) -> None:
    shown = hslint("dns", ".", "--resolve", "db.prod", "--from", "shop").stdout
    assert shown.splitlines()[:3] == [
        "db.prod from a pod in namespace shop:",
        "  db.prod.shop.svc.cluster.local  no such name",
        "  db.prod.svc.cluster.local       found",
    ]
    told = json.loads(hslint("dns", ".", "--resolve", "db", "--format", "json").stdout)
    assert (told["version"], told["resolved"], told["from"]) == (1, False, None)


def test_a_file_that_is_called_as_a_command_is_given_with_its_folder(
    hslint: Hslint, tmp_path: Path
) -> None:
    (tmp_path / "all.yaml").rename(tmp_path / "dns")
    assert "1 file" in hslint("./dns").stdout
    assert hslint("dns", "./dns").returncode == 0


def test_a_check_imports_nothing_of_it() -> None:
    code = (
        "import sys; sys.argv = ['hslint', 'examples/good']\n"
        "from hslint.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([n for n in sys.modules if n.startswith('hslint.')])"
    )
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in (
        "cli",
        "names",
        "endpoints",
        "lookup",
        "graph",
        "commands",
        "listing",
        "drawing",
        "found",
        "captions",
    ):
        assert f"'hslint.{name}" not in ran.stdout


CONFIG = """\
namespace: prod
cluster-domain: example.test
paths: {exclude: [all.yaml]}
external:
  - {kind: Service, name: cache, namespace: data}
  - {kind: Service, name: postgres, namespace: data, ports: [{name: pg, port: 5432}]}
"""
PLAIN = """\
apiVersion: v1
kind: Service
metadata: {name: plain}
spec: {selector: {app: plain}, ports: [{port: 80}]}
"""


def test_a_config_counts_and_the_command_line_wins(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / ".hslint.yaml").write_text(CONFIG)
    (tmp_path / "plain.yaml").write_text(PLAIN)

    found = json.loads(hslint("dns", ".", "--format", "json").stdout)
    assert [name["name"] for name in found["names"]] == [
        "cache.data.svc.example.test",
        "postgres.data.svc.example.test",
        "_pg._tcp.postgres.data.svc.example.test",
        "plain.prod.svc.example.test",
    ]
    assert found["names"][0]["answers"][0]["note"] == "elsewhere, as .hslint.yaml says"
    assert "found" in hslint("dns", ".", "--resolve", "cache.data").stdout
    assert "from a pod in namespace prod" in hslint("dns", ".", "--resolve", "cache.data").stdout

    said = hslint("dns", ".", "--namespace", "shop", "--cluster-domain", "other.test").stdout
    assert "plain.shop.svc.other.test" in said
    without = hslint("dns", "plain.yaml", "--no-config").stdout
    assert "plain.<namespace>.svc.cluster.local" in without
    assert "cache" not in without


def test_a_config_that_cannot_be_used_is_told(hslint: Hslint, tmp_path: Path) -> None:
    (tmp_path / ".hslint.yaml").write_text("namespace: [1]\n")
    result = hslint("dns", ".")
    assert (result.returncode, result.stdout) == (2, "")
    assert ".hslint.yaml:1:" in result.stderr
