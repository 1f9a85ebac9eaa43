"""Objects and how they refer to each other, as nodes and edges, with what is wrong on each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hslint.backend import ROUTES, backends
from hslint.contract import WARNING
from hslint.endpoints import how_many, port_on
from hslint.hostnames import domain_of, host_names
from hslint.node import written_path
from hslint.scale import SCALERS, scale_target
from hslint.selector import label_selector, map_selector
from hslint.service import is_headless, service_ports

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, TypeAlias

    from hslint.finding import Finding, Place
    from hslint.manifest import Manifest
    from hslint.selector import Selector
    from hslint.workload import Pods
    from hslint.world import World
    from hslint.world.answer import Reference

    #: Findings with the field they are at, by their document, file and object.
    _Found: TypeAlias = dict[tuple[object, ...], list[tuple[str, Finding]]]

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
        self._findings: _Found = {}
        #: Those that show an object to say why.
        self._related: _Found = {}
        #: The findings that are told on an edge.
        self._told: set[int] = set()
        for finding in findings:
            if finding.severity >= WARNING:
                _note(self._findings, finding.place, finding)
                for place in finding.related:
                    _note(self._related, place, finding)

    def draw(self) -> Graph:
        world = self._world
        for service in world.all("Service"):
            self._vertex(service, SERVICE, _service_lines(service))
        for pods in world.pods:
            self._vertex(pods.owner, WORKLOAD, _workload_lines(pods, world))
        for service in world.all("Service"):
            self._add_selected(service)
        for pods in world.pods:
            self._add_governing(pods)
        self._add_entries()
        self._add_minders()
        self._add_hosts()
        for manifest in self._known:
            vertex = self._vertices[id(manifest)]
            vertex.problems = self._problems(manifest, "", only_untold=True)
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
                _port_label(port.number, port_on(pods, port)) for port in service_ports(service)
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
            self._vertex(manifest, ENTRY, _hosts(manifest))
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
        fields: Iterable[str],
    ) -> None:
        """Draw an edge; what is wrong at *fields* of the source is wrong with it."""
        vertex = self._of(source)
        key = id(vertex), id(target), verb
        edge = self._edges.setdefault(key, Edge(vertex, target, verb))
        edge.labels += [label for label in dict.fromkeys(labels) if label not in ("", *edge.labels)]
        found = [problem for where in fields for problem in self._problems(source, where)]
        if target.missing and not found:
            found = [_told(f) for where in fields for f in _at(self._related, source, where)]
        edge.problems += [problem for problem in found if problem not in edge.problems]
        if target.missing:
            target.problems += [p for p in edge.problems if p not in target.problems]

    def _problems(self, manifest: Manifest, where: str, *, only_untold: bool = False) -> list[str]:
        """What was found at a field of an object or below it; "" is the object as a whole."""
        found = _at(self._findings, manifest, where)
        if only_untold:
            found = [finding for finding in found if id(finding) not in self._told]
        self._told.update(map(id, found))
        return [_told(finding) for finding in found]


# -- findings by the objects they are in


def _note(found: _Found, place: Place, finding: Finding) -> None:
    if place.object is not None:
        key = (place.document, place.span.file, *place.object)
        found.setdefault(key, []).append((place.path or "", finding))


def _told(finding: Finding) -> str:
    return f"{finding.severity.name}: {finding.message}"


def _at(found: _Found, manifest: Manifest, where: str) -> list[Finding]:
    """The findings at the field *where* of an object, or below it."""
    identity = manifest.api_version, manifest.kind, manifest.namespace, manifest.name or None
    return [
        finding
        for path, finding in found.get((manifest.document.line, manifest.file, *identity), ())
        if not where or path == where or path.startswith((f"{where}.", f"{where}["))
    ]


# -- what is written in a vertex


def _few(lines: list[str]) -> list[str]:
    more = len(lines) - _MOST_LINES
    return [*lines[: _MOST_LINES - 1], f"and {more + 1} more"] if more > 0 else lines


def _service_lines(service: Manifest) -> list[str]:
    if service.spec["type"].string == "ExternalName":
        return [f"is {service.spec['externalName'].string}"]
    lines = ["headless"] if is_headless(service) else []
    for port in service_ports(service):
        words = [port.name, str(port.number or "")]
        words += [] if port.protocol == "TCP" else [port.protocol]
        lines.append(" ".join(filter(None, words)))
    return lines


def _workload_lines(pods: Pods, world: World) -> list[str]:
    names = [name for known in host_names(pods) or () for name in known]
    count = how_many(pods, world)
    if names:
        lines = [names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"]
    elif pods.owner.kind == "Pod":
        lines = []
    else:
        lines = ["pods" if count is None else "1 pod" if count == 1 else f"{count} pods"]
    for port in pods.ports:
        lines.append(" ".join(filter(None, (port.name, str(port.number or "")))))
    return lines


def _hosts(manifest: Manifest) -> list[str]:
    rules = [rule["host"].string for rule in manifest.spec["rules"]]
    named = [host.string for host in manifest.spec["hostnames"]]
    return [host for host in dict.fromkeys(rules + named) if host]


def _port_label(number: int | None, target: int | None) -> str:
    if number == target:
        return "" if number is None else str(number)
    return f"{number or '?'} → {target or '?'}"
