"""The schema that one version of a CustomResourceDefinition holds."""

from __future__ import annotations

from hslint.schema.misfit import faults_of
from hslint.schema.structural import Node, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from hslint.schema.fault import Fault


def definition_group(value: dict[str, Any]) -> str:
    """The group that a CustomResourceDefinition is for; "" for any other object."""
    if value.get("kind") != "CustomResourceDefinition":
        return ""
    spec = value.get("spec")
    group = spec.get("group") if isinstance(spec, dict) else None
    return group if isinstance(group, str) else ""


class Definition:
    """The schema of a kind in a CustomResourceDefinition; ``title`` names it to people.

    *status*: whether the status is a subresource.
    """

    __slots__ = ("_node", "schema", "status", "title")

    def __init__(self, title: str, schema: dict[str, Any], *, status: bool) -> None:
        self.title: Final = title
        self.schema: Final = schema
        self.status: Final = status
        self._node: Node | None = None

    def __eq__(self, other: object) -> bool:
        """Whether the other says the same of objects."""
        if not isinstance(other, Definition):
            return NotImplemented
        return (self.title, self.status, self.schema) == (other.title, other.status, other.schema)

    def __hash__(self) -> int:
        return hash((self.title, self.status))

    def faults(self, value: dict[str, Any]) -> list[Fault]:
        """Return what is wrong with an object; ValueError when the schema is of no use."""
        try:
            if self._node is None:
                self._node = whole(self.schema, status=self.status)
            if _has_null(value):
                value = without_nulls(value, self.schema)
            return [] if self._node.ok(value) else faults_of(self._node.misfits(value))
        except RecursionError as endless:
            raise ValueError(str(endless)) from endless


def _has_null(value: Any) -> bool:
    waiting = [value]
    for many in waiting:
        for inner in many.values() if many.__class__ is dict else many:
            if inner is None:
                return True
            if inner.__class__ is dict or inner.__class__ is list:
                waiting.append(inner)
    return False


def without_nulls(value: Any, schema: Any) -> Any:
    """Return a copy of *value* without the nulls that the server drops, or lets defaults replace.

    Those are null fields and map values whose schema is not nullable; items of lists stay
    (apiextensions-apiserver: defaulting.PruneNonNullableNullsWithoutDefaults, Default).
    """
    if not isinstance(schema, dict):
        return value
    if isinstance(value, list):
        return [without_nulls(item, schema.get("items")) for item in value]
    if not isinstance(value, dict):
        return value
    fields = schema.get("properties", {})
    found = {}
    for name, inner in value.items():
        field = fields.get(name, schema.get("additionalProperties"))
        if inner is not None or not isinstance(field, dict) or field.get("nullable") is True:
            found[name] = without_nulls(inner, field)
    return found
