"""What pods need of other objects by name: ConfigMaps, Secrets, claims and ServiceAccounts."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hslint.manifest import Manifest
    from hslint.node import Node
    from hslint.workload import Pods

#: The fields in which a ConfigMap or Secret has its keys.
_DATA = ("data", "binaryData", "stringData")
_ENV = (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret"))
_ENV_FROM = (("configMapRef", "ConfigMap"), ("secretRef", "Secret"))
#: Where a volume names an object: the field, the kind, and the field of the name.
_VOLUMES = (
    ("configMap", "ConfigMap", "name"),
    ("secret", "Secret", "secretName"),
    ("persistentVolumeClaim", "PersistentVolumeClaim", "claimName"),
)
_PROJECTED = (("configMap", "ConfigMap", "name"), ("secret", "Secret", "name"))


class Need:
    """An object that pods name, and the keys of it that they need.

    The pods do not start without it, or run without what it holds if it is ``optional``. ``mounts``
    are the ``subPath`` of mounts that mean a key.
    """

    __slots__ = ("keys", "kind", "mounts", "name", "optional")

    def __init__(
        self,
        kind: str,
        name: Node,
        keys: Sequence[Node] = (),
        mounts: Sequence[Node] = (),
        *,
        optional: bool = False,
    ) -> None:
        self.kind = kind
        self.name = name
        self.keys = keys
        self.mounts = mounts
        self.optional = optional


def needs(pods: Pods) -> Iterator[Need]:
    """Yield what *pods* need by name, in the order of the fields."""
    spec, written = pods.spec, pods.spec.mapping
    containers = pods.all_containers
    for container in containers:
        yield from _of_container(container)
    for volume in pods.volumes:
        yield from _of_volume(volume, containers)
    for field in ("serviceAccountName", "serviceAccount"):
        if written.get(field) is not None:
            yield Need("ServiceAccount", spec[field])
            return


def keys_of(holder: Manifest) -> dict[str, Node]:
    """The keys of a ConfigMap or Secret, with their values."""
    return {key: value for field in _DATA for key, value in holder[field].items()}


def _of_container(container: Node) -> Iterator[Need]:
    written = container.mapping
    env = written.get("env")
    for index, variable in enumerate(env if isinstance(env, list) else ()):
        # Most variables have a plain value, and every workload is asked: no nodes for those.
        if isinstance(variable, dict) and isinstance(variable.get("valueFrom"), dict):
            for field, kind in _ENV:
                if variable["valueFrom"].get(field):
                    source = container["env"][index]["valueFrom"][field]
                    yield Need(kind, source["name"], [source["key"]], optional=_optional(source))
    for entry in container["envFrom"] if "envFrom" in written else ():
        for field, kind in _ENV_FROM:
            if source := entry[field]:
                yield Need(kind, source["name"], optional=_optional(source))


def _of_volume(volume: Node, containers: list[Node]) -> Iterator[Need]:
    written = volume.mapping
    for field, kind, name in _VOLUMES:
        if written.get(field):
            source = volume[field]
            items = source["items"]
            mounts = [] if items else list(_sub_paths(volume["name"].string, containers))
            keys = [item["key"] for item in items]
            yield Need(kind, source[name], keys, mounts, optional=_optional(source))
    for projected in volume["projected"]["sources"] if "projected" in written else ():
        for field, kind, name in _PROJECTED:
            if source := projected[field]:
                keys = [item["key"] for item in source["items"]]
                yield Need(kind, source[name], keys, optional=_optional(source))


def _sub_paths(volume: str, containers: list[Node]) -> Iterator[Node]:
    for container in containers:
        mounts = container.mapping.get("volumeMounts")
        for index, mount in enumerate(mounts if isinstance(mounts, list) else ()):
            if isinstance(mount, dict) and "subPath" in mount and mount.get("name") == volume:
                path = container["volumeMounts"][index]["subPath"]
                if path.string:
                    yield path


def _optional(source: Node) -> bool:
    return source.mapping.get("optional") is True
