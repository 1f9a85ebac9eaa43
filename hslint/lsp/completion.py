"""What can stand at a cursor: names, labels and ports that are in the workspace."""

from __future__ import annotations

from hslint.service import service_ports

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from hslint.lsp.context import Context
    from hslint.lsp.scene import Scene
    from hslint.manifest import Manifest
    from hslint.workload import Pods

    #: A word, and what it is of.
    Word: TypeAlias = tuple[str, str]

#: The key above a name, and the kind that it is of.
_NAMES = {
    "configMapKeyRef": "ConfigMap",
    "configMapRef": "ConfigMap",
    "configMap": "ConfigMap",
    "secretKeyRef": "Secret",
    "secretRef": "Secret",
    "service": "Service",
    "backendRefs": "Service",
    "backendRef": "Service",
}
_PROBES = ("httpGet", "tcpSocket", "grpc")
#: So many lines around a port are searched for the name of its Service.
_AROUND = 4


def completions(scene: Scene, here: Sequence[Manifest], file: str, context: Context) -> list[Word]:
    """The words that fit, each once, those of the nearest objects first.

    *here* are the objects of the cursor's document, as it could last be read.
    """
    namespace = context.namespace
    near = [
        m
        for m in scene.nearest(file)
        if None in (m.namespace, namespace) or m.namespace == namespace
    ]
    first: dict[str, str] = {}
    for word, of in _Words(scene, here, near, context).all():
        first.setdefault(word, of)
    first.pop("", None)
    return list(first.items())


class _Words:
    """The words for one cursor; *near* are the objects it can mean, the nearest first."""

    def __init__(
        self, scene: Scene, here: Sequence[Manifest], near: Sequence[Manifest], context: Context
    ) -> None:
        self._world = scene.world
        self._here = here
        self._near = near
        self._context = context

    def all(self) -> Iterator[Word]:
        keys = ["", "", *self._context.keys]
        above, last = keys[-2:]
        if self._context.is_key:
            if self._has_labels(keys):
                yield from self._label_keys()
        elif last in ("serviceName", "subdomain"):
            yield from self._names("Service")
        elif last == "name" and above in _NAMES:
            yield from self._names(_NAMES[above])
        elif (above, last) == ("secret", "secretName"):
            yield from self._names("Secret")
        elif last == "targetPort":
            yield from _container_ports(self._selected() or self._pods(self._near))
        elif last == "port" and above in _PROBES:
            yield from _container_ports(self._pods(self._here))
        elif (above, last) == ("port", "name") or last == "servicePort":
            yield from self._service_ports()
        elif self._has_labels(keys[:-1]):
            yield from ((p.labels.get(last, ""), p.owner.title) for p in self._pods(self._near))

    def _has_labels(self, keys: Sequence[str]) -> bool:
        """Whether the labels at *keys* meet others: selectors, and what pods carry."""
        kind = self._context.kind
        if keys[-1] == "selector":
            return kind in ("Service", "ReplicationController")
        if keys[-1] == "labels":
            return kind == "Pod" or "template" in keys
        return keys[-1] == "matchLabels"

    def _pods(self, manifests: Iterable[Manifest]) -> list[Pods]:
        return [pods for manifest in manifests for pods in self._world.pods_of(manifest)]

    def _selected(self) -> list[Pods]:
        """The pods that the Service at the cursor selects."""
        selector = self._context.entries("selector").items()
        pods = self._pods(self._near) if selector else []
        return [each for each in pods if all(each.has(*pair) for pair in selector)]

    def _names(self, kind: str) -> Iterator[Word]:
        yield from ((m.name, m.title) for m in self._near if m.type == kind)

    def _label_keys(self) -> Iterator[Word]:
        for pods in self._pods(self._near):
            yield from ((key, pods.owner.title) for key in pods.labels)

    def _service_ports(self) -> Iterator[Word]:
        """The ports of the Service that is named close by; else those of any."""
        services = [m for m in self._near if m.type == "Service"]
        start = max(0, self._context.number - _AROUND)
        around = " ".join(self._context.lines[start : self._context.number + _AROUND]).split()
        for service in [s for s in services if s.name in around] or services:
            for port in service_ports(service):
                yield port.name, f"{port.number} of {service.title}"


def _container_ports(several: Iterable[Pods]) -> Iterator[Word]:
    for pods in several:
        for port in pods.ports:
            yield port.name, f"{port.number}/{port.protocol} of {pods.owner.title}"
