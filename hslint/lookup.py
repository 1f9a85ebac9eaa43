"""Looks a name up as a pod would: along its search path, among the names that will exist.

Sources: kubelet pkg/kubelet/network/dns (the search path, ndots:5), resolv.conf(5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hslint.document import documents
from hslint.endpoints import ADDRESS
from hslint.hostnames import NUMBER, domain_of, host_labels, host_names
from hslint.manifest import manifests
from hslint.names import NAMESPACE, names
from hslint.source import Source
from hslint.world.answer import Answer
from hslint.world.dns import EVERYWHERE, Dns
from hslint.world.zone import is_address

if TYPE_CHECKING:
    from hslint.manifest import Manifest
    from hslint.names import Name
    from hslint.workload import Pods
    from hslint.world import World

#: A name with fewer dots is looked up along the search path first.
_NDOTS = 5
#: A CNAME leads to a name that may lead to another, but not on and on.
_MOST_ALIASES = 8


@dataclass(slots=True)
class Lookup:
    """What was tried, and what it came to.

    ``tried`` are the absolute names in order, the last of which is the one that is answered, if any
    is. ``found`` are the names that answer, one for each type of record and alias on the way.
    ``why`` says why nothing answers, or what must hold for the answer.
    """

    name: str
    namespace: str | None
    tried: list[str] = field(default_factory=list)
    found: list[Name] = field(default_factory=list)
    resolved: bool = False
    why: str = ""


class Resolver:
    """Looks names up for pods, whatever namespace they are in."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._domain = world.cluster_domain
        self._names: dict[str, list[Name]] = {}
        #: The names below each Service that have a part which is not known.
        self._open: dict[str, list[Name]] = {}
        for name in names(world):
            self._names.setdefault(name.name.lower(), []).append(name)
            if ADDRESS in name.label or NUMBER in name.label:
                below = name.name.partition(".")[2].lower()
                self._open.setdefault(below, []).append(name)

    def resolve(self, name: str, namespace: str | None) -> Lookup:
        """Look *name* up in a pod in *namespace*; None is the one that the files do not tell."""
        lookup = Lookup(name, namespace)
        for absolute in self._candidates(name, namespace):
            lookup.tried.append(absolute)
            if self._answer(lookup, absolute):
                return lookup
        lookup.why = lookup.why or self._reason(name, namespace)
        return lookup

    def _candidates(self, name: str, namespace: str | None) -> list[str]:
        if name.endswith("."):
            return [name.removesuffix(".")]
        domain = self._domain
        search = [f"{namespace or NAMESPACE}.svc.{domain}", f"svc.{domain}", domain]
        along = [f"{name}.{suffix}" for suffix in search]
        return [name, *along] if name.count(".") >= _NDOTS else [*along, name]

    def _answer(self, lookup: Lookup, absolute: str) -> bool:
        """Whether there is an answer to one name; the answer is noted."""
        found, note = self._find(absolute)
        answered = [each for each in found if each.targets]
        if answered:
            lookup.found += answered
            lookup.resolved, lookup.why = True, note
            self._follow(lookup)
        elif found:
            lookup.why = lookup.why or found[0].why
        elif self._is_everywhere(absolute):
            lookup.resolved, lookup.why = True, "a Service that clusters bring"
        return lookup.resolved

    def _find(self, absolute: str) -> tuple[list[Name], str]:
        """The names that are meant, and what must hold for it."""
        key = absolute.lower()
        found = self._names.get(key) or self._among_open(key)
        if found:
            return found, ""
        suffix = f".svc.{self._domain}".lower()
        above, _, namespace = key.removesuffix(suffix).rpartition(".")
        if not above or not key.endswith(suffix):
            return [], ""
        key = f"{above}.{NAMESPACE}{suffix}"
        note = f"if what names no namespace is applied to `{namespace}`"
        return self._names.get(key) or self._among_open(key), note

    def _among_open(self, key: str) -> list[Name]:
        label, _, below = key.partition(".")
        return [name for name in self._open.get(below, ()) if _fits(label, name.label.lower())]

    def _follow(self, lookup: Lookup) -> None:
        """Follow aliases that lead to names of the cluster."""
        for _ in range(_MOST_ALIASES):
            if lookup.found[-1].type != "CNAME":
                return
            alias = lookup.found[-1].targets[0].host
            answered = [name for name in self._find(alias)[0] if name.targets]
            if answered:
                lookup.found += answered
                continue
            if alias.lower().endswith(f".{self._domain}".lower()):
                lookup.resolved, lookup.why = False, self._reason(f"{alias}.", lookup.namespace)
            return
        lookup.resolved, lookup.why = False, "the aliases go round in a circle"

    def _is_everywhere(self, absolute: str) -> bool:
        suffix = f".svc.{self._domain}"
        service, _, namespace = absolute.removesuffix(suffix).partition(".")
        return absolute.endswith(suffix) and (service, namespace) in EVERYWHERE

    # -- why not

    def _reason(self, name: str, namespace: str | None) -> str:
        written = name.removesuffix(".")
        answer = Dns(self._world).resolve(written, self._client(written, namespace))
        if answer.fault:
            return _sentence(answer, written)
        if written.lower().endswith(f".{self._domain}".lower()) or "." not in written:
            return "nothing in the files given has this name"
        return "nothing in the files given has this name; it may be one outside the cluster"

    def _client(self, name: str, namespace: str | None) -> Manifest:
        """A pod that looks names up, written beside what the name can mean."""
        labels = name.split(".")
        services = self._world.all("Service")
        near = [service for service in services if service.name in labels] or services
        near = near or [pods.owner for pods in self._world.pods]
        file = near[0].file if near else ""
        text = b"{apiVersion: v1, kind: Pod, metadata: {name: client}}"
        (document,) = documents(Source(file, text, named=True))
        (client,) = manifests(document, self._world.minor, namespace)
        return client


def _fits(label: str, pattern: str) -> bool:
    """Whether a label is what a listed one with something unknown in it stands for."""
    if pattern == ADDRESS:
        return is_address(label)
    parts = map(re.escape, pattern.split(NUMBER))
    return re.fullmatch("(?:0|[1-9][0-9]*)".join(parts), label) is not None


def _sentence(answer: Answer, name: str) -> str:
    """The reason that DNS has, with the objects it is about."""
    detail = ""
    if answer.pods is not None:
        detail = _of_pods(answer.fault, answer.pods, name)
    elif answer.fault == Answer.NO_SERVICE and answer.detail:
        detail = f"did you mean `{answer.detail}`?"
    elif answer.fault == Answer.OTHER_NAMESPACE:
        detail = f"ask for `{answer.services[0].name}.{answer.detail}`"
    elif answer.fault == Answer.NO_PORT:
        detail = answer.services[0].title
    elif answer.fault == Answer.MALFORMED:
        detail = answer.detail
    return f"{answer.fault}: {detail}" if detail else answer.fault


def _of_pods(fault: str, pods: Pods, name: str) -> str:
    """What the pods that a name is nearest to are called."""
    known = list(host_labels(pods))
    domain, owner = domain_of(pods), pods.owner.title
    if fault == Answer.NOT_GOVERNED:
        where = f"below `{domain}`" if domain else "nowhere, for want of a governing Service"
        return f"those of {owner} have theirs {where}"
    if fault == Answer.BARE_POD and domain:
        return f"ask for `{name}.{domain}`"
    if not known:
        return f"{owner} asks for none" if host_names(pods) else f"those of {owner} have no names"
    last = f" to `{known[-1]}`" if len(known) > 1 else ""
    return f"those of {owner} are called `{known[0]}`{last}"
