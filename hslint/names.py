"""The DNS names that objects will have in the cluster, each with what it leads to.

Sources: kubernetes/dns docs/specification.md (the records), coredns plugin/kubernetes (findServices
in kubernetes.go), k8s.io/endpointslice (which pods, their host names and ports).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING

from hslint.endpoints import ADDRESS, endpoints, how_many, made_by_controller
from hslint.formats import MAX_LABEL
from hslint.hostnames import JOB_SET, LEADER_WORKER_SET, domain_of, host_labels
from hslint.service import is_headless, service_ports
from hslint.world.nearness import can_meet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hslint.endpoints import Endpoint
    from hslint.manifest import Manifest
    from hslint.workload import Pods
    from hslint.world import World

#: Stands for a namespace that the files do not tell.
NAMESPACE = "<namespace>"
#: The API server takes no other.
_PROTOCOLS = ("TCP", "UDP", "SCTP")


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that a name leads to.

    ``address`` is the one written, "" where the cluster chooses it. ``pod`` is the pod's host name,
    or its name, where it is known. ``host`` is what a CNAME or SRV record holds, and ``port`` the
    port of the latter. ``owner`` is the Service with the virtual IP, the workload that makes the
    pods, or the Endpoints or EndpointSlice; ``count`` says how many of its pods the name leads to
    (None: not known). ``ready`` tells that only a pod that is ready is answered, and ``note`` what
    else matters.
    """

    owner: Manifest
    address: str = ""
    pod: str = ""
    host: str = ""
    port: int | None = None
    count: int | None = 1
    ready: bool = False
    note: str = ""

    @property
    def order(self) -> tuple[object, ...]:
        """Targets are listed in this order; it is equal for what several files say alike."""
        numbers = natural(self.host), natural(self.address), natural(self.pod), self.port or 0
        owner = self.owner.type, self.owner.name, self.owner.namespace or ""
        return (*numbers, *owner, self.count or 0, self.ready, self.note)


@dataclass(slots=True)
class Name:
    """A name of the cluster, and what it leads to by records of one type.

    ``name`` is absolute, without the last dot; NAMESPACE, ADDRESS and ``hostnames.NUMBER`` stand in
    it for what is not known. ``why`` says why it leads nowhere, if it does: a name that the
    manifests mean to be there, and that will not be.
    """

    name: str
    type: str
    namespace: str | None
    service: str
    label: str
    targets: list[Target] = field(default_factory=list)
    why: str = ""

    @property
    def order(self) -> tuple[object, ...]:
        """Names are listed in this order: a Service, its pods, its ports."""
        rank = 0 if not self.label else 2 if self.label.startswith("_") else 1
        return self.namespace or "", self.service, rank, natural(self.label), self.type


def natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    """Text to sort by: the numbers in it count as numbers, and come first."""
    parts = re.findall(r"[0-9]+|[^0-9]+", text)
    bare = [(part, part.lstrip("0")) for part in parts]
    return tuple((False, len(b), b) if p.isdecimal() else (True, 0, p) for p, b in bare)


def names(world: World) -> list[Name]:
    """The names that the objects of *world* will have, in order."""
    found = _Names(world)
    for service in world.all("Service"):
        if service.name:
            found.add_service(service)
    for pods in world.pods:
        found.add_pods(pods)
    return found.sorted()


