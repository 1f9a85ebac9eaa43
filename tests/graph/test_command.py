"""The command ``hslint graph`` as it is run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def hslint(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run hslint, at the root of the project unless told otherwise."""
    command = [sys.executable, "-m", "hslint", "graph", *arguments]
    environment = {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_it_draws_mermaid_unless_told_otherwise() -> None:
    assert hslint("examples").stdout.startswith("flowchart LR\n")
    assert hslint("--format", "svg", "examples").stdout.startswith("<svg ")
    assert hslint("--format", "html", "examples").stdout.startswith("<!DOCTYPE html>")


def test_what_is_broken_is_no_failure_and_what_cannot_be_read_is() -> None:
    assert hslint("examples/broken").returncode == 0
    assert hslint("gone").returncode == 2
    assert hslint("LICENSE").returncode == 2


def test_a_config_counts(tmp_path: Path) -> None:
    (tmp_path / "route.yaml").write_text("""\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
---
apiVersion: v1
kind: Service
metadata: {name: back}
spec: {clusterIP: none, ports: [{port: 80}]}
""")
    (tmp_path / ".hslint.yaml").write_text("""\
namespace: shop
ignore: [{rules: [cluster-ip-invalid], reason: a test}]
external:
  - {kind: Service, name: web, namespace: other}
""")
    drawn = hslint("route.yaml", folder=tmp_path).stdout
    assert 'subgraph ns0["namespace other"]' in drawn
    assert "Service web<br>elsewhere" in drawn
    assert 'subgraph ns1["namespace shop"]' in drawn
    assert "broken" not in drawn
    without = hslint("--no-config", "--namespace", "mine", "route.yaml", folder=tmp_path).stdout
    assert 'subgraph ns0["namespace mine"]' in without
    assert "elsewhere" not in without
    assert "broken" in without
