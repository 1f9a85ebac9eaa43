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
    ``namespace`` is the Service's, None when it is unknown.
    """

    __slots__ = ("name", "namespace", "node", "owner", "port")

    def __init__(self, owner: Manifest, node: Node, name: Node, port: Node) -> None:
        self.owner = owner
        self.node = node
        self.name = name
        self.port = port
        self.namespace = owner.namespace
        if owner.type != "Ingress":
            self.namespace = node["namespace"].string or owner.namespace


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
        for node in ingress_backends(manifest):
            if service := node["service"]:
                port = service["port"]
                yield Backend(manifest, node, service["name"], port["number"] or port["name"])
            elif node["serviceName"]:  # up to networking.k8s.io/v1beta1
                yield Backend(manifest, node, node["serviceName"], node["servicePort"])
    elif manifest.type in ROUTES:
        for node in route_backends(manifest):
            yield Backend(manifest, node, node["name"], node["port"])
