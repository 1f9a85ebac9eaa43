"""The names that are listed are those that CoreDNS answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hslint.endpoints import how_many
from hslint.names import Name, names, natural
from hslint.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from hslint.world import World

    Load = Callable[..., World]


@pytest.fixture(scope="module")
def listed(load: Load, cluster: str) -> list[Name]:
    return names(load(cluster))


def answers(listed: list[Name], start: str, type_: str = "A") -> list[str]:
    """What the name that begins so leads to: pods, addresses, hosts with ports."""
    found = [name for name in listed if name.name.startswith(f"{start}.") and name.type == type_]
    return [
        " ".join(filter(None, (str(t.port or ""), t.host.partition(".")[0], t.pod or t.address)))
        for name in found
        for t in name.targets
    ]


def test_a_headless_service_is_its_pods(listed: list[Name]) -> None:
    assert answers(listed, "db.prod") == ["db-5", "db-6"]
    assert answers(listed, "db-5.db.prod") == ["db-5"]
    assert answers(listed, "db-7.db.prod") == []


def test_a_service_for_one_pod_is_that_pod(listed: list[Name]) -> None:
    assert answers(listed, "db-5.prod") == ["db-5"]


def test_an_srv_record_has_the_port_of_the_pods_under_the_name_of_the_services(
    listed: list[Name],
) -> None:
    assert answers(listed, "_pg._tcp.db.prod", "SRV") == ["6432 db-5 db-5", "6432 db-6 db-6"]
    assert answers(listed, "_nobody._tcp.db.prod", "SRV") == []
    assert answers(listed, "_http._tcp.web.prod", "SRV") == ["80 web"]


def test_pods_without_host_names_are_counted(listed: list[Name]) -> None:
    (name,) = (n for n in listed if n.name == "web-each.prod.svc.cluster.local")
    assert [(t.owner.title, t.count) for t in name.targets] == [("Deployment `web`", 3)]
    (port,) = (n for n in listed if n.name == "_http._tcp.web-each.prod.svc.cluster.local")
    assert [t.host for t in port.targets] == ["<pod-ip>.web-each.prod.svc.cluster.local"]


def test_a_virtual_ip_is_the_one_written_in_each_family(listed: list[Name]) -> None:
    assert answers(listed, "web.prod") == ["10.96.0.10"]
    assert answers(listed, "web.prod", "AAAA") == ["fd00::10"]


def test_an_external_name_is_an_alias_and_an_address_is_none(listed: list[Name]) -> None:
    assert [n.targets[0].host for n in listed if n.service == "outside"] == ["db.example.com"]
    assert [(n.targets, "no name" in n.why) for n in listed if n.service == "address"] == [
        ([], True)
    ]


def test_endpoints_by_hand_count_when_they_are_ready(listed: list[Name]) -> None:
    assert answers(listed, "by-hand.prod") == ["10.0.0.7", "10.0.0.8"]
    assert answers(listed, "primary.by-hand.prod") == ["10.0.0.7"]
    assert answers(listed, "10-0-0-8.by-hand.prod") == ["10.0.0.8"]
    assert answers(listed, "_pg._tcp.by-hand.prod", "SRV") == [
        "5433 10-0-0-8 10.0.0.8",
        "5433 primary 10.0.0.7",
    ]


def test_jobs_pods_and_the_services_that_controllers_make(listed: list[Name]) -> None:
    assert answers(listed, "train.prod") == ["train-0", "train-1"]
    assert answers(listed, "train-1.train.prod") == ["train-1"]
    assert answers(listed, "first.lone.prod") == ["lone"]
    assert answers(listed, "ring.prod") == ["ring-workers-0-0", "ring-workers-0-1"]
    assert answers(listed, "ring-workers-0-1.ring.prod") == ["ring-workers-0-1"]
    assert answers(listed, "serve-1.prod") == ["serve-1", "serve-1-1"]
    assert answers(listed, "serve-1-1.serve-1.prod") == ["serve-1-1"]


def test_a_service_can_be_for_one_pod_of_an_indexed_job(load: Load, cluster: str) -> None:
    service = """---
apiVersion: v1
kind: Service
metadata: {name: leader, namespace: prod}
spec:
  clusterIP: None
  selector: {job-name: train, batch.kubernetes.io/job-completion-index: "0"}
