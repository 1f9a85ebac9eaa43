"""Versions whose code was not asked (1.25 to 1.28) take and reject what their changes say.

The changes are those of the release notes, feature gates and validation code of each version, read
and not run: `pkg/apis/*/validation`, `pkg/features/kube_features.go` and the published schemas of
1.25 to 1.29. From 1.29 on Kubernetes' own code is the judge; the same rows must hold there, too.
"""

from __future__ import annotations

from typing import Any

import pytest

from hslint.contract import INFO
from hslint.schema.table import NEWEST, OLDEST
from tests.judge import agreement

#: What becomes of a field: the API server rejects the object; it takes it, but hslint has something
#: to say; or all is well.
REJECTED, TAKEN_BUT, TAKEN = "rejected", "taken, but", "taken"

_LABELS = {"app": "db"}
_CONTAINER = {"name": "db", "image": "postgres:18"}
_TEMPLATE = {"metadata": {"labels": _LABELS}, "spec": {"containers": [_CONTAINER]}}
_NO_LABEL = {"matchExpressions": [{"key": "app", "operator": "In", "values": ["a b"]}]}


def _pod(**spec: Any) -> dict[str, Any]:
    spec = {"containers": [_CONTAINER]} | spec
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "db"}, "spec": spec}


def _container(**fields: Any) -> dict[str, Any]:
    return _pod(containers=[_CONTAINER | fields])


def _set(name: str = "db", **spec: Any) -> dict[str, Any]:
    spec = {"serviceName": "db", "selector": {"matchLabels": _LABELS}, "template": _TEMPLATE} | spec
    return {
        "apiVersion": "apps/v1",
        "kind": "StatefulSet",
        "metadata": {"name": name},
        "spec": spec,
    }


def _job(**spec: Any) -> dict[str, Any]:
    spec["template"] = {"spec": {"restartPolicy": "Never", "containers": [_CONTAINER]}}
    return {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "db"}, "spec": spec}


def _service(name: str = "db", annotations: Any = None, **spec: Any) -> dict[str, Any]:
    metadata = {"name": name, "annotations": annotations or {}}
    spec = {"ports": [{"port": 80}]} | spec
    return {"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": spec}


def _policy(kind: str, api_version: str, **spec: Any) -> dict[str, Any]:
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": "db"}, "spec": spec}


_SCALER = {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "db"}}
_ZONES = {
    "service.kubernetes.io/topology-aware-hints": "auto",
    "service.kubernetes.io/topology-mode": "disabled",
}
#: An object, the field in question, and what becomes of it from which minor on.
CHANGES: list[tuple[dict[str, Any], str, dict[int, str]]] = [
    (
        _pod(dnsConfig={"searches": [f"{n}.x" for n in range(7)]}),
        "spec.dnsConfig",
        {25: REJECTED, 26: TAKEN},
    ),
    (_set(ordinals={"start": 1}), "spec.ordinals", {25: REJECTED, 26: TAKEN_BUT, 27: TAKEN}),
    (
        _policy(
            "PodDisruptionBudget",
            "policy/v1",
            selector={},
            minAvailable=1,
            unhealthyPodEvictionPolicy="AlwaysAllow",
        ),
        "spec.unhealthyPodEvictionPolicy",
        {25: REJECTED, 26: TAKEN},
    ),
    (
        _policy("NetworkPolicy", "networking.k8s.io/v1", podSelector=_NO_LABEL),
        "spec.podSelector",
        {25: TAKEN, 26: REJECTED},
    ),
    (
        _policy("HorizontalPodAutoscaler", "autoscaling/v2beta2", maxReplicas=3, **_SCALER),
        "apiVersion",
        {25: TAKEN, 26: REJECTED},
    ),
    (_pod(schedulingGates=[{"name": "a/b"}]), "spec.schedulingGates", {25: REJECTED, 26: TAKEN}),
    (_set(name="db.x"), "metadata.name", {25: TAKEN_BUT, 27: REJECTED}),
    (_service(annotations=_ZONES), "metadata.annotations", {25: TAKEN, 27: REJECTED}),
    (
        _container(resizePolicy=[{"resourceName": "cpu", "restartPolicy": "NotRequired"}]),
        "spec.containers[0].resizePolicy",
        {25: REJECTED, 27: TAKEN_BUT, 33: TAKEN},
    ),
    (
        _pod(initContainers=[_CONTAINER | {"name": "side", "restartPolicy": "Always"}]),
        "spec.initContainers[0]",
        {25: REJECTED, 28: TAKEN_BUT, 29: TAKEN},
    ),
    (
        _job(completions=1, completionMode="Indexed", backoffLimitPerIndex=1),
        "spec.backoffLimitPerIndex",
        {25: REJECTED, 28: TAKEN},
    ),
    (_job(podReplacementPolicy="Failed"), "spec.podReplacementPolicy", {25: REJECTED, 28: TAKEN}),
    (
        _service(trafficDistribution="PreferClose"),
        "spec.trafficDistribution",
        {25: REJECTED, 30: TAKEN_BUT, 31: TAKEN},
    ),
    (
        _service(type="LoadBalancer", ports=[{"port": 10250}]),
        "spec.ports",
        {25: REJECTED, 33: TAKEN},
    ),
    (_set(serviceName="db.x"), "spec.serviceName", {25: TAKEN_BUT, 33: REJECTED}),
    (_service(name="1a"), "metadata.name", {25: REJECTED, 36: TAKEN}),
]


@pytest.mark.parametrize("minor", range(OLDEST, NEWEST + 1))
@pytest.mark.parametrize(("value", "field", "says"), CHANGES)
def test_a_version_takes_and_rejects_what_it_does(
    value: dict[str, Any], field: str, says: dict[int, str], minor: int
) -> None:
    found = [
        each
        for each in agreement.findings(value, minor)
        if each.severity is not INFO and (each.place.path or "").startswith(field)
    ]
    said = TAKEN_BUT if found else TAKEN
    if any(agreement.claims(each) or "no matches for kind" in each.message for each in found):
        said = REJECTED
    assert said == says[max(first for first in says if first <= minor)], found
