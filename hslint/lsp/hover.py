"""What a name leads to, in words: the pods behind it, the DNS names there will be, or why none."""

from __future__ import annotations

import os

from hslint.hostnames import domain_of, host_names
from hslint.lsp.links import HOST, LABEL, NEED, PORT, SERVICE, name_of
from hslint.needs import keys_of
from hslint.selector import Selector, map_selector
from hslint.service import ServicePort, is_headless, service_ports
from hslint.suggest import closest
from hslint.workload import Pods
from hslint.world.answer import Answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hslint.hostnames import HostNames
    from hslint.lsp.links import Link
    from hslint.lsp.scene import Scene
    from hslint.manifest import Manifest
    from hslint.needs import Need
    from hslint.node import Node, Path
    from hslint.world import World
    from hslint.world.answer import Reference

#: So many are listed; the rest are counted.
_MOST = 8


def hover(scene: Scene, manifest: Manifest, links: Sequence[Link], path: Path) -> str:
    """Markdown about what stands at *path* of an object, where it makes *links*; "" for nothing."""
    world, inner = scene.world, path[len(manifest.root.path) :]
    if links:
        link = links[0]
        tell = {SERVICE: _named, LABEL: _label, PORT: _port, HOST: _host, NEED: _need}[link.kind]
        lines = list(tell(world, link))
    elif manifest.type == "Service" and inner == ("metadata", "name"):
        lines = list(_service(world, manifest))
    elif manifest.type == "Service" and inner == ("spec", "selector"):
        lines = list(_selected(world, manifest))
    else:
        lines = list(_referred(scene.links.to(manifest.document, path)))
    return "\n".join(lines)


def where(node: Node) -> str:
    """The file and line of a node, for people."""
    span = node.span
    return f"`{os.path.basename(span.file)}:{span.line}`"


def _listed(lines: Iterable[str]) -> Iterator[str]:
    every = list(dict.fromkeys(lines))
    yield from every[:_MOST]
    if len(every) > _MOST:
        yield f"- and {len(every) - _MOST} more"


def _title(manifest: Manifest) -> str:
    return f"{manifest.title} ({where(name_of(manifest))})"


def _pods(pods: Pods) -> str:
    labels = ",".join(f"{key}={value}" for key, value in pods.labels.items())
    return f"{_title(pods.owner)}: {f'labels `{labels}`' if labels else 'no labels'}"


# -- Services


def _named(world: World, link: Link) -> Iterator[str]:
    """A Service by its name."""
    services = [m for t in link.targets if (m := world.owner_of(t)) is not None]
    for service in services:
        yield from _service(world, service)
    if not services:
        name = link.at.string
        near = closest(name, world.names("Service", link.owner, name))
        yield f"No Service `{name}` in the workspace." + (f" Is `{near}` meant?" if near else "")


def _service(world: World, service: Manifest) -> Iterator[str]:
    kind = "headless" if is_headless(service) else service.spec["type"].string or "ClusterIP"
    yield f"**{service.title}**, {kind}, {where(name_of(service))}"
    yield ""
    if kind == "ExternalName":
        yield f"An alias of `{service.spec['externalName'].string}`."
    else:
        yield from _selected(world, service)
    yield ""
    yield "DNS names:"
    yield ""
    yield from _listed(f"- `{name}`" for name in _dns_names(world, service))


def _selected(world: World, service: Manifest) -> Iterator[str]:
    """The pods behind a Service, or why there are none."""
    selector = map_selector(service.spec["selector"])
    if not selector:
        yield "It has no selector: its endpoints are written by hand, or by a program."
        return
    yield from _matching(
        world, service, selector, list(world.selected_by(service).nearest(service))
    )


def _matching(
    world: World, of: Manifest, selector: Selector, pods: Sequence[Pods]
) -> Iterator[str]:
    yield f"`{selector}` selects {'the pods of' if pods else 'no pod in the workspace.'}"
    yield ""
    yield from _listed(f"- {_pods(each)}" for each in pods)
    if not pods:
        for pods_near in world.pods_beside(of)[:3]:
            unmet = ", ".join(f"`{key}`" for key in selector.unmet(pods_near))
            yield f"- {_pods(pods_near)}, which do not fit in {unmet}"


def _dns_names(world: World, service: Manifest) -> Iterator[str]:
    """The names that will exist for a Service and the pods that it names."""
    zone = f"{service.namespace or 'NAMESPACE'}.svc.{world.cluster_domain}"
    yield f"{service.name}.{zone}"
    selected = world.selected_by(service)
    for pods in world.governed_by(service):
        if pods in selected:
            for names in host_names(pods) or ():
                yield from (f"{host}.{service.name}.{zone}" for host in _hosts(names))


