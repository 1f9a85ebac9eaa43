"""A name is looked up as a pod would: along its search path, and with what the listing says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hslint.lookup import Resolver
from hslint.names import names
from hslint.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from hslint.world import World

    Load = Callable[..., World]


@pytest.fixture(scope="module")
def resolver(load: Load, cluster: str) -> Resolver:
    return Resolver(load(cluster))


@pytest.mark.parametrize(
    ("name", "namespace", "tried"),
    [
        ("db", "prod", ["db.prod.svc.cluster.local"]),
        ("DB", "prod", ["DB.prod.svc.cluster.local"]),
        ("db.prod", "shop", ["db.prod.shop.svc.cluster.local", "db.prod.svc.cluster.local"]),
        ("db-5.db.prod.svc.cluster.local", "shop", ["db-5.db.prod.svc.cluster.local"]),  # 5 dots
        (
            "db.prod.svc.cluster.local",  # 4
            "shop",
            [
                "db.prod.svc.cluster.local.shop.svc.cluster.local",
                "db.prod.svc.cluster.local.svc.cluster.local",
                "db.prod.svc.cluster.local.cluster.local",
                "db.prod.svc.cluster.local",
            ],
        ),
        ("db.prod.svc.cluster.local.", "shop", ["db.prod.svc.cluster.local"]),
    ],
)
def test_the_search_path_is_walked_to_the_first_answer(
    resolver: Resolver, name: str, namespace: str, tried: list[str]
) -> None:
    lookup = resolver.resolve(name, namespace)
    assert (lookup.resolved, lookup.tried) == (True, tried)


@pytest.mark.parametrize(
    ("name", "namespace", "why"),
    [
        ("a..db.prod.svc.cluster.local", "shop", "it has two dots in a row, or one at its start"),
        (".db.prod.svc", "shop", "it has two dots in a row, or one at its start"),
        ("db", "shop", "the Service is in another namespace: ask for `db.prod`"),
        ("db.", "prod", "nothing in the files given has this name"),
        ("db-7.db", "prod", "are called `db-5` to `db-6`"),
        ("db-6", "prod", "ask for `db-6.db`"),
        ("db-5.web", "prod", "those of StatefulSet `db` have theirs below `db`"),
        ("web-0.web-each.prod.svc", "shop", "those of Deployment `web` have no names"),
        ("_http._udp.web", "prod", "no port of this name and protocol: Service `web`"),
        ("dbb", "prod", "nothing in the files given has this name"),
        ("webb.prod.svc", "prod", "did you mean `web`?"),
        ("db.svc.cluster.local", "prod", "the namespace of Service `db` is missing before `svc`"),
        ("queue-0.queue", "prod", "Service `queue` does not select the pods"),
        ("address", "shop", "names an address, which is no name"),
        ("db.example.com", "prod", "it may be one outside the cluster"),
    ],
)
def test_what_does_not_resolve_says_why(
    resolver: Resolver, name: str, namespace: str, why: str
) -> None:
    lookup = resolver.resolve(name, namespace)
    assert not lookup.resolved
    assert why in lookup.why


def test_an_alias_is_followed_to_names_of_the_cluster_and_no_further(resolver: Resolver) -> None:
    inside = resolver.resolve("other-name", "shop")
    outside = resolver.resolve("outside", "prod")
    assert [name.type for name in inside.found] == ["CNAME", "A", "AAAA"]
    assert [name.type for name in outside.found] == ["CNAME"]
    assert inside.resolved
    assert outside.resolved


def test_an_alias_to_nothing_in_the_cluster_does_not_resolve(load: Load, cluster: str) -> None:
    broken = cluster.replace("externalName: web.prod", "externalName: wbe.prod")
    lookup = Resolver(load(broken)).resolve("other-name", "shop")
    assert not lookup.resolved


def test_aliases_in_a_circle_do_not_resolve(load: Load, cluster: str) -> None:
    circle = cluster.replace("externalName: web.prod", "externalName: other-name.shop")
    lookup = Resolver(load(circle)).resolve("other-name", "shop")
    assert (lookup.resolved, lookup.why) == (False, "the aliases go round in a circle")


def test_an_object_without_namespace_may_be_in_any(resolver: Resolver) -> None:
    assert resolver.resolve("unplaced", None).why == ""
    assert "is applied to `prod`" in resolver.resolve("unplaced", "prod").why


def test_what_every_cluster_has_resolves(resolver: Resolver) -> None:
    assert resolver.resolve("kubernetes.default", "prod").resolved


NAMES = st.sampled_from(["a", "b", "c-0"])
SPACES = st.sampled_from(["prod", "shop"])
SERVICE = st.builds(
    "apiVersion: v1\nkind: Service\nmetadata: {{name: {0}, namespace: {1}}}\n"
    "spec: {{{2}, selector: {{app: {3}}}, ports: [{4}]}}\n".format,
    NAMES,
    SPACES,
    st.sampled_from(
        [
            "clusterIP: None",
            "clusterIP: 10.0.0.1",
            "type: NodePort",
            "clusterIP: None, publishNotReadyAddresses: true",
            "type: ExternalName, externalName: a.example.com",
        ]
    ),
    NAMES,
    st.sampled_from(
        [
            "",
            "{port: 80}",
            "{name: p, port: 80}",
            "{name: q, port: 1, targetPort: p, protocol: UDP}",
            "{name: p, port: 1, protocol: HTTP}",
        ]
    ),
)
WORKLOAD = st.builds(
    "apiVersion: apps/v1\nkind: {0}\nmetadata: {{name: {1}, namespace: {2}}}\n"
    "spec:\n  serviceName: {3}\n  replicas: {4}\n  selector: {{matchLabels: {{app: {5}}}}}\n"
    "  template:\n    metadata: {{labels: {{app: {5}}}}}\n"
    "    spec:\n      {6}\n      containers:\n"
    "        - {{name: a, image: 'a:1', ports: [{{name: p, containerPort: 9}}]}}\n".format,
    st.sampled_from(["StatefulSet", "Deployment"]),
    NAMES,
    SPACES,
    NAMES,
    st.integers(0, 3),
    NAMES,
    st.sampled_from(["", "hostname: h\n      subdomain: a"]),
)
SLICE = st.builds(
    "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata:\n  name: s\n  namespace: {0}\n"
    "  labels: {{kubernetes.io/service-name: {1}}}\naddressType: IPv4\n"
    "ports: [{{name: p, port: 1}}]\nendpoints: [{{addresses: [10.0.0.7]{2}}}]\n".format,
    SPACES,
    NAMES,
    st.sampled_from(["", ", hostname: first"]),
)
CLIENT = """---
apiVersion: v1
kind: Pod
metadata: {name: client, namespace: test}
spec: {containers: [{name: client, image: 'client:1', env: [{name: X, value: "x://%s/"}]}]}
"""


@settings(deadline=None, max_examples=100)
@given(st.lists(st.one_of(SERVICE, WORKLOAD, SLICE), max_size=7))
def test_what_is_listed_resolves_to_the_same_and_no_rule_about_names_finds_fault(
    load: Load, objects: list[str]
) -> None:
    text = "---\n".join(objects)
    world = load(text, Settings())
    resolver = Resolver(world)
    for name in names(world):
        asked = name.name.replace("<pod-ip>", "10-1-2-3")
        lookup = resolver.resolve(asked, "test")
        assert lookup.resolved == bool(name.targets), asked
        if name.targets:
            assert name in lookup.found
            client = load(text + CLIENT % asked)
            (pod,) = (pod for pod in client.all("Pod") if pod.name == "client")
            assert [reference.fault for reference in client.hosts.of(pod)] == [""], asked
