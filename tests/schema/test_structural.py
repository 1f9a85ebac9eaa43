"""Structural schemas and jsonschema say the same of the same objects."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from jsonschema.exceptions import SchemaError

from hslint.schema.crd import Definition
from hslint.schema.flaw import FORMS
from hslint.schema.json_schema import misfit
from hslint.schema.misfit import faults_of
from tests.schema import crd_judge, crd_sample
from tests.schema.sample import ODD, harmed

if TYPE_CHECKING:
    from random import Random

    from hslint.schema import Fault

RANDOM = st.randoms(use_true_random=True)


@settings(max_examples=250, deadline=None)
@given(status=st.booleans(), random=RANDOM)
def test_faults_are_those_that_jsonschema_finds(status: bool, random: Random) -> None:  # noqa: FBT001
    schema = crd_sample.definition(random)
    definition = Definition("", schema, status=status)
    for _ in range(4):
        fitting = {"apiVersion": "v1", "kind": "X", "metadata": {}}
        fitting = crd_sample.value(random, schema) | fitting
        for value in (fitting, harmed(random, fitting), harmed(random, harmed(random, fitting))):
            judged = faults_of(map(misfit, crd_judge.errors(schema, value, status=status)))
            assert places(definition.faults(value)) == places(judged), (schema, value)


def places(faults: list[Fault]) -> set[tuple[str, Any, str]]:
    return {(fault.kind, fault.path, fault.field) for fault in faults}


@pytest.mark.parametrize("keyword", sorted({*FORMS} - {"pattern"}))
def test_a_schema_is_refused_when_the_metaschema_refuses_it(keyword: str) -> None:
    """Patterns are none of it: what Python does not read is not checked."""
    more = [-1, 0.5, "object", ["object"], ["a", "b"], {"type": "string"}, {"type": "x"}]
    deep = [{"a": {"type": "string"}}, {"a": {"type": 1}}, [{"type": "string"}], [{"type": 1}]]
    beside = {"minimum": 1, "maximum": 1} if keyword.startswith("exclusive") else {}
    for value in (*ODD, *more, *deep):
        if isinstance(value, list) and (keyword == "items" or (keyword, value) == ("required", [])):
            continue  # draft 4 has another mind than Kubernetes
        try:
            Draft4Validator.check_schema({keyword: value, **beside})
            refused = False
        except SchemaError:
            refused = True
        fields = {str(name): "x" for name in value} if isinstance(value, dict) else {}
        told = flaw_of({keyword: value, **beside}, fields)
        assert bool(told) == refused, value


def flaw_of(schema: Any, value: dict[str, Any]) -> str:
    """Why the schema cannot be used for a value, or ""."""
    try:
        Definition("", schema, status=False).faults(value)
    except ValueError as wrong:
        return str(wrong)
    return ""


def test_a_flaw_is_told_with_its_place() -> None:
    field = {"items": {"properties": {"a": {"anyOf": [{"type": "objekt"}]}}}}
    told = flaw_of({"properties": {"spec": field}}, {"spec": [{"a": 1}]})
    assert told == ".properties.spec.items.properties.a.anyOf.type must be a type of JSON"


def test_custom_resources_need_no_jsonschema() -> None:
    """It takes longer to import than most runs take."""
    script = """
import sys
from hslint.schema import Schemas
field = {"type": "string", "pattern": "^a", "oneOf": [{"minLength": 2}, {"enum": ["a"]}]}
schema = {"type": "object", "properties": {"spec": field}}
versions = [{"name": "v1", "schema": {"openAPIV3Schema": schema}}]
crd = {"spec": {"group": "a.com", "names": {"kind": "A"}, "versions": versions}}
schemas = Schemas(37, [crd])
for spec in "abc", "b":
    print(len(schemas.faults({"apiVersion": "a.com/v1", "kind": "A", "spec": spec})))
print("jsonschema" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["0", "1", "False"]
