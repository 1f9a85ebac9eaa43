"""What is behind a Service: pods, and endpoints written by hand, with their names and ports.

Sources: k8s.io/endpointslice (reconciler.go, utils.go), pkg/controller/endpointslicemirroring, and
the projects of JobSet and LeaderWorkerSet for the Services that their controllers make.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hslint.controllers import COMPLETION_INDEX, NUMBERED, POD_INDEX, POD_NAME
from hslint.hostnames import JOB_SET, LEADER_WORKER_SET, NUMBER, domain_of, host_labels, host_names
from hslint.selector import map_selector
from hslint.service import endpoint_ports, service_ports
from hslint.world.nearness import can_meet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hslint.hostnames import HostNames
    from hslint.manifest import Manifest
    from hslint.service import ServicePort
    from hslint.workload import Pods
    from hslint.world import World

#: The host label of a pod without a name: its address with dashes, which CoreDNS alone makes.
ADDRESS = "<pod-ip>"
#: The kinds whose pods are as many as their manifests say.
_COUNTED = frozenset(
    {
        "CloneSet.apps.kruise.io",
        "Deployment",
        "DeploymentConfig.apps.openshift.io",
        "Pod",
        "ReplicaSet",
        "ReplicationController",
        "Rollout.argoproj.io",
        "StatefulSet",
        "StatefulSet.apps.kruise.io",
    }
)
#: Labels of EndpointSlices and Endpoints, and the manager that owns the slices of selectors.
_MANAGED_BY = "endpointslice.kubernetes.io/managed-by"
_SKIP_MIRROR = "endpointslice.kubernetes.io/skip-mirror"
_MANAGER = "endpointslice-controller.k8s.io"
#: Said of pods that are selected by labels whose values their controller chooses.
_UNSURE = "if their controller gives them the labels that are selected"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One pod or address behind a Service, or ``count`` pods that nothing tells apart.

    ``label`` is its host label below the Service, ADDRESS where it has no name of its own. ``pod``
    is the pod's host name, or its name, if known, ``address`` the address if written. ``ports`` are
    the numbers by the (name, protocol) of the Service's ports. ``owner`` made the pods, or holds
    the address; ``pods`` is None for the latter. ``ready``: it counts only while it is ready.
    """

    owner: Manifest
    pods: Pods | None
    label: str
    ports: dict[tuple[str, str], int]
    pod: str = ""
    address: str = ""
    count: int | None = 1
    ready: bool = True
    note: str = ""


def endpoints(service: Manifest, world: World) -> Iterator[Endpoint]:
    """What is behind a Service that is not of type ExternalName."""
    selected = [pods for pods in world.selected_by(service) if _together(pods.owner, service)]
    selector = map_selector(service.spec["selector"]).equal
    sure = [pods for pods in selected if _is_sure(pods, selector)]
    for pods in sure or selected:
        yield from _pods(pods, service, world, "" if sure else _UNSURE)
    has_selector = bool(service.spec["selector"].mapping)
    for written in world.endpoints_of(service):
        if not _together(written, service):
            continue
        if written.type == "Endpoints":
            if not has_selector and written.labels.get(_SKIP_MIRROR) != "true":
                yield from _subsets(written)
        elif not has_selector or written.labels.get(_MANAGED_BY) != _MANAGER:
            yield from _slice(written)


def _together(one: Manifest, other: Manifest) -> bool:
    """Whether two objects can be taken to be in one cluster."""
    return can_meet(one, other) and can_meet(other, one)


# -- pods


def _is_sure(pods: Pods, selector: dict[str, str]) -> bool:
    """Whether *pods* carry what is selected, and not only may."""
    return all(key in pods.labels or (key in NUMBERED and key in pods.added) for key in selector)


def _pods(pods: Pods, service: Manifest, world: World, note: str) -> Iterator[Endpoint]:
    owner = pods.owner
    ports = {}
    for port in service_ports(service):
        number = port_on(pods, port)
        if number is not None:
            ports[port.name, port.protocol] = number
    ready = service.spec["publishNotReadyAddresses"].value is not True
    note = "; ".join(filter(None, (_scaled(pods, world), note)))
    governed = domain_of(pods) == service.name
    selector = map_selector(service.spec["selector"]).equal
    known = [names for names in host_names(pods) or () if governed or names.ranges]
    for names in known:
        for host in names:
            if _is_selected(host, selector):
                label = host if governed else ADDRESS
                pod = host if names.ranges else _own_name(pods)
                count = _sharing(names, host, pods, world)
                yield Endpoint(owner, pods, label, ports, pod, "", count, ready, note)
    if known:
        return
    count = how_many(pods, world)
    if count != 0:
        yield Endpoint(owner, pods, ADDRESS, ports, _own_name(pods), "", count, ready, note)


