"""The names that `hslint dns` lists and looks up, beside the records that CoreDNS has."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from hslint.endpoints import ADDRESS
from hslint.lookup import Resolver
from hslint.names import names
from tests.judge import wiring

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hslint.names import Name, Target

#: What each name leads to: whom, and how many of them (None: some).
Records = dict[str, dict[str, int | None]]

_ZONE = "svc.cluster.local"


def questions(wired: wiring.Wired) -> list[dict[str, str]]:
    """Every name that CoreDNS can answer for the Services and slices, by each type of record."""
    asked: dict[tuple[str, str], None] = {}
    for service in wired["services"]:
        below = f"{_title(service)}.{_ZONE}."
        slices = list(_slices_of(service, wired))
        labels = {label for each in slices for label in _labels(each)}
        asked[below, "CNAME"] = None
        for name in (below, *(f"{label}.{below}" for label in sorted(labels))):
            asked |= dict.fromkeys([(name, "A"), (name, "AAAA")])
        for ports in (service["spec"].get("ports"), *(each["ports"] for each in slices)):
            for port in ports or ():
                if port.get("name"):
                    label = f"_{port['name']}._{port['protocol']}".lower()
                    asked[f"{label}.{below}", "SRV"] = None
    return [{"name": name, "type": type_} for name, type_ in asked]


def records(
    objects: list[dict[str, Any]],
    wired: wiring.Wired,
    asked: list[dict[str, str]],
    answers: list[dict[str, Any]],
) -> Records:
    """What CoreDNS answers, with pods in the place of their addresses.

    Left out are the addresses with dashes that pods without host names have below a Service with a
    virtual IP: hslint does not list them, on purpose.
    """
    owners = _Owners(objects, wired)
    found: dict[str, dict[str, str]] = {}
    for question, answer in zip(asked, answers, strict=True):
        for record in answer.get("records", ()):
            name, _, _, type_, data = record.split(" ", 4)
            label, _, below = name.removesuffix(".").partition(".")
            if label in owners.dashed:
                if below in owners.virtual:
                    continue
                name = f"{ADDRESS}.{below}."
            if type_ == question["type"]:
                whom = owners.of(name, type_, data)
                found.setdefault(f"{type_} {name.removesuffix('.')}", {})[data] = whom
    return {key: _each(key, leads.values()) for key, leads in found.items()}


def _each(key: str, leads: Iterable[str]) -> dict[str, int | None]:
    """How often each is led to; hslint counts addresses only."""
    return dict.fromkeys(leads, 1) if key.startswith("SRV ") else dict(Counter(leads))


def facts(objects: list[dict[str, Any]], told: Records, minor: int, *, ready: bool) -> wiring.Facts:
    """Each name that CoreDNS answers or hslint lists: what it leads to, pod by pod."""
    said: Records = {}
    for name in names(wiring.world_of(objects, minor)):
        targets = list(_answered(name, ready=ready))
        if targets:
            said[f"{name.type} {name.name}"] = _counted(name.type, targets)
    result: wiring.Facts = []
    for key in sorted({*told, *said}):
        true, listed = told.get(key, {}), said.get(key, {})
        true = {whom: None if listed.get(whom, 0) is None else n for whom, n in true.items()}
        result.append((f"listed: {key}", true, listed))
    return result


def looked_up(
    objects: list[dict[str, Any]],
    asked: list[dict[str, str]],
    told: list[str],
    minor: int,
    *,
    ready: bool,
) -> wiring.Facts:
    """Whether there is an answer to each name, as `hslint dns --resolve` says."""
    resolver = Resolver(wiring.world_of(objects, minor))
    result: wiring.Facts = []
    for question, there in zip(asked, told, strict=True):
        lookup = resolver.resolve(question["name"], None)
        outside = lookup.resolved and lookup.found[-1:] and lookup.found[-1].type == "CNAME"
        said = outside or any(
            name.type == question["type"] and any(_answered(name, ready=ready))
            for name in lookup.found
        )
        title = f"looked up: {question['type']} {question['name']}"
        result.append((title, there == wiring.RECORDS, bool(said)))
    return result


class _Owners:
    """Whose the addresses of a world are."""

    def __init__(self, objects: list[dict[str, Any]], wired: wiring.Wired) -> None:
        self._pods = {
            address: f"{pod['owner']}: {wiring.known_name(pod)}"
            for pod in wired["pods"]
            for address in pod.get("addresses", ())
        }
        self.dashed = {dashed(address) for address in self._pods}
        #: The Services with a virtual IP, by their names in DNS.
        self.virtual = {
            f"{_title(service)}.{_ZONE}": service
            for service in wired["services"]
            if service["spec"].get("clusterIP", "None") != "None"
        }
        specs = [each["spec"] for each in objects if each["kind"] == "Service"]
        self._written = {spec["clusterIP"] for spec in specs if "clusterIP" in spec}

    def of(self, name: str, type_: str, data: str) -> str:
        """Whom a record leads to."""
        if type_ == "CNAME":
            return data.removesuffix(".")
        if type_ == "SRV":
            _, _, port, host = data.split(" ")
            label, _, below = host.removesuffix(".").partition(".")
            return f"{port} {ADDRESS if label in self.dashed else label}.{below}"
        service = self.virtual.get(name.removesuffix("."))
        if service is None or data in self._written:
            return self._pods.get(data, data)
        metadata = service["metadata"]
        return f"Service {metadata['namespace']} {metadata['name']}: "


def dashed(address: str) -> str:
    """An address as CoreDNS makes a label of it."""
    label = address.replace(".", "-").replace(":", "-")
    return f"{label}0" if label.endswith("-") else label


def _title(service: dict[str, Any]) -> str:
    return f"{service['metadata']['name']}.{service['metadata']['namespace']}"


def _slices_of(service: dict[str, Any], wired: wiring.Wired) -> Iterator[dict[str, Any]]:
    metadata = service["metadata"]
    for each in wired["slices"]:
        labels = each["metadata"].get("labels", {})
        if (
            labels.get("kubernetes.io/service-name") == metadata["name"]
            and each["metadata"]["namespace"] == metadata["namespace"]
        ):
            yield each


def _labels(piece: dict[str, Any]) -> Iterator[str]:
    for endpoint in piece["endpoints"] or ():
        yield from map(dashed, endpoint["addresses"])
        if endpoint.get("hostname"):
            yield endpoint["hostname"]


def _answered(name: Name, *, ready: bool) -> Iterator[Target]:
    """What of a name is answered where all pods are ready, or none is."""
    return (target for target in name.targets if ready or not target.ready)


def _counted(type_: str, targets: Iterable[Target]) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for target in targets:
        if type_ == "CNAME":
            found[target.host] = 1
        elif type_ == "SRV":
            found[f"{target.port} {target.host}"] = 1
        elif target.address:
            found[target.address] = 1
        else:
            owner = target.owner
            whom = f"{owner.kind} {owner.namespace} {owner.name}: {target.pod}"
            before = found.get(whom, 0)
            unknown = before is None or target.count is None
            found[whom] = None if unknown else (before or 0) + (target.count or 0)
    return found