def _hosts(names: HostNames) -> Iterator[str]:
    if len(names.ranges) == 1 and len(names.ranges[0]) <= _MOST:
        yield from (f"{names.stem}-{number}" for number in names.ranges[0])
    else:
        yield names.example


# -- labels


def _label(world: World, link: Link) -> Iterator[str]:
    owner = link.owner
    if owner.type == "Service":
        yield from _selected(world, owner)
        return
    key, value = str(link.at.path[-1]), str(link.at.value)
    fitting = [pods for pods in link.told if pods.has(key, value)]
    yield from _matching(world, owner, Selector({key: value}), fitting)


# -- ports


def _port(world: World, link: Link) -> Iterator[str]:
    """The container ports, or those of a Service, that a port leads to."""
    asked = f"`{link.at.value}`"
    if link.targets:
        yield f"Port {asked} is"
        yield ""
        yield from _listed(f"- {_reached(world, target)}" for target in link.targets)
    elif isinstance(link.told, ServicePort):
        pods = list(world.selected_by(link.owner).nearest(link.owner))
        yield from _unreached(link, pods)
    elif isinstance(link.told, Pods):
        yield f"The container declares no port {asked}."
    else:
        ports = [p.title for s in world.services_behind(link.told) for p in service_ports(s)]
        yield f"The Service has no port {asked}; it has {', '.join(ports) or 'none'}."


def _unreached(link: Link, pods: Sequence[Pods]) -> Iterator[str]:
    asked = f"`{link.at.value}`"
    if not pods:
        yield f"The Service selects no pod in the workspace, so port {asked} leads nowhere."
        return
    if link.at.string:
        yield f"No selected pod has a {link.told.protocol} port named {asked}."
    else:
        yield f"Port {asked} of the pods, which declare no such port; a program may listen there."
    yield ""
    for each in pods[:_MOST]:
        ports = ", ".join(f"`{p.name or p.number}`" for p in each.ports)
        yield f"- {each.owner.title} declares {ports or 'no port'}"


def _reached(world: World, target: Node) -> str:
    owner = world.owner_of(target)
    entry = target.document.root.at(target.path[:-1])
    name, protocol = entry["name"].string, entry["protocol"].string or "TCP"
    number = entry["containerPort"].integer or entry["port"].integer
    of = owner.title if owner else ""
    return f"{number}/{protocol}{f' `{name}`' if name else ''} of {of} ({where(target)})"


# -- host names and other objects


def _host(world: World, link: Link) -> Iterator[str]:
    reference: Reference = link.told
    answer = reference.answer
    if not reference.fault:
        yield f"`{reference.host.name}` is"
        yield ""
        if answer.pods is not None and answer.record is not None and answer.record.host:
            yield f"- a pod of {_title(answer.pods.owner)}"
        for service in answer.services[:1]:
            yield from _service(world, service)
        if not answer.services:
            yield "- not known to the workspace"
        return
    yield f"`{reference.host.name}` is not answered: {answer.fault}."
    if answer.detail and answer.fault in (Answer.MALFORMED, Answer.NO_SERVICE):
        yield ""
        yield f"{answer.detail if answer.fault == Answer.MALFORMED else f'`{answer.detail}`?'}"
    for service in answer.services[:1]:
        yield ""
        yield from _service(world, service)
    if answer.pods is not None:
        yield ""
        yield f"- {_pods(answer.pods)}; they take their names from `{domain_of(answer.pods)}`"


def _need(world: World, link: Link) -> Iterator[str]:
    """An object that pods need by its name, or a key of it."""
    need: Need = link.told
    name = need.name.string
    key = link.at.string if link.at.path != need.name.path else ""
    holders = world.named(need.kind, name, link.owner)
    if link.targets:
        found = [(m, t) for t in link.targets if (m := world.owner_of(t)) is not None]
        of = f"Key `{key}` of " if key else ""
        yield from _listed(f"{of}{holder.title} ({where(at)})" for holder, at in found)
    elif world.is_made(need.kind, name):
        yield f"{need.kind} `{name}` is made by something in the workspace."
    elif key and holders:
        keys = ", ".join(f"`{each}`" for each in keys_of(holders[0]))
        yield f"{_title(holders[0])} has no key `{key}`; it has {keys or 'none'}."
    else:
        yield f"No {need.kind} `{name}` in the workspace."


def _referred(links: Sequence[Link]) -> Iterator[str]:
    """Who refers to a value."""
    if links:
        yield "Referred to by"
        yield ""
    yield from _listed(f"- {link.owner.title} ({where(link.at)})" for link in links)
