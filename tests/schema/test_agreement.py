"""The table and jsonschema say the same of the same types."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hslint.schema import Schemas
from hslint.schema.shape import Struct
from hslint.schema.table import Table
from schemas.compile import MINORS, corrected
from tests.schema.judge import judge, kinds
from tests.schema.sample import harmed, sample

if TYPE_CHECKING:
    from random import Random

RANDOM = st.randoms(use_true_random=False)


@cache
def schemas(minor: int) -> Schemas:
    return Schemas(minor)


@settings(max_examples=300, deadline=None)
@given(
    minor=st.sampled_from(MINORS),
    pick=st.integers(0, 10_000),
    random=RANDOM,
    harm=st.integers(0, 3),
)
def test_verdict_is_that_of_jsonschema(minor: int, pick: int, random: Random, harm: int) -> None:
    known = kinds(minor)
    name, _, _ = known[pick % len(known)]
    value = sample(random, minor, name)
    for _ in range(harm):
        value = harmed(random, value)
    valid = judge(minor, name).is_valid(value)
    assert (schemas(minor).faults(value) == []) == valid, value


@pytest.mark.parametrize("kind", ["Deployment", "StatefulSet", "Service", "Pod", "CronJob"])
@settings(max_examples=40, deadline=None)
@given(minor=st.sampled_from([25, 30, 37]), random=RANDOM, harm=st.integers(0, 2))
def test_verdict_on_the_kinds_that_matter_most(
    kind: str, minor: int, random: Random, harm: int
) -> None:
    name = next(name for name, _, each in kinds(minor) if each == kind)
    value = sample(random, minor, name)
    for _ in range(harm):
        value = harmed(random, value)
    valid = judge(minor, name).is_valid(value)
    assert (schemas(minor).faults(value) == []) == valid, value


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
