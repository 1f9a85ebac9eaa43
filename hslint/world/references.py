"""The host names in the strings of an object that programs, or Kubernetes itself, look up."""

from __future__ import annotations

from hslint.contract import WORKLOADS
from hslint.piece import Piece
from hslint.world.answer import Answer, Reference
from hslint.world.dns import Dns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hslint.hosts import Host
    from hslint.manifest import Manifest
    from hslint.node import Node, Path
    from hslint.workload import Pods
    from hslint.world import World

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

    def unanswered(self, manifest: Manifest, fault: str) -> Iterator[Reference]:
        """Those with this fault; a name that is written several times counts once."""
        seen = set()
        for reference in self.of(manifest):
            if reference.fault == fault and reference.host.name not in seen:
                seen.add(reference.host.name)
                yield reference

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
        texts: list[tuple[Node, Pods | None]] = [(node, None) for node in _texts(manifest)]
        called = list(_called(manifest))
        aliases = set()
        for pods in self._world.pods_of(manifest):
            texts += [(node, pods) for node in _pod_texts(pods)]
            called += [(node, node.string, None, pods) for node in _pod_hosts(pods)]
            aliases |= {name.string for a in pods.spec["hostAliases"] for name in a["hostnames"]}
        if not (texts or called):
            return
        from hslint.hosts import Host, hosts  # it needs `re`, and most objects name no host

        for node, of in texts:
            for host in hosts(node.string):
                if host.name not in aliases:
                    piece = Piece(node, host.start, host.name)
                    yield from self._reference(manifest, piece, host, of)
        for node, name, port, of in called:
            host = Host(name.removesuffix("."), port, 0, sure=True)
            yield from self._reference(manifest, node, host, of)

    def _reference(
        self, manifest: Manifest, node: Node, host: Host, pods: Pods | None
    ) -> Iterator[Reference]:
        if self._dns is None:
            self._dns = Dns(self._world)
        answer = self._dns.resolve(host.name, manifest)
        if answer.fault and not host.sure and not (answer.record and answer.record.full):
            if answer.fault == Answer.MALFORMED or (answer.fault in _CERTAIN and answer.services):
                yield Reference(node, host, answer, pods)
        elif answer.fault or answer.services or (answer.record and answer.record.full):
            yield Reference(node, host, answer, pods)


# -- where host names are written: plain values are walked, for most strings hold none


def _containers(pods: Pods) -> Iterator[tuple[dict[str, Any], Path]]:
    """All containers as plain values, each with its path in the template."""
    spec = _mapping(_mapping(pods.template.value).get("spec"))
    for field in ("initContainers", "containers", "ephemeralContainers"):
        for number, container in enumerate(_list(spec.get(field))):
            yield _mapping(container), ("spec", field, number)


def _pod_texts(pods: Pods) -> Iterator[Node]:
    """The variables, commands and arguments of all containers."""
    for container, path in _containers(pods):
        for index, variable in enumerate(_list(container.get("env"))):
            entry = _mapping(variable)
            if _may_name(entry.get("value")) and "IMAGE" not in str(entry.get("name")).upper():
                yield pods.template.at((*path, "env", index, "value"))
        for words in ("command", "args"):
            for index, text in enumerate(_list(container.get(words))):
                if _may_name(text):
                    yield pods.template.at((*path, words, index))


def _pod_hosts(pods: Pods) -> Iterator[Node]:
    """The hosts that probes and lifecycle hooks call; mostly none is written."""
    for container, path in _containers(pods):
        handlers: list[Path] = [(probe,) for probe in _PROBES if probe in container]
        handlers += [("lifecycle", hook) for hook in _HOOKS if "lifecycle" in container]
        for handler in handlers:
            for action in ("httpGet", "tcpSocket"):
                host = pods.template.at((*path, *handler, action, "host"))
                if _may_name(host.value):
                    yield host


def _texts(manifest: Manifest) -> Iterator[Node]:
    """The files of a ConfigMap or Secret, and the URLs in annotations."""
    field = {"ConfigMap": "data", "Secret": "stringData"}.get(manifest.type)
    if field:
        for key, text in _mapping(manifest.root.mapping.get(field)).items():
            if _may_name(text):
                yield manifest[field][key]
    annotations = _mapping(_mapping(manifest.root.mapping.get("metadata")).get("annotations"))
    for key, text in annotations.items():
        if isinstance(text, str) and "://" in text and not text.startswith(("{", "[")):
            yield manifest["metadata"]["annotations"][key]
    if manifest.type in _URLS:
        listed, inner = _URLS[manifest.type]
        for item in manifest.root.at(listed):
            below = item.at(inner)
            yield from below if isinstance(below.value, list) else (below,)


def _called(manifest: Manifest) -> Iterator[tuple[Node, str, int | None, Pods | None]]:
    """The (node, host, port) that Kubernetes itself calls or hands out."""
    if manifest.type == "Service":
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
