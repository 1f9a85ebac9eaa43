"""What a drawing says of an object, in a few words each."""

from __future__ import annotations

from hslint.endpoints import how_many
from hslint.hostnames import host_labels
from hslint.service import is_headless, service_ports

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hslint.manifest import Manifest
    from hslint.workload import Pods
    from hslint.world import World


def service_lines(service: Manifest) -> list[str]:
    """What a Service is, and its ports."""
    if service.is_elsewhere:
        lines = ["elsewhere"]
    elif service.spec["type"].string == "ExternalName":
        return [f"is {service.spec['externalName'].string}"]
    else:
        lines = ["headless"] if is_headless(service) else []
    for port in service_ports(service):
        words = [port.name, str(port.number or "")]
        words += [] if port.protocol == "TCP" else [port.protocol]
        lines.append(" ".join(filter(None, words)))
    return lines


def workload_lines(pods: Pods, world: World) -> list[str]:
    """The pods of a workload, by name or number, and their ports."""
    names = list(host_labels(pods))
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


def hosts_of(manifest: Manifest) -> list[str]:
    """The hosts that an Ingress or a route is for."""
    rules = [rule["host"].string for rule in manifest.spec["rules"]]
    named = [host.string for host in manifest.spec["hostnames"]]
    return [host for host in dict.fromkeys(rules + named) if host]


def port_label(number: int | None, target: int | None) -> str:
    """A Service's port, and that of the pods if it is another."""
    if number == target:
        return "" if number is None else str(number)
    return f"{number or '?'} → {target or '?'}"
