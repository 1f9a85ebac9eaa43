"""The schemas of custom resources, each read when the first object of its kind is checked.

They come from CustomResourceDefinitions, or from JSON schemas of single kinds. These are told apart
by ``x-kubernetes-group-version-kind``, else by their file's name as kubeconform has it:
``KIND-GROUP-VERSION.json`` (the group's first label only) or ``GROUP/KIND_VERSION.json``.
"""

from __future__ import annotations

from hslint.schema.crd import Definition
from hslint.schema.explain import explain_part
from hslint.schema.json_schema import JsonSchema

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Final

    from hslint.schema.fault import Fault
    from hslint.schema.table import Table

    CustomSchema = Definition | JsonSchema


class Customs:
    """Every schema of custom resources in a run."""

    __slots__ = ("broken", "cluster", "named", "schemas", "table")

    def __init__(
        self,
        crds: Iterable[dict[str, Any]],
        extra: Iterable[tuple[str, Any]],
        table: Table,
        broken: list[tuple[str, str]],
    ) -> None:
        self.table: Final = table
        self.broken: Final = broken
        self.cluster: Final[set[tuple[str, str]]] = set()
        self.schemas: Final[dict[tuple[str, str], list[CustomSchema]]] = {}
        self.named: Final[dict[str, CustomSchema]] = {}
        for crd in crds:
            self._define(crd)
        for file, document in extra:
            self._add(file, document)

    def cluster_scoped(self, group: str, kind: str) -> bool:
        """Whether a definition says that objects of a kind live outside namespaces."""
        return (group, kind) in self.cluster

    def defines(self, api_version: str, kind: str) -> bool:
        """Whether there is a schema of a kind."""
        return bool(self._schemas(api_version, kind))

    def faults(self, api_version: str, kind: str, value: dict[str, Any]) -> list[Fault] | None:
        """Return what is wrong with an object; None when no usable schema is for its kind.

        Several definitions of a kind are alternatives: the one that fits best speaks.
        """
        answers = []
        for schema in self._schemas(api_version, kind):
            try:
                answers.append(schema.faults(value))
            except ValueError as wrong:
                self.broken.append((schema.title, str(wrong)))
                self._forget(schema)
        if not answers:
            return None
        metadata = self.table.struct("meta.v1.ObjectMeta")
        found = explain_part(self.table, metadata, value.get("metadata"), ("metadata",))
        return found + min(answers, key=len)

    def _schemas(self, api_version: str, kind: str) -> list[CustomSchema]:
        group, _, version = api_version.rpartition("/")
        names = (
            f"{kind}-{group.partition('.')[0]}-{version}",
            f"{kind}-{group}-{version}",
            f"{group}/{kind}_{version}",
        )
        named = [self.named[name.lower()] for name in names if name.lower() in self.named]
        return self.schemas.get((api_version, kind), []) + named

    def _forget(self, schema: CustomSchema) -> None:
        for known in self.schemas.values():
            if schema in known:
                known.remove(schema)
        for name in [name for name, other in self.named.items() if other is schema]:
            del self.named[name]

    def _add(self, file: str, document: Any) -> None:
        """Take in a document of a file of schemas; other documents are none of ours."""
        if not isinstance(document, dict):
            return
        if document.get("kind") == "CustomResourceDefinition":
            self._define(document)
            return
        kinds = document.get("x-kubernetes-group-version-kind")
        if isinstance(kinds, list):
            schema = JsonSchema(file, document)
            for each in kinds:
                if isinstance(each, dict):
                    group, version = each.get("group"), each.get("version")
                    api_version = f"{group}/{version}" if group else str(version)
                    self._learn(api_version, str(each.get("kind")), schema)
        elif file.endswith(".json"):
            path = file.replace("\\", "/").removesuffix(".json").lower().split("/")
            schema = JsonSchema(file, document)
            self.named[path[-1]] = schema
            self.named["/".join(path[-2:])] = schema

    def _define(self, crd: dict[str, Any]) -> None:
        """Take in a CustomResourceDefinition; what it lacks or misspells is not ours to report."""
        spec = _mapping(crd.get("spec"))
        group, kind = spec.get("group"), _mapping(spec.get("names")).get("kind")
        if not isinstance(group, str) or not isinstance(kind, str):
            return
        if spec.get("scope") == "Cluster":
            self.cluster.add((group, kind))
        versions = spec.get("versions")
        for version in map(_mapping, versions if isinstance(versions, list) else ()):
            schema = _mapping(version.get("schema")).get("openAPIV3Schema")
            if isinstance(schema, dict) and isinstance(version.get("name"), str):
                api_version = f"{group}/{version['name']}"
                title = f"CustomResourceDefinition {kind} {api_version}"
                status = "status" in _mapping(version.get("subresources"))
                self._learn(api_version, kind, Definition(title, schema, status=status))

    def _learn(self, api_version: str, kind: str, schema: CustomSchema) -> None:
        known = self.schemas.setdefault((api_version, kind), [])
        if schema not in known:  # bundles of one project repeat their definitions
            known.append(schema)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
