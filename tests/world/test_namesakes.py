"""Of very many objects of one name those are told that another object can mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hslint.document import documents
from hslint.manifest import manifests
from hslint.source import Source
from hslint.world import World

if TYPE_CHECKING:
    from hslint.manifest import Manifest

MANY = 500


def world(files: dict[str, str]) -> tuple[World, dict[str, Manifest]]:
    """Services named web in these files, each in the namespace that is given for it."""
    text = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: '%s'}\n"
    sources = [Source(file, (text % namespace).encode()) for file, namespace in files.items()]
    found = [m for source in sources for d in documents(source) for m in manifests(d, 37)]
    return World(found), {manifest.file: manifest for manifest in found}


@pytest.mark.parametrize("count", [3, MANY])
def test_the_one_of_the_own_folder_is_the_first_however_many_are_below_it(count: int) -> None:
    files = {f"app/overlays/{number}/web.yaml": "" for number in range(count)}
    asked, by_file = world(files | {"app/web.yaml": "", "app/zone.yaml": ""})

    found = asked.named("Service", "web", by_file["app/zone.yaml"])
    assert [service.file for service in found[:2]] == ["app/zone.yaml", "app/web.yaml"]


@pytest.mark.parametrize("count", [3, MANY])
def test_those_of_the_namespace_and_of_none_are_told(count: int) -> None:
    files = {f"teams/{number}/web.yaml": f"team-{number}" for number in range(count)}
    asked, by_file = world(files | {"far/off/web.yaml": ""})

    found = asked.named("Service", "web", by_file["teams/2/web.yaml"])
    assert [service.file for service in found] == ["teams/2/web.yaml", "far/off/web.yaml"]


@pytest.mark.parametrize("count", [3, MANY])
def test_what_is_written_twice_is_found_among_many(count: int) -> None:
    text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf, namespace: '%s'}\n"
    texts = [text % number for number in range(count)] + [text % 1]
    source = Source("all.yaml", "---\n".join(texts).encode())
    found = [m for document in documents(source) for m in manifests(document, 37)]
    asked = World(found)

    assert [m for m in found if asked.written_before(m)] == [found[-1]]
    assert asked.written_before(found[-1]) is found[1]
