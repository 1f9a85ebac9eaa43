"""Globs mean what people who write them for other tools expect."""

from __future__ import annotations

import pytest

from hslint.globs import literal, matcher


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("a.yaml", "a.yaml", True),
        ("a.yaml", "b/a.yaml", False),
        ("a.yaml", "axyaml", False),
        ("./a.yaml", "a.yaml", True),
        ("*.yaml", "a.yaml", True),
        ("*.yaml", "b/a.yaml", False),
        ("**/*.yaml", "a.yaml", True),
        ("**/*.yaml", "b/c/a.yaml", True),
        ("b/**/a.yaml", "b/a.yaml", True),
        ("b/**", "b/c/a.yaml", True),
        ("b/**", "bc/a.yaml", False),
        ("?.yaml", "a.yaml", True),
        ("?.yaml", "aa.yaml", False),
        ("[a].yaml", "[a].yaml", True),
        ("StatefulSet/*", "StatefulSet/db", True),
        ("StatefulSet/*", "StatefulSet/prod/db", False),
        ("*/prod/*", "StatefulSet/prod/db", True),
    ],
)
def test_a_glob_matches(glob: str, path: str, matches: bool) -> None:  # noqa: FBT001
    assert matcher([glob])(path) == matches


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("b", "b/c/a.yaml", True),
        ("b/", "b/c/a.yaml", True),
        ("b", "bc/a.yaml", False),
        ("b/*", "b/c/a.yaml", True),
        ("**/vendor", "x/vendor/a.yaml", True),
        (".", "b/a.yaml", True),
    ],
)
def test_a_folder_stands_for_what_is_in_it(glob: str, path: str, matches: bool) -> None:  # noqa: FBT001
    assert matcher([glob], folders=True)(path) == matches


def test_one_of_several_is_enough() -> None:
    assert matcher(["a", "b|c"])("b|c")
    assert not matcher(["a", "b|c"])("c")


def test_where_matches_can_be() -> None:
    assert literal("k8s/*/a.yaml") == "k8s"
    assert literal("./k8s/base/") == "k8s/base"
    assert literal("**/a.yaml") == literal(".") == ""
