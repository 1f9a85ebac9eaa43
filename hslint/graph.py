"""Objects and how they refer to each other, as nodes and edges, with what is wrong on each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hslint.backend import ROUTES, backends
from hslint.captions import hosts_of, port_label, service_lines, workload_lines
from hslint.endpoints import port_on
from hslint.found import Found
from hslint.hostnames import domain_of
from hslint.node import written_path
from hslint.scale import SCALERS, scale_target
from hslint.selector import label_selector, map_selector
from hslint.service import service_ports

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from hslint.finding import Finding
    from hslint.manifest import Manifest
    from hslint.selector import Selector
    from hslint.workload import Pods
    from hslint.world import World
    from hslint.world.answer import Reference


#: Columns of a drawing: what sends requests, Services, what makes pods, what minds the pods.
ENTRY, SERVICE, WORKLOAD, MINDER = range(4)

_SCALERS = (*SCALERS, "VerticalPodAutoscaler")
#: Kinds that select pods with a label selector: the field of it, and what they do.
_SELECTING = {
    "PodDisruptionBudget": ("selector", "protects"),
    "NetworkPolicy": ("podSelector", "is for"),
    "PodMonitor.monitoring.coreos.com": ("selector", "scrapes"),
}
_MONITOR = "ServiceMonitor.monitoring.coreos.com"
#: So many lines are written in a node, the last of which tells how many more there are.
_MOST_LINES = 6


@dataclass(slots=True, eq=False)
class Vertex:
    """An object, or one that is ``missing``: referred to, and not in the files.

    ``lines`` tell what matters of it, ``file`` where it is written. ``problems`` are the errors and
    warnings about it that are about no edge.
    """

    kind: str
    name: str
    namespace: str | None
    column: int
    lines: list[str] = field(default_factory=list)
    file: str = ""
    missing: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def order(self) -> tuple[Any, ...]:
        """Vertices are listed in this order."""
        written = self.kind, self.name, self.file, self.lines, self.missing
        return self.namespace or "", self.column, *written


@dataclass(slots=True, eq=False)
class Edge:
    """A reference from one object to another, with what is wrong about it."""

    source: Vertex
    target: Vertex
    verb: str
    labels: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """What is written on it."""
        more = f" +{len(self.labels) - 2}" if len(self.labels) > 2 else ""
        return " ".join(filter(None, (self.verb, ", ".join(self.labels[:2]) + more)))


@dataclass(slots=True)
class Graph:
    """All vertices and edges, sorted."""

    vertices: list[Vertex]
    edges: list[Edge]


def graph_of(world: World, findings: Iterable[Finding]) -> Graph:
    """What the objects of *world* refer to, with the errors and warnings among *findings*."""
    return _Graph(world, findings).draw()


class _Graph:
    def __init__(self, world: World, findings: Iterable[Finding]) -> None:
        self._world = world
        self._vertices: dict[int, Vertex] = {}
        self._missing: dict[tuple[str, str, str | None], Vertex] = {}
        self._edges: dict[tuple[int, int, str], Edge] = {}
        self._found = Found(findings)

    def draw(self) -> Graph:
        world = self._world
        for service in world.all("Service"):
            self._vertex(service, SERVICE, service_lines(service))
        for pods in world.pods:
            self._vertex(pods.owner, WORKLOAD, workload_lines(pods, world))
        for service in world.all("Service"):
            self._add_selected(service)
        for pods in world.pods:
            self._add_governing(pods)
        self._add_entries()
        self._add_minders()
        self._add_hosts()
        for manifest in self._known:
            vertex = self._vertices[id(manifest)]
            vertex.problems = self._found.rest(manifest)
        vertices = sorted(
            [*self._vertices.values(), *self._missing.values()], key=lambda v: v.order
        )
        place = {id(vertex): number for number, vertex in enumerate(vertices)}
        edges = sorted(
            self._edges.values(),
            key=lambda e: (place[id(e.source)], place[id(e.target)], e.verb),
        )
        return Graph(vertices, edges)

    # -- references

    def _add_selected(self, service: Manifest) -> None:
        """From a Service to the pods it selects, with the ports on both sides."""
        selected = self._world.selected_by(service)
        fields = "spec.selector", "spec.ports"
        for pods in selected.nearest(service):
            labels = [
                port_label(port.number, port_on(pods, port)) for port in service_ports(service)
            ]
            self._connect(service, self._of(pods.owner), "", labels, fields)
        selector = map_selector(service.spec["selector"])
        if selector and not selected and service.spec["type"].string != "ExternalName":
            self._connect(service, self._lost_pods(selector, service), "", [], fields)

    def _add_governing(self, pods: Pods) -> None:
        """From pods to the Service that they have their names below."""
        domain, owner = domain_of(pods), pods.owner
        fields = "spec.serviceName", "spec.template.spec.subdomain", "spec.subdomain"
        services = self._world.governing(pods)[:1]
        for service in services:
            self._connect(owner, self._of(service), "named by", [], fields)
        if domain and not services and "." not in owner.type:
            lost = self._lost("Service", domain, owner.namespace, SERVICE)
            self._connect(owner, lost, "named by", [], fields)

    def _add_entries(self) -> None:
        """From Ingresses, routes and ServiceMonitors to Services."""
        world = self._world
        for manifest in (m for kind in ("Ingress", *ROUTES) for m in world.all(kind)):
            self._vertex(manifest, ENTRY, hosts_of(manifest))
            for backend in backends(manifest):
                name = backend.name.string
                if not name:
                    continue
                services = world.services_behind(backend)[:1]
                if services:
                    target = self._of(services[0])
                else:
                    target = self._lost("Service", name, backend.namespace, SERVICE)
                label = f"port {backend.port.value}" if backend.port else ""
                where = written_path(backend.node.path[len(manifest.root.path) :])
                self._connect(manifest, target, "to", [label], (where,))
        for monitor in world.all(_MONITOR):
            self._vertex(monitor, ENTRY, [])
            ports = [each["port"].string for each in monitor.spec["endpoints"]]
            fields = "spec.selector", "spec.endpoints"
            services = world.monitored_by(monitor)
            for service in services:
                self._connect(monitor, self._of(service), "scrapes", ports, fields)
            selector = label_selector(monitor.spec["selector"])
            if selector and not services:
                lost = self._lost("Services with", str(selector), monitor.namespace, SERVICE)
                self._connect(monitor, lost, "scrapes", ports, fields)

    def _add_minders(self) -> None:
        """From autoscalers, budgets, policies and PodMonitors to workloads."""
        world = self._world
        for scaler in (m for kind in _SCALERS for m in world.all(kind)):
            self._vertex(scaler, MINDER, [])
            target = scale_target(scaler)
            name = target.node["name"].string
            fields = ("spec.scaleTargetRef", "spec.targetRef")
            found = world.named(target.type, name, scaler)[:1] if name else []
            for workload in found:
                if id(workload) in self._vertices:
                    self._connect(scaler, self._of(workload), "scales", [], fields)
            if name and not found:
                lost = self._lost(target.kind, name, scaler.namespace, WORKLOAD)
                self._connect(scaler, lost, "scales", [], fields)
        for kind, (selecting, verb) in _SELECTING.items():
            for manifest in world.all(kind):
                node = manifest.spec[selecting]
                selector = label_selector(node)
                self._vertex(manifest, MINDER, [] if selector or not node else ["all pods"])
                if selector:
                    self._add_minded(manifest, selector, verb, f"spec.{selecting}")

    def _add_minded(self, manifest: Manifest, selector: Selector, verb: str, where: str) -> None:
        selected = self._world.select(selector, manifest).nearest(manifest)
        for pods in selected:
            self._connect(manifest, self._of(pods.owner), verb, [], (where,))
        if not selected:
            self._connect(manifest, self._lost_pods(selector, manifest), verb, [], (where,))

    def _add_hosts(self) -> None:
        """From host names in variables, arguments, ConfigMaps and the like to Services."""
        world = self._world
        for kind in world.types:
            for manifest in world.all(kind):
                for reference in world.hosts.of(manifest):
                    self._add_host(manifest, reference)

    def _add_host(self, manifest: Manifest, reference: Reference) -> None:
        answer = reference.answer
        if answer.services:
            target = self._of(answer.services[0])
        elif reference.fault and answer.pods is not None:
            target = self._of(answer.pods.owner)
        elif reference.fault:
            record = answer.record
            name = record.service if record else reference.host.name
            namespace = (record.namespace if record else None) or manifest.namespace
            target = self._lost("Service", name, namespace, SERVICE)
        else:
            return
        if id(manifest) not in self._vertices:
            self._vertex(manifest, ENTRY, [])
        if target is self._of(manifest):
            return
        port = "" if reference.host.port is None else f":{reference.host.port}"
        where = written_path(reference.at.path[len(manifest.root.path) :])
        self._connect(manifest, target, "calls", [reference.host.name + port], (where,))

    # -- vertices and edges

    @property
    def _known(self) -> Iterator[Manifest]:
        for kind in self._world.types:
            yield from (m for m in self._world.all(kind) if id(m) in self._vertices)

    def _vertex(self, manifest: Manifest, column: int, lines: list[str]) -> None:
        known = self._vertices.get(id(manifest))
        if known is None:
            self._vertices[id(manifest)] = Vertex(
                manifest.kind,
                manifest.name,
                manifest.namespace,
                column,
                _few(lines),
                manifest.file,
            )
        else:
            known.lines = _few(list(dict.fromkeys(known.lines + lines)))

    def _of(self, manifest: Manifest) -> Vertex:
        return self._vertices[id(manifest)]

    def _lost(self, kind: str, name: str, namespace: str | None, column: int) -> Vertex:
        vertex = Vertex(kind, name, namespace, column, missing=True)
        return self._missing.setdefault((kind, name, namespace), vertex)

    def _lost_pods(self, selector: Selector, of: Manifest) -> Vertex:
        return self._lost("pods with", str(selector), of.namespace, WORKLOAD)

    def _connect(
        self,
        source: Manifest,
        target: Vertex,
        verb: str,
        labels: Iterable[str],
        fields: Sequence[str],
    ) -> None:
        """Draw an edge; what is wrong at *fields* of the source is wrong with it."""
        vertex = self._of(source)
        key = id(vertex), id(target), verb
        edge = self._edges.setdefault(key, Edge(vertex, target, verb))
        edge.labels += [label for label in dict.fromkeys(labels) if label not in ("", *edge.labels)]
        found = self._found.at(source, fields)
        if target.missing and not found:
            found = self._found.shown_at(source, fields)
        edge.problems += [problem for problem in found if problem not in edge.problems]
        if target.missing:
            target.problems += [p for p in edge.problems if p not in target.problems]


def _few(lines: list[str]) -> list[str]:
    more = len(lines) - _MOST_LINES
    return [*lines[: _MOST_LINES - 1], f"and {more + 1} more"] if more > 0 else lines
