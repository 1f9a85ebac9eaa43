"""One Kubernetes object: who it is, and the document it is written in."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from hslint.builds import Effect
    from hslint.document import Document
    from hslint.node import Node
    from hslint.schema import Fault, Schemas
    from hslint.schema.fault import Path

#: The field of a CustomResourceDefinition that holds a schema.
_SCHEMA = "openAPIV3Schema"


class Manifest:
    """A Kubernetes object.

    ``kind`` alone names the built-in kinds; ``type`` also tells a custom resource's group, so that
    a Knative ``Service.serving.knative.dev`` is never taken for a Service. ``namespace`` is the one
    written, else the run's default, else None: unknown. ``minor`` is the Kubernetes 1.x checked
    against. ``schemas`` are those it is held against. ``build`` is what kustomizations make of the
    object, where any use it. ``metadata`` is plain, for a first look: every rule asks it, and few
    find anything. ``ports`` are a Service's, and ``pods`` a workload's, once they are asked for
    (hslint.service, hslint.workload).

    ``said`` is what rules found that see this object alone (see hslint.problem), and ``fields`` are
    those of its keys that other rules wait for.
    """

    __slots__ = (
        "_faults",
        "api_version",
        "build",
        "fields",
        "group",
        "has_empty_item",
        "kind",
        "metadata",
        "minor",
        "name",
        "namespace",
        "pods",
        "ports",
        "root",
        "said",
        "schemas",
        "spec",
        "type",
    )

    def __init__(self, root: Node, minor: int, namespace: str | None = None) -> None:
        self.root = root
        self.minor = minor
        #: The object's spec.
        self.spec = root["spec"]
        metadata = root.value.get("metadata")
        self.metadata: dict[str, Any] = metadata if isinstance(metadata, dict) else {}
        self.kind = _string(root.value, "kind")
        self.api_version = _string(root.value, "apiVersion")
        self.group = self.api_version.rpartition("/")[0]
        self.type = type_of(self.kind, self.group)
        self.name = _string(self.metadata, "name")
        self.namespace = _string(self.metadata, "namespace") or namespace
        #: Whether some list has a null item, once the object was looked at.
        self.has_empty_item = False
        self.build: Effect | None = None
        self._faults: Sequence[Fault] | None = None
        self.said: Sequence[Any] = ()
        self.fields: Sequence[str] = ()
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
    def document(self) -> Document:
        """The document the object is written in."""
        return self.root.document

    @property
    def file(self) -> str:
        """The file the object is written in."""
        return self.root.document.file

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
        self.root.forget()
        self.spec.forget()
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
    root = document.root
    if not isinstance(value.get("items"), list):
        yield Manifest(root, minor, namespace)
        return
    for item in root["items"]:
        if isinstance(item.value, dict):
            _inherit_kind(item, root)
            if item["apiVersion"].string and item["kind"].string:
                yield Manifest(item, minor, namespace)


def _inherit_kind(item: Node, parent: Node) -> None:
    kind = parent["kind"].string
    if kind != "List" and kind.endswith("List"):
        item.value.setdefault("kind", kind.removesuffix("List"))
        item.value.setdefault("apiVersion", parent["apiVersion"].string)
