"""Which Services a ServiceMonitor of the Prometheus operator is for."""

from __future__ import annotations

from hslint.selector import PlainLabels, label_selector

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.manifest import Manifest
    from hslint.world import World


class Monitored:
    """Services by the labels of their own, indexed when first asked for."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._pairs: dict[tuple[str, str], list[Manifest]] | None = None
        self._by: dict[int, list[Manifest]] = {}

    def by(self, monitor: Manifest) -> list[Manifest]:
        """The Services that a ServiceMonitor selects, in the namespaces it looks in.

        Source: prometheus-operator pkg/prometheus/promcfg.go: generateServiceMonitorConfig.
        """
        found = self._by.get(id(monitor))
        if found is None:
            found = self._by[id(monitor)] = self._search(monitor)
        return found

    def _search(self, monitor: Manifest) -> list[Manifest]:
        selector = label_selector(monitor.spec["selector"])
        candidates = self._world.all("Service")
        if selector.equal:
            candidates = self._index().get(next(iter(selector.equal.items())), [])
        return [
            service
            for service in candidates
            if looks_in(monitor, service)
            and any(selector.matches(PlainLabels(labels)) for labels in _labels(service))
        ]

    def _index(self) -> dict[tuple[str, str], list[Manifest]]:
        if self._pairs is None:
            self._pairs = {}
            for service in self._world.all("Service"):
                for pair in {pair for labels in _labels(service) for pair in labels.items()}:
                    self._pairs.setdefault(pair, []).append(service)
        return self._pairs


def looks_in(monitor: Manifest, service: Manifest) -> bool:
    """Whether a ServiceMonitor looks in the namespace of a Service; by default in its own."""
    spaces = monitor.spec["namespaceSelector"]
    names: set[str | None] = {name.string for name in spaces["matchNames"]} or {monitor.namespace}
    return (
        spaces["any"].value is True
        or None in (*names, service.namespace)
        or service.namespace in names
    )


def _labels(service: Manifest) -> tuple[dict[str, str], ...]:
    """The labels of a Service as written, and as a kustomization builds them."""
    if service.build is None:
        return (service.labels,)
    return service["metadata"]["labels"].strings, service.labels
