"""What refers to what: a Service's name, labels, ports, host names, ConfigMaps and Secrets."""

from __future__ import annotations

from hslint.backend import backends
from hslint.controllers import KINDS
from hslint.hostnames import domain_of
from hslint.needs import keys_of
from hslint.selector import label_selector
from hslint.service import service_ports
from hslint.world.nearness import distance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from hslint.backend import Backend
    from hslint.document import Document
    from hslint.manifest import Manifest
    from hslint.node import Node, Path
    from hslint.service import ServicePort
    from hslint.workload import Pods
    from hslint.world import World

SERVICE, LABEL, PORT, HOST, NEED = "service", "label", "port", "host", "need"
#: Where kinds other than Services and workloads select pods.
_SELECTORS = {
    "PodDisruptionBudget": ("spec", "selector"),
    "NetworkPolicy": ("spec", "podSelector"),
}


class Link:
    """One reference: ``at`` means the ``targets``, as far as they are there.

    ``told`` is what it was made of: a Backend, Pods, a ServicePort, a Reference, a Need.
    """

    __slots__ = ("at", "kind", "owner", "targets", "told")

    def __init__(
        self, kind: str, owner: Manifest, at: Node, targets: Iterable[Node], told: Any
    ) -> None:
        self.kind = kind
        self.owner = owner
        self.at = at
        self.targets = [target for target in targets if target.written]
        self.told = told

    def stands_at(self, path: Path, line: int, column: int) -> bool:
        """Whether it is what stands at *path*; a host name, at its very characters."""
        if self.at.path != path:
            return False
        span = self.at.span
        return self.kind != HOST or (
            (span.line, span.column) <= (line + 1, column + 1) <= (span.end_line, span.end_column)
        )


class Links:
    """The references of a world; those that lead to a value are known once they were asked for."""

    def __init__(self, world: World, manifests: Iterable[Manifest]) -> None:
        self._world = world
        self._manifests = manifests
        self._to: dict[tuple[int, Path], list[Link]] | None = None

    def of(self, manifest: Manifest) -> Iterator[Link]:
        """The references that an object makes."""
        world = self._world
        for pods in world.pods_of(manifest):
            yield from _of_pods(world, pods)
        yield from _selecting(world, manifest)
        if manifest.type == "Service":
            for port in service_ports(manifest):
                yield _target_port(world, manifest, port)
        for backend in backends(manifest):
            yield from _of_backend(world, backend)
        for reference in world.hosts.of(manifest):
            answer = reference.answer
            named = [*answer.services, *([answer.pods.owner] if answer.pods else [])]
            yield Link(HOST, manifest, reference.at, map(name_of, named), reference)

    def to(self, document: Document, path: Path) -> Sequence[Link]:
        """The references to a value, in the order of the files."""
        if self._to is None:
            self._to = {}
            for manifest in self._manifests:
                for link in self.of(manifest):
                    for target in link.targets:
                        key = id(target.document), target.path
                        self._to.setdefault(key, []).append(link)
        return self._to.get((id(document), path), [])


def name_of(manifest: Manifest) -> Node:
    """Where an object has its name."""
    return manifest["metadata"]["name"]


def _nearest(found: Sequence[Manifest], of: Manifest) -> list[Manifest]:
    """The nearest of those that are named alike, for the others are variants."""
    if not found:
        return []
    least = distance(of.file, found[0].file)
    return [each for each in found if distance(of.file, each.file) == least]


def _of_pods(world: World, pods: Pods) -> Iterator[Link]:
    owner = pods.owner
    if domain_of(pods):
        at = owner.spec["serviceName"] if owner.kind == "StatefulSet" else pods.spec["subdomain"]
        if at.string:
            named = _nearest(world.governing(pods), owner)
            yield Link(SERVICE, owner, at, map(name_of, named), pods)
    for path, called in pods.called_ports:
        name = "name" if isinstance(called, str) and called else "containerPort"
        ports = [port.node[name] for port in pods.ports if port.path[:2] == path[:2]]
        targets = [port for port in ports if port.value == called]
        yield Link(PORT, owner, pods.spec.at(path), targets, pods)
    for need in world.needs(pods):
        named = _nearest(world.named(need.kind, need.name.string, owner), owner)
        yield Link(NEED, owner, need.name, map(name_of, named), need)
        held = [keys_of(holder) for holder in named] if need.keys else ()
        for key in need.keys:
            entries = [keys[key.string].key for keys in held if key.string in keys]
            yield Link(NEED, owner, key, entries, need)


def _selecting(world: World, manifest: Manifest) -> Iterator[Link]:
    """The labels that an object selects pods by."""
    if manifest.type == "Service":
        pairs, pods = manifest.spec["selector"], [*world.selected_by(manifest)]
    elif manifest.type in _SELECTORS:
        selector = manifest.root.at(_SELECTORS[manifest.type])
        pairs, pods = selector["matchLabels"], [*world.select(label_selector(selector), manifest)]
    elif manifest.type in KINDS:
        pairs, pods = manifest.spec["selector"]["matchLabels"], world.pods_of(manifest)
    else:
        return
    for key, pair in pairs.items():
        labels = [each.labels_node[key] for each in pods]
        targets = [label.entry for label in labels if label.value == pair.value]
        yield Link(LABEL, manifest, pair.entry, targets, pods)


def _target_port(world: World, service: Manifest, port: ServicePort) -> Link:
    pods = world.selected_by(service)
    if port.target.string:
        reached = [found.node["name"] for _, found in pods.named_ports(*_asked(port))]
    else:
        reached = [
            declared.node["containerPort"]
            for each in pods
            for declared in each.ports
            if (declared.number, declared.protocol) == (port.target.integer, port.protocol)
        ]
    return Link(PORT, service, port.target, reached, port)


def _asked(port: ServicePort) -> tuple[str, str]:
    return port.target.string, port.protocol


def _of_backend(world: World, backend: Backend) -> Iterator[Link]:
    services = _nearest(world.services_behind(backend), backend.owner)
    yield Link(SERVICE, backend.owner, backend.name, map(name_of, services), backend)
    if backend.port:
        field = "name" if backend.port.string else "port"
        targets = [
            port.node[field]
            for service in services
            for port in service_ports(service)
            if port.node[field].value == backend.port.value
        ]
        yield Link(PORT, backend.owner, backend.port, targets, backend)
