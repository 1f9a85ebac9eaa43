"""The schemas of custom resources, each read when the first object of its kind is checked.

They come from CustomResourceDefinitions, or from JSON schemas of single kinds. These are told apart
by ``x-kubernetes-group-version-kind``, else by their file's name as kubeconform has it:
``KIND-GROUP-VERSION.json`` (the group's first label only) or ``GROUP/KIND_VERSION.json``.
"""

from __future__ import annotations

from hslint.schema.crd import json_schema, without_nulls
from hslint.schema.explain import explain_part, is_unfinished
from hslint.schema.fault import Fault
from hslint.schema.hints import meant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, Final

    from jsonschema.exceptions import ValidationError

    from hslint.schema.fault import Path
    from hslint.schema.table import Table

TYPES: Final = {
    "string": "a string",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
}
LIMITS: Final = {
    "pattern": "text that matches {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "minProperties": "at least {} entries",
    "maxProperties": "at most {} entries",
    "minimum": "at least {}",
    "maximum": "at most {}",
    "multipleOf": "a multiple of {}",
    "uniqueItems": "items that all differ",
    "anyOf": "one of the alternatives its schema allows",
    "oneOf": "exactly one of the alternatives its schema allows",
    "not": "anything but what its schema rules out",
}


class CustomSchema:
    """The schema of one kind, from one place; ``title`` names it to people.

    ``subresources`` are those of a CustomResourceDefinition's version; None for a JSON schema.
    """

    __slots__ = ("_validator", "schema", "subresources", "title")

    def __init__(
        self, title: str, schema: dict[str, Any], subresources: dict[str, Any] | None = None
    ) -> None:
        self.title: Final = title
        self.schema: Final = schema
        self.subresources: Final = subresources
        self._validator: Any = None

    def errors(self, value: Any) -> list[ValidationError]:
        """Return jsonschema's errors; ValueError when the schema is of no use."""
        from re import error as bad_pattern

        from jsonschema import Draft4Validator  # 70 ms to import, and few runs need it
        from jsonschema.exceptions import SchemaError
        from jsonschema.validators import validator_for
        from referencing import Registry
        from referencing.exceptions import Unresolvable

        try:
            if self._validator is None:
                schema, kind = self.schema, validator_for(self.schema)
                if self.subresources is not None:
                    schema = json_schema(schema, status="status" in self.subresources)
                    kind = Draft4Validator
                kind.check_schema(schema)
                # A registry of its own: references are never fetched from the network.
                self._validator = kind(schema, registry=Registry())
            if self.subresources is not None:
                value = without_nulls(value, self.schema)
            return list(self._validator.iter_errors(value))
        except (SchemaError, Unresolvable, RecursionError, bad_pattern) as wrong:
            raise ValueError(str(wrong).partition("\n")[0]) from wrong


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

    def faults(self, api_version: str, kind: str, value: dict[str, Any]) -> list[Fault] | None:
        """Return what is wrong with an object; None when no usable schema is for its kind.

        Several definitions of a kind are alternatives: the one that fits best speaks.
        """
        answers = []
        for schema in self._schemas(api_version, kind):
            try:
                errors = schema.errors(value)
            except ValueError as wrong:
                self.broken.append((schema.title, str(wrong)))
                self._forget(schema)
                continue
            answers.append(_faults(errors))
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
            schema = CustomSchema(file, document)
            for each in kinds:
                if isinstance(each, dict):
                    group, version = each.get("group"), each.get("version")
                    api_version = f"{group}/{version}" if group else str(version)
                    self._learn(api_version, str(each.get("kind")), schema)
        elif file.endswith(".json"):
            path = file.replace("\\", "/").removesuffix(".json").lower().split("/")
            schema = CustomSchema(file, document)
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
                subresources = _mapping(version.get("subresources"))
                self._learn(api_version, kind, CustomSchema(title, schema, subresources))

    def _learn(self, api_version: str, kind: str, schema: CustomSchema) -> None:
        self.schemas.setdefault((api_version, kind), []).append(schema)


def _faults(errors: Iterable[ValidationError]) -> list[Fault]:
    """The faults that jsonschema's errors stand for, each once, in the order of their places."""
    found: dict[tuple[str, Path, str], Fault] = {}
    for error in errors:
        for fault in _translated(error):
            if fault.kind == "unknown-field" or not is_unfinished(fault.value):
                found.setdefault((fault.kind, fault.path, fault.field), fault)
    return list(found.values())


def _translated(error: ValidationError) -> Iterator[Fault]:
    path: Path = tuple(error.absolute_path)
    field = next((step for step in reversed(path) if isinstance(step, str)), "")
    value: Any = error.instance
    wanted: Any = error.validator_value
    rule = str(error.validator)
    known = tuple(_mapping(_mapping(error.schema).get("properties")))
    if rule == "additionalProperties" and isinstance(value, dict):
        from re import search

        patterns = _mapping(_mapping(error.schema).get("patternProperties"))
        for name in value:
            covered = name in known or any(search(pattern, name) for pattern in patterns)
            if not covered and not is_unfinished(name):
                yield Fault(
                    "unknown-field",
                    (*path, name),
                    name,
                    value=value[name],
                    allowed=known,
                    near=meant(name, known),
                )
    elif rule == "required" and isinstance(value, dict):
        for name in wanted:
            if name not in value:
                yield Fault("missing-field", path, name)
    elif rule == "type":
        names = wanted if isinstance(wanted, list) else [wanted]
        expected = " or ".join(TYPES[name] for name in names if name in TYPES)
        yield Fault("wrong-type", path, field, value=value, expected=expected)
    elif rule == "enum":
        allowed = tuple(each if isinstance(each, str) else repr(each) for each in wanted)
        near = meant(value, allowed) if isinstance(value, str) else None
        yield Fault("unsupported-value", path, field, value=value, allowed=allowed, near=near)
    else:
        expected = LIMITS.get(rule, "what its schema allows").format(wanted)
        yield Fault("invalid-value", path, field, value=value, expected=expected)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
