"""Plain values by the way that leads to them."""

from __future__ import annotations

import pytest

from hslint.document import documents
from hslint.plain import ALL, plain_at, plain_items
from hslint.source import Source

INGRESS = b"spec: {rules: [{host: a}, null, {host: null}, {http: {paths: []}}, b], tls: {hosts: c}}"


def test_each_value_on_a_way_comes_with_the_path_to_its_node() -> None:
    (document,) = documents(Source("a.yaml", INGRESS))

    found = plain_at(document.value, "spec", "rules", ALL, "host")

    assert found == [(("spec", "rules", 0, "host"), "a"), (("spec", "rules", 2, "host"), None)]
    assert [document.root.at(path).value for path, _ in found] == ["a", None]


@pytest.mark.parametrize(
    "way", [("spec", "tls", ALL), ("spec", "rules", "host"), (ALL,), ("kind",)]
)
def test_a_way_that_does_not_fit_leads_nowhere(way: tuple[str, ...]) -> None:
    (document,) = documents(Source("a.yaml", INGRESS))

    assert plain_at(document.value, *way) == []


def test_only_the_mappings_of_a_list_are_items() -> None:
    assert plain_items([{"a": 1}, None, "b", {}]) == [(0, {"a": 1}), (3, {})]
    assert plain_items({"a": {}}) == plain_items(None) == plain_items("ab") == []
