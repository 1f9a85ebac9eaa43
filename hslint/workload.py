"""Workloads, and what is known of the pods that they make before these exist."""

from __future__ import annotations

from hslint.controllers import (
    ADDED,
    ADDED_PREFIXES,
    COMPLETION_INDEX,
    INDEX_LABELS,
    JOB_NAMES,
    JOB_PREFIX,
    POD_INDEX,
    POD_NAME,
    ROUTES,
)
from hslint.plain import plain_at, plain_items
from hslint.selector import PlainLabels

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from hslint.manifest import Manifest
    from hslint.node import Node, Path

_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_HOOKS = ("postStart", "preStop")
_ACTIONS = ("httpGet", "tcpSocket", "grpc")


class ContainerPort:
    """A declared container port, with the container it belongs to.

    ``path`` leads to it from the pod spec, and ``mapping`` is what is written there as a plain
    value, empty where it is no mapping. Nothing of it holds its document in memory.
    """

    __slots__ = ("_owner", "_spec", "mapping", "name", "number", "path", "protocol", "sidecar")

    def __init__(self, pods: Pods, path: Path, written: object, *, sidecar: bool) -> None:
        self._owner = pods.owner
        self._spec = pods.spec_path
        self.path = path
        self.mapping: dict[str, Any] = written if isinstance(written, dict) else {}
        get = self.mapping.get
        name, number, protocol = get("name"), get("containerPort"), get("protocol")
        self.name: str = name if isinstance(name, str) else ""
        self.number: int | None = number if number.__class__ is int else None
        self.protocol: str = protocol if protocol and isinstance(protocol, str) else "TCP"
        #: Whether the container is a native sidecar (an init container that restarts Always).
        self.sidecar = sidecar

    @property
    def node(self) -> Node:
        """The port as it is written."""
        return self._owner.root.at((*self._spec, *self.path))

    @property
    def container(self) -> Node:
        """The container that declares it."""
        return self._owner.root.at((*self._spec, *self.path[:2]))


