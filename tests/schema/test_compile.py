"""The committed table is what its sources make, and its hand-written sources mean something."""

from __future__ import annotations

from pathlib import Path

import pytest

from hslint.schema import NEWEST, OLDEST
from schemas.compile import MINORS, TABLE, corrected, listed, published, span, split_name, table

REMOVED = Path(TABLE).with_name("removed.txt")


def test_table_is_up_to_date() -> None:
    assert TABLE.read_text() == table(), "run: python schemas/compile.py"


def test_package_knows_which_versions_the_table_holds() -> None:
    assert (MINORS[0], MINORS[-1]) == (OLDEST, NEWEST)


def test_table_stays_small() -> None:
    assert TABLE.stat().st_size < 200_000


@pytest.mark.parametrize("dotted", sorted(listed("values.txt")))
def test_values_speak_of_string_fields(dotted: str) -> None:
    for versions, *values in listed("values.txt")[dotted]:
        assert values
        for minor in span(versions):
            assert leaf_type(dotted, minor) == "string", minor


@pytest.mark.parametrize("dotted", sorted(listed("values.txt")))
def test_values_of_a_field_never_overlap(dotted: str) -> None:
    minors = [minor for versions, *_ in listed("values.txt")[dotted] for minor in span(versions)]
    assert len(minors) == len(set(minors))


def required_lines() -> list[tuple[str, str]]:
    return [(sign, line[0]) for sign, lines in listed("required.txt").items() for line in lines]


@pytest.mark.parametrize(("sign", "dotted"), required_lines())
def test_required_fields_exist_and_differ_from_what_is_published(sign: str, dotted: str) -> None:
    assert leaf_type(dotted, MINORS[-1])
    name, field = split_name(dotted)
    if "." not in field:
        newest = published(MINORS[-1])[name]
        assert (field in newest.get("required", ())) == (sign == "-")


def leaf_type(dotted: str, minor: int) -> str:
    """The type at the end of a dotted path; lists are passed through to their items."""
    name, path = split_name(dotted)
    schema = corrected(minor)[name]
    for step in path.split("."):
        if "$ref" in schema:
            schema = corrected(minor)[schema["$ref"]]
        schema = schema["properties"][step]
        schema = schema.get("items", schema)
    types = schema.get("type", "object")
    return str(next(each for each in types if each != "null") if isinstance(types, list) else types)
