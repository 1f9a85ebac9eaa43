"""What a rule can count on when it walks a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hslint.document import documents
from hslint.source import Source

if TYPE_CHECKING:
    from hslint.node import Node

TEXT = b"""\
kind: Pod
spec:
  containers:
    - name: db
      args: [-c, 3]
      image:
"""


def root() -> Node:
    (document,) = documents(Source("pod.yaml", TEXT))
    return document.root


def test_what_is_absent_is_falsy_and_stands_where_its_parent_stands() -> None:
    absent = root()["spec"]["volumes"][2]["name"]

    assert not absent
    assert not absent.written
    assert absent.string == ""
    assert absent.span == root()["spec"].span


def test_null_is_falsy_but_written() -> None:
    image = root()["spec"]["containers"][0]["image"]

    assert not image
    assert image.written
    assert image.span.line == 6


def test_children_are_items_or_values() -> None:
    container = root()["spec"]["containers"][0]

    assert [node.path[-1] for node in container.children()] == ["name", "args", "image"]
    assert [node.value for node in container["args"].children()] == ["-c", 3]
    assert list(container["name"].children()) == []


def test_find_gives_every_wanted_value_below_with_its_place() -> None:
    found = list(root().find(lambda _, value: value in ("db", 3)))

    assert {node.source: node.span.line for node in found} == {"db": 4, "3": 5}
