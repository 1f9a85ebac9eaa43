"""The host names in the strings of an object that programs, or Kubernetes itself, look up."""

from __future__ import annotations

from hslint.contract import WORKLOADS
from hslint.piece import Piece
from hslint.world.answer import Answer, Reference
from hslint.world.dns import Dns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, TypeAlias

    from hslint.hosts import Host
    from hslint.manifest import Manifest
    from hslint.node import Node, Path
    from hslint.workload import Pods
    from hslint.world import World

    #: A string, and where it stands: the way to it from a node, which is made if it matters.
    Text: TypeAlias = tuple[str, Node, Path]

#: The kinds whose strings are searched.
REFERRERS = (
    WORKLOADS,
    "APIService",
    "ConfigMap",
    "CustomResourceDefinition",
    "Ingress",
    "MutatingWebhookConfiguration",
    "Probe.monitoring.coreos.com",
    "ScrapeConfig.monitoring.coreos.com",
    "Secret",
    "Service",
    "ValidatingWebhookConfiguration",
)
#: The port that the API server calls when a reference to a Service has none.
_HTTPS = 443
_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_HOOKS = ("postStart", "preStop")
#: Lists of other kinds, and where in each item a URL or target stands, or a list of them.
_URLS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "MutatingWebhookConfiguration": (("webhooks",), ("clientConfig", "url")),
    "ValidatingWebhookConfiguration": (("webhooks",), ("clientConfig", "url")),
    "Probe.monitoring.coreos.com": (("spec", "targets", "staticConfig", "static"), ()),
    "ScrapeConfig.monitoring.coreos.com": (("spec", "staticConfigs"), ("targets",)),
}
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
            found = self._of[id(manifest)] = list(self._search(manifest))
        return found

    def unanswered(self, manifest: Manifest, fault: str) -> Iterable[Reference]:
        """Those with this fault; a name that is written several times counts once."""
        found = self.of(manifest)
        if not found:
            return ()
        first: dict[str, Reference] = {}
        for reference in found:
            if reference.fault == fault:
                first.setdefault(reference.host.name, reference)
        return first.values()

    def called(self, manifest: Manifest) -> Iterator[Reference]:
        """Those that lead to known Services in the cluster, and have a port."""
        for reference in self.of(manifest):
            services = reference.answer.services
            if reference.fault or reference.host.port is None or reference.record.port:
                continue
            if services and all(s.spec["type"].string != "ExternalName" for s in services):
                yield reference

    def looked_up_by(self, pods: Pods) -> list[Reference]:
        """The host names in the manifest of *pods* and in the ConfigMaps and Secrets they use."""
        found = [r for r in self.of(pods.owner) if r.pods is pods]
        for need in self._world.needs(pods):
            if need.kind in ("ConfigMap", "Secret"):
                for manifest in self._world.named(need.kind, need.name.string, pods.owner)[:1]:
                    found += self.of(manifest)
        return found

    def _search(self, manifest: Manifest) -> Iterator[Reference]:
        texts: list[tuple[Text, Pods | None]] = [(text, None) for text in _texts(manifest)]
        called = list(_called(manifest))
        aliases = set()
        for pods in self._world.pods_of(manifest):
            texts += [(text, pods) for text in _pod_texts(pods)]
            called += [(node, node.string, None, pods) for node in _pod_hosts(pods)]
            if "hostAliases" in pods.spec.mapping:
                listed = [alias["hostnames"] for alias in pods.spec["hostAliases"]]
                aliases |= {name.string for names in listed for name in names}
        if not (texts or called):
            return
        if self._dns is None:
            self._dns = Dns(self._world)
        for text, of in texts:
            yield from _in_text(self._dns, manifest, text, of, aliases)
        for node, name, port, of in called:
            from hslint.hosts import Host  # it needs `re`, and few objects call a host

            host = Host(name.removesuffix("."), port, 0, sure=True)
            answer = _answer(self._dns, manifest, host)
            if answer is not None:
                yield Reference(node, host, answer, of)