class _Names:
    """Names by themselves and their type; what several objects say of one is taken together."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._found: dict[tuple[str, str], Name] = {}

    def sorted(self) -> list[Name]:
        answered = {n.name for n in self._found.values() if n.targets}
        kept = [n for n in self._found.values() if n.targets or n.name not in answered]
        for name in kept:
            distinct = {target.order: target for target in reversed(name.targets)}
            name.targets = [distinct[order] for order in sorted(distinct)]
        return sorted(kept, key=lambda name: name.order)

    def add_service(self, service: Manifest) -> None:
        """The names of a Service, of the pods below it, and of its ports."""
        if service.is_elsewhere:
            self._add_virtual(service, [])  # no more is known of it than this
            return
        if service.spec["type"].string == "ExternalName":
            self._add_alias(service)
            behind: list[Endpoint] = []
        else:
            behind = list(endpoints(service, self._world))
            if is_headless(service):
                self._add_headless(service, behind)
            else:
                self._add_virtual(service, behind)
        for pods in self._world.governed_by(service):
            if can_meet(pods.owner, service) and not any(e.pods is pods for e in behind):
                self._miss_pods(pods, service.name, service.namespace, _unselected(service, pods))

    def _add_alias(self, service: Manifest) -> None:
        alias = service.spec["externalName"].string.removesuffix(".")
        if _is_address(alias):
            why = f"{service.title} is of type ExternalName and names an address, which is no name"
            self._miss(service.name, service.namespace, "CNAME", "", why)
        elif alias:
            self._add(service, "CNAME", "", Target(service, host=alias))

    def _add_virtual(self, service: Manifest, behind: list[Endpoint]) -> None:
        """A Service with a virtual IP; CoreDNS answers for its pods with host names as well."""
        listed = [node.string for node in service.spec["clusterIPs"]]
        written = [each for each in listed if _is_address(each)]
        if not written and _is_address(service.spec["clusterIP"].string):
            written = [service.spec["clusterIP"].string]
        for address in written:
            self._add(service, _type(address), "", Target(service, address))
        if not written:
            for type_, note in _families(service):
                self._add(service, type_, "", Target(service, note=note))
        for port in service_ports(service):
            if label := _srv_label(port.name, port.protocol):
                host = self._full("", service.name, service.namespace)
                self._add(service, "SRV", label, Target(service, host=host, port=port.number))
        for endpoint in behind:
            if endpoint.label != ADDRESS:
                note = "not headless: CoreDNS alone answers this"
                self._add_endpoint(service, endpoint.label, endpoint, note)

    def _add_headless(self, service: Manifest, behind: list[Endpoint]) -> None:
        for endpoint in behind:
            self._add_endpoint(service, "", endpoint, "")
            self._add_endpoint(service, endpoint.label, endpoint, "")
            for (port, protocol), number in endpoint.ports.items():
                if label := _srv_label(port, protocol):
                    host = self._full(endpoint.label, service.name, service.namespace)
                    target = self._target(endpoint, host=host, port=number)
                    self._add(service, "SRV", label, target)
        if not behind:
            why = _nobody(service, self._world)
            self._miss(service.name, service.namespace, "A", "", why)

    def _add_endpoint(self, service: Manifest, label: str, endpoint: Endpoint, note: str) -> None:
        address = endpoint.address
        for type_, more in [(_type(address), "")] if address else _families(service):
            self._add(service, type_, label, self._target(endpoint, note, more))

    @staticmethod
    def _target(endpoint: Endpoint, *more: str, host: str = "", port: int | None = None) -> Target:
        notes = [each for each in (endpoint.note, *more) if each]
        return Target(
            endpoint.owner,
            endpoint.address,
            endpoint.pod,
            host,
            port,
            endpoint.count,
            endpoint.ready,
            "; ".join(notes),
        )

    def add_pods(self, pods: Pods) -> None:
        """Names below a Service that is not among the files: a controller makes it, or nobody."""
        owner = pods.owner
        for domain, made in made_by_controller(pods, self._world):
            for endpoint in made:
                for label in ("", endpoint.label):
                    name = self._insert(domain, owner.namespace, "A", label)
                    target = self._target(endpoint)
                    name.targets.append(target)
        domain = domain_of(pods)
        if (
            domain
            and owner.type not in (JOB_SET, LEADER_WORKER_SET)
            and not self._world.governing(pods)
        ):
            why = f"no Service `{domain}` in the files given"
            others = self._world.elsewhere("Service", domain, owner)
            if others:
                why = f"Service `{domain}` is in namespace `{others[0].namespace}`"
            self._miss_pods(pods, domain, owner.namespace, why)

    def _miss_pods(self, pods: Pods, domain: str, namespace: str | None, why: str) -> None:
        for label in host_labels(pods):
            self._miss(domain, namespace, "A", label, why)

    # -- one name

    def _miss(self, service: str, namespace: str | None, type_: str, label: str, why: str) -> None:
        name = self._insert(service, namespace, type_, label)
        name.why = name.why or why

    def _add(self, service: Manifest, type_: str, label: str, target: Target) -> None:
        name = self._insert(service.name, service.namespace, type_, label)
        name.targets.append(target)

    def _insert(self, service: str, namespace: str | None, type_: str, label: str) -> Name:
        full = self._full(label, service, namespace)
        found = self._found.get((full, type_))
        if found is None:
            found = self._found[full, type_] = Name(full, type_, namespace, service, label)
        return found

    def _full(self, label: str, service: str, namespace: str | None) -> str:
        below = f"{service}.{namespace or NAMESPACE}.svc.{self._world.cluster_domain}"
        return f"{label}.{below}" if label else below


def _srv_label(port: str, protocol: str) -> str:
    """The labels of a port's SRV records; "" where it has none."""
    if not port or len(port) >= MAX_LABEL or protocol not in _PROTOCOLS:
        return ""
    return f"_{port}._{protocol}".lower()


def _families(service: Manifest) -> Iterator[tuple[str, str]]:
    """The types of the records of addresses that the cluster chooses, each with what must hold.

    The first family is IPv4 where it is not written. Source: pkg/registry/core/service/storage:
    initIPFamilyFields.
    """
    if service.is_elsewhere:
        yield "A", f"elsewhere, as {service.file} says"
        return
    listed = [node.string for node in service.spec["ipFamilies"]]
    types = ["AAAA", "A"] if listed[:1] == ["IPv6"] else ["A", "AAAA"]
    yield types[0], ""
    policy = service.spec["ipFamilyPolicy"].string
    if policy == "RequireDualStack":
        yield types[1], ""
    elif policy == "PreferDualStack" or len(listed) > 1:
        yield types[1], "if the cluster has both families"


def _type(address: str) -> str:
    return "AAAA" if ":" in address else "A"


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _unselected(service: Manifest, pods: Pods) -> str:
    """Why pods that name *service* as theirs have no names below it."""
    if service.spec["type"].string == "ExternalName":
        return f"{service.title} is of type ExternalName, and has no pods"
    if not service.spec["selector"].mapping:
        return f"{service.title} has no selector"
    return f"{service.title} does not select the pods of {pods.owner.title}"


def _nobody(service: Manifest, world: World) -> str:
    """Why nothing is behind a headless Service."""
    if not service.spec["selector"].mapping:
        return f"{service.title} has no selector, and no endpoints in the files given"
    for pods in world.selected_by(service):
        if how_many(pods, world) == 0:
            return f"{service.title} selects the pods of {pods.owner.title}, which asks for none"
        return f"{service.title} selects a pod that {pods.owner.title} does not have"
    return f"{service.title} selects no pods in the files given"
