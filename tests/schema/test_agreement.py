"""The table and jsonschema say the same of the same types."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from hslint.schema import Schemas
from hslint.schema.shape import Struct
from hslint.schema.table import Table
from schemas.compile import MINORS, Schema, corrected
from tests.schema.judge import BASE64, INT32, INT64, LEAVES, judge, kinds
from tests.schema.sample import ODD, harmed, sample

if TYPE_CHECKING:
    from random import Random

RANDOM = st.randoms(use_true_random=True)


@cache
def schemas(minor: int) -> Schemas:
    return Schemas(minor)


@settings(max_examples=150, deadline=None)
@given(minor=st.sampled_from(MINORS), pick=st.integers(0, 10_000), random=RANDOM)
def test_verdict_is_that_of_jsonschema(minor: int, pick: int, random: Random) -> None:
    known = kinds(minor)
    agree(random, minor, known[pick % len(known)][0])


@pytest.mark.parametrize("kind", ["Deployment", "StatefulSet", "Service", "Pod", "CronJob"])
@settings(max_examples=20, deadline=None)
@given(minor=st.sampled_from([25, 30, 37]), random=RANDOM)
def test_verdict_on_the_kinds_that_matter_most(kind: str, minor: int, random: Random) -> None:
    agree(random, minor, next(name for name, _, each in kinds(minor) if each == kind))


def agree(random: Random, minor: int, name: str) -> None:
    """Compare verdicts on an object of a kind, and on what is left of it after some harm."""
    value = sample(random, minor, name)
    harms = [harmed(random, value) for _ in range(12)]
    for each in (value, *harms, harmed(random, harms[0])):
        valid = judge(minor, name).is_valid(each)
        assert (schemas(minor).faults(each) == []) == valid, each


@pytest.mark.parametrize(
    ("code", "schema"),
    [
        *(("s", {"type": "string"}), ("b", {"type": "boolean"}), ("n", {"type": "number"})),
        *(("i", INT32), ("l", INT64), ("p", LEAVES["p"]), ("q", LEAVES["q"]), ("x", {})),
        ("y", {"type": "string", "pattern": BASE64}),
        ("s=|TCP", {"enum": ["", "TCP"]}),
        ("[s", {"type": "array", "items": {"type": ["string", "null"]}}),
        ("{s", {"type": "object", "additionalProperties": {"type": ["string", "null"]}}),
        ("{x", {"type": "object"}),
    ],
)
def test_every_shape_takes_what_it_should(code: str, schema: Schema) -> None:
    shape = Table(MINORS[-1]).shape(code)
    judged = Draft202012Validator({"anyOf": [schema, {"type": "null"}]})
    for value in (*ODD, "TCP", "tcp", " 1 ", "1e3", "eA=="):
        assert shape.ok(value) == judged.is_valid(value), value


@pytest.mark.parametrize("minor", MINORS)
def test_every_type_has_the_fields_it_was_published_with(minor: int) -> None:
    table = Table(minor)
    for name, schema in corrected(minor).items():
        if schema:
            struct = table.struct(name)
            assert isinstance(struct, Struct)
            assert set(struct.fields.codes) == set(schema["properties"]), name
            assert set(struct.required) == set(schema["required"]), name


@pytest.mark.parametrize("minor", MINORS)
def test_every_kind_is_found(minor: int) -> None:
    found = Table(minor)
    for _, api_version, kind in kinds(minor):
        assert found.kind(api_version, kind) is not None, (api_version, kind)
