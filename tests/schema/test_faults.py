"""What a fault tells: where, what was expected, what was probably meant."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from hslint.schema import Fault, Schemas

NEWEST = Schemas(37)
POD = ("spec", "template", "spec")
CONTAINER = (*POD, "containers", 0)


def deployment() -> dict[str, Any]:
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "labels": {"app": "web"}},
        "spec": {
            "replicas": 3,
            "selector": {"matchLabels": {"app": "web"}},
            "template": {
                "metadata": {"labels": {"app": "web"}},
                "spec": {
                    "containers": [
                        {
                            "name": "web",
                            "image": "nginx:1.27",
                            "ports": [{"containerPort": 80, "protocol": "TCP"}],
                            "resources": {"limits": {"cpu": "500m", "memory": "1Gi"}},
                        }
                    ]
                },
            },
        },
    }


def service(**spec: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}, "spec": spec}


def at(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def only(value: dict[str, Any], schemas: Schemas = NEWEST) -> Fault:
    faults = schemas.faults(value)
    assert faults is not None
    assert len(faults) == 1, faults
    return faults[0]


def changed(path: tuple[str | int, ...], field: str, new: Any) -> dict[str, Any]:
    value = deployment()
    at(value, path)[field] = new
    return value


def test_a_sound_object_has_no_faults() -> None:
    assert NEWEST.faults(deployment()) == []


def test_no_schema_is_not_the_same_as_no_faults() -> None:
    assert NEWEST.faults({"apiVersion": "example.com/v1", "kind": "Thing"}) is None
    assert NEWEST.faults({"apiVersion": "apps.example.com/v1", "kind": "Deployment"}) is None
    assert NEWEST.faults({"apiVersion": 1, "kind": ["Pod"]}) is None


@pytest.mark.parametrize(
    ("path", "field", "value", "expected"),
    [
        (("spec",), "replicas", "3", "a whole number"),
        (("spec",), "replicas", 2.5, "a whole number"),
        (("spec",), "replicas", True, "a whole number"),
        (("spec",), "replicas", 2**31, "a whole number from -2147483648 to 2147483647"),
        (("spec",), "paused", "true", "true or false"),
        (("metadata", "labels"), "app", 1, "a string"),
        (("metadata", "labels"), "app", True, "a string"),
        (("metadata",), "labels", ["app"], "a mapping"),
        (("spec", "template"), "spec", "x", "a mapping"),
        (POD, "containers", {"name": "web"}, "a list"),
        ((*CONTAINER, "resources", "limits"), "memory", "1GB", "a quantity such as 500m or 1Gi"),
        ((*CONTAINER, "resources", "limits"), "memory", "", "a quantity such as 500m or 1Gi"),
    ],
)
def test_wrong_type(path: tuple[str | int, ...], field: str, value: Any, expected: str) -> None:
    fault = only(changed(path, field, value))
    assert (fault.kind, fault.path, fault.field) == ("wrong-type", (*path, field), field)
    assert fault.expected == expected
    assert fault.value == value


def test_port_by_name_or_number_but_nothing_else() -> None:
    for good in (80, "http", "80", 80.0, None):
        assert NEWEST.faults(service(ports=[{"port": 80, "targetPort": good}])) == []
    fault = only(service(ports=[{"port": 80, "targetPort": True}]))
    assert fault.expected == "a whole number or a string"


def test_secret_data_must_be_base64() -> None:
    secret = {"apiVersion": "v1", "kind": "Secret", "data": {"a": "c2VjcmV0", "b": "c2Vj\ncmV0\n"}}
    assert NEWEST.faults(secret) == []
    for wrong in ("secret!", "c2VjcmV", "hunter2", "c2VjcmV0="):
        fault = only({"apiVersion": "v1", "kind": "Secret", "data": {"a": wrong}})
        assert fault.expected == "base64 text"


@pytest.mark.parametrize(
    "good", ["1", "0.5", ".5", "5.", "+1", "-1", "1e3", "1E-3", "10Ei", " 1 ", "Gi"]
)
def test_quantities_as_the_server_reads_them(good: str) -> None:
    value = changed((*CONTAINER, "resources", "limits"), "memory", good)
    assert NEWEST.faults(value) == []


@pytest.mark.parametrize("bad", ["1GB", "1 Gi", "1.2.3", "1e", "1K", "1gi", "0x10", "\u0661"])
def test_text_that_is_no_quantity(bad: str) -> None:
    assert only(changed((*CONTAINER, "resources", "limits"), "memory", bad)).value == bad


@pytest.mark.parametrize(
    ("path", "field", "value", "near", "belongs"),
    [
        (CONTAINER, "imagepullpolicy", "Always", "imagePullPolicy", None),
        (CONTAINER, "image_pull_policy", "Always", "imagePullPolicy", None),
        (CONTAINER, "volumeMount", [], "volumeMounts", None),
        (CONTAINER, "cmd", ["sh"], "command", None),
        (CONTAINER, "quux", 1, None, None),
        (CONTAINER, "limits", {"cpu": 1}, None, (*CONTAINER, "resources")),
        (CONTAINER, "restartPolicyx", 1, "restartPolicy", None),
        (CONTAINER, "initialDelaySeconds", 3, None, None),  # three probes could be meant
        (CONTAINER, "nodeSelector", {"a": "b"}, None, POD),
        ((), "labels", {"a": "b"}, None, ("metadata",)),
        ((), "replicas", 3, None, ("spec",)),
        (("spec",), "containers", [], None, POD),
        (("metadata",), "replicas", 3, None, ("spec",)),
        (("spec", "selector"), "app", "web", None, ("spec", "selector", "matchLabels")),
    ],
)
def test_unknown_field(
    path: tuple[str | int, ...],
    field: str,
    value: Any,
    near: str | None,
    belongs: tuple[str | int, ...] | None,
) -> None:
    fault = only(changed(path, field, value))
    assert (fault.kind, fault.path, fault.field) == ("unknown-field", (*path, field), field)
    assert (fault.near, fault.belongs) == (near, belongs)
    assert "metadata" in only(changed((), "nope", 1)).allowed


def test_field_of_the_old_ingress_names_the_new_one() -> None:
    backend = {"serviceName": "web", "servicePort": 80}
    ingress = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "spec": {"rules": [{"http": {"paths": [{"pathType": "Prefix", "backend": backend}]}}]},
    }
    faults = NEWEST.faults(ingress)
    assert faults is not None
    assert [(fault.field, fault.near) for fault in faults] == [
        ("serviceName", "service"),
        ("servicePort", "service"),
    ]


def test_missing_field_is_told_at_the_mapping_that_lacks_it() -> None:
    value = deployment()
    del at(value, CONTAINER)["image"]
    fault = only(value)
    assert (fault.kind, fault.path, fault.field) == ("missing-field", CONTAINER, "image")
    assert fault.expected == "a string"


def test_null_is_absent() -> None:
    for field in ("replicas", "strategy", "minReadySeconds"):
        assert NEWEST.faults(changed(("spec",), field, None)) == []
    assert NEWEST.faults(changed(("metadata", "labels"), "extra", None)) == []
    assert NEWEST.faults(changed(CONTAINER, "args", [None])) == []
    fault = only(changed(CONTAINER, "name", None))
    assert (fault.kind, fault.path, fault.field) == ("missing-field", CONTAINER, "name")
    fault = only(changed(CONTAINER, "ports", [None]))
    assert (fault.path, fault.field) == ((*CONTAINER, "ports", 0), "containerPort")


def test_status_is_dropped_so_nothing_in_it_is_required() -> None:
    statuses: list[Any] = [{}, None, {"replicas": 3}, {"conditions": [{}]}]
    for status in statuses:
        assert NEWEST.faults(changed((), "status", status)) == []
    assert only(changed((), "status", {"replicaz": 3})).near == "replicas"


def test_text_that_is_filled_in_later_fits_everywhere() -> None:
    for text in ("${REPLICAS}", "$(REPLICAS)", "{{ .Values.replicas }}"):
        assert NEWEST.faults(changed(("spec",), "replicas", text)) == []
    assert NEWEST.faults(service(type="${TYPE}")) == []


def test_every_fault_is_told() -> None:
    value = deployment()
    value["spec"]["replicas"] = "3"
    at(value, CONTAINER)["ports"][0]["protocol"] = "tcp"
    at(value, CONTAINER)["portz"] = []
    faults = NEWEST.faults(value)
    assert faults is not None
    assert {fault.kind for fault in faults} == {"wrong-type", "unsupported-value", "unknown-field"}


def test_objects_are_not_changed() -> None:
    value = changed(("spec",), "replicas", "3")
    before = deepcopy(value)
    NEWEST.faults(value)
    assert value == before
