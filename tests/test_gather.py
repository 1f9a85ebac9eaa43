"""What runs in a cluster, as ``kubectl get all -o yaml`` gives it: what was made is not written."""

from __future__ import annotations

from hslint import registry
from hslint.engine import lint
from hslint.source import Source

RULES = registry.load()
POD = "{metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: x, ports: [%s]}]}}"
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, template: %s}
"""
REPLICA_SET = """\
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: web-6d4cf56db6
  namespace: shop
  ownerReferences:
    - {apiVersion: apps/v1, kind: Deployment, name: web, uid: a-b, controller: %s}
spec: {replicas: 0, selector: {matchLabels: {app: web}}, template: %s}
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}
"""
NOW = POD % "{name: http, containerPort: 80}"
BEFORE = POD % ""


def found(*objects: str) -> tuple[list[str], list[str]]:
    """The rules of errors and warnings, and why something is not checked."""
    result = lint([Source("all.yaml", "---\n".join(objects).encode(), named=True)], RULES)
    rules = [f.rule for f in result.findings if f.severity.name != "info"]
    return rules, [why for _, why in result.skipped]


def test_what_a_workload_made_is_left_out_beside_it() -> None:
    made = REPLICA_SET % ("true", BEFORE)

    assert found(DEPLOYMENT % NOW, made, SERVICE) == ([], ["made by another object that is here"])


def test_what_nothing_here_made_is_checked() -> None:
    assert found(REPLICA_SET % ("true", BEFORE), SERVICE) == (["target-port-not-found"], [])


def test_what_is_owned_and_not_controlled_is_checked() -> None:
    made = REPLICA_SET % ("false", BEFORE)

    assert "overlapping-workload-selectors" in found(DEPLOYMENT % NOW, made, SERVICE)[0]
