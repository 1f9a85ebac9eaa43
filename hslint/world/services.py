"""Which Services meet pods, endpoints written by hand, node ports, Ingresses and routes."""

from __future__ import annotations

from hslint.backend import ROUTES, backends
from hslint.hostnames import domain_of
from hslint.selector import map_selector
from hslint.service import service_ports
from hslint.world.nearness import nearest_first, same_namespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.backend import Backend
    from hslint.manifest import Manifest
    from hslint.service import ServicePort
    from hslint.workload import Pods
    from hslint.world import World


class Services:
    """Each index is made when it is first asked for."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._selecting: dict[tuple[str, str], list[Manifest]] | None = None
        self._governed: dict[str, list[Pods]] | None = None
        self._node_ports: dict[tuple[str, int, str], list[tuple[Manifest, ServicePort]]] | None = (
            None
        )
        self._backends: dict[str, list[Backend]] | None = None

    def selecting(self, pods: Pods) -> list[Manifest]:
        """The Services whose selector matches *pods*, nearest first."""
        if self._selecting is None:
            self._selecting = {}
            for service in self._world.all("Service"):
                for pair in list(map_selector(service.spec["selector"]).equal.items())[:1]:
                    self._selecting.setdefault(pair, []).append(service)
        pairs = [*pods.labels.items(), *pods.replaced.items()]
        pairs += [p for p in self._selecting if p[0] in pods.added and p not in pairs]
        found = [
            service
            for pair in pairs
            for service in self._selecting.get(pair, ())
            if same_namespace(service, pods.owner)
            and service.spec["type"].string != "ExternalName"
            and map_selector(service.spec["selector"]).matches(pods)
        ]
        return nearest_first(found, pods.owner)

    def governed_by(self, service: Manifest) -> list[Pods]:
        """The pods that take their DNS names from *service*, nearest first."""
        if self._governed is None:
            self._governed = {}
            for pods in self._world.pods:
                if name := domain_of(pods):
                    self._governed.setdefault(name, []).append(pods)
        found = self._governed.get(service.name, ())
        return nearest_first([p for p in found if same_namespace(p.owner, service)], service)

    def endpoints_of(self, service: Manifest) -> list[Manifest]:
        """The Endpoints and EndpointSlices written by hand for a Service, the former first."""
        slices = [
            m
            for m in self._world.all("EndpointSlice")
            if m.labels.get("kubernetes.io/service-name") == service.name
            and same_namespace(m, service)
        ]
        endpoints = self._world.named("Endpoints", service.name, service)
        return endpoints + nearest_first(slices, service)

    def node_ports(
        self, number: int, protocol: str, file: str
    ) -> list[tuple[Manifest, ServicePort]]:
        """The Service ports of *file* that ask for this port of the nodes, in their order."""
        if self._node_ports is None:
            self._node_ports = {}
            for service in self._world.all("Service"):
                if service.spec["type"].string not in ("NodePort", "LoadBalancer"):
                    continue
                for port in service_ports(service):
                    if node_port := port.node["nodePort"].integer:
                        key = (service.file, node_port, port.protocol)
                        self._node_ports.setdefault(key, []).append((service, port))
        return self._node_ports.get((file, number, protocol), [])

    def backends_on(self, service: Manifest) -> list[Backend]:
        """The references of Ingresses and Gateway API routes to *service*."""
        if self._backends is None:
            self._backends = {}
            for kind in ("Ingress", *ROUTES):
                for manifest in self._world.all(kind):
                    for backend in backends(manifest):
                        self._backends.setdefault(backend.name.string, []).append(backend)
        found = self._backends.get(service.name, ())
        return [
            b
            for b in found
            if None in (b.namespace, service.namespace) or b.namespace == service.namespace
        ]

    def behind(self, backend: Backend) -> list[Manifest]:
        """The Services that may be meant by *backend*, nearest first."""
        found = self._world.all_named("Service", backend.name.string)
        if backend.namespace is not None:
            found = [s for s in found if s.namespace in (None, backend.namespace)]
        return nearest_first(found, backend.owner)