def _own_name(pods: Pods) -> str:
    return pods.owner.name if pods.owner.kind == "Pod" else ""


def _sharing(names: HostNames, host: str, pods: Pods, world: World) -> int | None:
    """How many of *pods* have this one host name."""
    if NUMBER in host:
        return None
    return 1 if names.ranges else how_many(pods, world)


def _is_selected(host: str, selector: dict[str, str]) -> bool:
    """Whether a selector that means single pods, by their names or numbers, means this one."""
    number = host.rpartition("-")[2]
    said = {POD_NAME: host, POD_INDEX: number, COMPLETION_INDEX: number}
    return NUMBER in host or all(selector.get(key, value) == value for key, value in said.items())


def port_on(pods: Pods, port: ServicePort) -> int | None:
    """The number of a Service's port on *pods*; None where they have none of its name."""
    target = port.target
    if target.string:
        found = pods.find_port(target.string, port.protocol)
        return found.number if found else None
    return target.integer


def how_many(pods: Pods, world: World) -> int | None:
    """How many pods there are at once; None where the manifests do not say.

    Of a Job no more than are left to do (pkg/controller/job: manageJob).
    """
    owner = pods.owner
    if owner.type == "Job":
        parallel, completions = (owner.spec[f].integer for f in ("parallelism", "completions"))
        parallel = 1 if parallel is None else parallel
        return parallel if completions is None else min(parallel, completions)
    if owner.type not in _COUNTED or world.is_scaled(owner):
        return None
    return pods.replicas


def _scaled(pods: Pods, world: World) -> str:
    for scaler in world.scalers_of(pods.owner.type, pods.owner.name, pods.owner):
        return f"{scaler.title} sets how many"
    return ""


# -- written by hand


def _subsets(written: Manifest) -> Iterator[Endpoint]:
    for subset in written["subsets"]:
        ports = endpoint_ports(subset["ports"])
        for address in subset["addresses"]:
            yield _by_hand(written, address["ip"].string, address["hostname"].string, ports)


def _slice(written: Manifest) -> Iterator[Endpoint]:
    """The ready endpoints of a slice, where the condition that is not written counts as met.

    Those of addressType FQDN are left out: kube-proxy takes none, and DNS servers differ.
    """
    if written["addressType"].string == "FQDN":
        return
    ports = endpoint_ports(written["ports"])
    for endpoint in written["endpoints"]:
        if endpoint["conditions"]["ready"].value is False:
            continue
        for address in endpoint["addresses"]:
            yield _by_hand(written, address.string, endpoint["hostname"].string, ports)


def _by_hand(
    written: Manifest, address: str, host: str, ports: dict[tuple[str, str], int]
) -> Endpoint:
    label = host or _dashed(address)
    return Endpoint(written, None, label, ports, address=address, ready=False)


def _dashed(address: str) -> str:
    """The label of an endpoint without a name (coredns plugin/kubernetes: endpointHostname)."""
    if "." in address:
        return address.replace(".", "-")
    label = address.replace(":", "-")
    return f"{label}0" if label.endswith("-") else label


# -- Services that controllers make


def made_by_controller(pods: Pods, world: World) -> Iterator[tuple[str, list[Endpoint]]]:
    """The headless Services that a JobSet or LeaderWorkerSet makes for its pods, without ports.

    With the subdomainPolicy UniquePerReplica there is one for each group. A Service that is written
    out is no controller's: it is left to ``endpoints``.
    """
    owner, domain = pods.owner, domain_of(pods)
    network = owner.spec["network"]
    if owner.type not in (JOB_SET, LEADER_WORKER_SET) or world.governing(pods):
        return
    if network["enableDNSHostnames"].value is False:
        return
    ready = network["publishNotReadyAddresses"].value is False
    found: dict[str, list[Endpoint]] = {}
    for label in host_labels(pods):
        group = label[len(owner.name) + 1 :].partition("-")[0]
        count = None if NUMBER in label else 1
        endpoint = Endpoint(owner, pods, label, {}, label, "", count, ready)
        found.setdefault(domain or f"{owner.name}-{group}", []).append(endpoint)
    yield from found.items()
