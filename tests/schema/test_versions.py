"""What changes with the version of Kubernetes: kinds, fields, values, and what is required."""

from __future__ import annotations

from typing import Any

import pytest

from hslint.schema import Schemas
from tests.schema.test_faults import only, service


def workload(kind: str, restart: str | None, api_version: str = "apps/v1") -> dict[str, Any]:
    pod: dict[str, Any] = {"containers": [{"name": "web", "image": "nginx"}]}
    if restart is not None:
        pod["restartPolicy"] = restart
    spec: dict[str, Any] = {"selector": {"matchLabels": {"a": "b"}}, "template": {"spec": pod}}
    if kind == "CronJob":
        spec = {"schedule": "@daily", "jobTemplate": {"spec": {"template": {"spec": pod}}}}
    return {"apiVersion": api_version, "kind": kind, "spec": spec}


@pytest.mark.parametrize("minor", range(25, 38))
def test_stateful_sets_never_needed_a_service_name(minor: int) -> None:
    assert Schemas(minor).faults(workload("StatefulSet", None)) == []


@pytest.mark.parametrize("kind", ["Deployment", "StatefulSet", "ReplicaSet", "DaemonSet"])
def test_workloads_that_run_for_ever_restart_always(kind: str) -> None:
    schemas = Schemas()
    for good in (None, "", "Always"):
        assert schemas.faults(workload(kind, good)) == []
    for bad in ("Never", "OnFailure", "always"):
        fault = only(workload(kind, bad))
        assert (fault.kind, fault.field) == ("unsupported-value", "restartPolicy")
        assert fault.path == ("spec", "template", "spec", "restartPolicy")
        assert fault.allowed == ("Always",)


@pytest.mark.parametrize("kind", ["Job", "CronJob"])
def test_jobs_must_say_how_they_restart(kind: str) -> None:
    schemas = Schemas()
    for good in ("Never", "OnFailure"):
        assert schemas.faults(workload(kind, good, "batch/v1")) == []
    fault = only(workload(kind, None, "batch/v1"))
    assert (fault.kind, fault.field) == ("missing-field", "restartPolicy")
    assert fault.allowed == ("Never", "OnFailure")
    assert only(workload(kind, "Always", "batch/v1")).kind == "unsupported-value"
    template = ("spec", "template", "spec")
    path = template if kind == "Job" else ("spec", "jobTemplate", *template)
    assert fault.path == path


@pytest.mark.parametrize(
    ("spec", "field", "near"),
    [
        ({"type": "clusterIP"}, "type", "ClusterIP"),
        ({"type": "Headless"}, "type", None),
        ({"sessionAffinity": "clientIP"}, "sessionAffinity", "ClientIP"),
        ({"ports": [{"port": 80, "protocol": "HTTP"}]}, "protocol", None),
        ({"ipFamilies": ["ipv4"]}, "ipFamilies", "IPv4"),
        ({"internalTrafficPolicy": ""}, "internalTrafficPolicy", None),
    ],
)
def test_closed_values(spec: dict[str, Any], field: str, near: str | None) -> None:
    fault = only(service(**spec))
    assert (fault.kind, fault.field, fault.near) == ("unsupported-value", field, near)
    assert "" not in fault.allowed


def test_an_empty_string_is_unset_where_the_server_fills_it_in() -> None:
    spec = {"type": "", "sessionAffinity": "", "ports": [{"port": 80, "protocol": ""}]}
    assert Schemas().faults(service(**spec)) == []


def test_values_come_with_versions() -> None:
    for value, first in (("PreferClose", 31), ("PreferSameZone", 34)):
        spec = service(trafficDistribution=value)
        assert Schemas(first).faults(spec) == []
        if first > 31:
            fault = only(spec, Schemas(first - 1))
            assert (fault.kind, fault.since) == ("unsupported-value", first)
    assert only(service(trafficDistribution="Nearby"), Schemas(31)).since is None


def test_fields_come_and_go_with_versions() -> None:
    sts = workload("StatefulSet", None)
    sts["spec"]["ordinals"] = {"start": 1}
    assert [fault.kind for fault in Schemas(26).faults(sts) or ()] == ["dropped-field"]
    assert Schemas(27).faults(sts) == []
    fault = only(sts, Schemas(25))
    assert (fault.kind, fault.since, fault.until) == ("unknown-field", 26, None)
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "spec": {
            "containers": [{"name": "a", "image": "b"}],
            "workloadRef": {"name": "a", "podGroup": "b"},
        },
    }
    assert [fault.kind for fault in Schemas(35).faults(pod) or ()] == ["dropped-field"]
    assert (only(pod, Schemas(36)).since, only(pod, Schemas(36)).until) == (None, 35)
    assert only(pod, Schemas(34)).since == 35


def test_kinds_come_and_go_with_versions() -> None:
    schemas = Schemas(37)
    assert schemas.versions("apps/v1", "StatefulSet") == (25, 37)
    assert schemas.versions("networking.k8s.io/v1", "ServiceCIDR") == (33, 37)
    assert schemas.versions("networking.k8s.io/v1beta1", "ServiceCIDR") == (31, 36)
    assert schemas.versions("apps/v1", "Statefulset") is None
    old = {"apiVersion": "networking.k8s.io/v1", "kind": "ServiceCIDR"}
    assert Schemas(32).faults(old) is None
    assert Schemas(33).faults(old) == []


@pytest.mark.parametrize(
    ("api_version", "kind", "answer"),
    [
        ("extensions/v1beta1", "Ingress", (22, "networking.k8s.io/v1")),
        ("extensions/v1beta1", "Deployment", (16, "apps/v1")),
        ("apps/v1beta2", "StatefulSet", (16, "apps/v1")),
        ("policy/v1beta1", "PodSecurityPolicy", (25, None)),
        ("batch/v1beta1", "CronJob", (25, "batch/v1")),
        ("autoscaling/v2beta1", "HorizontalPodAutoscaler", (25, "autoscaling/v2")),
        ("autoscaling/v2beta2", "HorizontalPodAutoscaler", (26, "autoscaling/v2")),
        (
            "flowcontrol.apiserver.k8s.io/v1beta3",
            "FlowSchema",
            (32, "flowcontrol.apiserver.k8s.io/v1"),
        ),
        ("networking.k8s.io/v1alpha1", "ClusterCIDR", (29, None)),
        ("apps/v1", "Deployment", None),
        ("example.com/v1", "Thing", None),
        ("v1", "Deployment", None),
    ],
)
def test_removed_kinds(api_version: str, kind: str, answer: tuple[int, str | None] | None) -> None:
    assert Schemas(37).removed(api_version, kind) == answer


def test_a_kind_is_not_removed_before_its_time() -> None:
    hpa = ("autoscaling/v2beta2", "HorizontalPodAutoscaler")
    assert Schemas(25).removed(*hpa) is None
    assert Schemas(26).removed(*hpa) == (26, "autoscaling/v2")
    assert Schemas(25).removed("networking.k8s.io/v1", "ServiceCIDR") is None


def test_scope() -> None:
    schemas = Schemas()
    assert schemas.cluster_scoped("", "Namespace")
    assert schemas.cluster_scoped("rbac.authorization.k8s.io", "ClusterRole")
    assert not schemas.cluster_scoped("rbac.authorization.k8s.io", "Role")
    assert not schemas.cluster_scoped("", "Service")
    assert not schemas.cluster_scoped("example.com", "Namespace")
