"""A Service's ports, with what the API server fills in."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hslint.manifest import Manifest
    from hslint.node import Node


#: The type of a Service that is another name of something.
_ALIAS = "ExternalName"


class ServicePort:
    """One entry of a Service's ``spec.ports``; an unset protocol is TCP.

    ``mapping`` is the entry as a plain value, empty where it is none. ``target_name`` and
    ``target_number`` tell what the ``target`` is: one of them, mostly.
    """

    __slots__ = (
        "_index",
        "_listed",
        "mapping",
        "name",
        "number",
        "protocol",
        "target_name",
        "target_number",
    )

    def __init__(self, listed: Node, index: int) -> None:
        self._listed = listed
        self._index = index
        written = listed.value[index]
        self.mapping: dict[str, Any] = written if isinstance(written, dict) else {}
        get = self.mapping.get
        name, number, protocol = get("name"), get("port"), get("protocol")
        self.name: str = name if isinstance(name, str) else ""
        self.number: int | None = number if number.__class__ is int else None
        self.protocol: str = protocol if protocol and isinstance(protocol, str) else "TCP"
        target = get("targetPort") or number
        self.target_name: str = target if isinstance(target, str) else ""
        self.target_number: int | None = target if target.__class__ is int else None

    @property
    def node(self) -> Node:
        """The entry as a whole."""
        return self._listed[self._index]

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
        listed = service.spec["ports"]
        written = listed.value if isinstance(listed.value, list) else []
        ports = service.ports = [ServicePort(listed, index) for index in range(len(written))]
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
    if not service.document.may_hold("None"):
        return False
    return service.spec.mapping.get("clusterIP") == "None"


def is_alias(service: Manifest) -> bool:
    """Whether a Service is of type ExternalName: an alias of another name, with nothing behind."""
    if not service.document.may_hold(_ALIAS):
        return False
    return service.spec.mapping.get("type") == _ALIAS
