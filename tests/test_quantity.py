"""How much quantities are, and that none stops a rule."""

from __future__ import annotations

import pytest

from hslint import ONE, amount_of, registry
from hslint.engine import lint
from hslint.source import Source

HUGE = "1" * 5000
POD = """
apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations: {{container.apparmor.security.beta.kubernetes.io/web: unconfined}}
spec:
  resources: {{limits: {{memory: {0}}}, requests: {{memory: {0}}}}}
  containers:
    - name: [web]
      image: nginx:1.29
      resources: {{limits: {{memory: {0}, hugepages-2Mi: {0}}}, requests: {{memory: {0}}}}}
      env: [{{name: A, valueFrom: {{resourceFieldRef: {{resource: limits.cpu, divisor: {0}}}}}}}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {{name: web}}
spec: {{accessModes: [ReadWriteOnce], resources: {{requests: {{storage: {0}}}}}}}
"""


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        *[("1", ONE), ("500m", ONE // 2), ("1Ki", 1024 * ONE), ("-1.5", -3 * ONE // 2)],
        *[("1e3", 1000 * ONE), ("1E", 10**18 * ONE), (".5", ONE // 2), ("Gi", 0), ("0.1n", 1)],
        *[("--5", None), ("1e+-5", None), ("1e999999", None), (HUGE, None), ("1GB", None)],
    ],
)
def test_how_much_a_quantity_is(text: str, amount: int | None) -> None:
    assert amount_of(text) == amount


@pytest.mark.parametrize("text", ['"--5"', '"1e+-5"', HUGE, f'"{HUGE}"', "[]"])
def test_rules_withstand_any_quantity(text: str) -> None:
    source = Source("all.yaml", POD.format(text).encode(), named=True)
    assert lint([source], registry.load()).faults == []
