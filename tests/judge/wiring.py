"""What hslint connects in a world and what DNS answers there, beside what Kubernetes does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hslint.document import documents
from hslint.hostnames import domain_of, host_names
from hslint.manifest import Manifest, manifests
from hslint.service import is_headless, service_ports
from hslint.source import Source
from hslint.world import World
from hslint.world.dns import Dns

if TYPE_CHECKING:
    from hslint.workload import Pods
    from hslint.world.answer import Answer, Record

#: What the judges print.
Wired = dict[str, Any]
#: What is asked, what Kubernetes does, what hslint says.
Facts = list[tuple[str, object, object]]

_SUFFIX = ".cluster.local."


def facts(objects: list[dict[str, Any]], wired: Wired, minor: int) -> Facts:
    """Each Service with each workload: selected or not, by which port; each pod with its names."""
    found = _manifests(objects, minor)
    world = World(found, minor=minor)
    pods_of: dict[str, list[dict[str, Any]]] = {}
    for pod in wired["pods"]:
        if not pod.get("errors"):
            pods_of.setdefault(pod["owner"], []).append(pod)
    result: Facts = []
    for manifest in found:
        for pods in world.pods_of(manifest):
            made = pods_of.get(f"{manifest.kind} {manifest.namespace} {manifest.name}", [])
            if made:
                result += _names(pods, made)
                for service in world.all("Service"):
                    result += _behind(world, service, pods, made, wired["slices"])
    return result


def answers(
    objects: list[dict[str, Any]],
    asked: list[dict[str, str]],
    told: list[bool],
    minor: int,
) -> Facts:
    """Each name looked up: ``yes`` for records, ``no`` for none; hslint may also not say.

    *told* is whether DNS has records, name by name.
    """
    found = _manifests(objects, minor)
    world = World(found, minor=minor)
    dns = Dns(world)
    return [
        (
            f"{question['type']} {question['name']}",
            "yes" if there else "no",
            _said(dns.resolve(question["name"].removesuffix("."), found[0]), world),
        )
        for question, there in zip(asked, told, strict=True)
    ]


def _manifests(objects: list[dict[str, Any]], minor: int) -> list[Manifest]:
    text = "\n---\n".join(map(json.dumps, objects))
    found = documents(Source("world.yaml", text.encode()))
    return [manifest for document in found for manifest in manifests(document, minor)]


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
    names = {pod["name"] for pod in made if pod["namespace"] == service.namespace}
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
    selected = pods in world.selected_by(service)
    result: Facts = [(f"{title}: selected", bool(reached), selected)]
    if not (reached and selected):
        return result
    for port in service_ports(service):
        kubernetes = sorted({repr(ports.get(port.name)) for ports in reached.values()})
        found = port.target.integer
        if port.target.string:
            declared = pods.find_port(port.target.string, port.protocol)
            found = declared.number if declared else None
        result.append((f"{title}: {port.title}", kubernetes, [repr(found)]))
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
    return "yes" if any(_has(each, record, answer.pods, world) for each in services) else "no"


def _is_external(service: Manifest) -> bool:
    return service.spec["type"].string == "ExternalName"


def _has(service: Manifest, record: Record, pods: Pods | None, world: World) -> bool:
    """Whether a Service has the record: a virtual IP has all its own, pods have what they serve."""
    selected = world.selected_by(service)
    if _is_external(service):
        return not record.port
    if record.host:
        return pods is not None and pods in selected
    if not is_headless(service):
        return True
    if not record.port:
        return bool(selected)
    ports = [port for port in service_ports(service) if port.name == record.port]
    return any(
        port.target.integer or each.find_port(port.target.string, port.protocol)
        for port in ports
        for each in selected
    )


def is_there(answer: dict[str, Any]) -> bool:
    """Whether CoreDNS has a record of the name."""
    return answer["code"] == "NOERROR" and bool(answer.get("records"))


def trimmed(wired: Wired) -> Wired:
    """What ``facts`` asks for, and no more: what is recorded is read by everybody's tests."""
    service = "kubernetes.io/service-name"
    pods = ("namespace", "name", "owner", "hostname", "subdomain", "errors")
    return {
        "pods": [{key: pod[key] for key in pods if key in pod} for pod in wired["pods"]],
        "slices": [
            {
                "metadata": {
                    "namespace": each["metadata"]["namespace"],
                    "labels": {service: each["metadata"]["labels"].get(service, "")},
                },
                "endpoints": [
                    {"targetRef": {"name": (e.get("targetRef") or {}).get("name", "")}}
                    for e in each["endpoints"] or ()
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
