"""A Service's ports, with what the API server fills in."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.manifest import Manifest
    from hslint.node import Node


class ServicePort:
    """One entry of a Service's ``spec.ports``; an unset protocol is TCP."""

    __slots__ = ("name", "node", "number", "protocol")

    def __init__(self, node: Node) -> None:
        self.node = node
        self.name = node["name"].string
        self.number = node["port"].integer
        self.protocol = node["protocol"].string or "TCP"

    @property
    def target(self) -> Node:
        """The port asked of the pods: ``targetPort``, or ``port`` where that is null, 0 or "".

        Source: pkg/apis/core/v1: SetDefaults_Service.
        """
        target = self.node["targetPort"]
        return target if target.value else self.node["port"]

    @property
    def title(self) -> str:
        """The port as a message names it."""
        return f"port `{self.name}`" if self.name else f"port {self.number}"


def service_ports(service: Manifest) -> list[ServicePort]:
    """The ports of a Service, in the order they are written."""
    ports: list[ServicePort] | None = service.ports
    if ports is None:
        ports = service.ports = [ServicePort(node) for node in service.spec["ports"]]
    return ports


def endpoint_ports(listed: Node) -> dict[tuple[str, str], int]:
    """The numbers of the ports of an EndpointSlice, or of a subset of Endpoints.

    By name and protocol; an unset protocol is TCP.
    """
    found = {}
    for port in listed:
        number = port["port"].integer
        if number is not None:
            found[port["name"].string, port["protocol"].string or "TCP"] = number
    return found


def is_headless(service: Manifest) -> bool:
    """Whether a Service has no virtual IP: ``clusterIP: None``, spelt just so."""
    return service.spec["clusterIP"].string == "None"
