"""One Kubernetes object: who it is, and the document it is written in."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any, TypeAlias

    from hslint.builds import Effect
    from hslint.document import Document
    from hslint.node import Node
    from hslint.schema import Fault, Schemas
    from hslint.schema.fault import Path

    #: Its index among the items of a list (None: it is the whole document), apiVersion, kind, name
    #: and namespace, "" where none is written.
    Head: TypeAlias = tuple[int | None, str, str, str, str]

#: The annotation that suppresses rules for an object (see hslint.suppress).
ANNOTATION = "hslint/ignore"
#: The field of the metadata that names what made an object.
OWNERS = "ownerReferences"
#: The field of a CustomResourceDefinition that holds a schema.
_SCHEMA = "openAPIV3Schema"


class Manifest:
    """A Kubernetes object.

    ``kind`` alone names the built-in kinds; ``type`` also tells a custom resource's group, so that
    a Knative ``Service.serving.knative.dev`` is never taken for a Service. ``namespace`` is the one
    written, else the run's default, else None: unknown. ``minor`` is the Kubernetes 1.x checked
    against. ``schemas`` are those it is held against. ``build`` is what kustomizations make of the
    object, where any use it. ``ports`` are a Service's, and ``pods`` a workload's, once they are
    asked for (hslint.service, hslint.workload).

    ``said`` is what rules found that see this object alone (see hslint.problem), and ``fields`` are
    those of its keys that other rules wait for.
    """

    __slots__ = (
        "_faults",
        "_item",
        "_root",
        "_spec",
        "api_version",
        "build",
        "document",
        "fields",
        "group",
        "has_empty_item",
        "head",
        "kind",
        "mentioned",
        "minor",
        "name",
        "namespace",
        "pods",
        "ports",
        "said",
        "schemas",
        "type",
    )

    def __init__(
        self, document: Document, head: Head, minor: int, namespace: str | None = None
    ) -> None:
        #: The document the object is written in.
        self.document = document
        self.minor = minor
        #: Who the object is, as written.
        self.head = head
        self._item, self.api_version, self.kind, self.name, written = head
        self.group = self.api_version.rpartition("/")[0]
        self.type = type_of(self.kind, self.group)
        self.namespace = written or namespace
        self._root: Node | None = None
        self._spec: Node | None = None
        #: Whether some list has a null item, once the object was looked at.
        self.has_empty_item = False
        self.build: Effect | None = None
        self._faults: Sequence[Fault] | None = None
        self.said: Sequence[Any] = ()
        self.fields: Sequence[str] = ()
        #: What the host names in it may end in; None where that is not known (hslint.mentions).
        self.mentioned: Sequence[str] | None = None
        self.schemas: Schemas | None = None
        self.ports: list[Any] | None = None
        self.pods: list[Any] | None = None

    def __getitem__(self, step: str) -> Node:
        return self.root[step]

    def __repr__(self) -> str:
        return f"{self.type}/{self.name} in {self.file}"

    @property
    def faults(self) -> Sequence[Fault]:
        """How the object does not fit the schema of its kind; nothing where there is none."""
        if self._faults is None:
            found = self.schemas.faults(self.root.value) if self.schemas else None
            self._faults = found or ()
        return self._faults

    @faults.setter
    def faults(self, known: Sequence[Fault]) -> None:
        self._faults = known

    @property
    def root(self) -> Node:
        """The object as a whole."""
        if self._root is None:
            root = self.document.root
            self._root = root if self._item is None else root["items"][self._item]
        return self._root

    @property
    def spec(self) -> Node:
        """The object's spec."""
        if self._spec is None:
            self._spec = self.root["spec"]
        return self._spec

    @property
    def metadata(self) -> dict[str, Any]:
        """The object's metadata as a plain mapping."""
        return _mapping(self.root.value.get("metadata"))

    @property
    def file(self) -> str:
        """The file the object is written in."""
        return self.document.file

    @property
    def is_elsewhere(self) -> bool:
        """Whether the object lives elsewhere, and is only known by name."""
        return self.document.is_elsewhere

    @property
    def title(self) -> str:
        """The object as a message names it: StatefulSet `db`."""
        return f"{self.kind} `{self.name}`" if self.name else self.kind

    def rejection(self, path: Path = ()) -> str:
        """What comes of a mistake at *path*, to end a message with.

        Up to 1.33 the API server does not look at the pod template and the claims of a StatefulSet,
        but for labels and the restartPolicy (pkg/apis/apps/validation: ValidateStatefulSetSpec),
        and never at the pod templates of custom resources.
        """
        if self._item is not None and path[:2] == ("items", self._item):
            path = path[2:]
        late = path[:3] == ("spec", "template", "spec") and path[3:] != ("restartPolicy",)
        late = late or path[:2] == ("spec", "volumeClaimTemplates")
        if late and ("." in self.type or (self.kind == "StatefulSet" and self.minor < 34)):
            return f"so no pod of {self.title} can be created"
        return f"so the API server rejects {self.title}"

    @property
    def labels(self) -> dict[str, str]:
        """The object's own labels (not those of the pods it makes)."""
        labels = self.root["metadata"]["labels"].strings
        return labels | self.build.labels if self.build else labels

    def look(self) -> set[str]:
        """The names of all fields, at one look that also tells whether some list has a null item.

        The schemas of a CustomResourceDefinition are left out: they are larger than all the rest,
        and what is null there (`enum: [null]`) is meant.
        """
        names: set[str] = set()
        waiting: list[Any] = [self.root.value]
        for many in waiting:
            if many.__class__ is dict:
                names.update(many)
                if _SCHEMA in many:
                    inner: Iterable[Any] = [v for k, v in many.items() if k != _SCHEMA]
                else:
                    inner = many.values()
            else:
                inner = many
                if None in many:
                    self.has_empty_item = True
            waiting += [v for v in inner if v.__class__ is dict or v.__class__ is list]
        return names

    def forget(self) -> None:
        """Let go of the nodes made while rules looked at the object."""
        self._root = self._spec = None
        self.ports = self.pods = None


