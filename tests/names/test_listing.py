"""Names are written as readers and other programs take them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import dns.rdatatype
import dns.zone
import pytest

from hslint.listing import LISTINGS
from hslint.names import names
from hslint.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from hslint.world import World

    Load = Callable[..., World]


def written(world: World, form: str) -> str:
    """The names of a world in a format."""
    return LISTINGS[form](names(world), "cluster.local")


def test_the_table_has_a_line_for_each_record(load: Load, cluster: str) -> None:
    text = written(load(cluster), "text")
    assert text.startswith("NAME ")
    (line,) = (line for line in text.splitlines() if line.startswith("db-5.db.prod.svc"))
    assert line.partition("A ")[2].split(maxsplit=1) == [
        "<pod-ip>",
        "pod db-5 of StatefulSet db, when ready",
    ]
    assert "\nNot answered:\n  queue.prod.svc.cluster.local" in text


def test_json_has_a_version_and_every_name(load: Load, cluster: str) -> None:
    world = load(cluster)
    told = json.loads(written(world, "json"))
    assert (told["version"], told["domain"]) == (1, "cluster.local")
    assert [each["name"] for each in told["names"]] == [name.name for name in names(world)]
    (db,) = (each for each in told["names"] if each["name"].startswith("db-5.db.prod"))
    assert db["answers"][0]["object"] == {
        "apiVersion": "apps/v1",
        "kind": "StatefulSet",
        "namespace": "prod",
        "name": "db",
    }


def test_a_zone_file_holds_what_is_known_and_nothing_made_up(load: Load, cluster: str) -> None:
    zone = dns.zone.from_text(written(load(cluster), "zone"), relativize=False)
    found = {
        (str(name), dns.rdatatype.to_text(data.rdtype), data.to_text())
        for name, _, data in zone.iterate_rdatas()
    }
    below = ".svc.cluster.local."
    assert {(n.removesuffix(below), t, d) for n, t, d in found if t in ("A", "AAAA", "CNAME")} == {
        ("web.prod", "A", "10.96.0.10"),
        ("web.prod", "AAAA", "fd00::10"),
        ("by-hand.prod", "A", "10.0.0.7"),
        ("by-hand.prod", "A", "10.0.0.8"),
        ("primary.by-hand.prod", "A", "10.0.0.7"),
        ("10-0-0-8.by-hand.prod", "A", "10.0.0.8"),
        ("outside.prod", "CNAME", "db.example.com."),
        ("other-name.shop", "CNAME", "web.prod.svc.cluster.local."),
    }
    ports = {d for n, t, d in found if t == "SRV" and n.startswith("_pg._tcp.db.prod.")}
    assert ports == {
        "0 50 6432 db-5.db.prod.svc.cluster.local.",
        "0 50 6432 db-6.db.prod.svc.cluster.local.",
    }


def test_a_zone_file_tells_of_every_name(load: Load, cluster: str) -> None:
    text = written(load(cluster), "zone")
    for name in names(load(cluster)):
        assert name.name.removesuffix(".cluster.local") in text


@pytest.mark.parametrize(
    "name", ["a b", "a;b", "${NAME}", "a\\nb", "(a", '\\"a', "ä", "@", "a\\t", "a..b", "a" * 64]
)
def test_strange_names_break_no_zone_file(load: Load, name: str) -> None:
    text = f"""
apiVersion: v1
kind: Service
metadata: {{name: "{name}", namespace: prod}}
spec: {{type: ExternalName, externalName: "{name}"}}
"""
    world = load(text, Settings())
    assert len(names(world)) == 1
    zone = dns.zone.from_text(written(world, "zone"), relativize=False)
    assert [str(each) for each in zone] == ["cluster.local."]
    assert len(written(world, "text").splitlines()) == 4