class Pods:
    """The pods that a workload makes from one template.

    *common* are the labels that a kustomization adds to them; none for the pods as written.
    """

    __slots__ = (
        "_all",
        "_called",
        "_declared",
        "_main",
        "_partial",
        "_path",
        "_plain",
        "_ports",
        "_spec",
        "_template",
        "_volumes",
        "added",
        "labels",
        "owner",
        "prefixes",
        "replaced",
        "spec_path",
    )

    def __init__(
        self, owner: Manifest, path: Path, common: Mapping[str, str] | None = None
    ) -> None:
        self.owner = owner
        self._path = path
        #: The way to the pod spec from the root of the owner.
        self.spec_path: Path = (*path, "spec")
        self._template: Node | None = None
        self._spec: Node | None = None
        self._main: list[Node] | None = None
        self._all: list[Node] | None = None
        self._plain: list[tuple[dict[str, Any], str, int]] | None = None
        self._volumes: list[tuple[dict[str, Any], int]] | None = None
        #: The labels written in the template, and those that a kustomization adds.
        self.labels = self.labels_node.strings
        #: Those that a kustomization puts in their place: what is built with it selects these, what
        #: is written beside the template the others.
        self.replaced: dict[str, str] = {}
        if common:
            self.replaced = {k: v for k, v in common.items() if self.labels.get(k, v) != v}
            self.labels = {**common, **self.labels}
        #: Label keys whose values a controller chooses.
        self.added = ADDED.get(owner.type, ())
        self.prefixes = ADDED_PREFIXES.get(owner.type, ())
        if owner.type == "Job":
            names = JOB_NAMES if owner.minor >= JOB_PREFIX else JOB_NAMES[:1]
            self.labels.update(dict.fromkeys(names, owner.name))
            if owner.spec["completionMode"].string == "Indexed":
                self.added += (COMPLETION_INDEX,) if owner.minor >= INDEX_LABELS else ()
        elif owner.type == "StatefulSet":
            self.added += (POD_NAME, POD_INDEX) if owner.minor >= INDEX_LABELS else (POD_NAME,)
        #: Plain values, which are kept when the nodes are forgotten.
        self._declared: list[ContainerPort] | None = None
        self._ports: list[ContainerPort] | None = None
        self._partial: bool | None = None
        self._called: list[tuple[Path, Any]] | None = None

    def __repr__(self) -> str:
        return f"pods of {self.owner!r}"

    @property
    def file(self) -> str:
        """The file that the template is written in."""
        return self.owner.file

    @property
    def template(self) -> Node:
        """The pod template."""
        if self._template is None:
            self._template = self.owner.root.at(self._path)
        return self._template

    @property
    def spec(self) -> Node:
        """The pod spec."""
        if self._spec is None:
            self._spec = self.template["spec"]
        return self._spec

    @property
    def is_elsewhere(self) -> bool:
        """Whether their owner lives elsewhere, and is only known by name."""
        return self.owner.is_elsewhere

    @property
    def built(self) -> Pods:
        """The same pods as kustomizations build them: they may have more labels."""
        build = self.owner.build
        if build is None or not build.template_labels:
            return self
        return Pods(self.owner, self._path, build.template_labels)

    @property
    def namespace(self) -> str | None:
        """The namespace of the pods; None where it is not known."""
        return self.owner.namespace

    @property
    def rejection(self) -> str:
        """What comes of a mistake in the pod spec, to end a message with."""
        return self.owner.rejection(("spec", "template", "spec"))

    def take_down(self) -> None:
        """Note what is asked of the pods again and again, so that they need not be unpacked."""
        self._ports, self._partial = self.ports, self.partial

    def forget(self) -> None:
        """Let go of the nodes made while rules looked at the pods."""
        self._template = self._spec = None
        self._main = self._all = self._plain = self._volumes = self._called = None

    # -- labels

    def has(self, key: str, value: str) -> bool:
        """Whether the pods carry the label, or may: a controller sets it to what is not known."""
        written = self.labels.get(key)
        if written is None:
            return self._adds(key, value)
        return written == value or self.replaced.get(key) == value

    def has_key(self, key: str) -> bool:
        """Whether the pods carry a label *key*."""
        return key in self.labels or key in self.added or key.startswith(self.prefixes)

    def may_lack(self, key: str, value: str) -> bool:
        """Whether the label *key* is absent or may be something other than *value*."""
        return self.labels.get(key) != value

    def _adds(self, key: str, value: str) -> bool:
        if key == POD_NAME and self.owner.type == "StatefulSet":
            name, _, ordinal = value.rpartition("-")
            return name == self.owner.name and ordinal.isdecimal()
        if key in JOB_NAMES and key in self.added and self.owner.name:
            return value.startswith(f"{self.owner.name}-")  # a Job is called after who makes it
        return key in self.added or (bool(self.prefixes) and key.startswith(self.prefixes))

    @property
    def labels_node(self) -> Node:
        """Where the pods' labels are written."""
        return self.template["metadata"]["labels"]

    @property
    def annotations(self) -> dict[str, Any]:
        """The pods' annotations as plain values, of whatever class."""
        metadata = self.template.mapping.get("metadata")
        written = metadata.get("annotations") if isinstance(metadata, dict) else None
        return written if isinstance(written, dict) else {}

    @property
    def written_labels(self) -> PlainLabels:
        """The template's labels alone, which is what a workload's own selector is held against."""
        return PlainLabels(self.template["metadata"]["labels"].strings)

    # -- containers and ports

    @property
    def containers(self) -> list[Node]:
        """The main containers."""
        if self._main is None:
            self._main = list(self.spec["containers"])
        return self._main

    @property
    def volumes(self) -> list[Node]:
        """The volumes; mostly none is written."""
        return list(self.spec["volumes"]) if "volumes" in self.spec.mapping else []

    @property
    def all_containers(self) -> list[Node]:
        """Main, init and ephemeral containers, in the order they are written by field."""
        if self._all is None:
            self._all = list(self.containers)
            if "initContainers" in self.spec.mapping:
                self._all = [*self.spec["initContainers"], *self._all]
            if "ephemeralContainers" in self.spec.mapping:
                self._all += self.spec["ephemeralContainers"]
        return self._all

    @property
    def plain_containers(self) -> Sequence[tuple[dict[str, Any], str, int]]:
        """All containers as plain values, each with its field and number, for a first look."""
        if self._plain is None:
            spec = self.spec.mapping
            self._plain = [
                (container, field, number)
                for field in ("initContainers", "containers", "ephemeralContainers")
                if isinstance(listed := spec.get(field), list)
                for number, container in enumerate(listed)
                if isinstance(container, dict)
            ]
        return self._plain

    @property
    def plain_volumes(self) -> Sequence[tuple[dict[str, Any], int]]:
        """The volumes as plain values, each with its number, for a first look."""
        if self._volumes is None:
            self._volumes = [(v, i) for i, v in plain_items(self.spec.mapping.get("volumes"))]
        return self._volumes

    @property
    def claims(self) -> list[Node]:
        """The templates of the claims that volumes bring with them (``ephemeral``)."""
        return [
            self.spec["volumes"][number]["ephemeral"]["volumeClaimTemplate"]
            for volume, number in self.plain_volumes
            if "ephemeral" in volume
        ]

    @property
    def partial(self) -> bool:
        """Whether the template is a patch rather than whole: a container without image, or none."""
        if self._partial is None:
            listed = self.spec.mapping.get("containers")
            containers = listed if isinstance(listed, list) else []
            self._partial = not containers or any(
                not isinstance(container, dict) or container.get("image") is None
                for container in containers
            )
        return self._partial

    @property
    def ports(self) -> list[ContainerPort]:
        """The declared ports of main containers, then of native sidecars, in lookup order."""
        if self._ports is None:
            main = [port for port in self.all_ports if port.path[0] == "containers"]
            self._ports = main + [port for port in self.all_ports if port.sidecar]
        return self._ports

    @property
    def all_ports(self) -> list[ContainerPort]:
        """The declared ports of all containers, in the order of ``plain_containers``."""
        if self._declared is None:
            self._declared = []
            for container, field, number in self.plain_containers:
                listed = container.get("ports")
                sidecar = field == "initContainers" and container.get("restartPolicy") == "Always"
                for index, written in enumerate(listed if isinstance(listed, list) else ()):
                    path = (field, number, "ports", index)
                    port = ContainerPort(self, path, written, sidecar=sidecar)
                    self._declared.append(port)
        return self._declared

    @property
    def called_ports(self) -> list[tuple[Path, Any]]:
        """The ports that probes and lifecycle hooks call, each with its path in the pod spec.

        A port is a number or a name, that of a port of the same container.
        """
        if self._called is None:
            self._called = [
                ((field, number, *path), port)
                for container, field, number in self.plain_containers
                for path, port in _called_by(container)
            ]
        return self._called

    def find_port(self, name: str, protocol: str) -> ContainerPort | None:
        """The port that a Service's targetPort *name* reaches in these pods.

        The first one with that name and that protocol, main containers before native sidecars,
        whose ports count since 1.33 (k8s.io/endpointslice: FindPort).
        """
        sidecars = self.owner.minor >= 33
        for port in self.ports:
            if port.name == name and port.protocol == protocol and (sidecars or not port.sidecar):
                return port
        return None

    # -- numbers and names

    @property
    def replicas(self) -> int:
        """How many pods the manifest asks for; 1 when it does not say (0 is an answer)."""
        field = {"Job": "completions", "Pod": ""}.get(self.owner.kind, "replicas")
        number = self.owner.spec[field].integer
        return 1 if number is None else number

    @property
    def first_ordinal(self) -> int:
        """The ordinal of a StatefulSet's first pod (spec.ordinals.start, used since 1.27)."""
        start = self.owner.spec["ordinals"]["start"].integer
        return start if start is not None and self.owner.minor >= 27 else 0

    @property
    def ordinals(self) -> range:
        """The ordinals of a StatefulSet's pods."""
        return range(self.first_ordinal, self.first_ordinal + self.replicas)


