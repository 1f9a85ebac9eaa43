"""Where an Ingress or a route of the Gateway API sends requests: Services, each with a port."""

from __future__ import annotations

from hslint.plain import ALL, plain_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hslint.manifest import Manifest
    from hslint.node import Node, Path

#: The kinds of the Gateway API whose rules name backends.
ROUTES = ("HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute")


class Backend:
    """A Service that an Ingress or a route names.

    ``node`` is the reference as a whole, ``name`` and ``port`` (a number or a name) its parts.
    ``service`` and ``port_value`` are these parts as plain values, the former "" if it is no
    string. ``namespace`` is the Service's, None when it is unknown.
    """

    __slots__ = ("_name", "_path", "_port", "namespace", "owner", "port_value", "service")

    def __init__(
        self, owner: Manifest, path: Path, written: Any, name: Path, port: Path, namespace: Any = ""
    ) -> None:
        self.owner = owner
        self._path = path
        self._name = name
        self._port = port
        service = _at(written, name)
        self.service: str = service if isinstance(service, str) else ""
        self.port_value = _at(written, port)
        known = namespace if isinstance(namespace, str) else ""
        self.namespace: str | None = known or owner.namespace

    @property
    def node(self) -> Node:
        """The reference as a whole."""
        return self.owner.spec.at(self._path)

    @property
    def name(self) -> Node:
        """The Service's name."""
        return self.node.at(self._name)

    @property
    def port(self) -> Node:
        """The Service's port."""
        return self.node.at(self._port)


def ingress_backends(ingress: Manifest) -> Iterator[Node]:
    """Yield every ``backend`` of an Ingress, the default one first, whatever it leads to."""
    for path, _ in plain_backends(ingress):
        yield ingress.spec.at(path)


def plain_backends(ingress: Manifest) -> Iterator[tuple[Path, Any]]:
    """The same as plain values, each with its path in the spec."""
    spec = ingress.spec.mapping
    for field in ("defaultBackend", "backend"):  # the second up to networking.k8s.io/v1beta1
        if spec.get(field) is not None:
            yield (field,), spec[field]
    yield from plain_at(spec, "rules", ALL, "http", "paths", ALL, "backend")


def route_backends(route: Manifest) -> Iterator[Node]:
    """Yield every reference of a route to a Service, mirrors of requests among them.

    A reference without kind is one to a Service; one with another kind or group is none.
    """
    for rule in route.spec["rules"]:
        found = list(rule["backendRefs"])
        filters = list(rule["filters"])
        for reference in found:
            filters += reference["filters"]
        found += [f["requestMirror"]["backendRef"] for f in filters if f["requestMirror"]]
        for reference in found:
            if reference["kind"].string in ("", "Service") and not reference["group"].string:
                yield reference


def backends(manifest: Manifest) -> Iterator[Backend]:
    """Yield the Services that an Ingress or a route sends requests to; nothing for other kinds."""
    if manifest.type == "Ingress":
        for path, written in plain_backends(manifest):
            if _at(written, ("service",)) is not None:
                number: Path = ("service", "port", "number")
                port = number if _at(written, number) is not None else (*number[:2], "name")
                yield Backend(manifest, path, written, ("service", "name"), port)
            elif _at(written, ("serviceName",)) is not None:  # up to networking.k8s.io/v1beta1
                yield Backend(manifest, path, written, ("serviceName",), ("servicePort",))
    elif manifest.type in ROUTES:
        for node in route_backends(manifest):
            path, namespace = node.path[len(manifest.spec.path) :], node["namespace"].value
            yield Backend(manifest, path, node.value, ("name",), ("port",), namespace)


def _at(value: Any, path: Path) -> Any:
    """What is written at *path*, or None."""
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value
