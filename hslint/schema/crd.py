"""The schema of a custom resource as a JSON schema that says what the API server would say.

CustomResourceDefinitions write structural schemas: OpenAPI v3, where fields that are not named are
pruned, which strict field validation reports as unknown (apiextensions-apiserver:
pruning.PruneWithOptions). Rules in CEL and formats are not checked.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Final

    Schema = dict[str, Any]

PRESERVE: Final = "x-kubernetes-preserve-unknown-fields"
KEPT: Final = (
    *("type", "enum", "pattern", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minProperties", "maxProperties"),
)
NESTED: Final = ("properties", "items", "required", "allOf", "anyOf", "oneOf", "not")
OBJECT_FIELDS: Final[dict[str, Schema]] = {
    "apiVersion": {"type": "string"},
    "kind": {"type": "string"},
    "metadata": {"type": "object"},
}


def json_schema(schema: Schema, *, status: bool) -> Schema:
    """Return the draft 4 JSON schema of whole objects.

    *status*: the status is a subresource, so the server drops it from what is created. Metadata is
    checked by Kubernetes' own type, never by the definition's.
    """
    whole: Schema = _node(schema)
    fields = whole.get("properties")
    if isinstance(fields, dict):
        fields.update(OBJECT_FIELDS)
        if status:
            fields["status"] = {}
    return whole


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
    fields = schema.get("properties")
    fields = fields if isinstance(fields, dict) else {}
    found = {}
    for name, inner in value.items():
        field = fields.get(name, schema.get("additionalProperties"))
        if inner is not None or not isinstance(field, dict) or field.get("nullable") is True:
            found[name] = without_nulls(inner, field)
    return found


def _node(schema: Any) -> Any:
    """Translate one node of a structural schema."""
    if not isinstance(schema, dict):
        return schema  # true, false or nonsense, which the check of the whole will find
    found = _values(schema, _node)
    if schema.get("x-kubernetes-int-or-string") is True:
        found["type"] = ["integer", "string"]
    if schema.get("type") == "object":
        _close(schema, found)
    if schema.get("nullable") is True:
        types = found.get("type", [])
        if types:
            found["type"] = [*(types if isinstance(types, list) else [types]), "null"]
    return found


def _close(schema: Schema, found: Schema) -> None:
    """Say which fields beyond the named ones an object may have, in place."""
    if schema.get("x-kubernetes-embedded-resource") is True:
        found["properties"] = {**found.get("properties", {}), **OBJECT_FIELDS}
    if "additionalProperties" in schema:
        found["additionalProperties"] = _node(schema["additionalProperties"])
    elif schema.get(PRESERVE) is not True:
        found["additionalProperties"] = False


def _values(schema: Any, inside: Callable[[Any], Any] | None = None) -> Any:
    """Translate what a schema says of values; *inside* translates its fields and items.

    This is all that allOf, anyOf, oneOf and not may hold. What is malformed stays as it is, for the
    check of the whole to find.
    """
    if not isinstance(schema, dict):
        return schema
    inside = inside or _values
    found = {key: schema[key] for key in (*KEPT, *NESTED) if key in schema}
    if "pattern" in found and not _compiles(found["pattern"]):
        del found["pattern"]
    for key in found.keys() & {"items", "not"}:
        found[key] = (inside if key == "items" else _values)(found[key])
    for key in found.keys() & {"allOf", "anyOf", "oneOf"}:
        if isinstance(found[key], list):
            found[key] = [_values(inner) for inner in found[key]]
    fields = found.get("properties")
    if isinstance(fields, dict):
        found["properties"] = {name: inside(inner) for name, inner in fields.items()}
    if isinstance(found.get("required"), list):
        needed = [name for name in found.pop("required") if not _has_default(fields, name)]
        if needed:  # draft 4 knows no empty list here
            found["required"] = needed
    return found


def _has_default(fields: Any, name: Any) -> bool:
    """Whether the server fills a field in before it looks."""
    field = fields.get(name) if isinstance(fields, dict) and isinstance(name, str) else None
    return isinstance(field, dict) and "default" in field


def _compiles(pattern: Any) -> bool:
    """Whether Python reads a pattern written for Go's regexp; those it does not are not checked."""
    import re  # custom resources alone need patterns

    try:
        re.compile(pattern)
    except (re.error, TypeError, RecursionError):
        return False
    return True
