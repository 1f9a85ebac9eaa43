"""What hslint connects in a world and what DNS answers there, beside what Kubernetes does."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from hslint.controllers import COMPLETION_INDEX, NUMBERED
from hslint.document import documents
from hslint.endpoints import endpoints, port_on
from hslint.hostnames import domain_of, host_names
from hslint.lookup import Resolver
from hslint.manifest import manifests
from hslint.selector import map_selector
from hslint.service import is_headless, service_ports
from hslint.source import Source
from hslint.world import World
from hslint.world.dns import Dns

if TYPE_CHECKING:
    from hslint.manifest import Manifest
    from hslint.workload import Pods
    from hslint.world.answer import Answer, Record

#: What there is of a name in DNS.
RECORDS, NAME, NONE = "records", "name", "none"
#: What the judges print.
Wired = dict[str, Any]
#: What is asked, what Kubernetes does, what hslint says.
Facts = list[tuple[str, object, object]]


def facts(objects: list[dict[str, Any]], wired: Wired, minor: int) -> Facts:
    """Each Service with each workload: selected or not, by which port; each pod with its names."""
    world = world_of(objects, minor)
    pods_of: dict[str, list[dict[str, Any]]] = {}
    for pod in wired["pods"]:
        if not pod.get("errors"):
            pods_of.setdefault(pod["owner"], []).append(pod)
    result: Facts = []
    for pods in world.pods:
        owner = pods.owner
        made = pods_of.get(f"{owner.kind} {owner.namespace} {owner.name}", [])
        if made:
            result += _names(pods, made)
            for service in world.all("Service"):
                result += _behind(world, service, pods, made, wired["slices"])
    return result


def answers(
    objects: list[dict[str, Any]],
    asked: list[dict[str, str]],
    told: list[str],
    minor: int,
) -> Facts:
    """Each name looked up: ``yes`` for records, ``no`` for none; hslint may also not say.

    *told* is what ``found`` makes of DNS' answers, name by name. Rules do not tell families apart.
    """
    world = world_of(objects, minor)
    dns = Dns(world)
    client = next(iter(world.objects_in(world.all("Service")[0].document)))
    return [
        (
            f"{question['type']} {question['name']}",
            "no" if there == NONE else "yes",
            _said(dns.resolve(question["name"].removesuffix("."), client), world),
        )
        for question, there in zip(asked, told, strict=True)
    ]


def world_of(objects: list[dict[str, Any]], minor: int) -> World:
    """What hslint makes of the objects, written in one file."""
    text = "\n---\n".join(map(json.dumps, objects))
    found = documents(Source("world.yaml", text.encode()))
    read = [manifest for document in found for manifest in manifests(document, minor)]
    return World(read, minor=minor)


def known_name(pod: dict[str, Any]) -> str:
    """The name that manifests tell of a pod; "" where its controller makes one up."""
    kind = pod["owner"].partition(" ")[0]
    if kind == "StatefulSet" or COMPLETION_INDEX in (pod["labels"] or {}):
        return str(pod["hostname"])
    return str(pod["name"]) if kind == "Pod" else ""


def _names(pods: Pods, made: list[dict[str, Any]]) -> Facts:
    title = repr(pods)
    names = host_names(pods) or []
    result: Facts = [
        (f"{title}: subdomain", sorted({pod["subdomain"] for pod in made}), [domain_of(pods)])
    ]
    for pod in made:
        host = pod["hostname"]
        said = any(host in each for each in names) if host else bool(names)
        result.append((f"{title}: host name {host}", bool(host), said))
    if names and names[0].ranges:
        result.append((f"{title}: how many", len(made), len(names[0].ranges[0])))
    return result


def _behind(
    world: World,
    service: Manifest,
    pods: Pods,
    made: list[dict[str, Any]],
    slices: list[dict[str, Any]],
) -> Facts:
    """Whether the Service leads to the pods, and to which port of each by each of its own."""
    title = f"{service.title} in {service.namespace} and {pods!r}"
    names = {pod["name"]: known_name(pod) for pod in made if pod["namespace"] == service.namespace}
    reached: dict[str, dict[str, int | None]] = {}
    for each in slices:
        metadata = each["metadata"]
        labels = metadata.get("labels", {})
        if labels.get("kubernetes.io/service-name") != service.name:
            continue
        for endpoint in each["endpoints"] or ():
            name = (endpoint.get("targetRef") or {}).get("name", "")
            if metadata["namespace"] == service.namespace and name in names:
                ports = {port.get("name", ""): port.get("port") for port in each["ports"] or ()}
                reached.setdefault(name, {}).update(ports)
    said: dict[str, int | None] = {}
    if service.spec["type"].string != "ExternalName":
        found = [each for each in endpoints(service, world) if each.pods is pods]
        said = {each.pod: each.count for each in found}
    true: dict[str, int | None] = dict(Counter(names[name] for name in reached))
    true = {pod: None if said.get(pod, 0) is None else number for pod, number in true.items()}
    result: Facts = [(f"{title}: which", true, said)]
    selected = pods in world.selected_by(service)
    if not map_selector(service.spec["selector"]).equal.keys() & {*NUMBERED}:
        result.append((f"{title}: selected", bool(reached), selected))
    if not (reached and selected):
        return result
    for port in service_ports(service):
        kubernetes = sorted({repr(ports.get(port.name)) for ports in reached.values()})
        result.append((f"{title}: {port.title}", kubernetes, [repr(port_on(pods, port))]))
    return result


def _said(answer: Answer, world: World) -> str:
    """What hslint says: an answer, none, or nothing.

    An answer without fault means that such a Service is there. Whether it has pods is the world's
    to say, and another rule's to report.
    """
    if answer.fault:
        return "no"
    record = answer.record
    services = [s for s in answer.services if not (_is_external(s) and record and record.host)]
    if record is None or not services:
        return "unsaid"
    return "yes" if any(_has(each, record, world) for each in services) else "no"


def _is_external(service: Manifest) -> bool:
    return service.spec["type"].string == "ExternalName"


def _has(service: Manifest, record: Record, world: World) -> bool:
    """Whether a Service has the record: a virtual IP has all its own, pods have what they serve."""
    if _is_external(service):
        name = f"{service.name}.{service.namespace}.svc.cluster.local."
        return not record.port and bool(Resolver(world).resolve(name, None).found)
    behind = list(endpoints(service, world))
    if record.host:
        return any(each.label == record.host for each in behind)
    if not is_headless(service):
        return True
    wanted = record.port, record.protocol.upper()
    return any(not record.port or wanted in each.ports for each in behind)


def found(answer: dict[str, Any]) -> str:
    """Whether CoreDNS has records of the type, the name alone, or nothing."""
    if answer["code"] != "NOERROR":
        return NONE
    return RECORDS if answer.get("records") else NAME


def trimmed(wired: Wired) -> Wired:
    """What ``facts`` asks for, and no more: what is recorded is read by everybody's tests."""
    service = "kubernetes.io/service-name"
    pods = ("namespace", "name", "owner", "hostname", "subdomain", "errors")
    return {
        "pods": [
            {key: pod[key] for key in pods if key in pod}
            | {
                "labels": {COMPLETION_INDEX: ""}
                if COMPLETION_INDEX in (pod["labels"] or {})
                else {}
            }
            for pod in wired["pods"]
        ],
        "slices": [
            {
                "metadata": {
                    "namespace": each["metadata"]["namespace"],
                    "labels": {service: each["metadata"]["labels"].get(service, "")},
                },
                "endpoints": [
                    {"targetRef": {"name": e["targetRef"]["name"]}}
                    for e in each["endpoints"] or ()
                    if e.get("targetRef")
                ],
                "ports": each["ports"],
            }
            for each in wired["slices"]
        ],
    }


def share(fact: tuple[str, object, object]) -> str:
    """Whether both say the same; ``open`` where hslint says nothing of a name that is none.

    hslint keeps silent about what another file or somebody else may well have made.
    """
    _, true, said = fact
    if said == "unsaid":
        return "open" if true == "no" else "unknown"
    return "agree" if said == true else "differ"
