"""Where host names may be written in an object: what programs, or Kubernetes itself, look up.

Plain values are walked, for most strings hold none.
"""

from __future__ import annotations

from hslint.contract import WORKLOADS
from hslint.workload import handlers, pods_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TypeAlias

    from hslint.manifest import Manifest
    from hslint.node import Node, Path
    from hslint.workload import Pods

    #: A string, and the way to it from the root of its object.
    Text: TypeAlias = tuple[str, Path]

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
#: Settings whose ``word:number`` is a user with a password, or a share.
_PAIRS = ("AUTH", "USER", "USERS", "PASSWORD", "CREDENTIALS", "WEIGHT", "WEIGHTS")
#: The kinds whose files programs read, and where those are.
_FILES = {"ConfigMap": "data", "Secret": "stringData"}
#: Lists of other kinds, and where in each item a URL or target stands, or a list of them.
_URLS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "MutatingWebhookConfiguration": (("webhooks",), ("clientConfig", "url")),
    "ValidatingWebhookConfiguration": (("webhooks",), ("clientConfig", "url")),
    "Probe.monitoring.coreos.com": (("spec", "targets", "staticConfig", "static"), ()),
    "ScrapeConfig.monitoring.coreos.com": (("spec", "staticConfigs"), ("targets",)),
}


def mentioned(manifest: Manifest) -> tuple[str, ...] | None:
    """What the host names in an object may end in; None where it must be searched for them."""
    found = [text for text, _ in texts(manifest)]
    calls: list[object] = [*called(manifest)]
    for pods in pods_of(manifest):
        found += [text for text, _ in pod_texts(pods)]
        calls += pod_hosts(pods)
    if calls:
        return None
    if not found:
        return ()
    from hslint.hosts import last_labels  # it needs `re`, and few objects have such strings

    labels: set[str] = set()
    for text in found:
        known = last_labels(text)
        if known is None:
            return None
        labels.update(known)
    return tuple(sorted(labels))


def pod_texts(pods: Pods) -> Iterator[Text]:
    """The variables, commands and arguments of all containers."""
    for container, field, number in pods.plain_containers:
        for index, variable in enumerate(_list(container.get("env"))):
            text: Any = variable.get("value") if isinstance(variable, dict) else None
            if not _may_name(text):
                continue
            name = str(variable.get("name"))
            if "IMAGE" not in name.upper() and not _is_pair(name, text):
                yield text, (*pods.spec_path, field, number, "env", index, "value")
        for words in ("command", "args"):
            for index, text in enumerate(_list(container.get(words))):
                if _may_name(text):
                    yield text, (*pods.spec_path, field, number, words, index)


def pod_hosts(pods: Pods) -> Iterator[Node]:
    """The hosts that probes and lifecycle hooks call; mostly none is written."""
    for container, field, number in pods.plain_containers:
        for path, handler in handlers(container):
            for action in ("httpGet", "tcpSocket"):
                if action in handler and _may_name(_mapping(handler[action]).get("host")):
                    yield pods.spec.at((field, number, *path, action, "host"))


def texts(manifest: Manifest) -> Iterator[Text]:
    """The files of a ConfigMap or Secret, and the URLs in annotations."""
    field = _FILES.get(manifest.type)
    if field:
        for key, text in _mapping(manifest.root.mapping.get(field)).items():
            if _may_name(text) and not _is_pair(key, text):
                yield text, (field, key)
    for key, text in _mapping(manifest.metadata.get("annotations")).items():
        if isinstance(text, str) and "://" in text and not text.startswith(("{", "[")):
            yield text, ("metadata", "annotations", key)
    if manifest.type in _URLS:
        listed, inner = _URLS[manifest.type]
        for item in manifest.root.at(listed):
            below = item.at(inner)
            for node in below if isinstance(below.value, list) else (below,):
                yield node.string, node.path[len(manifest.root.path) :]


def called(manifest: Manifest) -> Iterator[tuple[Node, str, int | None, Pods | None]]:
    """The (node, host, port, None) that Kubernetes itself calls or hands out."""
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


def _is_pair(name: object, text: str) -> bool:
    return str(name).upper().endswith(_PAIRS) and "." not in text and "://" not in text


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
