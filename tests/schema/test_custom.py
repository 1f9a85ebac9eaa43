"""Custom resources: judged as the API server would, by their definitions or by JSON schemas."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from hslint.schema import Fault, Schemas

SPEC: dict[str, Any] = {
    "type": "object",
    "required": ["size", "tier"],
    "properties": {
        "size": {"type": "integer", "minimum": 1},
        "tier": {"type": "string", "enum": ["small", "large"], "default": "small"},
        "name": {"type": "string", "pattern": "^[a-z]+$"},
        "wild": {"type": "string", "pattern": r"^(([a-z]+-?)+\.?)+$"},
        "unicode": {"type": "string", "pattern": r"^\p{L}+$"},
        "port": {"x-kubernetes-int-or-string": True},
        "note": {"type": "string", "nullable": True},
        "hosts": {"type": "array", "items": {"type": "string"}, "maxItems": 2},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "raw": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
        "pod": {
            "type": "object",
            "x-kubernetes-embedded-resource": True,
            "properties": {
                "spec": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
            },
        },
        "either": {
            "type": "object",
            "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
            "oneOf": [{"required": ["a"]}, {"required": ["b"]}],
        },
    },
}


def definition(
    spec: Any = SPEC, group: str = "example.com", scope: str = "Namespaced"
) -> dict[str, Any]:
    status = {"type": "object", "properties": {"ready": {"type": "boolean"}}}
    schema = {"type": "object", "properties": {"spec": spec, "status": status}}
    version = {
        "name": "v1",
        "served": True,
        "storage": True,
        "subresources": {"status": {}},
        "schema": {"openAPIV3Schema": schema},
    }
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"databases.{group}"},
        "spec": {
            "group": group,
            "scope": scope,
            "names": {"kind": "Database", "plural": "databases"},
            "versions": [version],
        },
    }


def database(**spec: Any) -> dict[str, Any]:
    return {
        "apiVersion": "example.com/v1",
        "kind": "Database",
        "metadata": {"name": "db"},
        "spec": {"size": 1} | spec,
    }


def faults(value: dict[str, Any], *crds: dict[str, Any]) -> list[Fault]:
    found = Schemas(37, crds or [definition()]).faults(value)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "spec",
    [
        {},
        {"tier": "large", "hosts": ["a", "b"], "port": "http", "labels": {"a": "b"}},
        {"port": 80, "note": None, "raw": {"anything": [1, {"goes": True}]}},
        {"pod": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"}, "spec": {"x": 1}}},
        {"name": None, "labels": {"a": None}, "tier": None},  # nulls are dropped or defaulted
        {"unicode": "Ünïcode"},  # a pattern that Python does not read is not checked
        {"wild": "a" * 56 + "_"},  # Python would not come to an end with it
        {"size": "${SIZE}"},
    ],
)
def test_what_the_server_takes(spec: dict[str, Any]) -> None:
    assert faults(database(**spec)) == []


@pytest.mark.parametrize(
    ("spec", "kind", "path", "expected"),
    [
        ({"size": "1"}, "wrong-type", ("spec", "size"), "a whole number"),
        ({"size": 0}, "invalid-value", ("spec", "size"), "at least 1"),
        ({"size": None}, "missing-field", ("spec",), ""),
        ({"tier": "medium"}, "unsupported-value", ("spec", "tier"), ""),
        ({"name": "A"}, "invalid-value", ("spec", "name"), "text that matches ^[a-z]+$"),
        (
            {"wild": "a_"},
            "invalid-value",
            ("spec", "wild"),
            "text that matches ^(([a-z]+-?)+\\.?)+$",
        ),
        ({"port": 1.5}, "wrong-type", ("spec", "port"), "a whole number or a string"),
        ({"hosts": "a"}, "wrong-type", ("spec", "hosts"), "a list"),
        ({"hosts": ["a", "b", "c"]}, "invalid-value", ("spec", "hosts"), "at most 2 items"),
        ({"hosts": [None]}, "wrong-type", ("spec", "hosts", 0), "a string"),
        ({"labels": {"a": 1}}, "wrong-type", ("spec", "labels", "a"), "a string"),
        ({"sizes": 1}, "unknown-field", ("spec", "sizes"), ""),
        ({"pod": {"speck": {}}}, "unknown-field", ("spec", "pod", "speck"), ""),
        (
            {"either": {"a": "x", "b": "y"}},
            "invalid-value",
            ("spec", "either"),
            "exactly one of the alternatives its schema allows",
        ),
    ],
)
def test_what_the_server_refuses(
    spec: dict[str, Any], kind: str, path: tuple[str | int, ...], expected: str
) -> None:
    (fault,) = faults(database(**spec))
    assert (fault.kind, fault.path, fault.expected) == (kind, path, expected)


def test_hints() -> None:
    (unknown,) = faults(database(sizes=1))
    assert (unknown.field, unknown.near) == ("sizes", "size")
    (value,) = faults(database(tier="Large"))
    assert (value.near, value.allowed) == ("large", ("small", "large"))


def test_metadata_is_that_of_every_object() -> None:
    value = database()
    value["metadata"]["labels"] = {"a": 1}
    (fault,) = faults(value)
    assert (fault.kind, fault.path) == ("wrong-type", ("metadata", "labels", "a"))
    value["metadata"] = {"name": "db", "lables": {}}
    (fault,) = faults(value)
    assert (fault.path, fault.near) == (("metadata", "lables"), "labels")


def test_fields_beside_the_spec_are_unknown_and_the_status_is_dropped() -> None:
    assert faults(database() | {"status": {"ready": "soon"}}) == []
    (fault,) = faults(database() | {"speck": {}})
    assert (fault.kind, fault.near) == ("unknown-field", "spec")


def test_the_definition_that_fits_best_speaks() -> None:
    other = definition({"type": "object", "properties": {"replicas": {"type": "integer"}}})
    assert faults(database(size=3), other, definition()) == []
    (fault,) = faults(database(size=0, name="a"), other, definition())
    assert fault.expected == "at least 1"


def test_another_group_or_version_has_no_schema() -> None:
    schemas = Schemas(37, [definition(group="other.com")])
    assert schemas.faults(database()) is None
    assert schemas.faults(database() | {"apiVersion": "other.com/v2"}) is None


def test_scope_of_custom_resources() -> None:
    schemas = Schemas(37, [definition(scope="Cluster")])
    assert schemas.cluster_scoped("example.com", "Database")
    assert not Schemas(37, [definition()]).cluster_scoped("example.com", "Database")


@pytest.mark.parametrize(
    "spec",
    [
        {"type": "objekt"},
        {"type": "object", "properties": ["size"]},
        {"type": "object", "required": "size"},
        {"type": "object", "properties": {"size": {"minimum": "one"}}},
        {"type": "object", "allOf": {"a": 1}},
    ],
)
def test_a_broken_schema_is_set_aside_and_named(spec: dict[str, Any]) -> None:
    schemas = Schemas(37, [definition(spec)])
    assert schemas.faults(database()) is None
    ((title, reason),) = schemas.broken
    assert title == "CustomResourceDefinition Database example.com/v1"
    assert reason
    assert schemas.faults(database()) is None
    assert len(schemas.broken) == 1


@pytest.mark.parametrize(
    "crd",
    [
        {"kind": "CustomResourceDefinition"},
        {"spec": None},
        {"spec": {"group": "a", "names": {"kind": "B"}, "versions": [None, {}, {"name": 1}]}},
        {"spec": {"group": "a", "names": "B", "versions": {}}},
    ],
)
def test_half_a_definition_is_no_schema_and_no_crash(crd: dict[str, Any]) -> None:
    assert Schemas(37, [crd]).faults({"apiVersion": "a/v1", "kind": "B"}) is None


PLAIN = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "additionalProperties": False,
    "properties": {"apiVersion": {}, "kind": {}, "metadata": {}, "spec": {"type": "object"}},
}


@pytest.mark.parametrize(
    "file",
    ["crds/database-example-v1.json", "example.com/database_v1.json", "Database-example-v1.JSON"],
)
def test_json_schema_named_as_kubeconform_has_it(file: str) -> None:
    schemas = Schemas(37, extra=[(file.replace("JSON", "json"), PLAIN)])
    assert schemas.faults(database()) == []
    found = schemas.faults(database() | {"spec": []})
    assert found is not None
    assert [(fault.kind, fault.path) for fault in found] == [("wrong-type", ("spec",))]
    assert schemas.faults(database() | {"kind": "Other"}) is None


def test_json_schema_that_names_its_kind() -> None:
    kinds = [{"group": "example.com", "version": "v1", "kind": "Database"}]
    schema = PLAIN | {"x-kubernetes-group-version-kind": kinds}
    schemas = Schemas(37, extra=[("any.json", schema), ("crd.yaml", definition(group="b.com"))])
    assert schemas.faults(database()) == []
    assert schemas.faults(database() | {"apiVersion": "b.com/v1"}) == []


def test_references_are_never_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("a schema reached for the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    schema = {"$ref": "http://example.com/database.json"}
    schemas = Schemas(37, extra=[("database-example-v1.json", schema)])
    assert schemas.faults(database()) is None
    assert len(schemas.broken) == 1
