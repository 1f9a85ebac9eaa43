"""Which Services meet pods, endpoints written by hand, node ports, Ingresses and routes."""

from __future__ import annotations

from hslint.backend import ROUTES, backends
from hslint.hostnames import domain_of
from hslint.selector import map_selector
from hslint.service import is_alias, is_headless, service_ports
from hslint.world.namesakes import Namesakes
from hslint.world.nearness import Nearby, nearest_first, same_namespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from hslint.backend import Backend
    from hslint.manifest import Manifest
    from hslint.selector import Selector
    from hslint.service import ServicePort
    from hslint.workload import Pods
    from hslint.world import World


class Alike:
    """The Services of one namespace that have the same selector, with their numbers."""

    __slots__ = ("pair", "selector", "services")

    def __init__(self, pair: tuple[str, str], selector: Selector) -> None:
        self.pair = pair
        self.selector = selector
        self.services: list[tuple[int, Manifest]] = []


class Selecting:
    """The Services that select some pods: the same for all pods that the same selectors match."""

    __slots__ = ("_headless", "_nearby", "services")

    def __init__(self, matching: list[Alike]) -> None:
        pairs = list(dict.fromkeys(alike.pair for alike in matching))
        found = [(pairs.index(a.pair), *numbered) for a in matching for numbered in a.services]
        found.sort(key=lambda each: each[:2])
        self.services = [service for _, _, service in found]
        self._headless = [service for service in self.services if is_headless(service)]
        self._nearby: Nearby | None = None

    def headless(self, pods: Pods) -> list[Manifest]:
        """The headless ones that are written nearest to *pods*."""
        if len(self._headless) < 2:
            return self._headless
        if self._nearby is None:
            self._nearby = Nearby(service.file for service in self._headless)
        nearest = self._nearby.at(self._nearby.places(pods.file))
        return [self._headless[number] for number in nearest]


class Services:
    """Each index is made when it is first asked for."""

    def __init__(self, world: World) -> None:
        self._world = world
        #: What Services select, by a pair of it and their namespace.
        self._alike: dict[tuple[str, str], dict[str | None, dict[object, Alike]]] | None = None
        #: Those pairs, by their keys.
        self._pairs: dict[str, dict[tuple[str, str], None]] = {}
        self._selecting: dict[tuple[int, ...], Selecting] = {}
        self._slices: dict[str, list[Manifest]] | None = None
        self._governed: dict[str, list[Pods]] = {}
        self._namesakes = Namesakes()
        self._node_ports: dict[tuple[str, int, str], list[tuple[Manifest, ServicePort]]] | None = (
            None
        )
        self._backends: dict[str, list[Backend]] | None = None

    def add(self, pods: Pods) -> None:
        """Note whose names *pods* take, and let them note their ports, while they are unpacked."""
        if name := domain_of(pods):
            self._governed.setdefault(name, []).append(pods)
        pods.take_down()

    def selecting(self, pods: Pods) -> Selecting:
        """The Services whose selector matches *pods*."""
        if self._alike is None:
            self._alike = {}
            for number, service in enumerate(self._world.all("Service")):
                self._index_selector(number, service)
        pairs = [*pods.labels.items(), *pods.replaced.items()]
        for key in pods.added:
            pairs += [pair for pair in self._pairs.get(key, ()) if pair not in pairs]
        matching = [
            alike
            for pair in pairs
            for alike in _reached(self._alike.get(pair), pods.owner.namespace)
            if alike.selector.matches(pods)
        ]
        known = tuple(map(id, matching))
        found = self._selecting.get(known)
        if found is None:
            found = self._selecting[known] = Selecting(matching)
        return found

    def _index_selector(self, number: int, service: Manifest) -> None:
        """Note under the first of its pairs what a Service selects."""
        selector = map_selector(service.spec["selector"])
        if self._alike is None or not selector or is_alias(service):
            return
        pair = next(iter(selector.equal.items()))
        self._pairs.setdefault(pair[0], {})[pair] = None
        alike = self._alike.setdefault(pair, {}).setdefault(service.namespace, {})
        alike.setdefault(selector.id, Alike(pair, selector)).services.append((number, service))

    def naming(self, service: str) -> list[Pods]:
        """The pods that take their DNS names from a Service of this name."""
        return self._governed.get(service, [])

    def governed_by(self, service: Manifest) -> list[Pods]:
        """The pods that take their DNS names from *service*, nearest first."""
        found = self.naming(service.name)
        return self._namesakes.within(found, service.namespace, service) if found else found

    def endpoints_of(self, service: Manifest) -> list[Manifest]:
        """The Endpoints and EndpointSlices written by hand for a Service, the former first."""
        if self._slices is None:
            self._slices = {}
            for each in self._world.all("EndpointSlice"):
                name = each.labels.get("kubernetes.io/service-name", "")
                self._slices.setdefault(name, []).append(each)
        slices = [s for s in self._slices.get(service.name, ()) if same_namespace(s, service)]
        endpoints = self._world.named("Endpoints", service.name, service)
        return endpoints + nearest_first(slices, service)

    def node_ports(
        self, number: int, protocol: str, file: str
    ) -> list[tuple[Manifest, ServicePort]]:
        """The Service ports of *file* that ask for this port of the nodes, in their order."""
        if self._node_ports is None:
            self._node_ports = {}
            for service in self._world.all("Service"):
                if service.spec["type"].string in ("", "ClusterIP"):
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
                        self._backends.setdefault(backend.service, []).append(backend)
        found = self._backends.get(service.name, ())
        return [
            b
            for b in found
            if None in (b.namespace, service.namespace) or b.namespace == service.namespace
        ]

    def behind(self, backend: Backend) -> list[Manifest]:
        """The Services that may be meant by *backend*, nearest first."""
        namespace, name, owner = backend.namespace, backend.service, backend.owner
        return self._world.named_in(namespace, "Service", name, owner)


def _reached(
    of_namespaces: dict[str | None, dict[object, Alike]] | None, namespace: str | None
) -> Iterable[Alike]:
    """What is written for *namespace* (None: for any)."""
    names: Iterable[str | None] = (namespace, None)
    if of_namespaces is None:
        return
    for name in of_namespaces if namespace is None else names:
        yield from of_namespaces.get(name, {}).values()