def _called_by(container: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    """The ports that a container's probes and lifecycle hooks call, each with its path in it."""
    for path, handler in handlers(container):
        for action in _ACTIONS:
            called = handler.get(action)
            if isinstance(called, dict) and called.get("port") is not None:
                yield (*path, action, "port"), called["port"]


def handlers(container: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """What the probes and lifecycle hooks of a container do, each with its path in it."""
    found: list[tuple[Path, Any]] = [((p,), container[p]) for p in _PROBES if p in container]
    for hook in _HOOKS if "lifecycle" in container else ():
        found += plain_at(container, "lifecycle", hook)
    for path, handler in found:
        if isinstance(handler, dict):
            yield path, handler


def pods_of(manifest: Manifest) -> Sequence[Pods]:
    """The pods that *manifest* makes, as written: none for most kinds, several sorts for some.

    ``world.pods_of`` gives them as kustomizations build them.
    """
    routes = ROUTES.get(manifest.type)
    if routes is None:
        return ()
    pods: list[Pods] | None = manifest.pods
    if pods is None:
        value = manifest.root.value
        paths = (path for route in routes for path in _templates(value, route))
        pods = manifest.pods = [Pods(manifest, path) for path in paths]
    return pods


def with_metadata(manifest: Manifest) -> list[Node]:
    """What has metadata: the object, and the templates of its pods (a Pod is its own)."""
    templates = [pods.template for pods in pods_of(manifest)]
    return templates if manifest.type == "Pod" else [manifest.root, *templates]


def claim_templates(manifest: Manifest) -> Iterable[Node]:
    """The templates of the claims that a StatefulSet makes for each of its pods; mostly none."""
    spec = manifest.root.value.get("spec")
    if isinstance(spec, dict) and "volumeClaimTemplates" in spec:
        return manifest.spec["volumeClaimTemplates"]
    return ()


def _templates(value: object, route: tuple[str, ...], path: Path = ()) -> Iterator[Path]:
    """The paths of the mappings that a route leads to."""
    for depth, step in enumerate(route):
        if step == "*":
            many = value.items() if isinstance(value, dict) else enumerate(_list(value))
            for key, inner in many:
                yield from _templates(inner, route[depth + 1 :], (*path, *route[:depth], key))
            return
        value = value.get(step) if isinstance(value, dict) else None
    if isinstance(value, dict):
        yield (*path, *route)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