def _string(mapping: dict[str, Any], key: str) -> str:
    value = mapping.get(key)
    return value if isinstance(value, str) else ""


def type_of(kind: str, group: str) -> str:
    """The type of the objects of a kind: the kind alone where Kubernetes itself serves it."""
    return kind if _is_built_in(group) else f"{kind}.{group}"


def _is_built_in(group: str) -> bool:
    """Whether Kubernetes itself serves *group*: no dot (apps, batch, core) or one of its own."""
    return "." not in group or group.endswith(".k8s.io")


def manifests(document: Document, minor: int, namespace: str | None = None) -> Iterator[Manifest]:
    """Yield the objects of a document; a list's items each count as one.

    Any object with ``items`` is a list to kubectl, whatever its kind, and the items of a typed list
    inherit its kind (k8s.io/apimachinery unstructured: unstructuredJSONScheme.decode). A document
    without kind or apiVersion is no manifest and yields nothing.
    """
    value = document.value
    if not isinstance(value, dict) or not (_string(value, "apiVersion") and _string(value, "kind")):
        return
    items = value.get("items")
    if not isinstance(items, list):
        yield Manifest(document, _head(value, None), minor, namespace)
        return
    for index, item in enumerate(items):
        if isinstance(item, dict):
            _inherit_kind(item, value)
            if _string(item, "apiVersion") and _string(item, "kind"):
                yield Manifest(document, _head(item, index), minor, namespace)


def _head(value: dict[str, Any], item: int | None) -> Head:
    metadata = _mapping(value.get("metadata"))
    return (
        item,
        _string(value, "apiVersion"),
        _string(value, "kind"),
        _string(metadata, "name"),
        _string(metadata, "namespace"),
    )


def _inherit_kind(item: dict[str, Any], parent: dict[str, Any]) -> None:
    kind = _string(parent, "kind")
    if kind != "List" and kind.endswith("List"):
        item.setdefault("kind", kind.removesuffix("List"))
        item.setdefault("apiVersion", _string(parent, "apiVersion"))


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