"""
    assert answers(names(load(cluster + service)), "leader.prod") == ["train-0"]
    none = names(load(cluster + service.replace('"0"', '"7"')))
    why = "Service `leader` selects a pod that Job `train` does not have"
    assert [name.why for name in none if name.service == "leader"] == [why]
    old = names(load(cluster + service, Settings(minor=27)))  # which has no such label
    assert answers(old, "leader.prod") == []


def test_an_indexed_job_that_says_no_numbers_has_one_pod(load: Load, cluster: str) -> None:
    bare = cluster.replace(
        "  completionMode: Indexed\n  completions: 2\n", "  completionMode: Indexed\n"
    )
    assert answers(names(load(bare)), "train.prod") == ["train-0"]
    several = bare.replace(
        "  completionMode: Indexed\n", "  completionMode: Indexed\n  parallelism: 3\n"
    )
    assert answers(names(load(several)), "train.prod") == ["train-<n>"]  # which is rejected


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("", 1),
        ("parallelism: 3", 3),
        ("completions: 3", 1),
        ("completions: 1, parallelism: 5", 1),
        ("completions: 5, parallelism: 2", 2),
        ("completions: null, parallelism: 2", 2),
        ("parallelism: 0", 0),
    ],
)
def test_a_job_has_as_many_pods_at_once_as_it_may_and_are_left_to_do(
    load: Load, said: str, count: int
) -> None:
    job = f"""
apiVersion: batch/v1
kind: Job
metadata: {{name: count, namespace: prod}}
spec: {{{said or "suspend: false"}, template: {{spec: {{restartPolicy: Never}}}}}}
"""
    world = load(job)
    (pods,) = world.pods
    assert how_many(pods, world) == count


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("", {"A": [""]}),
        ("ipFamilies: [IPv6]", {"AAAA": [""]}),
        ("ipFamilyPolicy: RequireDualStack", {"A": [""], "AAAA": [""]}),
        (
            "ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv6, IPv4]",
            {"AAAA": [""], "A": ["if the cluster has both families"]},
        ),
    ],
)
def test_the_records_are_those_of_the_families_asked_for(
    load: Load, spec: str, said: dict[str, list[str]]
) -> None:
    service = f"{{apiVersion: v1, kind: Service, metadata: {{name: web}}, spec: {{{spec}}}}}"
    assert {n.type: [t.note for t in n.targets] for n in names(load(service))} == said


def test_only_what_publishes_unready_pods_does_not_wait_for_them(listed: list[Name]) -> None:
    waits = {n.service: t.ready for n in listed for t in n.targets}
    assert (waits["db"], waits["db-5"], waits["ring"], waits["web"]) == (True, False, False, False)


def test_names_that_are_meant_and_will_not_be_say_why(listed: list[Name]) -> None:
    why = {name.name.partition(".svc.")[0]: name.why for name in listed if not name.targets}
    assert why == {
        "address.shop": "Service `address` is of type ExternalName and names an address, which is"
        " no name",
        "queue.prod": "Service `queue` selects no pods in the files given",
        "queue-0.queue.prod": "Service `queue` does not select the pods of StatefulSet `queue`",
    }


def test_an_unknown_namespace_is_left_open_unless_it_is_given(load: Load, cluster: str) -> None:
    settings = Settings(namespace="here", cluster_domain="k8s.test")
    given = names(load(cluster, settings))
    assert "unplaced.<namespace>.svc.cluster.local" in {n.name for n in names(load(cluster))}
    assert "unplaced.here.svc.k8s.test" in {n.name for n in given}


def test_pods_that_an_autoscaler_counts_are_of_no_known_number(load: Load, cluster: str) -> None:
    scaler = """---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: prod}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 9}
"""
    found = [n for n in names(load(cluster + scaler)) if n.service == "web-each"]
    assert {(t.count, t.note) for n in found for t in n.targets} == {
        (None, "HorizontalPodAutoscaler `web` sets how many")
    }


def test_a_set_without_replicas_has_no_names(load: Load, cluster: str) -> None:
    none = names(load(cluster.replace("replicas: 2\n  ordinals", "replicas: 0\n  ordinals")))
    assert answers(none, "db.prod") == answers(none, "db-5.db.prod") == []
    (name,) = (name for name in none if name.name.startswith("db.prod."))
    assert name.why == "Service `db` selects the pods of StatefulSet `db`, which asks for none"


def test_very_many_names_are_one(load: Load, cluster: str) -> None:
    many = names(
        load(cluster.replace("replicas: 2\n  ordinals", "replicas: 900000000\n  ordinals"))
    )
    assert answers(many, "db.prod") == answers(many, "db-<n>.db.prod") == ["db-<n>"]
    assert answers(many, "_pg._tcp.db.prod", "SRV") == ["6432 db-<n> db-<n>"]


def test_the_order_of_the_objects_does_not_matter(load: Load, cluster: str) -> None:
    turned = "---".join(reversed(cluster.split("---")))
    assert [n.name for n in names(load(turned))] == [n.name for n in names(load(cluster))]


def test_what_several_files_say_alike_is_listed_once(load: Load, cluster: str) -> None:
    twice = names(load(f"{cluster}---{cluster}"))
    assert [len(n.targets) for n in twice] == [len(n.targets) for n in names(load(cluster))]


def test_numbers_in_names_sort_by_their_value_however_long() -> None:
    names = ["a-x", "a-2", "a-010", "a-9", "a-" + "9" * 5000]
    assert sorted(names, key=natural) == ["a-2", "a-9", "a-010", "a-" + "9" * 5000, "a-x"]
