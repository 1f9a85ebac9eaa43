"""Manifests as text in, a graph out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hslint import registry
from hslint.commands.loading import gather_all
from hslint.contract import WARNING
from hslint.engine import Judge
from hslint.graph import Graph, graph_of
from hslint.settings import Settings
from hslint.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    Draw = Callable[[str], Graph]


@pytest.fixture(scope="session")
def draw() -> Draw:
    """Make the graph of manifests, the way the command does."""
    rules, settings = registry.load(), Settings()

    def graph(text: str) -> Graph:
        source = Source("all.yaml", text.encode(), named=True)
        gathered = gather_all([source], settings, rules)
        judged = Judge(gathered, rules, settings, (), WARNING)
        result = judged.judge_all()
        return graph_of(judged.world, result.findings)

    return graph


@pytest.fixture(scope="session")
def shop() -> str:
    """One of each kind of reference, all of them right."""
    return SHOP


SHOP = """
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front, namespace: shop}
spec:
  defaultBackend: {service: {name: web, port: {name: http}}}
  rules: [{host: shop.example.com}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: web}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports: [{name: web, containerPort: 8080}]
          env: [{name: DB, value: "postgres://db-0.db:5432/shop"}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 3}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web, namespace: shop}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, endpoints: [{port: http}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {url: "http://web.shop.svc/"}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {clusterIP: None, selector: {app: db}, ports: [{name: pg, port: 5432}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  serviceName: db
  replicas: 2
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers: [{name: db, image: "postgres:18", ports: [{name: pg, containerPort: 5432}]}]
"""
