"""The host names in the strings of an object that programs, or Kubernetes itself, look up."""

from __future__ import annotations

from hslint.mentions import called, pod_hosts, pod_texts, texts
from hslint.service import is_alias
from hslint.world.answer import Answer, Reference
from hslint.world.dns import Dns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from hslint.hosts import Host
    from hslint.manifest import Manifest
    from hslint.mentions import Text
    from hslint.node import Path
    from hslint.workload import Pods
    from hslint.world import World

#: What a pod's name tells that nothing else is called so, even where no host need stand.
_CERTAIN = (Answer.ORDINAL, Answer.NOT_GOVERNED)


class References:
    """The host names that objects refer to, each object searched once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._dns: Dns | None = None
        self._of: dict[int, list[Reference]] = {}

    def of(self, manifest: Manifest) -> list[Reference]:
        """The host names of *manifest* that are, or should be, in the cluster."""
        found = self._of.get(id(manifest))
        if found is None:
            found = self._of[id(manifest)] = self._search(manifest)
        return found

    def unanswered(self, manifest: Manifest, fault: str) -> Iterable[Reference]:
        """Those with this fault; a name that is written several times counts once."""
        found = self._of.get(id(manifest))
        if found is None:
            found = self.of(manifest)
        first: dict[str, Reference] = {}
        for reference in found:
            if reference.answer.fault == fault:
                first.setdefault(reference.host.name, reference)
        return first.values()

    def called(self, manifest: Manifest) -> list[Reference]:
        """Those that lead to known Services in the cluster, and have a port."""
        return [
            reference
            for reference in self.of(manifest)
            if reference.host.port is not None
            and not reference.fault
            and not reference.record.port
            and reference.answer.services
            and not any(map(is_alias, reference.answer.services))
        ]

    def looked_up_by(self, pods: Pods) -> list[Reference]:
        """The host names in the manifest of *pods* and in the ConfigMaps and Secrets they use."""
        found = [r for r in self.of(pods.owner) if r.pods is pods]
        for need in self._world.needs(pods):
            if need.kind in ("ConfigMap", "Secret"):
                for manifest in self._world.named(need.kind, need.called, pods.owner)[:1]:
                    found += self.of(manifest)
        return found

    @property
    def _known(self) -> Dns:
        """The names there are, gathered when the first is looked up."""
        if self._dns is None:
            self._dns = Dns(self._world)
        return self._dns

    def _search(self, manifest: Manifest) -> list[Reference]:
        mentioned = manifest.mentioned
        if mentioned is not None and not (mentioned and self._known.may_end_hosts(mentioned)):
            return []
        found: list[tuple[Text, Pods | None]] = [(text, None) for text in texts(manifest)]
        calls = list(called(manifest))
        aliases = set()
        for pods in self._world.pods_of(manifest):
            found += [(text, pods) for text in pod_texts(pods)]
            calls += [(node, node.string, None, pods) for node in pod_hosts(pods)]
            if "hostAliases" in pods.spec.mapping:
                listed = [alias["hostnames"] for alias in pods.spec["hostAliases"]]
                aliases |= {name.string for names in listed for name in names}
        if not (found or calls):
            return []
        from hslint.hosts import Host, hosts  # they need `re`, and few objects have such strings

        named: list[tuple[Path, Host, Pods | None, bool]] = [
            (path, host, of, False)
            for (text, path), of in found
            for host in hosts(text)
            if host.name not in aliases
        ]
        for node, name, port, of in calls:
            path = node.path[len(manifest.root.path) :]
            host = Host(name.removesuffix("."), port, 0, sure=True)
            named.append((path, host, of, True))
        return [
            Reference(manifest, path, host, answer, of, is_whole=is_whole)
            for path, host, of, is_whole in named
            if (answer := _answer(self._known, manifest, host)) is not None
            and not (answer.fault and of and _may_find_elsewhere(of, answer))
        ]


def _may_find_elsewhere(pods: Pods, answer: Answer) -> bool:
    """Whether *pods* look a name up along more than the cluster's search path.

    Source: kubelet pkg/kubelet/network/dns: appendDNSConfig.
    """
    is_full = answer.record is not None and answer.record.full
    is_relative = not is_full and answer.fault != Answer.MALFORMED
    return is_relative and bool(pods.spec["dnsConfig"]["searches"].value)


def _answer(dns: Dns, manifest: Manifest, host: Host) -> Answer | None:
    """What DNS says to *host*; None where it need not be a name of the cluster."""
    answer = dns.resolve(host.name, manifest)
    full = answer.record is not None and answer.record.full
    if answer.fault and not host.sure and not full:
        certain = answer.fault in _CERTAIN and answer.services
        return answer if answer.fault == Answer.MALFORMED or certain else None
    return answer if answer.fault or answer.services or full else None