def _in_text(
    dns: Dns, manifest: Manifest, text: Text, of: Pods | None, aliases: set[str]
) -> Iterator[Reference]:
    """The host names in a string; *aliases* are names that the pods know themselves."""
    from hslint.hosts import dotted, hosts  # likewise

    written, base, path = text
    words = dotted(written)
    if words is not None and not any(map(dns.may_be_ours, words)):
        return
    for host in hosts(written):
        answer = None if host.name in aliases else _answer(dns, manifest, host)
        if answer is not None:
            yield Reference(Piece(base.at(path), host.start, host.name), host, answer, of)


def _answer(dns: Dns, manifest: Manifest, host: Host) -> Answer | None:
    """What DNS says to *host*; None where it need not be a name of the cluster."""
    answer = dns.resolve(host.name, manifest)
    full = answer.record is not None and answer.record.full
    if answer.fault and not host.sure and not full:
        certain = answer.fault in _CERTAIN and answer.services
        return answer if answer.fault == Answer.MALFORMED or certain else None
    return answer if answer.fault or answer.services or full else None


# -- where host names are written: plain values are walked, for most strings hold none


def _pod_texts(pods: Pods) -> Iterator[Text]:
    """The variables, commands and arguments of all containers."""
    for container, field, number in pods.plain_containers:
        for index, variable in enumerate(_list(container.get("env"))):
            entry = _mapping(variable)
            text = entry.get("value", "")
            if _may_name(text) and "IMAGE" not in str(entry.get("name")).upper():
                yield text, pods.spec, (field, number, "env", index, "value")
        for words in ("command", "args"):
            for index, text in enumerate(_list(container.get(words))):
                if _may_name(text):
                    yield text, pods.spec, (field, number, words, index)


def _pod_hosts(pods: Pods) -> Iterator[Node]:
    """The hosts that probes and lifecycle hooks call; mostly none is written."""
    for container, field, number in pods.plain_containers:
        handlers: list[Path] = [(probe,) for probe in _PROBES if probe in container]
        handlers += [("lifecycle", hook) for hook in _HOOKS if "lifecycle" in container]
        for handler in handlers:
            called = pods.spec.at((field, number, *handler))
            for action in ("httpGet", "tcpSocket"):
                if action in called.mapping and _may_name(called[action]["host"].value):
                    yield called[action]["host"]


def _texts(manifest: Manifest) -> Iterator[Text]:
    """The files of a ConfigMap or Secret, and the URLs in annotations."""
    field = {"ConfigMap": "data", "Secret": "stringData"}.get(manifest.type)
    if field:
        for key, text in _mapping(manifest.root.mapping.get(field)).items():
            if _may_name(text):
                yield text, manifest.root, (field, key)
    for key, text in _mapping(manifest.metadata.get("annotations")).items():
        if isinstance(text, str) and "://" in text and not text.startswith(("{", "[")):
            yield text, manifest.root, ("metadata", "annotations", key)
    if manifest.type in _URLS:
        listed, inner = _URLS[manifest.type]
        for item in manifest.root.at(listed):
            below = item.at(inner)
            for node in below if isinstance(below.value, list) else (below,):
                yield node.string, node, ()


def _called(manifest: Manifest) -> Iterator[tuple[Node, str, int | None, Pods | None]]:
    """The (node, host, port) that Kubernetes itself calls or hands out."""
    if manifest.type == "Service":
        if "externalName" not in manifest.spec.mapping:
            return
        name = manifest.spec["externalName"]
        if manifest.spec["type"].string == "ExternalName" and ".svc." in name.string:
            yield name, name.string, None, None
    elif manifest.type == "APIService":
        yield from _service(manifest.spec["service"])
    elif manifest.type == "CustomResourceDefinition":
        yield from _service(manifest.spec["conversion"]["webhook"]["clientConfig"]["service"])
    elif manifest.type.endswith("WebhookConfiguration"):
        for webhook in manifest["webhooks"]:
            yield from _service(webhook["clientConfig"]["service"])


def _service(reference: Node) -> Iterator[tuple[Node, str, int | None, Pods | None]]:
    name, namespace = reference["name"], reference["namespace"].string
    if name.string and namespace:
        port = reference["port"].integer or _HTTPS
        yield name, f"{name.string}.{namespace}.svc", port, None


def _may_name(text: Any) -> bool:
    return isinstance(text, str) and ("." in text or ":" in text)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
