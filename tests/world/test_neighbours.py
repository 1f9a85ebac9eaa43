"""What is written beside an object: all of it, or what a name can mean."""

from __future__ import annotations

import pytest

from hslint.document import documents
from hslint.manifest import Manifest, manifests
from hslint.source import Source
from hslint.world import World

MANY = 1000


def service(file: str, name: str, namespace: str = "") -> Manifest:
    text = f"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: '{namespace}'}}\n"
    (document,) = documents(Source(file, text.encode()))
    (found,) = manifests(document, 37)
    return found


@pytest.mark.parametrize("count", [3, MANY])
def test_a_name_that_is_nearly_the_same_is_among_those_told(count: int) -> None:
    others = [service("app/all.yaml", f"svc-{number:05}") for number in range(count)]
    meant, asking = service("app/web.yaml", "svc-00000-b"), service("app/web.yaml", "x")
    world = World([*others, meant, asking])

    found = world.beside("Service", asking, "svc-00000-a")
    assert found[0] is meant
    assert len(found) <= 300
    assert len(world.beside("Service", asking)) == count + 2


@pytest.mark.parametrize("count", [3, MANY])
def test_one_name_in_many_namespaces_hides_none(count: int) -> None:
    others = [service("app/all.yaml", "web", f"team-{number}") for number in range(count)]
    asking = service("app/all.yaml", "x", f"team-{count - 1}")
    world = World([*others, asking])

    assert world.beside("Service", asking, "webb") == [others[-1], asking]


def test_the_nearest_come_first_and_equally_near_ones_in_the_order_of_the_files() -> None:
    files = ["a/b/z.yaml", "a/b/y.yaml", "a/z.yaml", "a/c/z.yaml", "far/z.yaml"]
    services = [service(file, name) for file, name in zip(files, "cbaed", strict=True)]
    world = World(services)

    assert world.beside("Service", services[1]) == [services[n] for n in (1, 0, 2, 3)]
    assert world.beside("Service", services[1], "c") == [services[n] for n in (1, 0, 2, 3)]
