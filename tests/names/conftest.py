"""Manifests as text in, a world out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hslint.commands.loading import gather_all
from hslint.contract import WARNING
from hslint.engine import Judge
from hslint.registry import Rules
from hslint.settings import Settings
from hslint.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from hslint.world import World

    Load = Callable[..., World]


@pytest.fixture(scope="session")
def load() -> Load:
    """Make a world of manifests, the way the commands do."""

    def world(text: str, settings: Settings | None = None, file: str = "all.yaml") -> World:
        settings = settings or Settings()
        source = Source(file, text.encode(), named=True)
        rules = Rules(())
        gathered = gather_all([source], settings, rules)
        return Judge(gathered, rules, settings, (), WARNING).world

    return world


@pytest.fixture(scope="session")
def cluster() -> str:
    """One of each kind of name."""
    return CLUSTER


CLUSTER = """
apiVersion: v1
kind: Service
metadata: {name: db, namespace: prod}
spec:
  clusterIP: None
  selector: {app: db}
  ports: [{name: pg, port: 5432, targetPort: postgres}, {name: nobody, port: 1, targetPort: none}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: prod}
spec:
  serviceName: db
  replicas: 2
  ordinals: {start: 5}
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers:
        - name: db
          image: postgres:18
          ports: [{name: postgres, containerPort: 6432}]
---
apiVersion: v1
kind: Service
metadata: {name: db-5, namespace: prod}
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector: {statefulset.kubernetes.io/pod-name: db-5}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: prod}
spec:
  clusterIP: 10.96.0.10
  clusterIPs: [10.96.0.10, "fd00::10"]
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: 8080}, {port: 81}]
---
apiVersion: v1
kind: Service
metadata: {name: web-each, namespace: prod}
spec: {clusterIP: None, selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: prod}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1.29"}]}
---
apiVersion: v1
kind: Service
metadata: {name: outside, namespace: prod}
spec: {type: ExternalName, externalName: db.example.com.}
---
apiVersion: v1
kind: Service
metadata: {name: other-name, namespace: shop}
spec: {type: ExternalName, externalName: web.prod.svc.cluster.local}
---
apiVersion: v1
kind: Service
metadata: {name: address, namespace: shop}
spec: {type: ExternalName, externalName: 192.0.2.7}
---
apiVersion: v1
kind: Service
metadata: {name: by-hand, namespace: prod}
spec: {clusterIP: None, ports: [{name: pg, port: 5432}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: by-hand-1
  namespace: prod
  labels: {kubernetes.io/service-name: by-hand}
addressType: IPv4
ports: [{name: pg, port: 5433}]
endpoints:
  - {addresses: [10.0.0.7], hostname: primary}
  - {addresses: [10.0.0.8]}
  - {addresses: [10.0.0.9], conditions: {ready: false}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: train, namespace: prod}
spec:
  completionMode: Indexed
  completions: 2
  template:
    metadata: {labels: {app: train}}
    spec:
      subdomain: train
      restartPolicy: Never
      containers: [{name: train, image: "train:1"}]
---
apiVersion: v1
kind: Service
metadata: {name: train, namespace: prod}
spec: {clusterIP: None, selector: {job-name: train}}
---
apiVersion: v1
kind: Pod
metadata: {name: lone, namespace: prod, labels: {app: lone}}
spec:
  hostname: first
  subdomain: lone
  containers: [{name: lone, image: "lone:1"}]
---
apiVersion: v1
kind: Service
metadata: {name: lone, namespace: prod}
spec: {clusterIP: None, selector: {app: lone}}
---
apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
metadata: {name: ring, namespace: prod}
spec:
  replicatedJobs:
    - name: workers
      replicas: 1
      template:
        spec:
          completions: 2
          template:
            spec: {containers: [{name: worker, image: "worker:1"}]}
---
apiVersion: leaderworkerset.x-k8s.io/v1
kind: LeaderWorkerSet
metadata: {name: serve, namespace: prod}
spec:
  replicas: 2
  networkConfig: {subdomainPolicy: UniquePerReplica}
  leaderWorkerTemplate:
    size: 2
    workerTemplate:
      spec: {containers: [{name: serve, image: "serve:1"}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: queue, namespace: prod}
spec:
  serviceName: queue
  selector: {matchLabels: {app: queue}}
  template:
    metadata: {labels: {app: queue}}
    spec: {containers: [{name: queue, image: "rabbitmq:4"}]}
---
apiVersion: v1
kind: Service
metadata: {name: queue, namespace: prod}
spec: {clusterIP: None, selector: {app: que}}
---
apiVersion: v1
kind: Service
metadata: {name: unplaced}
spec: {selector: {app: unplaced}, ports: [{port: 80}]}
"""
