"""What pods need of other objects by name: ConfigMaps, Secrets, claims and ServiceAccounts."""

from __future__ import annotations

from hslint.plain import plain_items

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from hslint.manifest import Manifest
    from hslint.node import Node, Path
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

    ``called`` is its name, and ``wanted`` are its keys, "" for what is no string; ``files`` are
    those that a volume makes of them, where its ``items`` say so. The pods do not start without it,
    or run without what it holds if it is ``optional``. Nothing of it holds the document of the pods
    in memory.
    """

    __slots__ = (
        *("_keys", "_mounts", "_name", "_pods"),
        *("called", "files", "kind", "optional", "wanted"),
    )

    def __init__(
        self,
        pods: Pods,
        kind: str,
        source: object,
        path: Path,
        name: str,
        keys: Sequence[tuple[Path, object]] = (),
        mounts: Sequence[tuple[Path, object]] = (),
        files: Sequence[str] = (),
    ) -> None:
        written: dict[str, Any] = source if isinstance(source, dict) else {}
        self._pods = pods
        self._name = (*path, name)
        self._keys = keys
        self._mounts = mounts
        self.kind = kind
        self.called = _text(written.get(name))
        self.wanted = [_text(key) for _, key in (*keys, *(() if files else mounts))]
        self.files = files
        self.optional = written.get("optional") is True

    @property
    def name(self) -> Node:
        """Where it is named."""
        return self._pods.spec.at(self._name)

    @property
    def keys(self) -> list[Node]:
        """Where the keys are named."""
        return [self._pods.spec.at(path) for path, _ in self._keys]

    @property
    def items(self) -> Node:
        """Where a volume says which files it makes."""
        return self._pods.spec.at((*self._name[:-1], "items"))

    @property
    def mounts(self) -> list[Node]:
        """The ``subPath`` of mounts that mean a key, or one of the files."""
        return [self._pods.spec.at(path) for path, _ in self._mounts]


def needs(pods: Pods) -> Iterator[Need]:
    """Yield what *pods* need by name, in the order of the fields."""
    spec = pods.spec.mapping
    for container, field, number in pods.plain_containers:
        yield from _of_container(pods, container, (field, number))
    for number, volume in plain_items(spec.get("volumes")):
        yield from _of_volume(pods, volume, ("volumes", number))
    for field in ("serviceAccountName", "serviceAccount"):
        if spec.get(field) is not None:
            yield Need(pods, "ServiceAccount", spec, (), field)
            return


def key_names(holder: Manifest) -> set[str]:
    """The keys of a ConfigMap or Secret, for a first look."""
    written = holder.root.mapping
    fields = (written.get(field) for field in _DATA)
    return {key for field in fields if isinstance(field, dict) for key in field}


def keys_of(holder: Manifest) -> dict[str, Node]:
    """The keys of a ConfigMap or Secret, with their values."""
    return {key: value for field in _DATA for key, value in holder[field].items()}


def _of_container(pods: Pods, container: dict[str, Any], path: Path) -> Iterator[Need]:
    for index, variable in plain_items(container.get("env")):
        origin: Any = variable.get("valueFrom")
        for field, kind in _ENV if isinstance(origin, dict) else ():
            if source := origin.get(field):
                at = (*path, "env", index, "valueFrom", field)
                yield Need(pods, kind, source, at, "name", [_key(source, at)])
    for index, entry in plain_items(container.get("envFrom")):
        for field, kind in _ENV_FROM:
            if (source := entry.get(field)) is not None:
                yield Need(pods, kind, source, (*path, "envFrom", index, field), "name")


def _of_volume(pods: Pods, volume: dict[str, Any], path: Path) -> Iterator[Need]:
    for field, kind, name in _VOLUMES:
        if source := volume.get(field):
            at = (*path, field)
            mounts = _sub_paths(pods, _text(volume.get("name")))
            items = source.get("items") if isinstance(source, dict) else None
            files = [_text(item.get("path")) for _, item in plain_items(items)]
            yield Need(pods, kind, source, at, name, _items(source, at), mounts, files)
    projected = volume.get("projected")
    sources = projected.get("sources") if isinstance(projected, dict) else None
    for index, each in plain_items(sources):
        for field, kind, name in _PROJECTED:
            if (source := each.get(field)) is not None:
                at = (*path, "projected", "sources", index, field)
                yield Need(pods, kind, source, at, name, _items(source, at))


def _items(source: object, path: Path) -> list[tuple[Path, object]]:
    """The keys that a volume takes of an object."""
    items = source.get("items") if isinstance(source, dict) else None
    listed = items if isinstance(items, list) else ()
    return [_key(item, (*path, "items", index)) for index, item in enumerate(listed)]


def _key(holder: object, path: Path) -> tuple[Path, object]:
    return (*path, "key"), holder.get("key") if isinstance(holder, dict) else None


def _sub_paths(pods: Pods, volume: str) -> list[tuple[Path, object]]:
    return [
        ((field, number, "volumeMounts", index, "subPath"), mount["subPath"])
        for container, field, number in pods.plain_containers
        for index, mount in plain_items(container.get("volumeMounts"))
        if "subPath" in mount and mount.get("name") == volume and _text(mount["subPath"])
    ]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
