"""A headless Service in front of a StatefulSet: right it is clean, and each break is found once."""

from __future__ import annotations

import pytest

from hslint import registry
from hslint.contract import WARNING
from hslint.engine import lint
from hslint.source import Source

RULES = registry.load()

SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: db-service
  namespace: shop
spec:
  clusterIP: None
  selector:
    app: db
  ports:
    - name: db
      protocol: TCP
      port: 27017
      targetPort: db
"""
STATEFULSET = """\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
  namespace: shop
spec:
  serviceName: db-service
  replicas: 3
  selector:
    matchLabels:
      app: db
  template:
    metadata:
      labels:
        app: db
    spec:
      containers:
        - name: mongo
          image: mongo:8
          ports:
            - name: db
              containerPort: 27017
          volumeMounts:
            - name: data
              mountPath: /data/db
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 10Gi
"""
FILES = {"service.yaml": SERVICE, "statefulset.yaml": STATEFULSET}


def found(files: dict[str, str]) -> list[tuple[str, str, str]]:
    """(severity, rule, "file: line as written") of each error and warning of all rules."""
    result = lint([Source(name, text.encode(), named=True) for name, text in files.items()], RULES)
    assert result.faults == []
    return [
        (
            f.severity.name,
            f.rule,
            f"{f.span.file}: {files[f.span.file].splitlines()[f.span.line - 1].strip()}",
        )
        for f in result.findings
        if f.severity >= WARNING
    ]


def edited(changes: list[tuple[str, str]]) -> dict[str, str]:
    """The manifests with each *old* text, which must be in them, replaced by *new*."""
    files = dict(FILES)
    for old, new in changes:
        (name,) = [name for name, text in files.items() if old in text]
        files[name] = files[name].replace(old, new)
    return files


def test_right_manifests_are_clean() -> None:
    assert found(FILES) == []


def test_one_file_for_both_is_clean() -> None:
    assert found({"db.yaml": f"{SERVICE}---\n{STATEFULSET}"}) == []


def test_a_service_without_any_workload_is_clean() -> None:
    assert found({"service.yaml": SERVICE}) == []


BREAKS = {
    "serviceName misspelt": (
        [("serviceName: db-service", "serviceName: db-servcie")],
        ("warning", "governing-service-missing", "statefulset.yaml: serviceName: db-servcie"),
    ),
    "Service in another namespace": (
        [("  name: db-service\n  namespace: shop", "  name: db-service\n  namespace: prod")],
        (
            "warning",
            "governing-service-in-other-namespace",
            "statefulset.yaml: serviceName: db-service",
        ),
    ),
    "clusterIP is none": (
        [("clusterIP: None", "clusterIP: none")],
        ("error", "cluster-ip-invalid", "service.yaml: clusterIP: none"),
    ),
    "clusterIP left empty": (
        [("clusterIP: None", "clusterIP:")],
        ("warning", "cluster-ip-empty", "service.yaml: clusterIP:"),
    ),
    "no clusterIP line": (
        [("  clusterIP: None\n", "")],
        ("warning", "governing-service-not-headless", "statefulset.yaml: serviceName: db-service"),
    ),
    "selector misses the pods": (
        [("  selector:\n    app: db\n", "  selector:\n    app: database\n")],
        (
            "error",
            "governing-service-selects-other-pods",
            "statefulset.yaml: serviceName: db-service",
        ),
    ),
    "targetPort names no container port": (
        [("targetPort: db", "targetPort: mongodb")],
        ("error", "target-port-not-found", "service.yaml: targetPort: mongodb"),
    ),
    "targetPort has another protocol": (
        [("protocol: TCP", "protocol: UDP")],
        ("error", "target-port-other-protocol", "service.yaml: targetPort: db"),
    ),
    "NodePort and headless": (
        [("  clusterIP: None", "  type: NodePort\n  clusterIP: None")],
        ("error", "cluster-ip-type-conflict", "service.yaml: type: NodePort"),
    ),
    "port is not the targetPort": (
        [("port: 27017\n      targetPort: db", "port: 80\n      targetPort: 8080")],
        ("warning", "headless-port-mismatch", "service.yaml: port: 80"),
    ),
}


@pytest.mark.parametrize(("changes", "finding"), BREAKS.values(), ids=BREAKS)
def test_each_break_is_found_once(
    changes: list[tuple[str, str]], finding: tuple[str, str, str]
) -> None:
    assert found(edited(changes)) == [finding]


def test_the_other_ends_are_shown() -> None:
    """A selector that misses the pods is shown with the labels that the pods carry."""
    files = edited([("  selector:\n    app: db\n", "  selector:\n    app: database\n")])

    (finding,) = [
        f
        for f in lint([Source(n, t.encode(), named=True) for n, t in files.items()], RULES).findings
        if f.severity >= WARNING
    ]

    assert [(place.span.file, place.span.line) for place in finding.related] == [
        ("service.yaml", 9),
        ("statefulset.yaml", 15),
    ]


def test_a_namesake_in_another_namespace_does_not_stand_for_the_service_beside() -> None:
    """Neither has a namespace, and one command applies both; the other file is somebody else's."""
    own = [text.replace("  namespace: shop\n", "") for text in (SERVICE, STATEFULSET)]
    own[0] = own[0].replace("  clusterIP: None\n", "")

    assert found({"db/all.yaml": "---\n".join(own), "service.yaml": SERVICE}) == [
        ("warning", "governing-service-not-headless", "db/all.yaml: serviceName: db-service")
    ]
